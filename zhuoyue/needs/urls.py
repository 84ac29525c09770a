"""Addresses of needs."""

from django.urls import path

from zhuoyue.needs.pages import needs, requests, voices

urlpatterns = [
    *requests.requests.urls("requests/"),
    path("requests/new/", requests.request_create, name="request-create"),
    path("requests/<int:pk>/understand/", requests.request_understand, name="request-understand"),
    path("requests/<int:pk>/decline/", requests.request_decline, name="request-decline"),
    *voices.sources.urls("sources/"),
    *voices.verbatims.urls("verbatims/"),
    *needs.needs.urls("needs/"),
    path("needs/new/", needs.need_capture, name="need-capture"),
    path("needs/<int:pk>/decide/", needs.need_decide, name="need-decide"),
    path("needs/<int:pk>/words/", needs.need_words, name="need-words"),
    path("needs/<int:pk>/link/", needs.need_link, name="need-link"),
    path("words/<int:pk>/unlink/", needs.words_unlink, name="words-unlink"),
]
