"""A page: who may see it is declared beside it, and checked before it runs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from zhuoyue.kit.access import Permission, Request, current_actor

type View[**P] = Callable[Concatenate[Request, P], HttpResponseBase]


@dataclass(frozen=True)
class Declared:
    """What a page says about its access; the access matrix reads it."""

    permission: Permission | None
    methods: tuple[str, ...]
    public: bool = False


def page[**P](
    permission: Permission | None, *, methods: tuple[str, ...] = ("GET",)
) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]]:
    """A page for signed-in people with this permission; None lets every member in.

    Looking a record up with `get_for` inside gives 404 for what is not theirs; since a foreign
    id must look the same to everyone, pages of one record check permission after that (see
    `records`), and this decorator takes `permission=None` there.
    """

    def wrap(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            actor = current_actor(request)
            if actor is None:
                return redirect_to_login(request.get_full_path(), reverse("kit:sign-in"))
            user = actor.user
            if user is not None and user.must_change_password and view.__name__ != "password":
                return redirect("kit:password")
            if request.method not in (*methods, "HEAD"):
                return HttpResponseNotAllowed(methods)
            if permission is not None:
                actor.require(permission)
            return view(request, *args, **kwargs)  # type: ignore[arg-type]  # it has an actor now

        run.declared = Declared(permission, methods)  # type: ignore[attr-defined]  # read by the access matrix
        return run

    return wrap


def open_page[**P](
    *, methods: tuple[str, ...] = ("GET",)
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponseBase]], Callable[..., HttpResponseBase]
]:
    """A page for people who have not signed in: the door, and signed links."""

    def wrap(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Any:
        @wraps(view)
        def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method not in (*methods, "HEAD"):
                return HttpResponseNotAllowed(methods)
            return view(request, *args, **kwargs)

        run.declared = Declared(None, methods, public=True)  # type: ignore[attr-defined]  # read by the access matrix
        return run

    return wrap
