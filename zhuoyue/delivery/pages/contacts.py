"""Pages of contacts: the list, one contact, and the quick log of a few taps."""

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.delivery import actions, presenting, queries, rules
from zhuoyue.delivery.access import LOG_CONTACTS, VIEW_CONTACTS
from zhuoyue.delivery.forms import ContactForm, QuickForm
from zhuoyue.delivery.models import Case, Contact
from zhuoyue.kit.access import Request, get_for
from zhuoyue.kit.pages import page
from zhuoyue.kit.records import (
    Link,
    RecordPages,
    attempt,
    facts_from,
    require_standing,
    show_form,
)
from zhuoyue.kit.tables import Column, Filter, Table

FACTS = (
    "recipient", "contact_person", "case", "at", "by", "by_text", "touchpoint", "service",
    "channel", "outcome", "felt", "emotion", "obstacle", "opportunity", "opinion",
)  # fmt: skip


EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)


def midnight(day: date) -> datetime:
    """The beginning of a day; days beyond all work are as good as the last one."""
    within = min(max(day, EARLIEST), LATEST)
    return timezone.make_aware(datetime.combine(within, time.min))


def since(rows: QuerySet[Contact], _name: str, day: date) -> QuerySet[Contact]:
    return rows.filter(at__gte=midnight(day))


def until(rows: QuerySet[Contact], _name: str, day: date) -> QuerySet[Contact]:
    return rows.filter(at__lt=midnight(min(day, LATEST)) + timedelta(days=1))


class ContactFilter(Filter):
    since = django_filters.DateFilter(
        label=lazy("from"), method=since, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = django_filters.DateFilter(
        label=lazy("to"), method=until, widget=forms.DateInput(attrs={"type": "date"})
    )

    class Meta:
        model = Contact
        fields = ["recipient", "touchpoint", "service", "channel", "outcome", "felt", "emotion"]


def context(request: Request, contact: Contact) -> dict[str, Any]:
    if not contact.outcome or contact.is_withdrawn:
        return {}
    tone = presenting.outcome_tone(contact)
    return {"badge": {"text": contact.get_outcome_display(), "tone": tone}}


def list_links(request: Request) -> list[Link]:
    if not request.actor.may(LOG_CONTACTS):
        return []
    url = reverse("delivery:contact-quick")
    return [Link(_("Log a contact"), url, tone="primary", icon="plus")]


contacts = RecordPages(
    model=Contact,
    noun="contact",
    table=Table(
        lazy("Contacts"),
        [
            Column("at", lazy("when"), sort="at", kind="datetime"),
            Column("recipient.name", lazy("recipient"), sort="recipient__name"),
            Column("touchpoint.title", lazy("touchpoint"), sort="touchpoint__code"),
            Column("channel", lazy("channel"), sort="channel", kind="badge"),
            Column(
                "outcome",
                lazy("outcome"),
                sort="outcome",
                kind="badge",
                tone=presenting.outcome_tone,
            ),
            Column(
                "felt",
                lazy("felt experience"),
                sort="felt",
                kind="badge",
                tone=presenting.felt_tone,
            ),
            Column("by", lazy("by"), value=lambda row: row.by or row.by_text, sort="by__name"),
            Column("obstacle", lazy("obstacle"), hide_on_phone=True),
        ],
        filters=ContactFilter,
        search=("recipient__name", "obstacle", "opportunity", "opinion", "by__name", "by_text"),
        order=("-at", "-id"),
        empty_text=lazy("No contact logged yet."),
    ),
    view=VIEW_CONTACTS,
    edit=LOG_CONTACTS,
    rows=lambda actor: Contact.objects.select_related(
        "recipient", "touchpoint", "by", "case", "service", "contact_person__recipient"
    ),
    facts=facts_from(*FACTS),
    context=context,
    form=ContactForm,
    correct=actions.correct_contact,
    withdraw=actions.withdraw_contact,
    list_links=list_links,
)


@page(LOG_CONTACTS, methods=("GET", "POST"))
def contact_quick(request: Request) -> HttpResponse:
    """Log one contact in a few taps; with `?case=` on a case."""
    actor = request.actor
    case = None
    if request.GET.get("case"):
        rows = Case.objects.standing().select_related("recipient", "service")
        case = get_for(actor, rows, pk=request.GET["case"])
        require_standing(case)
    form = quick_form(request, case)
    if request.method == "POST" and form.is_valid():
        person = queries.own_person(actor)
        form.cleaned_data |= {"case": case, "by": person, "by_text": "" if person else actor.name}
        contact = attempt(form, actions.log_contact, actor)
        if contact is not None:
            messages.success(request, _("Logged: %(what)s") % {"what": contact})
            return redirect(after(case))
    title = _("Log a contact")
    return show_form(
        request,
        form,
        title=title,
        lead=str(case) if case else "",
        cancel=after(case) if case else contacts.url("list"),
        template="delivery/quick.html",
    )


def after(case: Case | None) -> str:
    """Back to the case, or ready for the next contact."""
    if case is None:
        return reverse("delivery:contact-quick")
    return reverse("delivery:case-detail", args=[case.pk])


def quick_form(request: Request, case: Case | None) -> QuickForm:
    """The form with what this person used last in front; `?recipient=` puts one before them."""
    seen = queries.recent(request.actor)
    wanted = rules.id_in(request.GET.get("recipient", ""))
    first = seen.last_recipient if wanted is None else wanted
    recipients = [case.recipient_id] if case else seen.recipients
    if first is not None and case is None and first not in recipients:
        recipients = [first, *recipients[: queries.BUTTONS - 1]]
    form = QuickForm(
        request.POST or None,
        actor=request.actor,
        recipients=recipients,
        touchpoints=seen.touchpoints,
        case=case,
        initial={"recipient": first, "touchpoint": seen.last_touchpoint},
    )
    if case is not None and not rules.may_become(case.state, rules.RESOLVED):
        del form.fields["resolves"]
    return form
