"""Addresses of the catalogue."""

from django.urls import path

from zhuoyue.catalogue import pages

urlpatterns = [
    *pages.services.urls("services/"),
    *pages.touchpoints.urls("touchpoints/"),
    *pages.service_standards.urls("service-standards/"),
    path("seed/", pages.seed, name="seed"),
]
