"""`zhuoyue evaluate`: a wave, a model, a report."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from zhuoyue.cli import Refused
from zhuoyue.cli.centres import actor_of_centre, add_centre, refuse

if TYPE_CHECKING:  # Django is not up when this is read
    from zhuoyue.kit.access import Actor
    from zhuoyue.kit.documents import Document
    from zhuoyue.surveys.models import Wave

HELP = {"zh": "用效应链模型评价一个批次并出报告", "en": "evaluate a wave and write the report"}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    zh = language == "zh"
    add_centre(parser, language)
    parser.add_argument("--wave", required=True, metavar="CODE")
    parser.add_argument(
        "--model",
        required=True,
        help="模型文件或已存模型的编码" if zh else "a model file, or the code of a stored model",
    )
    parser.add_argument("--target", default="")
    parser.add_argument("--replicates", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    # After the command as well as before it; the language was found before reading.
    parser.add_argument("--lang", choices=["zh", "en"], default=language)
    parser.add_argument("--out", type=Path, required=True, metavar="REPORT.docx|REPORT.pdf")


def run(args: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError
    from django.utils.translation import gettext as _

    from zhuoyue.reports.evaluation import evaluation_report
    from zhuoyue.studies import actions
    from zhuoyue.studies.jobs import execute
    from zhuoyue.studies.models import Study

    write = writer_for(args.out)
    actor = actor_of_centre(args.centre)
    wave = find_wave(actor, args.wave)
    text, target = find_model(actor, args.model)
    try:
        study = actions.start_study(
            actor,
            wave=wave,
            model_text=text,
            target=args.target or target,
            replicates=args.replicates,
            seed=args.seed,
        )
    except ValidationError as error:
        raise refuse(error) from error
    execute(study.pk, progress if sys.stderr.isatty() else None)
    study = Study.objects.select_related("wave__questionnaire", "tenant", "input_file").get(
        pk=study.pk
    )
    if study.error:
        from zhuoyue.kit.analysis_words import say

        raise Refused(say(study.error["code"], study.error["params"], args.language))
    args.out.write_bytes(write(evaluation_report(actor, study, args.language)))
    print(_("Report written: %(file)s (n = %(n)d).") % {"file": args.out, "n": study.n or 0})
    return 0


def progress(done: int, total: int) -> None:
    print(f"\r{done}/{total}", end="\n" if done >= total else "", file=sys.stderr, flush=True)


def writer_for(out: Path) -> "Callable[[Document], bytes]":
    from django.utils.translation import gettext as _

    from zhuoyue.kit.documents import write_pdf, write_word

    writers = {".docx": write_word, ".pdf": write_pdf}
    if out.suffix.lower() not in writers:
        raise Refused(_("%(file)s: write the report as .docx or .pdf.") % {"file": out.name})
    if not out.parent.is_dir():
        raise Refused(_("There is no folder %(folder)s.") % {"folder": out.parent})
    return writers[out.suffix.lower()]


def find_wave(actor: "Actor", code: str) -> "Wave":
    from django.utils.translation import gettext as _

    from zhuoyue.surveys.models import Wave

    rows = Wave.objects.visible_to(actor).standing()
    wave = rows.select_related("questionnaire").filter(code=code).first()
    if wave is None:
        known = ", ".join(rows.values_list("code", flat=True).order_by("code"))
        raise Refused(
            _("There is no wave %(code)s. Known: %(known)s.")
            % {"code": code, "known": known or "–"}
        )
    return wave


def find_model(actor: "Actor", name: str) -> tuple[str, str]:
    """Text and target of a model: a file, or a stored model by its code."""
    from django.utils.translation import gettext as _

    from zhuoyue.studies.models import CausalModel

    path = Path(name)
    if path.is_file():
        try:
            return path.read_text(encoding="utf-8-sig"), ""
        except UnicodeDecodeError as error:
            raise Refused(
                _("%(file)s is not UTF-8 text. Save it as UTF-8.") % {"file": name}
            ) from error
    stored = CausalModel.objects.visible_to(actor).standing().filter(code=name).first()
    if stored is None:
        raise Refused(
            _("There is neither a file nor a stored model named %(name)s.") % {"name": name}
        )
    return stored.text, stored.target
