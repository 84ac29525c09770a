"""`zhuoyue import`: a file becomes records, whole or not at all.

`survey` reads a file of answers; the other kinds are the rooms' declared importers.
"""

import argparse
from pathlib import Path

from zhuoyue.cli import Refused
from zhuoyue.cli.centres import actor_of_centre, add_centre, refuse
from zhuoyue.cli.progress import progress_bar

HELP = {"zh": "导入文件", "en": "import a file"}
# What a declared importer is called here (the rooms are not up when arguments are read).
TABLES = {
    "departments": ("people.department", "部门", "departments"),
    "people": ("people.person", "人员", "people"),
    "recipients": ("people.recipient", "服务对象", "recipients"),
    "contacts": ("delivery.contact", "事项与接触记录", "cases and contacts"),
    "contact-people": ("people.contactperson", "联系人", "contact people of recipients"),
}


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
    for name, (importer, chinese, english) in TABLES.items():
        table = kinds.add_parser(name, help=chinese if zh else english)
        table.add_argument("file", type=Path)
        add_centre(table, language)
        table.add_argument(
            "--map",
            type=Path,
            metavar="MAP.yaml",
            help="列对应表" if zh else "which column is what",
        )
        table.add_argument("--dry-run", action="store_true")
        table.set_defaults(importer=importer)


def run(args: argparse.Namespace) -> int:
    return import_survey(args) if args.kind == "survey" else import_table(args)


def import_table(args: argparse.Namespace) -> int:
    """A declared importer, from file to landed rows."""
    from django.core.exceptions import ValidationError
    from django.utils.translation import gettext as _

    from zhuoyue.kit.imports.importer import carry_out, importers, plan_import
    from zhuoyue.kit.imports.mapping import Columns, read_map, suggest
    from zhuoyue.kit.imports.source import open_table

    actor = actor_of_centre(args.centre)
    for path in (args.file, args.map):
        if path is not None and not path.is_file():
            raise Refused(_("There is no file %(file)s.") % {"file": path})
    importer = importers()[args.importer]
    try:
        if args.map is not None:
            mapping = read_map(args.map, importer)
        else:
            mapping = Columns(suggest(open_table(args.file).columns, importer.fields))
        with progress_bar(_("Reading")) as progress:
            plan = plan_import(importer, actor, args.file, mapping, progress=progress)
        print("\n".join(plan.told()))
        if not plan.is_clean:
            raise Refused(*plan.problems.sentences())
        if args.dry_run:
            print(_("Dry run: nothing was written."))
            return 0
        with progress_bar(_("Importing")) as progress:
            batch = carry_out(plan, actor, args.file, progress=progress)
    except ValidationError as error:
        raise refuse(error) from error
    print(
        _("Imported: %(count)d rows of %(file)s.") % {"count": batch.rows, "file": batch.file_name}
    )
    return 0


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
