"""What emotions weigh, and when a promise is kept."""

import pytest

from zhuoyue.catalogue import rules
from zhuoyue.catalogue.models import Emotion, ServiceStandard


def test_every_emotion_has_a_weight_from_minus_two_to_two() -> None:
    assert set(Emotion.values) == set(rules.VALENCE)
    assert {Emotion(code).valence for code in Emotion.values} == {-2, -1, 0, 1, 2}


@pytest.mark.parametrize(
    ("intended", "felt", "gap"),
    [("relieved", "angry", 3), ("calm", "calm", 0), ("calm", "surprised", -2)],
)
def test_the_gap_is_intended_minus_felt(intended: str, felt: str, gap: int) -> None:
    assert rules.emotion_gap(intended, felt) == gap


def test_an_emotion_nobody_knows_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        rules.valence("bored")


def test_a_clock_runs_forwards_only() -> None:
    assert tuple(ServiceStandard.Moment.values) == rules.MOMENTS
    assert len(rules.SPANS) == 6
    assert ("responded", "closed") in rules.SPANS
    assert ("closed", "responded") not in rules.SPANS


def test_on_target_is_kept_but_not_exceeded() -> None:
    assert rules.is_kept(4, 4, at_most=True)
    assert not rules.is_exceeded(4, 4, at_most=True)
    assert rules.is_exceeded(3.5, 4, at_most=True)
    assert rules.is_exceeded(97, 95, at_most=False)
    assert not rules.is_kept(94, 95, at_most=False)
