"""Addresses of studies."""

from django.urls import path

from zhuoyue.studies import pages

urlpatterns = [
    path("studies/start/", pages.study_start, name="study-start"),
    path("studies/<int:pk>/progress/", pages.study_progress, name="study-progress"),
    *pages.studies.urls("studies/"),
    *pages.causal_models.urls("causal-models/"),
    *pages.findings.urls("findings/"),
]
