"""Addresses of measurement."""

from django.urls import path

from zhuoyue.measurement import pages

urlpatterns = [
    path("", pages.board, name="board"),
    path("measures/<int:number>/", pages.measure, name="measure"),
    *pages.targets.urls("targets/"),
]
