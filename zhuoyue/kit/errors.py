"""Pages for when something is wrong; they need no database."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def page(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    context = {"status": status, "title": title, "sentence": sentence, "nav": None}
    return render(request, "kit/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 400, _("Bad request"), _("The server did not understand this request."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request, 403, _("Not allowed"), _("Your role does not include this. Ask an administrator.")
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 404, _("Not found"), _("There is nothing at this address for you."))


def server_error(request: HttpRequest) -> HttpResponse:
    return page(
        request, 500, _("Something went wrong"), _("The error has been noted in the server's log.")
    )
