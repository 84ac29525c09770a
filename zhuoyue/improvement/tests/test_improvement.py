"""From a finding to a judged effect: what people do, and what they are kept from."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.cast import Cast
from zhuoyue.analysis import difference_of_means, difference_of_shares
from zhuoyue.improvement import actions, rules
from zhuoyue.improvement.models import EffectCheck, Improvement
from zhuoyue.improvement.tests.makers import (
    checked,
    contact_periods,
    doing,
    improvement,
    judged,
    step,
    to_check,
    wave,
    waves,
)
from zhuoyue.improvement.waiting import due, to_judge
from zhuoyue.kit import clock
from zhuoyue.kit.registry import Period
from zhuoyue.studies import actions as studies
from zhuoyue.studies.tests.makers import MODEL, finding
from zhuoyue.surveys.models import Response


def test_a_finding_offers_to_open_an_action_and_then_shows_it(cast: Cast) -> None:
    found = finding(cast)
    client = cast.client("analyst")
    page = client.get(f"/studies/findings/{found.pk}/").content.decode()
    url = f"/improvement/actions/new/?origin=studies.finding:{found.pk}"
    assert url in page
    assert f'value="{found.subject}"' in client.get(url).content.decode()
    facts = {"title": "改写题项", "goal": "载荷达到 0.7", "owner": cast.person.pk}
    client.post(url, facts)
    made = Improvement.objects.get()
    assert (made.origin_kind, made.origin_id) == ("studies.finding", found.pk)
    assert str(made) in client.get(f"/studies/findings/{found.pk}/").content.decode()
    assert str(made) in client.get(f"/studies/studies/{found.study_id}/").content.decode()


def test_an_origin_that_the_reader_may_not_see_is_left_out(cast: Cast) -> None:
    found = finding(cast)
    url = f"/improvement/actions/new/?origin=studies.finding:{found.pk}"
    cast.client("stranger").post(url, {"title": "x", "goal": "y", "owner": cast.person.pk})
    assert not Improvement.objects.exists()


def test_the_way_of_an_action_is_plan_do_check_act(cast: Cast) -> None:
    made = improvement(cast)
    with pytest.raises(ValidationError, match=r"步骤|step"):
        actions.start(cast.actor(), made)
    one = step(cast, made)
    with pytest.raises(ValidationError):
        actions.finish_step(cast.actor(), one)
    actions.start(cast.actor(), made)
    with pytest.raises(ValidationError):
        actions.hand_over(cast.actor(), made)
    one.refresh_from_db()
    actions.finish_step(cast.actor(), one)
    actions.hand_over(cast.actor(), made)
    with pytest.raises(ValidationError):
        actions.standardise(cast.actor(), made, made_standard="无")
    checked(cast, made)
    actions.judge(cast.actor("director"), made, is_effective=True, judgement="有效")
    actions.standardise(cast.actor(), made, made_standard="服务标准 S-3")
    assert made.state == rules.STANDARDISED


def test_nobody_judges_what_is_their_own(cast: Cast) -> None:
    made = checked(cast, to_check(cast)).improvement
    own = cast.actor("engineer")
    assert cast.person.pk in own.belonging("people.person")
    with pytest.raises(PermissionDenied):
        actions.judge(own, made, is_effective=True, judgement="我做得好")


def test_what_was_not_measured_is_not_effective(cast: Cast) -> None:
    made = to_check(cast)
    with pytest.raises(ValidationError):
        actions.judge(cast.actor("director"), made, is_effective=True, judgement="感觉好多了")
    actions.judge(cast.actor("director"), made, is_effective=False, judgement="没有测量")
    assert actions.plan_again(cast.actor(), made).state == rules.PLANNED


def test_two_waves_are_compared_by_welch(cast: Cast) -> None:
    found = checked(cast)
    answers = [
        [float(a["sat1"]) for a in rows.values_list("answers", flat=True)]
        for rows in (
            Response.objects.filter(wave__code="a1"),
            Response.objects.filter(wave__code="b1"),
        )
    ]
    wanted = difference_of_means(*answers)
    assert found.result["value"] == pytest.approx(wanted.value)
    assert found.result["ci"] == pytest.approx([wanted.low, wanted.high])
    assert (found.figure("before")["n"], found.figure("after")["n"]) == (40, 60)
    assert found.verdict == rules.NOT_SHOWN
    page = cast.client("director").get(f"/improvement/actions/{found.improvement_id}/")
    assert "未显示差异" in page.content.decode()


def test_a_construct_goes_by_the_items_that_a_study_gave_it(cast: Cast) -> None:
    pair = waves(cast)
    with pytest.raises(ValidationError):
        actions.check_waves(cast.actor(), improvement(cast), **pair | {"subject": "Quality"})
    studies.start_study(cast.actor(), wave=pair["after"], model_text=MODEL, replicates=50)
    found = actions.check_waves(cast.actor(), improvement(cast), **pair | {"subject": "Quality"})
    quality = [
        (float(a["qual1"]) + float(a["qual2"])) / 2
        for a in Response.objects.filter(wave__code="b1").values_list("answers", flat=True)
    ]
    assert found.figure("after")["value"] == pytest.approx(sum(quality) / len(quality))


def test_a_measure_is_compared_in_two_periods(cast: Cast) -> None:
    found = actions.check_measure(cast.actor(), improvement(cast), **contact_periods(cast))
    wanted = difference_of_shares(0, 1, 1, 1)
    assert found.result["value"] == pytest.approx(wanted.value)
    assert found.subject.startswith("44 ")


def test_a_frozen_check_stays_when_the_answers_change(cast: Cast) -> None:
    found = checked(cast)
    before = found.result["value"]
    Response.objects.filter(wave__code="b1").update(answers={"sat1": 5})
    found.refresh_from_db()
    assert found.result["value"] == before


@pytest.mark.parametrize("subject", ["没有这个", "gender"])
def test_what_was_not_asked_is_told_with_what_was(cast: Cast, subject: str) -> None:
    made, pair = improvement(cast), waves(cast)
    with pytest.raises(ValidationError, match="sat1"):
        actions.check_waves(cast.actor(), made, **pair | {"subject": subject})


def test_a_wave_is_not_compared_with_itself(cast: Cast) -> None:
    one = wave(cast, "a1", 30)
    with pytest.raises(ValidationError):
        actions.check_waves(cast.actor(), improvement(cast), before=one, after=one, subject="sat1")


def test_periods_must_follow_each_other_and_hold_records(cast: Cast) -> None:
    made, today = improvement(cast), clock.today()
    old = Period(date(2020, 1, 1), date(2020, 12, 31))
    for before, after in ((old, old), (old, Period(date(2021, 1, 1), today))):
        with pytest.raises(ValidationError):
            actions.check_measure(cast.actor(), made, measure=44, before=before, after=after)
    assert not EffectCheck.objects.exists()


@pytest.mark.parametrize(
    ("found", "direction", "meaning"),
    [
        ("higher", "up", rules.IMPROVED),
        ("lower", "up", rules.WORSE),
        ("lower", "down", rules.IMPROVED),
        ("higher", "target", rules.CHANGED),
        ("not_shown", "up", rules.NOT_SHOWN),
    ],
)
def test_what_a_difference_means_hangs_on_which_way_is_better(
    found: str, direction: str, meaning: str
) -> None:
    assert rules.verdict(found, direction) == meaning


def test_overdue_actions_wait_for_their_owner_and_checks_for_others(cast: Cast) -> None:
    late = improvement(cast, due_on=clock.today() - timedelta(days=1))
    checking = to_check(cast)
    waiting = [w.tone for w in due(cast.actor("engineer"))]
    assert waiting == ["bad"]
    assert late.is_overdue
    assert [w.url for w in to_judge(cast.actor("director"))] == [
        f"/improvement/actions/{checking.pk}/"
    ]
    assert list(to_judge(cast.actor("engineer"))) == []


def test_the_board_shows_actions_in_their_column(cast: Cast) -> None:
    doing(cast)
    judged(cast)
    page = cast.client("director").get("/improvement/board/").content.decode()
    assert page.index("实施中") < page.index("有效")
