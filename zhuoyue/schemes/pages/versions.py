"""Pages of versions: one as it was presented, and what changed between two."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhuoyue.kit.access import Request
from zhuoyue.kit.pages import page
from zhuoyue.schemes.access import VIEW_DRAFTS
from zhuoyue.schemes.models import Scheme, SchemeVersion
from zhuoyue.schemes.pages.schemes import schemes
from zhuoyue.schemes.presenting import change_texts, readable


def version_of(scheme: Scheme, number: int | str) -> SchemeVersion:
    found: SchemeVersion | None = None
    if str(number).isdigit():
        found = scheme.versions.filter(number=number).first()
    if found is None:
        raise Http404("version")
    return found


@page(None)
def scheme_version(request: Request, pk: int, number: int) -> HttpResponse:
    scheme = schemes.find(request, pk, VIEW_DRAFTS)
    version = version_of(scheme, number)
    context = {
        "title": _("Version %(number)d") % {"number": version.number},
        "pretitle": str(scheme),
        "list_url": schemes.url("detail", pk),
        "version": version,
        "content": readable(version.content),
    }
    return render(request, "schemes/version.html", context)


@page(None)
def scheme_difference(request: Request, pk: int) -> HttpResponse:
    """From one version to another; without a choice, from the last but one to the newest."""
    scheme = schemes.find(request, pk, VIEW_DRAFTS)
    new = version_of(scheme, request.GET.get("new", scheme.latest.number))
    old = version_of(scheme, request.GET.get("old", max(new.number - 1, 1)))
    context = {
        "title": _("From version %(old)d to version %(new)d")
        % {"old": old.number, "new": new.number},
        "pretitle": str(scheme),
        "list_url": schemes.url("detail", pk),
        "old": old,
        "new": new,
        "numbers": sorted(scheme.versions.values_list("number", flat=True)),
        "changes": change_texts(old.content, new.content),
    }
    return render(request, "schemes/difference.html", context)
