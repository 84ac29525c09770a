"""Addresses of reports."""

from django.urls import path

from zhuoyue.reports import pages

urlpatterns = [
    path("evaluation/<int:pk>/<str:language>.<str:ending>", pages.evaluation, name="evaluation"),
]
