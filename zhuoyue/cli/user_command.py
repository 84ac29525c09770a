"""`zhuoyue user`: an own centre with its administrator, or a new link for a lost password."""

import argparse

from zhuoyue.cli.centres import refuse

HELP = {"zh": "建立技术中心及管理员", "en": "create a centre with its administrator"}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    zh = language == "zh"
    parser.add_argument("username", help="管理员用户名" if zh else "user name of the administrator")
    parser.add_argument("--centre", required=True, metavar="CODE")
    parser.add_argument("--name", default="", help="技术中心名称" if zh else "name of the centre")
    parser.add_argument("--enterprise", default="")


def run(args: argparse.Namespace) -> int:
    from django.conf import settings
    from django.core.exceptions import ValidationError
    from django.db import transaction
    from django.utils.translation import gettext as _

    from zhuoyue.kit.sign_in import reset_path
    from zhuoyue.people.setting_up import set_up_centre

    try:
        with transaction.atomic():
            membership = set_up_centre(
                code=args.centre,
                name=args.name or args.centre,
                enterprise=args.enterprise or args.name or args.centre,
                username=args.username,
            )
    except ValidationError as error:
        raise refuse(error) from error
    print(
        _("Centre %(centre)s is ready. Set the password of %(user)s here, once, within three days:")
        % {"centre": args.centre, "user": args.username}
    )
    print(settings.PUBLIC_URL + reset_path(membership.user))
    return 0
