"""Shares by row and sample sizes by population: `intervals` as methods over a table.

Sources: Wilson 1927; Cochran, Sampling Techniques (1977) for the finite population.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from zhuoyue.analysis import intervals
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import check_lengths, check_mapping, listed
from zhuoyue.analysis.mappings import frozen
from zhuoyue.analysis.method_result import MethodResult
from zhuoyue.analysis.spec import names_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhuoyue.analysis.intervals import Measured, SampleSize


@dataclass(frozen=True, kw_only=True)
class Shares(MethodResult):
    """A share with Wilson's interval for each name; `n` is what all of them count."""

    method: ClassVar[str] = "share"
    shares: Mapping[str, Measured]


@dataclass(frozen=True, kw_only=True)
class SampleSizes(MethodResult):
    """Answers needed of each population; `n` is their sum."""

    method: ClassVar[str] = "sample_size"
    sizes: Mapping[str, SampleSize]


def shares(
    names: Sequence[str], counts: Sequence[int], totals: Sequence[int], *, level: float = 0.95
) -> Shares:
    """Shares `counts` of `totals`, one for each name.

    Raises AnalysisError (`share_counts`). Source: Wilson 1927.
    """
    names, counts, totals = names_in(names), listed(counts), listed(totals)
    check_lengths(names=names, counts=counts, totals=totals)
    found = {}
    for name, count, total in zip(names, counts, totals, strict=True):
        if not 0 <= count <= total or total == 0:
            raise AnalysisError("share_counts", name=name, count=count, total=total)
        found[name] = intervals.share(count, total, level=level)
    notes = {(each.code, each.message): each for one in found.values() for each in one.cautions}
    return Shares(
        n=sum(totals),
        parameters=frozen({"level": level, "interval": "wilson"}),
        shares=frozen(found),
        cautions=tuple(notes.values()),
    )


def sample_sizes(
    populations: Mapping[str, int | None],
    *,
    margin: float = 0.05,
    level: float = 0.95,
    share: float = 0.5,
) -> SampleSizes:
    """Answers needed to know a share to within `margin` in each population (None: a large one).

    Raises AnalysisError (`sample_...`). Source: Cochran 1977.
    """
    check_mapping(populations, "populations")
    found = {
        name: intervals.sample_size(size, margin=margin, level=level, share=share)
        for name, size in populations.items()
    }
    return SampleSizes(
        n=sum(each.needed for each in found.values()),
        parameters=frozen({"margin": margin, "level": level, "share": share}),
        sizes=frozen(found),
    )
