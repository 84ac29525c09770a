"""Who may do what: registered permissions, and the actor that carries them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from zhuoyue.kit.models import RecordQuerySet, Tenant, User


@dataclass(frozen=True)
class Permission:
    """A registered right; `granted_to` names the roles that have it."""

    name: str
    label: str | Promise
    granted_to: frozenset[str]


_permissions: dict[str, Permission] = {}


def register_permission(name: str, label: str | Promise, granted_to: Iterable[str]) -> Permission:
    if name in _permissions:
        raise ValueError(f"permission {name} is registered twice")
    _permissions[name] = Permission(name, label, frozenset(granted_to))
    return _permissions[name]


def permission(name: str) -> Permission:
    """Asking for a permission nobody registered is a mistake, never a silent no."""
    try:
        return _permissions[name]
    except KeyError:
        raise LookupError(f"permission {name} is not registered") from None


def permissions() -> tuple[Permission, ...]:
    return tuple(_permissions.values())


def granted(roles: Iterable[str]) -> frozenset[str]:
    """Names of all permissions that any of these roles has."""
    held = set(roles)
    return frozenset(p.name for p in _permissions.values() if held & p.granted_to)


@dataclass(frozen=True)
class Actor:
    """A user in a role in a tenant; the holder of a signed link; or the system itself."""

    tenant: Tenant
    name: str
    kind: Literal["person", "link", "system"] = "person"
    user: User | None = None
    roles: frozenset[str] = frozenset()
    rights: frozenset[str] = frozenset()
    titles: tuple[str, ...] = ()  # the roles, in words
    # What the actor belongs to, by kind of thing: {"people.recipient": {7}}.
    belongs: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def may(self, needed: Permission | str) -> bool:
        name = needed.name if isinstance(needed, Permission) else permission(needed).name
        return self.kind == "system" or name in self.rights

    def require(self, needed: Permission | str) -> None:
        if not self.may(needed):
            raise PermissionDenied(needed.name if isinstance(needed, Permission) else needed)

    def belonging(self, kind: str) -> frozenset[int]:
        return self.belongs.get(kind, frozenset())


class Request(HttpRequest):
    """A request as pages see it, after `kit.pages.page` has found who acts."""

    actor: Actor


def current_actor(request: HttpRequest) -> Actor | None:
    """Who acts in this request, found once; None for people who have not signed in."""
    seen: Any = request
    if not hasattr(seen, "actor"):
        seen.actor = import_string(settings.ACTOR_RESOLVER)(request)
    found: Actor | None = seen.actor
    return found


def system(tenant: Tenant, name: str = "system") -> Actor:
    """The actor of jobs, imports from the command line and reactions."""
    return Actor(tenant=tenant, name=name, kind="system")


def link_holder(tenant: Tenant, name: str, needed: Permission) -> Actor:
    """Someone outside who came by a signed link that allows just one thing."""
    return Actor(tenant=tenant, name=name, kind="link", rights=frozenset({needed.name}))


def get_for(actor: Actor, rows: RecordQuerySet[Any], **lookup: Any) -> Any:
    """The one row the actor may see, or 404, whether it is missing or someone else's."""
    try:
        return rows.visible_to(actor).get(**lookup)
    except (rows.model.DoesNotExist, ValueError):
        raise Http404(rows.model._meta.label) from None
