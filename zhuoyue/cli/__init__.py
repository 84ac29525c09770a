"""The `zhuoyue` command: one module of this folder for each subcommand.

A subcommand has HELP (zh, en), add_arguments(parser) and run(args) -> exit status. One that works
where only the library is installed says NEEDS_PLATFORM = False. What people can mend is raised as
`Refused` and printed in one sentence, without a traceback, with exit status 2.
"""

import argparse
import locale
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from io import TextIOWrapper

from zhuoyue.cli.chinese_parser import ChineseParser

COMMANDS = (
    *(
        "analyse",
        "method",
        "serve",
        "worker",
        "import",
        "evaluate",
        "audit",
        "doctor",
        "backup",
        "restore",
        "demo",
    ),
    *("user", "manage"),
)
PLATFORM_MISSING = {
    "zh": "该命令需要平台组件。请执行：pip install 'zhuoyue[platform]'",
    "en": "This command needs the platform. Run: pip install 'zhuoyue[platform]'",
}


class Refused(Exception):
    """Something people can mend; the sentences say what and how."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))


def chosen_language(arguments: Sequence[str]) -> str:
    """zh unless --lang or the terminal says en; found before the arguments are read."""
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            return "en" if arguments[index + 1] == "en" else "zh"
        if argument.startswith("--lang="):
            return "en" if argument.endswith("=en") else "zh"
    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "en" if spoken.lower().startswith("en") else "zh"


def set_up(language: str) -> None:
    """Bring Django up, speaking the chosen language."""
    if find_spec("django") is None:
        raise Refused(PLATFORM_MISSING[language])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuoyue.config.settings")
    import django
    from django.utils import translation

    django.setup()
    translation.activate("en" if language == "en" else "zh-hans")


def parser_for(language: str) -> argparse.ArgumentParser:
    kind = ChineseParser if language == "zh" else argparse.ArgumentParser
    parser = kind(prog="zhuoyue")
    parser.add_argument("--lang", choices=["zh", "en"], default=language)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in COMMANDS:
        module = import_module(f"zhuoyue.cli.{name}_command")
        sub = commands.add_parser(
            name, help=module.HELP[language], description=module.HELP[language]
        )
        module.add_arguments(sub, language)
        sub.set_defaults(run=module.run, needs_platform=getattr(module, "NEEDS_PLATFORM", True))
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("ZHUOYUE_COMPILED", "long")  # compiling outlasts the work of one survey
    if given[:1] == ["manage"]:
        from zhuoyue.cli.manage_command import pass_on

        return pass_on(given[1:])
    language = chosen_language(given)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that lacks a letter shows a mark for it
            stream.reconfigure(errors="replace")
    args = parser_for(language).parse_args(given)
    args.language = language
    try:
        if args.needs_platform:
            set_up(language)
        status: int = args.run(args)
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return status
