"""Django's own commands, for developers."""

import argparse
import os
from collections.abc import Sequence

HELP = {"zh": "Django 自带命令（开发者用）", "en": "Django's own commands, for developers"}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    parser.add_argument("rest", nargs=argparse.REMAINDER)


def run(args: argparse.Namespace) -> int:
    return pass_on(args.rest)


def pass_on(arguments: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuoyue.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["zhuoyue manage", *arguments])
    return 0
