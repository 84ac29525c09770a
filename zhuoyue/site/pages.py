"""Pages that arrange what the rooms hold."""

from django import forms
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from zhuoyue.kit import registry
from zhuoyue.kit.access import Request
from zhuoyue.kit.forms import dress
from zhuoyue.kit.history import told
from zhuoyue.kit.models import AuditEntry
from zhuoyue.kit.pages import open_page, page
from zhuoyue.kit.records import attempt, show_list
from zhuoyue.kit.tables import Column, Filter, Listing, Table
from zhuoyue.people.models import Membership
from zhuoyue.people.setting_up import set_up_centre
from zhuoyue.site.access import VIEW_AUDIT
from zhuoyue.site.start import is_right


@page(None)
def home(request: Request) -> HttpResponse:
    """The workbench: what waits for me, and what has happened."""
    entries = AuditEntry.objects.filter(tenant=request.actor.tenant).order_by("-sequence")[:12]
    context = {
        "title": _("Workbench"),
        "waiting": registry.waiting(request.actor)[:8],
        "recent": [told(e) for e in entries] if request.actor.may(VIEW_AUDIT) else None,
    }
    return render(request, "site/home.html", context)


@page(None)
def inbox(request: Request) -> HttpResponse:
    context = {"title": _("Inbox"), "waiting": registry.waiting(request.actor)}
    return render(request, "site/inbox.html", context)


@page(None)
def search(request: Request) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:100]
    hits = registry.search(request.actor, text) if text else []
    return render(request, "site/search.html", {"title": _("Search"), "text": text, "hits": hits})


class AuditFilter(Filter):
    class Meta:
        model = AuditEntry
        fields = {"action": ["icontains"], "at": ["date__gte", "date__lte"]}


AUDIT = Table(
    lazy("Audit log"),
    [
        Column("sequence", lazy("No."), sort="sequence", kind="number"),
        Column("at", lazy("when"), sort="at", kind="date"),
        Column("sentence", lazy("what"), value=lambda entry: told(entry).sentence),
        Column("actor", lazy("who"), sort="actor", hide_on_phone=True),
        Column("action", lazy("action"), hide_on_phone=True),
    ],
    filters=AuditFilter,
    search=("actor", "target", "action"),
    order=("-sequence",),
)


@page(VIEW_AUDIT)
def audit_log(request: Request) -> HttpResponse:
    rows = AuditEntry.objects.filter(tenant=request.actor.tenant)
    listing = Listing(request, AUDIT, rows, row_url=lambda entry: "")
    return listing.export("audit") if listing.wants_export else show_list(request, listing)


@page(None)
def help_page(request: Request) -> HttpResponse:
    return render(request, "site/help.html", {"title": _("Help")})


class StartForm(forms.Form):
    """An own centre and its administrator."""

    enterprise = forms.CharField(label=lazy("Enterprise"), max_length=200)
    name = forms.CharField(label=lazy("Name of the centre"), max_length=200)
    code = forms.SlugField(
        label=lazy("Code"),
        max_length=40,
        help_text=lazy("Letters and digits, for the command line."),
    )
    username = forms.CharField(label=lazy("User name of the administrator"), max_length=150)
    password = forms.CharField(
        label=lazy("Password"), max_length=200, widget=forms.PasswordInput(render_value=False)
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


@open_page(methods=("GET", "POST"))
def start(request: HttpRequest, token: str) -> HttpResponse:
    """Make the first own centre; the address is printed when the server starts."""
    if not is_right(token):
        raise Http404("start")
    form = StartForm(request.POST or None)
    dress(form)
    if request.method == "POST" and form.is_valid():
        membership = attempt(form, make_centre)
        if membership is not None:
            login(request, membership.user)
            return redirect("/")
    context = {
        "form": form,
        "title": _("Your own technology centre"),
        "lead": _("It begins empty. The demonstration centre, if there is one, stays apart."),
        "save_label": _("Create the centre"),
    }
    return render(request, "kit/bare_form.html", context, status=422 if form.errors else 200)


def make_centre(
    *, enterprise: str, name: str, code: str, username: str, password: str
) -> Membership:
    with transaction.atomic():
        membership = set_up_centre(code=code, name=name, enterprise=enterprise, username=username)
        membership.user.set_password(password)
        membership.user.save(update_fields=["password"])
    return membership
