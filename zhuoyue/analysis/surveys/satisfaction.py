"""NPS, CSAT and CES of the answers to one question, with intervals.

Sources: Reichheld 2003 (promoters 9 and 10, detractors 0 to 6); Wilson 1927 for shares; Dixon,
Freeman and Toman 2010 for customer effort, in its later form of 1 to 7 where 7 is the least effort.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis import intervals
from zhuoyue.analysis.cautions import Caution, caution
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import numbers_of
from zhuoyue.analysis.intervals import NPS_TOP, PASSIVE_FROM, PROMOTER_FROM, Measured
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from zhuoyue.analysis.arrays import Floats


@dataclass(frozen=True, kw_only=True)
class NetPromoters(MethodResult):
    """NPS in points from -100 to 100; `n` counts the answers."""

    method: ClassVar[str] = "nps"
    score: Measured
    promoters: int
    passives: int
    detractors: int


@dataclass(frozen=True, kw_only=True)
class _Scored(MethodResult):
    """A share of answers in the good part of a scale, and their mean; `n` counts the answers."""

    share: Measured  # Wilson's interval
    mean: Measured  # Student's interval, in points of the scale


@dataclass(frozen=True, kw_only=True)
class Satisfaction(_Scored):
    """CSAT: the share of the satisfied."""

    method: ClassVar[str] = "csat"


@dataclass(frozen=True, kw_only=True)
class Effort(_Scored):
    """CES: the mean, and the share of those for whom it was easy."""

    method: ClassVar[str] = "ces"


def nps_score(scores: ArrayLike, *, level: float = 0.95) -> NetPromoters:
    """Net promoter score, in points, of answers from 0 to 10 (one a person, NaN for none).

    Raises AnalysisError (`survey_...`). Source: Reichheld 2003.
    """
    values, gaps = _answers(scores, 0, NPS_TOP, 1)
    promoters = int((values >= PROMOTER_FROM).sum())
    detractors = int((values < PASSIVE_FROM).sum())
    passives = len(values) - promoters - detractors
    return nps_counts(promoters, passives, detractors, level=level, unanswered=gaps)


def nps_counts(
    promoters: int, passives: int, detractors: int, *, level: float = 0.95, unanswered: int = 0
) -> NetPromoters:
    """Net promoter score, in points, from counts of people; the `unanswered` are only told.

    The variance of one answer is p+ + p- - nps squared, the interval normal.

    Raises AnalysisError (`count_invalid`). Source: Reichheld 2003.
    """
    score = intervals.nps(promoters, passives, detractors, level=level)
    return NetPromoters(
        n=score.n,
        parameters=frozen(
            {
                "interval": score.method,
                "level": level,
                "promoter_from": PROMOTER_FROM,
                "passive_from": PASSIVE_FROM,
            }
        ),
        score=score,
        promoters=promoters,
        passives=passives,
        detractors=detractors,
        cautions=(*score.cautions, *_gap_cautions(score.n, unanswered)),
    )


def csat(
    scores: ArrayLike,
    *,
    satisfied_from: float = 4,
    low: float = 1,
    high: float = 5,
    level: float = 0.95,
) -> Satisfaction:
    """The share of answers of at least `satisfied_from` on a scale from `low` to `high`.

    `scores`: one a person, NaN for none. The mean stands beside it.

    Raises AnalysisError (`survey_...`). Source: Wilson 1927 (the interval).
    """
    values, gaps = _answers(scores, low, high, 2)
    _check_threshold("satisfied_from", satisfied_from, low, high)
    good = int((values >= satisfied_from).sum())
    share, mean = (
        intervals.share(good, len(values), level=level),
        intervals.mean(values, level=level),
    )
    parameters = {"satisfied_from": satisfied_from, "low": low, "high": high, "level": level}
    return Satisfaction(
        n=len(values),
        parameters=frozen({**parameters, "interval": share.method}),
        share=share,
        mean=mean,
        cautions=_joined(share, mean, gaps),
    )


def ces(
    scores: ArrayLike,
    *,
    easy_from: float = 5,
    low: float = 1,
    high: float = 7,
    high_is_easy: bool = True,
    level: float = 0.95,
) -> Effort:
    """Mean effort, and the share of answers on the easy side, `easy_from` included.

    `scores`: one a person, NaN for none.

    With `high_is_easy` off (the form of 2010: 1 very low effort .. 5 very high) the easy side lies
    at and below `easy_from`; the mean is never turned round.

    Raises AnalysisError (`survey_...`). Source: Dixon, Freeman and Toman 2010.
    """
    values, gaps = _answers(scores, low, high, 2)
    _check_threshold("easy_from", easy_from, low, high)
    easy = values >= easy_from if high_is_easy else values <= easy_from
    share = intervals.share(int(easy.sum()), len(values), level=level)
    mean = intervals.mean(values, level=level)
    parameters = {"easy_from": easy_from, "low": low, "high": high, "level": level}
    return Effort(
        n=len(values),
        parameters=frozen({**parameters, "high_is_easy": high_is_easy, "interval": mean.method}),
        share=share,
        mean=mean,
        cautions=_joined(share, mean, gaps),
    )


def _answers(scores: ArrayLike, low: float, high: float, needed: int) -> tuple[Floats, int]:
    """The answers that were given, all on the scale, and how many were not."""
    if low >= high:
        raise AnalysisError("survey_scale", low=low, high=high)
    values = numbers_of(scores, "scores").ravel()
    missing = np.isnan(values)
    for row in np.flatnonzero(~missing & ~((values >= low) & (values <= high))).tolist():
        raise AnalysisError(
            "survey_answer_outside", row=row + 1, value=float(values[row]), low=low, high=high
        )
    given = values[~missing]
    if len(given) < needed:
        raise AnalysisError("survey_answers_few", needed=needed, n=len(given))
    return given, int(missing.sum())


def _check_threshold(setting: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise AnalysisError("setting_not_between", setting=setting, value=value, low=low, high=high)


def _joined(share: Measured, mean: Measured, gaps: int) -> tuple[Caution, ...]:
    notes = {each.code: each for each in (*share.cautions, *mean.cautions)}
    return (*notes.values(), *_gap_cautions(share.n, gaps))


def _gap_cautions(n: int, gaps: int) -> tuple[Caution, ...]:
    return (caution("survey_unanswered", gaps=gaps, rows=n + gaps),) if gaps else ()
