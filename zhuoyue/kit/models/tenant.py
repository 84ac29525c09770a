"""The bare tenant and the sign-in user."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Tenant(models.Model):
    """Whose data it is. What a tenant is in the domain is told by a higher room."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    is_demonstration = models.BooleanField(_("demonstration"), default=False)

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """Someone who can sign in. Names are written whole, as Chinese names are."""

    full_name = models.CharField(_("name"), max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_demonstration = models.BooleanField(_("demonstration"), default=False)
    must_change_password = models.BooleanField(_("must change password"), default=False)

    first_name = None  # type: ignore[assignment]  # Django's way to drop a field of a parent
    last_name = None  # type: ignore[assignment]  # same

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class SignInFailure(models.Model):
    """A refused sign-in; enough of them close the door for a while."""

    key = models.CharField(max_length=200, db_index=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
