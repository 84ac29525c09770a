"""Addresses of studies."""

from django.urls import path

from zhuoyue.studies.pages.causal_models import causal_models
from zhuoyue.studies.pages.findings import findings
from zhuoyue.studies.pages.starting import study_groupings, study_progress, study_start
from zhuoyue.studies.pages.studies import studies
from zhuoyue.studies.pages.what_if import study_draws

urlpatterns = [
    path("studies/start/", study_start, name="study-start"),
    path("studies/groupings/", study_groupings, name="study-groupings"),
    path("studies/<int:pk>/progress/", study_progress, name="study-progress"),
    path("studies/<int:pk>/draws/", study_draws, name="study-draws"),
    *studies.urls("studies/"),
    *causal_models.urls("causal-models/"),
    *findings.urls("findings/"),
]
