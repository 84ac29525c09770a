"""Pages of people."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.kit.access import Request
from zhuoyue.kit.pages import page
from zhuoyue.kit.records import Link, RecordPages, attempt, facts_from, show_form
from zhuoyue.kit.tables import Column, Filter, Table
from zhuoyue.people import actions, forms
from zhuoyue.people.access import EDIT_PEOPLE, EDIT_RECIPIENTS, MANAGE_ACCOUNTS, VIEW_PEOPLE
from zhuoyue.people.models import (
    Centre,
    ContactPerson,
    Department,
    Membership,
    Person,
    Recipient,
)


class PersonFilter(Filter):
    class Meta:
        model = Person
        fields = ["department"]


class RecipientFilter(Filter):
    class Meta:
        model = Recipient
        fields = ["audience"]


class MembershipFilter(Filter):
    class Meta:
        model = Membership
        fields = ["role"]


def department_list_links(request: Request) -> list[Link]:
    """A centre without departments is offered those the guide names."""
    actor = request.actor
    if not actor.may(EDIT_PEOPLE) or Department.objects.visible_to(actor).exists():
        return []
    label = _("Load the ten departments of 6.1.1")
    return [Link(label, reverse("people:department-seed"), method="post", icon="download")]


centres = RecordPages(
    model=Centre,
    noun="centre",
    table=Table(
        lazy("Centre"), [Column("name", lazy("name")), Column("enterprise", lazy("enterprise"))]
    ),
    view=VIEW_PEOPLE,
    edit=EDIT_PEOPLE,
    facts=facts_from(
        "enterprise", "name", "level", "accredited_until", "headcount", "industry", "address"
    ),
    form=forms.CentreForm,
    correct=actions.centre.correct,
)
departments = RecordPages(
    model=Department,
    noun="department",
    table=Table(
        lazy("Departments"),
        [
            Column("code", lazy("code"), sort="code"),
            Column("title", lazy("name"), sort="title_zh"),
            Column("parent.title", lazy("part of")),
        ],
        search=("code", "title_zh", "title_en"),
        order=("code",),
    ),
    view=VIEW_PEOPLE,
    edit=EDIT_PEOPLE,
    rows=lambda actor: Department.objects.select_related("parent"),
    facts=facts_from("code", "title_zh", "title_en", "parent"),
    form=forms.DepartmentForm,
    create=actions.department.create,
    correct=actions.department.correct,
    withdraw=actions.department.withdraw,
    create_label=lazy("Add a department"),
    list_links=department_list_links,
)
people = RecordPages(
    model=Person,
    noun="person",
    table=Table(
        lazy("People"),
        [
            Column("number", lazy("staff number"), sort="number"),
            Column("name", lazy("name"), sort="name"),
            Column("department.title", lazy("department"), sort="department__code"),
            Column("position", lazy("position"), hide_on_phone=True),
        ],
        filters=PersonFilter,
        search=("number", "name", "position"),
        order=("number",),
    ),
    view=VIEW_PEOPLE,
    edit=EDIT_PEOPLE,
    rows=lambda actor: Person.objects.select_related("department"),
    facts=facts_from("number", "name", "department", "position", "phone", "email"),
    form=forms.PersonForm,
    create=actions.person.create,
    correct=actions.person.correct,
    withdraw=actions.person.withdraw,
    create_label=lazy("Add a person"),
)
recipients = RecordPages(
    model=Recipient,
    noun="recipient",
    table=Table(
        lazy("Recipients"),
        [
            Column("code", lazy("code"), sort="code"),
            Column("name", lazy("name"), sort="name"),
            Column("audience", lazy("internal or external"), sort="audience", kind="badge"),
            Column("segment", lazy("segment"), sort="segment", hide_on_phone=True),
        ],
        filters=RecipientFilter,
        search=("code", "name", "segment"),
        order=("code",),
    ),
    view=VIEW_PEOPLE,
    edit=EDIT_RECIPIENTS,
    facts=facts_from("code", "name", "audience", "segment", "note"),
    form=forms.RecipientForm,
    create=actions.recipient.create,
    correct=actions.recipient.correct,
    withdraw=actions.recipient.withdraw,
    create_label=lazy("Add a recipient"),
)
contact_people = RecordPages(
    model=ContactPerson,
    noun="contact-person",
    table=Table(
        lazy("Contact people"),
        [
            Column("name", lazy("name"), sort="name"),
            Column("recipient.name", lazy("recipient"), sort="recipient__name"),
            Column("position", lazy("position")),
            Column("phone", lazy("phone"), hide_on_phone=True),
        ],
        search=("name", "recipient__name", "position"),
        order=("recipient__code", "name"),
    ),
    view=VIEW_PEOPLE,
    edit=EDIT_RECIPIENTS,
    rows=lambda actor: ContactPerson.objects.select_related("recipient"),
    facts=facts_from("recipient", "name", "position", "phone", "email"),
    form=forms.ContactPersonForm,
    create=actions.contact_person.create,
    correct=actions.contact_person.correct,
    withdraw=actions.contact_person.withdraw,
    create_label=lazy("Add a contact person"),
)


def account_links(request: Request, membership: Membership) -> list[Link]:
    url = reverse("people:account-reset", args=[membership.pk])
    return [Link(_("Link to set a password"), url, method="post")]


accounts = RecordPages(
    model=Membership,
    noun="account",
    table=Table(
        lazy("Accounts"),
        [
            Column("user.username", lazy("user name"), sort="user__username"),
            Column("user.full_name", lazy("name"), sort="user__full_name"),
            Column("role", lazy("role"), sort="role", kind="badge"),
            Column(
                "user.last_login", lazy("last sign-in"), sort="user__last_login", hide_on_phone=True
            ),
        ],
        filters=MembershipFilter,
        search=("user__username", "user__full_name"),
        order=("user__username",),
    ),
    view=MANAGE_ACCOUNTS,
    edit=MANAGE_ACCOUNTS,
    rows=lambda actor: Membership.objects.select_related("user"),
    facts=facts_from("user", "role", "person", "department", "recipient"),
    withdraw=actions.take_account,
    links=account_links,
    list_links=lambda request: [Link(lazy("Give an account"), reverse("people:account-create"))],
)


@page(MANAGE_ACCOUNTS, methods=("GET", "POST"))
def account_create(request: Request) -> HttpResponse:
    form = forms.AccountForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        membership = attempt(form, actions.give_account, request.actor)
        if membership is not None:
            messages.success(request, _("Saved: %(what)s") % {"what": membership})
            return redirect(accounts.url("detail", membership.pk))
    return show_form(request, form, title=_("Give an account"), cancel=accounts.url("list"))


@page(None, methods=("POST",))
def account_reset(request: Request, pk: int) -> HttpResponse:
    """The link is shown once, to be handed over in person; there may be no mail."""
    membership = accounts.find(request, pk, MANAGE_ACCOUNTS)
    link = request.build_absolute_uri(actions.reset_link(request.actor, membership))
    context = {"membership": membership, "link": link, "back": accounts.url("detail", pk)}
    return render(request, "people/reset_link.html", context)


@page(None, methods=("POST",))
def switch_centre(request: Request) -> HttpResponse:
    """Work in another centre of one's own."""
    mine = Membership.objects.filter(user=request.actor.user, withdrawn_at__isnull=True)
    chosen = mine.filter(tenant__code=request.POST.get("centre", "")).first()
    if chosen is not None:
        request.session["centre"] = chosen.tenant_id
    return redirect("/")


@page(EDIT_PEOPLE, methods=("POST",))
def department_seed(request: Request) -> HttpResponse:
    made = actions.seed_departments(request.actor)
    messages.success(request, _("Departments added: %(count)d") % {"count": made})
    return redirect(departments.url("list"))
