"""Presenting, a department's word, and the recipient's answer by a signed link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from zhuoyue.kit.access import Request, link_holder
from zhuoyue.kit.pages import open_page, page
from zhuoyue.kit.records import attempt, show_form
from zhuoyue.kit.signing import read_token
from zhuoyue.schemes import actions, forms, rules
from zhuoyue.schemes.access import ANSWER_SCHEMES, PRESENT_SCHEMES, SIGN_SCHEMES
from zhuoyue.schemes.actions.signing import lacks
from zhuoyue.schemes.models import JourneyTouchpoint, Scheme, SchemeVersion
from zhuoyue.schemes.pages.schemes import find_standing, schemes
from zhuoyue.schemes.presenting import readable
from zhuoyue.schemes.queries import trace_of
from zhuoyue.schemes.waiting import seats_for


@page(None, methods=("GET", "POST"))
def scheme_present(request: Request, pk: int) -> HttpResponse:
    scheme = find_standing(request, pk, PRESENT_SCHEMES)
    journey = JourneyTouchpoint.objects.filter(scheme=scheme).standing()
    initial = {"departments": list(journey.values_list("department", flat=True).distinct())}
    form = forms.PresentForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        if attempt(form, actions.present_scheme, request.actor, scheme) is not None:
            messages.success(
                request, _("Presented for counter-signing: %(what)s") % {"what": scheme}
            )
            return redirect(schemes.url("detail", pk))
    return show_form(
        request,
        form,
        title=_("Present for counter-signing"),
        lead=str(scheme),
        cancel=schemes.url("detail", pk),
        submit=_("Present"),
        template="schemes/present.html",
        lacking=lacks(scheme),
        untraced=[t for t in trace_of(scheme) if t.gaps],
    )


@page(None, methods=("GET", "POST"))
def scheme_sign(request: Request, pk: int) -> HttpResponse:
    scheme = find_standing(request, pk, SIGN_SCHEMES)
    seats = seats_for(request.actor, scheme)
    form = forms.SignForm(request.POST or None, actor=request.actor, departments=seats)
    if request.method == "POST" and form.is_valid():
        attempt(form, actions.sign_scheme, request.actor, scheme)
        if not form.errors:
            messages.success(request, _("Your word has been recorded."))
            return redirect(schemes.url("detail", pk))
    return show_form(
        request,
        form,
        title=_("Sign or return"),
        lead=str(scheme),
        cancel=schemes.url("detail", pk),
        submit=_("Confirm"),
        template="schemes/sign.html",
        seats=seats,
        version=scheme.latest,
        content=readable(scheme.latest.content),
    )


# -- the recipient's link --------------------------------------------------------------------


def find_by_token(token: str) -> SchemeVersion | None:
    """The version a link was made for; None when the link is no good."""
    target = read_token(token)
    if target is None or target.kind != "schemes.scheme":
        return None
    rows = SchemeVersion.objects.select_related("scheme__tenant", "scheme__recipient")
    found: SchemeVersion | None = (
        rows.filter(
            scheme=target.id,
            content_hash=target.content_hash,
            presented_at__isnull=False,
            scheme__withdrawn_at__isnull=True,
        )
        .order_by("-number")
        .first()
    )
    return found


def state_of(scheme: Scheme, version: SchemeVersion) -> str:
    """Whether the link's version can be answered: open, or why not."""
    if version.accepted_at is not None:
        return "accepted"
    if scheme.latest.number != version.number:
        return "older"
    return "open" if scheme.status == rules.SIGNED else "closed"


@open_page(methods=("GET", "POST"))
def scheme_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing and records nothing; sending the form answers, once."""
    version = find_by_token(token)
    if version is None:
        return render(request, "kit/link_gone.html", status=404)
    scheme = version.scheme
    state = state_of(scheme, version)
    form = forms.RecipientAnswerForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 409 if state != "open" else 422
        if state == "open" and form.is_valid() and answered(form, scheme, version):
            messages.success(request, _("Thank you. Your answer has been recorded."))
            return redirect(request.path)
    context = {
        "title": scheme.title,
        "centre_is_demo": scheme.tenant.is_demonstration,
        "centre": scheme.tenant,
        "state": state,
        "scheme": scheme,
        "version": version,
        "answers": version.answers.all(),
        "content": readable(version.content),
        "form": form,
    }
    return render(request, "schemes/answer.html", context, status=status)


def answered(form: forms.RecipientAnswerForm, scheme: Scheme, version: SchemeVersion) -> bool:
    who = f"{form.cleaned_data['name']}（{scheme.recipient.name}）"
    actor = link_holder(scheme.tenant, who, ANSWER_SCHEMES)
    form.cleaned_data["target"] = version.target
    return attempt(form, actions.answer_scheme, actor, scheme) is not None
