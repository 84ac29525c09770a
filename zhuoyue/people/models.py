"""Rows of people: centre, department, person, membership, recipient, recipient contact."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhuoyue.kit.bilingual import Bilingual
from zhuoyue.kit.models import Record, RecordQuerySet

if TYPE_CHECKING:
    from zhuoyue.kit.access import Actor


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("administrator")
    DIRECTOR = "director", _("director")
    SERVICE_MANAGER = "service_manager", _("service manager")
    DEPARTMENT_HEAD = "department_head", _("department head")
    ENGINEER = "engineer", _("engineer")
    ANALYST = "analyst", _("analyst")
    ASSESSOR = "assessor", _("assessor")
    RECIPIENT = "recipient", _("recipient")


class Centre(Record):
    """The enterprise technology centre (3.1); one for each tenant."""

    class Level(models.TextChoices):
        NATIONAL = "national", _("national")
        PROVINCIAL = "provincial", _("provincial")
        MUNICIPAL = "municipal", _("municipal")
        NONE = "none", _("not accredited")

    enterprise = models.CharField(_("enterprise"), max_length=200)
    name = models.CharField(_("name of the centre"), max_length=200)
    level = models.CharField(_("accreditation"), max_length=20, choices=Level, default=Level.NONE)
    accredited_until = models.DateField(_("accredited until"), null=True, blank=True)
    headcount = models.PositiveIntegerField(_("head-count"), null=True, blank=True)
    industry = models.CharField(_("industry"), max_length=100, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("centre")
        constraints = [models.UniqueConstraint(fields=["tenant"], name="one_centre_per_tenant")]

    def __str__(self) -> str:
        return self.name


class Department(Bilingual, Record):
    """A department that takes part in service (4.4, 6.1.1)."""

    code = models.SlugField(_("code"), max_length=40)
    title_zh = models.CharField(_("name (zh)"), max_length=100)
    title_en = models.CharField(_("name (en)"), max_length=100, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("department")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "code"],
                condition=Q(withdrawn_at__isnull=True),
                name="department_code_once",
                violation_error_message=_("This code is taken."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Person(Record):
    """Someone of the centre or the enterprise who serves."""

    number = models.CharField(_("staff number"), max_length=40)
    name = models.CharField(_("name"), max_length=100)
    department = models.ForeignKey(
        Department, verbose_name=_("department"), on_delete=models.PROTECT, related_name="people"
    )
    position = models.CharField(_("position"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta:
        verbose_name = _("person")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "number"],
                condition=Q(withdrawn_at__isnull=True),
                name="person_number_once",
                violation_error_message=_("This staff number is taken."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class RecipientQuerySet(RecordQuerySet["Recipient"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Recipients see themselves; the centre's people see all whom it serves."""
        rows = super().visible_to(actor)
        own = actor.belonging("people.recipient")
        if actor.roles == {Role.RECIPIENT}:
            return rows.filter(pk__in=own)
        return rows


class Recipient(Record):
    """Whom the centre serves: a department of the enterprise, or an outside organisation."""

    class Audience(models.TextChoices):
        INTERNAL = "internal", _("internal")
        EXTERNAL = "external", _("external")

    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    audience = models.CharField(_("internal or external"), max_length=10, choices=Audience)
    segment = models.CharField(_("segment"), max_length=60, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects: ClassVar[Any] = RecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("recipient")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "code"],
                condition=Q(withdrawn_at__isnull=True),
                name="recipient_code_once",
                violation_error_message=_("This code is taken."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ContactPersonQuerySet(RecordQuerySet["ContactPerson"]):
    def visible_to(self, actor: "Actor") -> Self:
        rows = super().visible_to(actor)
        if actor.roles == {Role.RECIPIENT}:
            return rows.filter(recipient__in=actor.belonging("people.recipient"))
        return rows


class ContactPerson(Record):
    """A person on the recipient's side."""

    recipient = models.ForeignKey(
        Recipient, verbose_name=_("recipient"), on_delete=models.PROTECT, related_name="contacts"
    )
    name = models.CharField(_("name"), max_length=100)
    position = models.CharField(_("position"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    objects: ClassVar[Any] = ContactPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact person")
        ordering = ["recipient", "name"]

    def __str__(self) -> str:
        return f"{self.name}（{self.recipient}）"


class Membership(Record):
    """A user in a role in a centre; what the role is tied to (own department, own organisation)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, null=True, blank=True
    )
    department = models.ForeignKey(
        Department, verbose_name=_("department"), on_delete=models.PROTECT, null=True, blank=True
    )
    recipient = models.ForeignKey(
        Recipient, verbose_name=_("recipient"), on_delete=models.PROTECT, null=True, blank=True
    )

    class Meta:
        verbose_name = _("account")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user", "role"],
                condition=Q(withdrawn_at__isnull=True),
                name="membership_once",
                violation_error_message=_("This account has the role already."),
            ),
            models.CheckConstraint(
                condition=~Q(role="recipient") | Q(recipient__isnull=False),
                name="recipient_role_has_recipient",
                violation_error_message=_("Choose the recipient organisation of this account."),
            ),
            models.CheckConstraint(
                condition=~Q(role="department_head") | Q(department__isnull=False),
                name="head_role_has_department",
                violation_error_message=_("Choose the department of this department head."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}（{self.get_role_display()}）"
