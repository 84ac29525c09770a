"""Addresses of schemes."""

from django.urls import path

from zhuoyue.schemes.pages import schemes, signing, studio, versions

urlpatterns = [
    *schemes.schemes.urls("schemes/"),
    *studio.urls(),
    path("schemes/<int:pk>/copy/", schemes.scheme_copy, name="scheme-copy"),
    path("schemes/<int:pk>/present/", signing.scheme_present, name="scheme-present"),
    path("schemes/<int:pk>/sign/", signing.scheme_sign, name="scheme-sign"),
    path("schemes/<int:pk>/versions/<int:number>/", versions.scheme_version, name="scheme-version"),
    path("schemes/<int:pk>/difference/", versions.scheme_difference, name="scheme-difference"),
    path("answer/<str:token>/", signing.scheme_answer, name="scheme-answer"),
]
