"""Surveys that real people answered: a bank's, and an airport's with its codes."""

import os
from pathlib import Path

import pytest

from tests.cast import Cast
from zhuoyue.kit.access import system
from zhuoyue.surveys import actions, imports
from zhuoyue.surveys.models import Response, Wave

CODES = """\
scale: [1, 5]
items: ["Q7[A-Z]*", "Q9[A-Z]*", "Q14*"]
columns:
  "Q*": {no_answer: [0], not_used: [6]}
weight: WEIGHT
"""


@pytest.fixture(scope="module")
def real_data() -> Path:
    """The folder of real surveys; it is no part of the project and is named by the environment."""
    folder = os.environ.get("ZHUOYUE_TEST_DATA")
    if folder:
        return Path(folder)
    if os.environ.get("CI"):
        pytest.fail("ZHUOYUE_TEST_DATA is not set, and in CI it must be")
    return pytest.skip("ZHUOYUE_TEST_DATA is not set: real surveys are left out")


def test_a_banks_survey_is_imported_with_its_six_constructs(cast: Cast, real_data: Path) -> None:
    plan = imports.plan_import(real_data / "bank-survey" / "csibank.csv", scale=(0, 10))
    assert plan.sentences == ()
    assert {name: len(items) for name, items in plan.reading.constructs.items()} == {
        "imag": 6,
        "expe": 4,
        "qual": 7,
        "val": 4,
        "sat": 3,
        "loy": 3,
    }
    wave = actions.import_wave(
        system(cast.tenant), code="bank", title="bank", reading=plan.reading, file=plan.file
    )
    assert wave.responses_count == 1707
    assert Response.objects.filter(wave=wave).count() == 1707
    assert wave.response_rate is None
    sat1 = wave.statistics.get(item__code="sat1")
    assert sat1.n == 1707


def test_an_airports_survey_needs_its_code_list(
    cast: Cast, real_data: Path, tmp_path: Path
) -> None:
    file = real_data / "airport-survey" / "sfo_customer_survey_2018.csv"
    codes = tmp_path / "codes.yaml"
    codes.write_text(CODES)
    plan = imports.plan_import(file, codes=codes)
    assert plan.sentences == ()
    wave = actions.import_wave(
        system(cast.tenant), code="sfo", title="sfo", reading=plan.reading, file=plan.file
    )
    assert wave.responses_count == 2809
    art = wave.statistics.get(item__code="Q7ART")
    assert art.n + art.no_answer + art.not_used == 2809
    assert art.not_used > 0
    assert set(art.counts) <= {"1", "2", "3", "4", "5"}
    assert Response.objects.filter(wave=wave).exclude(weight=1).exists()


def test_without_the_code_list_the_codes_are_named_as_out_of_scale(
    cast: Cast, real_data: Path, tmp_path: Path
) -> None:
    file = real_data / "airport-survey" / "sfo_customer_survey_2018.csv"
    codes = tmp_path / "codes.yaml"
    codes.write_text('scale: [1, 5]\nitems: ["Q7ART"]\n')
    plan = imports.plan_import(file, codes=codes)
    assert not plan.is_clean
    assert "Q7ART" in plan.sentences[0]
    assert not Wave.objects.exists()
