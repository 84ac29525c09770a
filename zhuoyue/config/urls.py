"""The root of all addresses: each room hangs its own below its name."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver


def rooms() -> list[URLPattern | URLResolver]:
    """Every room that has a urls.py, below its own name; kit and site hang at the root."""
    found: list[URLPattern | URLResolver] = []
    for room in settings.ROOMS:
        module = f"zhuoyue.{room}.urls"
        if find_spec(module) is not None:
            prefix = "" if room in {"kit", "site"} else f"{room}/"
            found.append(path(prefix, include((import_module(module), room), namespace=room)))
    return found


urlpatterns = [path("language/", include("django.conf.urls.i18n")), *rooms()]
handler400 = "zhuoyue.kit.errors.bad_request"
handler403 = "zhuoyue.kit.errors.forbidden"
handler404 = "zhuoyue.kit.errors.not_found"
handler500 = "zhuoyue.kit.errors.server_error"
