"""Addresses of the standard."""

from django.urls import path

from zhuoyue.standard import pages

urlpatterns = [
    path("", pages.overview, name="overview"),
    path("search/", pages.search_page, name="search"),
    path("clauses/<str:id>/", pages.clause, name="clause"),
    path("concepts/", pages.concepts, name="concepts"),
    path("concepts/<str:code>/", pages.concept, name="concept"),
    path("practices/", pages.practices, name="practices"),
    path("measures/", pages.measures, name="measures"),
    path("terms/", pages.terms, name="terms"),
]
