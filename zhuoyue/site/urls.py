"""Addresses of the site."""

from django.urls import path

from zhuoyue.site import pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("inbox/", pages.inbox, name="inbox"),
    path("search/", pages.search, name="search"),
    path("audit/", pages.audit_log, name="audit"),
    path("help/", pages.help_page, name="help"),
    path("start/<str:token>/", pages.start, name="start"),
]
