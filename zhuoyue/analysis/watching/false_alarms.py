"""How often rules speak although nothing has happened.

The first rule alone is exact; sets of rules are simulated with a seed on independent normal points.
Source for comparison: Champ & Woodall 1987.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from zhuoyue.analysis.cautions import caution
from zhuoyue.analysis.distributions import two_sided_normal
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.watching.rules import WESTERN_ELECTRIC, Rule, any_of, rules_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhuoyue.analysis.arrays import Floats, Integers

LENGTH = 2_500  # points of a simulated chart
AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class FalseAlarms(MethodResult):
    """What to expect of charts on which nothing happens; `n` counts the charts simulated."""

    method: ClassVar[str] = "false_alarms"
    run_length: float  # points until the first alarm, on average
    run_length_se: float  # 0 where exact
    rate: float  # alarms a point: one over the run length
    some_alarm: float  # chance of at least one on all charts within so many points


def false_alarms(
    rules: Sequence[Rule | str] | str = WESTERN_ELECTRIC,
    *,
    points: int = 25,
    charts: int = 1,
    simulated: int = 4_000,
    seed: int = 1,
) -> FalseAlarms:
    """Expectations for a set of rules on `charts` independent charts of `points` points each.

    Raises AnalysisError (`chart_...`). Source: Champ and Woodall 1987.
    """
    for name, value, most in (
        ("points", points, LENGTH), ("charts", charts, 10_000), ("simulated", simulated, 100_000)
    ):  # fmt: skip
        if not 1 <= value <= most:
            raise AnalysisError("chart_between", what=name, value=value, low=1, high=most)
    chosen = tuple(dict.fromkeys(rules_of(rules)))
    if not chosen:
        raise AnalysisError("chart_no_rule")
    exact = chosen == (Rule.BEYOND_LIMIT,)
    notes = [] if exact else [caution("chart_simulated", simulated=simulated, seed=seed)]
    if exact:
        rate = two_sided_normal(3.0)
        length, error = 1 / rate, 0.0
        one = 1 - (1 - rate) ** points
    else:
        first = _first_alarms(chosen, simulated, seed)
        alarms = int((first < LENGTH).sum())
        watched = np.minimum(first + 1, LENGTH)
        length = float(watched.sum() / max(alarms, 1))
        rate = 1 / length
        error = float(watched.std(ddof=1) / np.sqrt(simulated)) if simulated > 1 else float("nan")
        one = float((first < points).mean())
    return FalseAlarms(
        n=0 if exact else simulated,
        seed=None if exact else seed,
        parameters=frozen(
            {"rules": [each.value for each in chosen], "points": points, "charts": charts}
        ),
        run_length=length,
        run_length_se=error,
        rate=rate,
        some_alarm=1 - (1 - one) ** charts,
        cautions=tuple(notes),
    )


def _first_alarms(rules: Sequence[Rule], simulated: int, seed: int) -> Integers:
    """The place of each chart's first alarm; LENGTH where there was none."""
    random = np.random.default_rng(seed)
    found = []
    for start in range(0, simulated, AT_ONCE):
        size = min(AT_ONCE, simulated - start)
        distance: Floats = random.standard_normal((size, LENGTH))
        alarm = any_of(rules, distance)
        found.append(np.where(alarm.any(axis=1), alarm.argmax(axis=1), LENGTH))
    return np.concatenate(found)
