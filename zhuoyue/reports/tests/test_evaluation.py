"""The evaluation report says n, response rate and interval, and no more than is known."""

import io
from typing import Any

import docx
import pytest
from django.utils import translation

from tests.cast import Cast
from zhuoyue.kit.documents import Document, Figure, Note, Table, write_pdf, write_word
from zhuoyue.reports.effect_chain import LANGUAGES
from zhuoyue.reports.evaluation import evaluation_report
from zhuoyue.reports.groups import groups
from zhuoyue.studies.models import Study
from zhuoyue.studies.tests.makers import done
from zhuoyue.studies.tests.test_groups import study_of, town_of
from zhuoyue.surveys import actions as surveys


@pytest.fixture
def study(cast: Cast) -> Study:
    return done(cast)


def texts(document: Document) -> str:
    word = docx.Document(io.BytesIO(write_word(document)))
    cells = [c.text for t in word.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in word.paragraphs), *cells])


@pytest.mark.parametrize(
    ("language", "unknown"),
    [("zh", "未知：邀请数不清楚"), ("en", "unknown: the number invited is not known")],
)
def test_an_unknown_response_rate_is_called_unknown(
    cast: Cast, study: Study, language: str, unknown: str
) -> None:
    found = texts(evaluation_report(cast.actor(), study, language))
    assert unknown in found
    assert "100.0 %" not in found


def test_a_known_response_rate_is_told(cast: Cast, study: Study) -> None:
    surveys.wave.correct(cast.actor(), study.wave, invited=160)
    study.wave.refresh_from_db()
    assert "25.0 % (40 of 160)" in texts(evaluation_report(cast.actor(), study, "en"))


def test_every_table_of_figures_has_n_and_every_figure_names_its_basis(
    cast: Cast, study: Study
) -> None:
    document = evaluation_report(cast.actor(), study, "en")
    figures = [b for b in document.blocks if isinstance(b, Figure)]
    tables = [b for b in document.blocks if isinstance(b, Table) and b.numeric]
    assert len(figures) >= 2
    assert len(tables) >= 6
    assert all("40" in f.caption and "response rate" in f.caption for f in figures)
    assert all("n" in t.columns for t in tables)


def test_cautions_and_sources_are_listed(cast: Cast, study: Study) -> None:
    found = texts(evaluation_report(cast.actor(), study, "en"))
    assert "Path coefficients are associations" in found
    assert study.input_file is not None
    assert study.input_file.sha256 in found
    assert "answers.csv" in found


def test_the_same_study_prints_the_same_pdf(cast: Cast, study: Study) -> None:
    document = evaluation_report(cast.actor(), study, "zh")
    assert write_pdf(document) == write_pdf(evaluation_report(cast.actor(), study, "zh"))


def test_a_report_of_an_unfinished_study_is_not_found(cast: Cast, study: Study) -> None:
    values: dict[str, Any] = {"state": "running", "result": None}
    Study.objects.filter(pk=study.pk).update(**values)
    client = cast.client("analyst")
    assert client.get(f"/reports/evaluation/{study.pk}/zh.pdf").status_code == 404
    assert client.get(f"/reports/evaluation/{study.pk}/fr.pdf").status_code == 404


@pytest.mark.parametrize(
    ("language", "heading"), [("zh", "external 与 internal"), ("en", "external and internal")]
)
def test_groups_that_a_study_compared_stand_in_its_report(
    cast: Cast, language: str, heading: str
) -> None:
    names = ("external", "internal")
    study = study_of(
        cast, [row for k, name in enumerate(names) for row in town_of(name, 40, effect=0.5, seed=k)]
    )
    document = evaluation_report(cast.actor(), study, language)
    found = texts(document)
    assert heading in found
    assert study.result is not None
    (comparison,) = study.result["groups"]["comparisons"]
    assert f"{comparison['invariance']['Quality']['correlation']:.4f}" in found
    tables = [b for b in document.blocks if isinstance(b, Table) and b.numeric]
    assert any("external" in t.columns for t in tables)


@pytest.mark.parametrize(("language", "left_out"), [("zh", "未作比较"), ("en", "Not compared")])
def test_groups_left_out_are_named_in_the_report(cast: Cast, language: str, left_out: str) -> None:
    sizes = {"external": 40, "internal": 41, "others": 3}
    rows = [
        row
        for k, name in enumerate(sizes)
        for row in town_of(name, sizes[name], effect=0.5, seed=k)
    ]
    found = texts(evaluation_report(cast.actor(), study_of(cast, rows), language))
    assert left_out in found
    assert "others (n = 3)" in found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_groups_of_which_none_could_be_estimated_are_named_with_the_reason(language: str) -> None:
    names = ("external", "internal")
    error = {"code": "item_constant", "params": {"item": "qual1", "value": 3.0}}
    nothing = {"column": "town", "rows_without_group": 0, "left_out": {}, "comparisons": []}
    asked = {**nothing, "results": {}, "refused": dict.fromkeys(names, error)}
    with translation.override(LANGUAGES[language]):
        blocks = list(groups(asked, language))
    notes = [block.text for block in blocks if isinstance(block, Note)]
    assert [note.split(":")[0] for note in notes] == list(names)
    assert all("qual1" in note for note in notes)


def test_the_reliability_of_a_single_item_is_not_told(cast: Cast) -> None:
    study = done(cast, "A =~ qual1\nSatisfaction =~ sat1 + sat2\nSatisfaction ~ A")
    document = evaluation_report(cast.actor(), study, "en")
    (table,) = [b for b in document.blocks if isinstance(b, Table) and "AVE" in b.columns]
    assert [row[0] for row in table.rows] == ["Satisfaction"]
    assert "constructs of one item are cannot be told: A." in texts(document)
