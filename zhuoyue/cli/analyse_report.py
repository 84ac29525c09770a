"""The report of `zhuoyue analyse`: what it needs, and how it is written without a database."""

from collections.abc import Mapping
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhuoyue.cli.outputs import BadOutput

if TYPE_CHECKING:  # needs Django
    from zhuoyue.reports.analysis import Inputs

# Modules that write a report, and what they are called in an index of packages.
WRITERS = {".docx": {"docx": "python-docx"}, ".pdf": {}}
SHARED = {
    "django": "django",
    "typst": "typst",
    "py_mini_racer": "mini-racer",
    "manimgx_fonts_cjk": "manimgx-fonts-cjk",
}


def check_report(path: Path) -> None:
    """Refuse at the start a report that could not be written at the end."""
    kind = path.suffix.lower()
    if kind not in WRITERS:
        raise BadOutput("report_kind_unknown", file=path)
    needed = {**SHARED, **WRITERS[kind]}
    absent = [package for module, package in needed.items() if find_spec(module) is None]
    if absent:
        raise BadOutput("platform_missing", packages=", ".join(absent))
    from zhuoyue.kit.charts import BUNDLE

    if not BUNDLE.exists():
        raise BadOutput("charts_missing")


def report_bytes(kind: str, result: Mapping[str, Any], inputs: "Inputs", language: str) -> bytes:
    from zhuoyue.kit.documents import write_pdf, write_word
    from zhuoyue.reports.analysis import analysis_report

    speak_without_installation()
    made_at = datetime.now().astimezone().replace(microsecond=0)
    document = analysis_report(result, inputs, language, made_at)
    return (write_word if kind == ".docx" else write_pdf)(document)


def speak_without_installation() -> None:
    """Translations only: no rooms, no database, and no key is made in a data folder."""
    import django
    from django.conf import settings

    if settings.configured:
        return
    package = Path(__file__).resolve().parents[1]
    settings.configure(
        LANGUAGE_CODE="zh-hans",
        LOCALE_PATHS=[package / room / "locale" for room in ("reports", "studies")],
        USE_TZ=True,
    )
    django.setup()
