"""Finding what a command speaks of."""

import argparse
from typing import TYPE_CHECKING

from zhuoyue.cli import Refused

if TYPE_CHECKING:  # Django is not up when this is read
    from zhuoyue.kit.access import Actor


def add_centre(parser: argparse.ArgumentParser, language: str) -> None:
    parser.add_argument(
        "--centre",
        required=True,
        metavar="CODE",
        help="技术中心编码" if language == "zh" else "code of the centre",
    )


def actor_of_centre(code: str) -> "Actor":
    """The system, acting in the centre of this code."""
    from django.utils.translation import gettext as _

    from zhuoyue.kit.access import system
    from zhuoyue.kit.models import Tenant

    tenant = Tenant.objects.filter(code=code).first()
    if tenant is None:
        known = ", ".join(Tenant.objects.values_list("code", flat=True).order_by("code"))
        raise Refused(
            _("There is no centre %(code)s. Known: %(known)s.")
            % {"code": code, "known": known or "–"}
        )
    return system(tenant)


def refuse(error: Exception) -> Refused:
    """What a rule of the platform refused, sentence by sentence."""
    return Refused(*getattr(error, "messages", [str(error)]))
