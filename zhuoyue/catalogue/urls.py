"""Addresses of the catalogue."""

from zhuoyue.catalogue import pages

urlpatterns = [
    *pages.services.urls("services/"),
    *pages.touchpoints.urls("touchpoints/"),
    *pages.service_standards.urls("service-standards/"),
]
