"""`zhuoyue demo`: make the demonstration centre, or give its accounts new passwords."""

import argparse

HELP = {
    "zh": "建立演示中心或重设其密码",
    "en": "make the demonstration centre, or renew its passwords",
}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    parser.add_argument("what", choices=["make", "passwords"])


def run(args: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from zhuoyue.cli import Refused
    from zhuoyue.demo.centre import ensure, give_passwords
    from zhuoyue.kit.models import Tenant

    if args.what == "make":
        sign_ins = ensure()
        if not sign_ins:
            raise Refused(_("There is a demonstration centre already."))
    else:
        tenant = Tenant.objects.filter(is_demonstration=True).first()
        if tenant is None:
            raise Refused(_("There is no demonstration centre. Make one: zhuoyue demo make"))
        sign_ins = give_passwords(tenant)
    for role, username, password in sign_ins:
        print(f"{username:<22} {password:<16} {role}")
    return 0
