"""The side bar: rooms hang their entries up, the page shows those the actor may open."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.access import Permission, current_actor
from zhuoyue.kit.registry import waiting

# Sections follow the standard's cycle; rooms name theirs by code.
SECTIONS: tuple[tuple[str, Any, str], ...] = (
    ("today", _("Today"), "home"),
    ("understand", _("Understand"), "ear"),
    ("draft", _("Draft"), "pencil"),
    ("deliver", _("Deliver"), "truck"),
    ("evaluate", _("Evaluate"), "chart"),
    ("improve", _("Improve"), "refresh"),
    ("base", _("Foundations"), "building"),
)


@dataclass(frozen=True)
class Entry:
    section: str
    label: str | Promise
    page: str
    permission: Permission | None
    icon: str
    order: int


_entries: list[Entry] = []


def hang(
    section: str,
    label: str | Promise,
    page: str,
    permission: Permission | None,
    *,
    icon: str = "dot",
    order: int = 50,
) -> None:
    """Hang an entry into a section of the side bar."""
    if section not in {code for code, _label, _icon in SECTIONS}:
        raise ValueError(f"no section {section}")
    _entries.append(Entry(section, label, page, permission, icon, order))


_quick: list[Entry] = []


def hang_quick(
    label: str | Promise, page: str, permission: Permission | None, *, icon: str, order: int = 50
) -> None:
    """Put what people do many times a day at the foot of a phone's screen."""
    _quick.append(Entry("", label, page, permission, icon, order))


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    icon: str
    active: bool


@dataclass(frozen=True)
class Section:
    label: str
    icon: str
    items: list[Item]


@dataclass(frozen=True)
class Nav:
    """What the frame of every page needs."""

    centre_name: str
    centre_is_demo: bool
    home_url: str
    user_name: str
    role_names: tuple[str, ...]
    inbox_count: int
    inbox_url: str
    search_url: str
    sign_out_url: str
    password_url: str
    sections: list[Section]
    quick_actions: list[Item]


def named(page: str) -> str:
    """An address by name, or "" while the room that has it is not built."""
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""


def nearest(path: str, addresses: Iterable[str]) -> str:
    """The entry that a page belongs to: the longest address above it; "/" is only itself."""
    above = [a for a in addresses if path == a or (a != "/" and path.startswith(a))]
    return max(above, key=len, default="")


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the frame, or None for people who have not signed in."""
    actor = current_actor(request)
    if actor is None or actor.user is None:
        return {"nav": None, "actor": None}
    sections = []
    here = nearest(request.path, [reverse(e.page) for e in _entries])
    for code, label, icon in SECTIONS:
        items = [
            Item(str(e.label), reverse(e.page), e.icon, reverse(e.page) == here)
            for e in sorted(_entries, key=lambda e: e.order)
            if e.section == code and (e.permission is None or actor.may(e.permission))
        ]
        if items:
            sections.append(Section(str(label), icon, items))
    nav = Nav(
        centre_name=actor.tenant.name,
        centre_is_demo=actor.tenant.is_demonstration,
        home_url="/",
        user_name=str(actor.user),
        role_names=actor.titles,
        inbox_count=len(waiting(actor)),
        inbox_url=named("site:inbox"),
        search_url=named("site:search"),
        sign_out_url=reverse("kit:sign-out"),
        password_url=reverse("kit:password"),
        sections=sections,
        quick_actions=[
            Item(str(e.label), reverse(e.page), e.icon, False)
            for e in sorted(_quick, key=lambda e: e.order)
            if e.permission is None or actor.may(e.permission)
        ],
    )
    return {"nav": nav, "actor": actor}
