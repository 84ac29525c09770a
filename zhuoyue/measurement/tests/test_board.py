"""The board shows every measure, with n and interval where it is measured and plainly where not."""

from datetime import date

from tests.cast import Cast
from zhuoyue.kit import clock
from zhuoyue.kit.registry import Period
from zhuoyue.measurement.queries import board, compute
from zhuoyue.studies.tests.makers import done
from zhuoyue.surveys import actions as surveys
from zhuoyue.surveys.tests.makers import item

ALL = Period(date(2000, 1, 1), date(2100, 1, 1))


def test_every_measure_is_on_the_board_and_most_are_not_yet_measured(cast: Cast) -> None:
    rows = board(cast.actor("analyst"), ALL)
    assert [r.number for r in rows] == list(range(1, 59))
    assert not any(r.is_measured for r in rows)
    page = cast.client("analyst").get("/measurement/").content.decode()
    assert page.count("尚未测量") == 58


def test_satisfaction_is_the_share_of_the_top_two_of_five_with_wilsons_interval(cast: Cast) -> None:
    satisfied = item(cast)
    surveys.item.correct(cast.actor(), satisfied, kind="csat")
    counts = satisfied.statistics.get().counts
    hits = counts.get("4", 0) + counts.get("5", 0)
    found = compute(cast.actor("analyst"), 49, ALL)
    assert (found.numerator, found.denominator, found.n) == (hits, 40, 40)
    assert found.value == 100 * hits / 40
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high


def test_the_index_comes_from_the_newest_study_with_its_interval(cast: Cast) -> None:
    study = done(cast)
    found = compute(cast.actor("analyst"), 50, ALL)
    assert study.result is not None
    assert found.value == study.result["index"]["Satisfaction"]
    assert found.n == 40


def test_people_of_another_centre_measure_nothing_of_ours(cast: Cast) -> None:
    done(cast)
    page = cast.client("stranger").get("/measurement/?period=all").content.decode()
    assert page.count("尚未测量") == 58


def test_the_board_is_exported_with_all_measures(cast: Cast) -> None:
    done(cast)
    response = cast.client("analyst").get("/measurement/?period=all&format=xlsx")
    assert response["Content-Type"].endswith("sheet")
    assert response.content.startswith(b"PK")


def test_values_of_a_period_leave_out_other_periods(cast: Cast) -> None:
    done(cast)
    past = Period(date(2001, 1, 1), date(2001, 12, 31))
    assert compute(cast.actor("analyst"), 50, past).value is None
    assert clock.today() > past.last
