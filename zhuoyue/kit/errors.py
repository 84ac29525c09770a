"""Pages for when something is wrong; they need no database."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def page(status: int) -> HttpResponse:
    return HttpResponse(render_to_string("kit/error.html", {"status": status}), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(404)


def server_error(request: HttpRequest) -> HttpResponse:
    return page(500)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse(render_to_string("kit/error.html", {"status": "csrf"}), status=403)
