"""What an analyst is told of groups: whether they may be compared, and what is more than chance."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.cast import Cast
from zhuoyue.analysis import (
    Answers,
    Missing,
    Scale,
    Settings,
    compare_groups,
    estimate,
    parse_model,
    simulate,
)
from zhuoyue.studies import actions
from zhuoyue.studies.comparing import FEWEST, MOST, sorting_of
from zhuoyue.studies.jobs import execute, rerun
from zhuoyue.studies.models import Study
from zhuoyue.studies.tests.makers import MODEL
from zhuoyue.studies.tests.test_reading_pages import page_of, text_of
from zhuoyue.surveys import actions as surveys
from zhuoyue.surveys import reading
from zhuoyue.surveys.actions import FileFacts
from zhuoyue.surveys.models import Wave

ITEMS = ["qual1", "qual2", "sat1", "sat2"]
Row = list[str]


def town_of(name: str, n: int, *, effect: float, seed: int) -> list[Row]:
    """Answers of a town in which quality brings so much satisfaction."""
    made = simulate(
        parse_model(MODEL),
        {("Quality", "Satisfaction"): effect},
        dict.fromkeys(ITEMS, 0.9),
        n=n,
        seed=seed,
        scale=Scale(1, 5),
    )
    rows = made.answers.select(ITEMS).astype(int)
    return [[*map(str, row), name] for row in rows.tolist()]


def wave_of(cast: Cast, rows: Iterable[Row], names: Sequence[str] = (*ITEMS, "town")) -> Wave:
    found = reading.read_table(names, list(rows), scale=(1, 5))
    made: Wave = surveys.import_wave(
        cast.actor(),
        code="towns",
        title="各地答卷",
        reading=found,
        file=FileFacts("towns.csv", "2" * 64),
    )
    return made


def study_of(
    cast: Cast, rows: Iterable[Row], names: Sequence[str] = (*ITEMS, "town"), **asked: Any
) -> Study:
    study: Study = actions.start_study(
        cast.actor(),
        wave=wave_of(cast, rows, names),
        model_text=MODEL,
        **{"replicates": 100, "group": "town", **asked},
    )
    execute(study.pk)
    study.refresh_from_db()
    assert study.result is not None, study.error
    return study


@pytest.fixture
def different() -> list[Row]:
    return [
        *town_of("Harbin", 120, effect=0.85, seed=1),
        *town_of("Daqing", 120, effect=0.3, seed=2),
    ]


@pytest.fixture
def alike() -> list[Row]:
    return [
        *town_of("Harbin", 60, effect=0.5, seed=1),
        *town_of("Daqing", 60, effect=0.5, seed=2),
    ]


@pytest.mark.parametrize(
    ("language", "told", "nothing"),
    [
        ("zh-hans", "，超出偶然范围（", "没有路径的差异超出偶然范围"),
        ("en", "is more than chance makes", "No path differs by more than chance makes"),
    ],
)
@pytest.mark.parametrize("what", ["different", "alike"])
def test_a_path_is_said_to_differ_only_where_chance_does_not_make_it(
    cast: Cast, request: pytest.FixtureRequest, what: str, language: str, told: str, nothing: str
) -> None:
    page = text_of(page_of(cast, study_of(cast, request.getfixturevalue(what)), language))
    differs = what == "different"
    assert (nothing in page) == (not differs)
    assert (told in page) == differs


def test_the_comparison_is_that_of_the_library(cast: Cast, different: list[Row]) -> None:
    """On the same answers, with the study's own settings."""
    study = study_of(cast, different, missing="mean", seed=3)
    columns = {
        item: [float(row[k]) for row in different]  # as they were imported
        for k, item in enumerate(ITEMS)
    }
    expected = compare_groups(
        parse_model(MODEL),
        Answers.of(columns),
        [row[-1] for row in different],
        Settings(missing=Missing.MEAN),
        scale=Scale(1, 5),
        permutations=1000,
        seed=3,
    ).to_dict()
    assert study.result is not None
    assert study.result["groups"]["comparisons"] == [json.loads(json.dumps(expected))]
    page = page_of(cast, study)
    figure = page[page.index('data-chart="differences-1"') :].split("</figure>")[0]
    contrast = study.result["groups"]["comparisons"][0]["paths"][0]
    assert f"{contrast['difference']:.3f}" in text_of(figure)
    assert "120 / 120" in text_of(figure)
    index = study.result["groups"]["results"]["Harbin"]["spread"]["index"]["Quality"]["ci"]
    assert f"[{index[0]:.1f}, {index[1]:.1f}]" in page


def test_a_construct_made_up_differently_bars_its_paths(cast: Cast) -> None:
    """In one town the second question of quality is answered upside down."""
    turned = [
        [first, str(6 - int(second)), *others]
        for first, second, *others in town_of("Daqing", 100, effect=0.6, seed=2)
    ]
    study = study_of(cast, [*town_of("Harbin", 100, effect=0.6, seed=1), *turned])
    page = text_of(page_of(cast, study))
    assert "fails for Quality" in page
    assert "Not comparable, because a construct differs in its composition: Quality" in page
    assert "is more than chance makes" not in page


def test_a_small_group_is_named_but_not_shown(cast: Cast, alike: list[Row]) -> None:
    few = town_of("Mohe", FEWEST - 1, effect=0.5, seed=3)
    nameless = [[*row[:-1], ""] for row in town_of("", 4, effect=0.5, seed=4)]
    study = study_of(cast, [*alike, *few, *nameless])
    assert study.result is not None
    groups = study.result["groups"]
    assert groups["left_out"] == {"Mohe": FEWEST - 1}
    assert groups["rows_without_group"] == 4
    assert "Mohe" not in {*groups["results"], *groups["comparisons"][0]["groups"]}
    page = text_of(page_of(cast, study))
    assert f"Mohe (n = {FEWEST - 1})" in page
    assert "4 answers name no group" in page


def test_a_group_that_cannot_be_estimated_says_why(cast: Cast, alike: list[Row]) -> None:
    stubborn = [["3", *row[1:]] for row in town_of("Mohe", 30, effect=0.5, seed=3)]
    page = text_of(page_of(cast, study_of(cast, [*alike, *stubborn])))
    assert "Mohe : " in page
    assert "qual1" in page
    assert "Daqing and Harbin compared" in page
    assert "Mohe compared" not in page


def test_a_study_of_groups_computed_again_gives_the_same(cast: Cast, alike: list[Row]) -> None:
    study = study_of(cast, alike)
    told: list[tuple[int, int]] = []
    again = rerun(study, (1, 5), lambda done, total: told.append((done, total)))
    assert again.result == study.result
    shares = [done / total for done, total in told]
    assert shares[-1] == 1
    assert shares == sorted(shares)


@pytest.mark.parametrize("weighted", [True, False])
def test_answers_count_by_their_weights_where_that_is_asked_for(
    cast: Cast, alike: list[Row], weighted: bool
) -> None:
    """An answer of weight two counts like two answers."""
    rows = [[*row[:-1], str(1 + k % 2), row[-1]] for k, row in enumerate(alike)]
    study = study_of(cast, rows, names=[*ITEMS, "weight", "town"], weighted=weighted)
    assert study.result is not None
    repeated = [row for row in rows for _ in range(int(row[4]) if weighted else 1)]
    for name, found in [(None, study.result), *study.result["groups"]["results"].items()]:
        own = [row for row in repeated if name in {None, row[-1]}]
        columns = {item: [float(row[k]) for row in own] for k, item in enumerate(ITEMS)}
        expected = estimate(parse_model(MODEL), Answers.of(columns), scale=Scale(1, 5))
        path = expected.path("Quality", "Satisfaction").estimate
        assert found["paths"][0]["estimate"] == pytest.approx(path, abs=1e-6)
        assert found["index"]["Quality"] == pytest.approx(expected.index["Quality"], abs=1e-6)
    assert ("Weights of the answers" in page_of(cast, study)) == weighted


@pytest.mark.parametrize("group", ["sat1", "nowhere", "single"])
def test_a_column_without_groups_starts_nothing(cast: Cast, alike: list[Row], group: str) -> None:
    rows = [[*row[:-1], "Harbin"] for row in alike] if group == "single" else alike
    asked = "town" if group == "single" else group
    with pytest.raises(ValidationError) as refused:
        actions.start_study(cast.actor(), wave=wave_of(cast, rows), model_text=MODEL, group=asked)
    assert "group" in refused.value.message_dict
    assert not Study.objects.exists()


def test_only_the_largest_groups_are_held_against_each_other() -> None:
    sizes = {chr(65 + k): 10 * (k + 1) for k in range(MOST + 2)}
    found = sorting_of(sizes)
    assert set(found.chosen) == set(sorted(sizes)[2:])
    assert found.left_out == {"A": 10, "B": 20}
    assert len(found.pairs) == MOST * (MOST - 1) // 2


def test_the_form_offers_the_columns_of_the_wave_that_was_chosen(
    cast: Cast, alike: list[Row]
) -> None:
    wave = wave_of(cast, alike)
    client = cast.client("analyst")
    client.cookies["django_language"] = "en"
    offered = '<option value="town">town (Daqing: 60, Harbin: 60)</option>'
    for address in (f"start/?wave={wave.pk}", f"groupings/?wave={wave.pk}"):
        assert offered in client.get(f"/studies/studies/{address}").content.decode()
    for asked in ("", "?wave=x", "?wave=99999"):
        page = client.get(f"/studies/studies/groupings/{asked}").content.decode()
        assert "not at all" in page
        assert "town" not in page


def test_a_town_behind_many_questions_is_offered_and_before_them(
    cast: Cast, alike: list[Row]
) -> None:
    """Item codes that name no construct could be groups too, but they are not what is meant."""
    names = [f"c{k}_1" for k in range(32)]
    rows = [[*row[:-1] * 8, row[-1]] for row in alike]
    page = cast.client("analyst").get(
        f"/studies/studies/groupings/?wave={wave_of(cast, rows, (*names, 'town')).pk}"
    )
    offered = re.findall(r'value="(\w+)"', page.content.decode())
    assert offered[0] == "town"
    assert "c0_1" in offered


def test_the_settings_of_the_form_are_those_of_the_result(cast: Cast, alike: list[Row]) -> None:
    wave = wave_of(cast, alike)
    client = cast.client("analyst")
    client.cookies["django_language"] = "en"
    chosen = {
        **{"scheme": "centroid", "items": "centred", "missing": "listwise", "interval": "bca"},
        **{"replicates": "150", "seed": "9"},
    }
    asked = {"wave": wave.pk, "model_text": MODEL, "group": "town", **chosen}
    wrong = client.post("/studies/studies/start/", {**asked, "interval": "guess"})
    assert wrong.status_code == 422
    assert not Study.objects.exists()
    client.post("/studies/studies/start/", asked)
    study = Study.objects.get()
    execute(study.pk)
    study.refresh_from_db()
    assert study.result is not None
    found = {key: str(study.result[key]) for key in chosen}
    assert found == chosen
    assert study.result["groups"]["column"] == "town"
    page = text_of(page_of(cast, study))
    for words in ("centroid", "only centred", "rows with a gap are left out", "BCa bootstrap"):
        assert words in page
