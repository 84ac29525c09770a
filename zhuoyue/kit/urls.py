"""Addresses of kit: the door, and files."""

from django.urls import path

from zhuoyue.kit import attachment_pages, sign_in
from zhuoyue.kit.imports import pages as imports

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("password/", sign_in.password, name="password"),
    path("reset/<str:uid>/<str:token>/", sign_in.reset, name="reset"),
    path("files/<int:pk>/", attachment_pages.attachment, name="attachment"),
    *imports.urlpatterns,
]
