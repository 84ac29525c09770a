"""What a reader of a study is told: drivers or why there are none, items, and what-if."""

import io
import re
from typing import Any

import numpy as np
import pytest

from tests.cast import Cast
from zhuoyue.analysis import what_if
from zhuoyue.kit.files import store_path
from zhuoyue.studies import actions, charts, running
from zhuoyue.studies.jobs import execute
from zhuoyue.studies.models import Study
from zhuoyue.studies.pages import starting
from zhuoyue.studies.pages.what_if import signed
from zhuoyue.studies.tests.makers import done
from zhuoyue.studies.tests.makers import study as waiting
from zhuoyue.studies.tests.test_studies import answer, wave_of


@pytest.fixture
def study(cast: Cast) -> Study:
    return done(cast)


def page_of(cast: Cast, study: Study, language: str = "en", asked: str = "") -> str:
    client = cast.client("analyst")
    client.cookies["django_language"] = language
    response = client.get(f"/studies/studies/{study.pk}/{asked}")
    assert response.status_code == 200
    return str(response.content.decode())


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def row_of(page: str, construct: str) -> str:
    row = re.search(rf'<tr data-construct="{construct}".*?</tr>', page, re.DOTALL)
    assert row is not None
    return text_of(row.group(0))


THIN = """A =~ qual1
B =~ qual2
C =~ sat1
D =~ sat2
D ~ A + B + C"""


@pytest.mark.parametrize(
    ("language", "plainly", "reason"),
    [
        ("zh-hans", "驱动因素不予排列", "建议至少 30 份"),
        ("en", "Drivers are not ranked", "at least 30 answers are advised"),
    ],
)
@pytest.mark.parametrize("answers", [20, 40])
def test_too_few_answers_get_a_reason_instead_of_a_ranking(
    cast: Cast, answers: int, language: str, plainly: str, reason: str
) -> None:
    made = actions.start_study(
        cast.actor(),
        wave=wave_of(cast, [answer(i * i + i % 4) for i in range(answers)]),
        model_text=THIN,
        replicates=200,
    )
    assert execute(made.pk) == "done"
    page = page_of(cast, made, language)
    is_thin = answers < 30
    assert (plainly in page) == is_thin
    assert (reason in page) == is_thin
    assert ('data-chart="drivers"' in page) == (not is_thin)
    assert ('data-chart="map"' in page) == (not is_thin)
    if is_thin:
        assert not made.findings.filter(kind="driver").exists()


def test_every_figure_has_its_n_and_its_interval(cast: Cast, study: Study) -> None:
    page = page_of(cast, study)
    figures = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    assert len(figures) == 4  # graph, drivers, constructs, items
    for figure in figures:
        assert "n = 40" in text_of(figure)
        assert "95 % interval" in text_of(figure)
    assert study.result is not None
    low, high = study.result["spread"]["index"]["Quality"]["ci"]
    assert f"[{low:.1f}, {high:.1f}]" in text_of(figures[2])  # how well a construct does
    low, high = study.result["spread"]["reliability"]["Quality"]["rho_c"]["ci"]
    assert f"[{low:.2f}, {high:.2f}]" in page


def test_the_picture_of_a_longer_chain_is_taller() -> None:
    """Its height follows the longest way, in whatever order the paths are written."""
    chain = [{"from": "B", "to": "C"}, {"from": "A", "to": "B"}, {"from": "A", "to": "C"}]
    assert charts.layers(chain) == 3
    assert charts.layers(chain[:1]) == 2


def test_a_path_that_may_be_nil_is_dashed(cast: Cast, study: Study) -> None:
    assert study.result is not None
    (path,) = study.result["paths"]
    spans = path["ci"][0] <= 0 <= path["ci"][1]
    assert ('"line": "dashed"' in page_of(cast, study)) == spans
    path["ci"] = [-path["ci"][1], path["ci"][1]]
    study.save()
    assert '"line": "dashed"' in page_of(cast, study)


@pytest.mark.parametrize(("language", "between"), [("zh-hans", " 至 "), ("en", " to ")])
def test_a_plain_form_is_answered_without_scripts(
    cast: Cast, study: Study, language: str, between: str
) -> None:
    assert study.result is not None
    assert study.draws_file is not None
    chain = running.chain_of(study.result, store_path(study.draws_file.sha256))
    expected = what_if(chain, {"Quality": -4.5}).of("Satisfaction")
    assert expected.low is not None
    assert expected.high is not None
    row = row_of(page_of(cast, study, language, "?points_0=-4.5"), "Satisfaction")
    assert signed(expected.change) in row
    assert f"{signed(expected.low)}{between}{signed(expected.high)}" in row
    assert f"{expected.then:.1f}" in row
    unasked = row_of(page_of(cast, study, language), "Satisfaction")
    assert f"{expected.now:.1f} 0.0 {expected.now:.1f}" in unasked


@pytest.mark.parametrize("points", ["200", "abc", "nan", "1e999", "<b>"])
def test_a_change_out_of_reach_is_refused_beside_its_field(
    cast: Cast, study: Study, points: str
) -> None:
    page = page_of(cast, study, asked=f"?points_0={points}")
    assert 'id="id_points_0_error"' in page
    assert "<b>" not in page
    assert " 0.0 " in row_of(page, "Satisfaction")


def test_the_replicates_are_sent_as_they_were_kept(cast: Cast, study: Study) -> None:
    response: Any = cast.client("analyst").get(f"/studies/studies/{study.pk}/draws/")
    draws = np.load(io.BytesIO(b"".join(response.streaming_content)))
    assert draws.shape == (200, 1)
    assert draws.dtype == np.dtype("<f4")
    assert "immutable" in response["Cache-Control"]
    assert study.result is not None
    (effect,) = study.result["chain"]["effects"]
    assert draws.mean() == pytest.approx(effect["estimate"], abs=0.2)


def test_only_as_many_replicates_are_kept_as_fit(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "NUMBERS_KEPT", 50)
    study = done(cast)
    assert study.draws_file is not None
    assert len(running.read_draws(store_path(study.draws_file.sha256))) == 50
    assert " to " in row_of(page_of(cast, study, asked="?points_0=3"), "Satisfaction")


def test_a_result_of_an_earlier_engine_is_still_shown(cast: Cast, study: Study) -> None:
    assert study.result is not None
    for key in ("drivers", "item_map", "chain"):
        del study.result[key]
    study.draws_file = None
    study.save()
    page = page_of(cast, study)
    assert "computed by an earlier version" in page
    assert 'id="what-if"' not in page
    assert cast.client("analyst").get(f"/studies/studies/{study.pk}/draws/").status_code == 404


def test_the_page_asks_the_database_the_same_for_large_and_small_models(
    cast: Cast, study: Study, django_assert_max_num_queries: Any
) -> None:
    client = cast.client("analyst")
    client.get("/")
    with django_assert_max_num_queries(30):
        client.get(f"/studies/studies/{study.pk}/?points_0=2")


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "只有一个题项"), ("en", "one item: how reliable it is")]
)
def test_the_reliability_of_a_single_item_is_not_told(
    cast: Cast, language: str, words: str
) -> None:
    study = done(cast, "A =~ qual1\nSatisfaction =~ sat1 + sat2\nSatisfaction ~ A")
    page = page_of(cast, study, language)
    assert words in page
    assert "1.000" not in page


def test_a_study_at_work_is_not_said_to_wait(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    study = waiting(cast)
    for share, told in ((None, "Waiting"), (0.0, "Waiting"), (0.15, "Running")):
        monkeypatch.setattr(starting, "share_done", lambda *_asked, share=share: share)
        page = page_of(cast, study)
        assert f"<strong>{told}</strong>" in page
        assert f"<dd>{told.lower()}</dd>" in page
