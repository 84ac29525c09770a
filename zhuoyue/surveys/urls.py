"""Addresses of surveys."""

from django.urls import path

from zhuoyue.surveys import pages

urlpatterns = [
    path("import/", pages.import_upload, name="import"),
    path("import/check/", pages.import_check, name="import-check"),
    *pages.waves.urls("waves/"),
    *pages.questionnaires.urls("questionnaires/"),
    *pages.items.urls("items/"),
]
