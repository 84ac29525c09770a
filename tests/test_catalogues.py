"""Texts travel from the sources to the catalogue and on to what gettext reads."""

import gettext
import os
from pathlib import Path

import polib
import pytest

from scripts import compile_messages, messages

PAGE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext

# Translators: heading of the case list
TITLE = _("Cases")
MONTH = pgettext("month name", "May")

def count(n):
    return ngettext("%(n)d case", "%(n)d cases", n) % {"n": n}
"""
TEMPLATE = """
<main>
    <h1>{% translate "Cases" %}</h1>
      {% if late %}
  <p>{% blocktranslate trimmed count n=late|length %}
      {{ n }} case is late
    {% plural %}
      {{ n }} cases are late
    {% endblocktranslate %}</p>
      {% endif %}
</main>
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    room = tmp_path / "zhuoyue/delivery"
    (room / "templates/delivery").mkdir(parents=True)
    (room / "tests").mkdir()
    (room / "pages.py").write_text(PAGE, "utf-8")
    (room / "templates/delivery/cases.html").write_text(TEMPLATE, "utf-8")
    (room / "tests/test_cases.py").write_text('_("only in a test")', "utf-8")
    return tmp_path / "zhuoyue"


def catalogue(package: Path) -> Path:
    return package / "delivery/locale/zh_Hans/LC_MESSAGES/django.po"


def translate_all(package: Path) -> None:
    known = polib.pofile(str(catalogue(package)))
    for entry in known:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgid_plural.replace("case", "案例")}
        else:
            entry.msgstr = f"译：{entry.msgid}"
    known.save()


def test_collects_texts_of_code_and_templates_with_context_plural_and_comment(
    package: Path,
) -> None:
    messages.main([], package)
    entries = {entry.msgid: entry for entry in polib.pofile(str(catalogue(package)))}
    assert set(entries) == {"Cases", "May", "%(n)d case", "%(n)s case is late"}
    assert entries["May"].msgctxt == "month name"
    assert entries["%(n)s case is late"].msgid_plural == "%(n)s cases are late"
    assert entries["Cases"].comment == "Translators: heading of the case list"
    assert [place for place, _line in entries["Cases"].occurrences] == [
        "zhuoyue/delivery/pages.py",
        "zhuoyue/delivery/templates/delivery/cases.html",
    ]


def test_collecting_again_keeps_translations_and_drops_texts_that_are_gone(package: Path) -> None:
    messages.main([], package)
    translate_all(package)
    page = package / "delivery/pages.py"
    page.write_text(PAGE.replace('"May"', '"June"'), "utf-8")
    messages.main([], package)
    texts = {entry.msgid: entry.msgstr for entry in polib.pofile(str(catalogue(package)))}
    assert texts["Cases"] == "译：Cases"
    assert texts["June"] == ""
    assert "May" not in texts


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ("译：Cases", "", "not translated: 'Cases'"),
        ("%(n)s 案例s", "%(number)s 案例s", "placeholders differ: '%(n)s case is late'"),
        ('msgid "May"', 'msgid "March"', "no longer in the sources (make messages): 'March'"),
        ('msgid "May"', 'msgid "March"', "not collected (make messages): 'May'"),
        ("#. Translators", "#, fuzzy\n#. Translators", "fuzzy: 'Cases'"),
    ],
)
def test_check_accepts_a_whole_catalogue_and_names_what_is_wrong_with_a_spoilt_one(
    package: Path, before: str, after: str, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    messages.main([], package)
    translate_all(package)
    assert messages.main(["--check"], package) == 0

    whole = catalogue(package).read_text("utf-8")
    spoilt = whole.replace(before, after)
    assert spoilt != whole
    catalogue(package).write_text(spoilt, "utf-8")
    assert messages.main(["--check"], package) == 1
    assert complaint in capsys.readouterr().out


def test_compiles_what_is_newer_into_what_gettext_reads_and_nothing_else(package: Path) -> None:
    messages.main([], package)
    translate_all(package)
    assert compile_messages.compile_catalogues(package) == [catalogue(package)]
    compiled = catalogue(package).with_suffix(".mo")
    with compiled.open("rb") as file:
        translations = gettext.GNUTranslations(file)
    assert translations.gettext("Cases") == "译：Cases"
    assert translations.ngettext("%(n)d case", "%(n)d cases", 3) == "%(n)d 案例s"

    assert compile_messages.compile_catalogues(package) == []
    later = compiled.stat().st_mtime + 5
    os.utime(catalogue(package), (later, later))
    assert compile_messages.compile_catalogues(package) == [catalogue(package)]
