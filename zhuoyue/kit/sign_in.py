"""The door: sign in (with patience for guessers), sign out, change and reset a password."""

import ipaddress
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.encoding import force_str
from django.utils.http import (
    url_has_allowed_host_and_scheme,
    urlsafe_base64_decode,
    urlsafe_base64_encode,
)
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoyue.kit import clock
from zhuoyue.kit.access import Request, current_actor
from zhuoyue.kit.actions import Work, action
from zhuoyue.kit.forms import dress
from zhuoyue.kit.models import SignInFailure, User
from zhuoyue.kit.pages import open_page, page

WINDOW = timedelta(minutes=15)
FAILURES_PER_NAME = 8
FAILURES_PER_ADDRESS = 60


class SignInForm(forms.Form):
    username = forms.CharField(label=gettext_lazy("User name"), max_length=150)
    password = forms.CharField(
        label=gettext_lazy("Password"), max_length=200, widget=forms.PasswordInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)
        self.fields["username"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"


class PasswordForm(forms.Form):
    new = forms.CharField(
        label=gettext_lazy("New password"), max_length=200, widget=forms.PasswordInput
    )
    again = forms.CharField(
        label=gettext_lazy("New password again"), max_length=200, widget=forms.PasswordInput
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        dress(self)
        for name in self.fields:
            self.fields[name].widget.attrs["autocomplete"] = "new-password"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("new") and data.get("again"):
            if data["new"] != data["again"]:
                raise ValidationError(_("The two passwords differ."))
            validate_password(data["new"], self.user)
        return data


class OwnPasswordForm(PasswordForm):
    old = forms.CharField(
        label=gettext_lazy("Present password"), max_length=200, widget=forms.PasswordInput
    )
    field_order = ("old", "new", "again")

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise ValidationError(_("This is not your present password."))
        return old


@action(
    "kit.password.change",
    permission=None,
    sentence=gettext_lazy("%(actor)s changed the password of %(target)s"),
)
def change_password(work: Work, /, user: User, *, new: str) -> None:
    """Set a user's password; every other session of that user ends with it."""
    if work.actor.kind == "person" and work.actor.user != user:
        raise PermissionError("one changes one's own password")
    work.about(user)
    user.set_password(new)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])


def is_loopback(host: str) -> bool:
    """Whether a server at this address can be reached from its own machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def keys_of(request: HttpRequest, username: str) -> dict[str, int]:
    """What failures are counted by, and how many close the door."""
    return {
        f"name:{username.lower()[:150]}": FAILURES_PER_NAME,
        f"address:{request.META.get('REMOTE_ADDR', '')}": FAILURES_PER_ADDRESS,
    }


def is_closed(keys: dict[str, int]) -> bool:
    since = clock.now() - WINDOW
    return any(
        SignInFailure.objects.filter(key=key, at__gt=since).count() >= limit
        for key, limit in keys.items()
    )


def note_failure(keys: dict[str, int]) -> None:
    SignInFailure.objects.filter(at__lt=clock.now() - WINDOW).delete()
    SignInFailure.objects.bulk_create(SignInFailure(key=key, at=clock.now()) for key in keys)


@open_page(methods=("GET", "POST"))
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST or None)
    next_url = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(next_url, {request.get_host()}):
        next_url = "/"
    status = 200
    if request.method == "POST" and form.is_valid():
        status = try_sign_in(request, form)
        if status == 200:
            return redirect(next_url)
    elif current_actor(request) is not None and request.method == "GET":
        return redirect(next_url)
    context = {"form": form, "next": next_url, "title": _("Sign in"), "save_label": _("Sign in")}
    return render(request, "kit/sign_in.html", context, status=status)


def try_sign_in(request: HttpRequest, form: SignInForm) -> int:
    """Sign in, or say why not; the status of the answer."""
    data = form.cleaned_data
    keys = keys_of(request, data["username"])
    if is_closed(keys):
        form.add_error(None, _("Too many failed attempts. Wait 15 minutes and try again."))
        return 429
    user = authenticate(request, username=data["username"], password=data["password"])
    if isinstance(user, User) and user.is_demonstration and not is_loopback(settings.HOST):
        form.add_error(None, _("Demonstration accounts work only on the server's own machine."))
        return 403
    if user is None:
        note_failure(keys)
        form.add_error(None, _("User name or password is wrong."))
        return 422
    SignInFailure.objects.filter(key=next(iter(keys))).delete()
    login(request, user)
    return 200


@open_page(methods=("POST",))
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("kit:sign-in")


@page(None, methods=("GET", "POST"))
def password(request: Request) -> HttpResponse:
    user = request.actor.user
    assert user is not None
    form = OwnPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        change_password(request.actor, user, new=form.cleaned_data["new"])
        update_session_auth_hash(request, user)
        messages.success(request, _("Your password has been changed."))
        return redirect("/")
    context = {"form": form, "title": _("Change password"), "cancel_url": "/"}
    return render(request, "kit/form.html", context, status=422 if form.errors else 200)


def reset_path(user: User) -> str:
    """A one-time address at which this user sets a new password; good for three days."""
    uid = urlsafe_base64_encode(str(user.pk).encode())
    return reverse("kit:reset", args=[uid, default_token_generator.make_token(user)])


def user_of(uid: str, token: str) -> User | None:
    try:
        user = User.objects.filter(pk=int(force_str(urlsafe_base64_decode(uid)))).first()
    except (ValueError, OverflowError):
        return None
    if user is None or not default_token_generator.check_token(user, token):
        return None
    return user if import_string(settings.ACTOR_OF_USER)(user) is not None else None


@open_page(methods=("GET", "POST"))
def reset(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Opening the link changes nothing; sending the form sets the password, once."""
    user = user_of(uid, token)
    if user is None:
        return render(request, "kit/link_gone.html", status=404)
    form = PasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        change_password(
            import_string(settings.ACTOR_OF_USER)(user), user, new=form.cleaned_data["new"]
        )
        messages.success(request, _("Your password has been set. Sign in with it."))
        return redirect("kit:sign-in")
    context = {
        "form": form,
        "title": _("Set a password"),
        "lead": _("For %(person)s.") % {"person": user},
        "save_label": _("Save"),
    }
    return render(request, "kit/bare_form.html", context, status=422 if form.errors else 200)
