"""`zhuoyue import survey`: a file of answers becomes a wave, whole or not at all."""

import argparse
from pathlib import Path

from zhuoyue.cli import Refused
from zhuoyue.cli.centres import actor_of_centre, add_centre, refuse

HELP = {"zh": "导入文件", "en": "import a file"}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    zh = language == "zh"
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    survey = kinds.add_parser("survey", help="答卷" if zh else "answers of a survey")
    survey.add_argument("file", type=Path)
    add_centre(survey, language)
    survey.add_argument("--wave", required=True, metavar="CODE")
    survey.add_argument("--title", default="")
    survey.add_argument(
        "--codes", type=Path, help="代码表" if zh else "code list: no answer, not used"
    )
    survey.add_argument("--scale", nargs=2, type=int, metavar=("LOW", "HIGH"))
    survey.add_argument("--invited", type=int)
    survey.add_argument("--dry-run", action="store_true")


def run(args: argparse.Namespace) -> int:
    return import_survey(args)


def import_survey(args: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError
    from django.utils.translation import gettext as _

    from zhuoyue.surveys import actions, imports

    actor = actor_of_centre(args.centre)
    for path in (args.file, args.codes):
        if path is not None and not path.is_file():
            raise Refused(_("There is no file %(file)s.") % {"file": path})
    if args.scale and args.scale[0] >= args.scale[1]:
        raise Refused(_("The highest answer must lie above the lowest."))
    try:
        scale = (args.scale[0], args.scale[1]) if args.scale else None
        plan = imports.plan_import(args.file, codes=args.codes, scale=scale)
        print("\n".join(plan.notes))
        if not plan.is_clean:
            raise Refused(*plan.sentences, imports.more_troubles(plan.reading))
        if args.dry_run:
            print(_("Dry run: nothing was written."))
            return 0
        wave = actions.import_wave(
            actor,
            code=args.wave,
            title=args.title or args.wave,
            reading=plan.reading,
            file=plan.file,
            invited=args.invited,
        )
    except ValidationError as error:
        raise refuse(error) from error
    print(
        _("Imported: %(count)d answers into wave %(wave)s.")
        % {"count": wave.responses_count, "wave": wave.code}
    )
    return 0
