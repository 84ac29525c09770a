"""What a comparison of two groups says, in words and pictures: differences, chance, MICOM."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from zhuoyue.kit.charts import Chart
from zhuoyue.studies.words import listed

Found = Mapping[str, Any]  # the record of a comparison


@dataclass(frozen=True)
class Contrast:
    """A number in both groups, and where chance would put its difference."""

    name: str
    first: float
    second: float
    difference: float
    low: float
    high: float
    p: float
    comparable: bool = True

    @classmethod
    def of(cls, name: str, record: Mapping[str, Any]) -> "Contrast":
        low, high = record["chance"]
        values = {key: record[key] for key in ("first", "second", "difference", "p")}
        return cls(name, low=low, high=high, comparable=record.get("comparable", True), **values)

    @property
    def is_shown(self) -> bool:
        """It may be compared, and lies outside of what chance makes."""
        return self.comparable and not self.low <= self.difference <= self.high

    @property
    def verdict(self) -> str:
        if not self.comparable:
            return _("not comparable")
        return _("differs") if self.is_shown else _("no difference shown")


def paths_of(found: Found) -> list[Contrast]:
    return [Contrast.of(f"{each['from']} → {each['to']}", each) for each in found["paths"]]


def indices_of(found: Found) -> list[Contrast]:
    return [Contrast.of(name, each) for name, each in found["index"].items()]


def probability(p: float) -> str:
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def sentences(found: Found) -> Iterator[str]:
    """What differs, in one sentence for each path; or that nothing is shown."""
    first, second = found["groups"]
    contrasts = paths_of(found)
    shown = [each for each in contrasts if each.is_shown]
    for each in shown:
        yield _(
            "%(path)s: %(one).2f in “%(first)s”, %(other).2f in “%(second)s”. The difference of "
            "%(difference).2f is more than chance makes (%(low).2f to %(high).2f, %(p)s)."
        ) % {
            "path": each.name,
            "one": each.first,
            "other": each.second,
            "first": first,
            "second": second,
            "difference": each.difference,
            "low": each.low,
            "high": each.high,
            "p": probability(each.p),
        }
    if not shown:
        yield _("No path differs by more than chance makes; smaller differences may exist.")
    unlike = [each for each in indices_of(found) if each.is_shown]
    if unlike:
        yield _("Indices that differ by more than chance makes: %(names)s.") % {
            "names": listed(f"{each.name} ({each.difference:+.1f})" for each in unlike)
        }
    else:
        yield _("No index differs by more than chance makes.")
    barred = [each.name for each in contrasts if not each.comparable]
    if barred:
        yield _("Not comparable, because a construct differs in its composition: %(paths)s.") % {
            "paths": listed(barred)
        }


@dataclass(frozen=True)
class Invariant:
    """How far a construct is the same thing in both groups."""

    construct: str
    correlation: float
    limit: float
    p: float
    mean: Contrast
    variance: Contrast
    verdict: str

    @property
    def is_unequal(self) -> bool:
        return self.mean.is_shown or self.variance.is_shown


def invariance_of(found: Found) -> list[Invariant]:
    words = {
        "none": _("differs in its composition: do not compare its paths"),
        "partial": _("the same composition: paths can be compared"),
        "full": _("the same in everything: both groups can also be taken as one"),
    }
    return [
        Invariant(
            name,
            each["correlation"],
            each["limit"],
            each["p"],
            Contrast.of(name, each["mean"]),
            Contrast.of(name, each["log_variance"]),
            words[each["verdict"]],
        )
        for name, each in found["invariance"].items()
    ]


def steps_of(found: Found) -> list[str]:
    """The steps of MICOM, each in a sentence."""
    rows = found["invariance"]
    differing = [name for name, each in rows.items() if each["verdict"] == "none"]
    unequal = [
        each.construct
        for each in invariance_of(found)
        if each.mean.is_shown or each.variance.is_shown
    ]
    return [
        _(
            "Step 1, the same set-up: both groups have the same constructs, items, paths and "
            "settings by design. Whether the questions meant the same to both is yours to judge."
        ),
        _("Step 2, the same composition: fails for %(names)s.") % {"names": listed(differing)}
        if differing
        else _("Step 2, the same composition: holds for every construct."),
        _("Step 3, the same means and variances: not for %(names)s.") % {"names": listed(unequal)}
        if unequal
        else _("Step 3, the same means and variances: no difference shown."),
    ]


def basis_of(found: Found) -> str:
    """What stands beside every figure of a comparison."""
    (one, other), (first, second) = found["n"], found["groups"]
    return f"n = {one} ({first}), {other} ({second})"


def differences_chart(found: Found, number: int) -> Chart:
    """Differences of the paths as dots, and as bars where chance alone would put them."""
    contrasts = paths_of(found)
    upward = contrasts[::-1]
    return Chart(
        id=f"differences-{number}",
        title=_("Paths: %(first)s − %(second)s")
        % dict(zip(("first", "second"), found["groups"], strict=True)),
        option=differences_option(upward),
        columns=contrast_columns(found, _("path")),
        rows=[contrast_cells(each, 3, found) for each in contrasts],
        height=max(180, 70 + 34 * len(contrasts)),
        note=f"{basis_of(found)} · "
        + _("bar: 95 % interval of chance; a dot outside of it differs; hollow: not comparable"),
    )


def contrast_columns(found: Found, what: str) -> list[str]:
    first, second = found["groups"]
    return [what, first, second, _("difference"), _("95 % of chance"), "p", _("reading"), "n"]


def index_columns(found: Found) -> list[str]:
    return contrast_columns(found, _("construct"))


def contrast_cells(each: Contrast, digits: int, found: Found) -> list[str]:
    values = (each.first, each.second, each.difference)
    chance = f"{each.low:.{digits}f} – {each.high:.{digits}f}"
    counts = " / ".join(map(str, found["n"]))
    cells = [each.name, *(f"{value:.{digits}f}" for value in values)]
    return [*cells, chance, f"{each.p:.3f}", each.verdict, counts]


def differences_option(upward: Sequence[Contrast]) -> dict[str, Any]:
    return {
        "grid": {"left": 8, "right": 24, "top": 16, "bottom": 8, "containLabel": True},
        "tooltip": {"trigger": "item"},
        "xAxis": {"type": "value", "axisLabel": {"formatter": "@number:1", "hideOverlap": True}},
        "yAxis": {"type": "category", "data": [each.name for each in upward]},
        "series": [
            {
                "type": "custom",
                "name": _("95 % of chance"),
                "renderItem": "errorBar",
                "itemPayload": {"horizontal": True, "color": "#7a8797"},
                "encode": {"x": [1, 2], "y": 0},
                "data": [[k, each.low, each.high] for k, each in enumerate(upward)],
            },
            {
                "type": "scatter",
                "name": _("difference"),
                "symbolSize": 11,
                "data": [
                    {
                        "name": each.name,
                        "value": [round(each.difference, 4), k],
                        "itemStyle": dot_style(each),
                    }
                    for k, each in enumerate(upward)
                ],
                "z": 3,
            },
        ],
    }


def dot_style(each: Contrast) -> dict[str, Any]:
    if not each.comparable:
        return {"color": "#ffffff", "borderColor": "#7a8797", "borderWidth": 1.5}
    return {"color": "#b3261e" if each.is_shown else "#7a8797"}
