"""`zhuoyue audit verify|anchor`: does every chain hold?"""

import argparse

HELP = {"zh": "核验或锚定审计链", "en": "verify or anchor the audit chains"}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    parser.add_argument("what", choices=["verify", "anchor"])


def run(args: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from zhuoyue.kit import audit
    from zhuoyue.kit.models import AuditEntry, Tenant

    if args.what == "anchor":
        print(_("Anchored: %(count)d chains.") % {"count": audit.anchor_all()})
        return 0
    status = 0
    for tenant in Tenant.objects.order_by("code"):
        broken = audit.verify(tenant)
        if broken is None:
            count = AuditEntry.objects.filter(tenant=tenant).count()
            print(_("%(code)s: %(count)d entries, whole.") % {"code": tenant.code, "count": count})
            continue
        status = 1
        print(
            _("%(code)s: broken at entry %(sequence)d: %(reason)s.")
            % {
                "code": tenant.code,
                "sequence": broken.sequence,
                "reason": reasons()[broken.reason],
            }
        )
    return status


def reasons() -> dict[str, str]:
    from django.utils.translation import gettext as _

    return {
        "changed": _("its content was changed, or it was inserted"),
        "missing": _("an entry is missing here"),
        "reordered": _("it does not follow the entry before it"),
        "truncated": _("the end of the chain is missing"),
        "anchor": _("it is not the entry that was anchored"),
        "replaced": _("the anchors speak of another chain that this database held before"),
    }
