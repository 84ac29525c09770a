"""The effect chain in print: what an estimate and its replicates say, whoever asked for them.

A study of a centre and the command line share these blocks; they need a result and no database.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from zhuoyue.kit.analysis_words import say_caution
from zhuoyue.kit.documents import Block, Bullets, Figure, Heading, Note, Paragraph, Table
from zhuoyue.reports.figures import effect_table, interval, interval_head, number, paths_chart
from zhuoyue.studies import charts, rules
from zhuoyue.studies.words import intervals_in_words, listed, words_of

LANGUAGES = {"zh": "zh-hans", "en": "en"}

PAIRS_SHOWN = 10  # of HTMT; the rest is further apart

Result = Mapping[str, Any]
Rows = list[list[str]]


@dataclass(frozen=True)
class Reading:
    """A result as it is read: for which target, in which language, standing on what."""

    result: Result  # the record of an Estimate or of a Bootstrap
    target: str
    language: str
    basis: str  # stands beside every figure: n, response rate, level of the intervals
    drivers: Sequence[rules.Driver] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "drivers", rules.drivers_of(self.result, self.target))

    @property
    def n(self) -> int:
        return int(self.result["n"])

    @property
    def has_intervals(self) -> bool:
        return "spread" in self.result

    def spread(self, *keys: str) -> Result:
        """The spread of one number; empty where no replicates were drawn."""
        found: Result = self.result.get("spread", {})
        for key in keys:
            found = found.get(key) or {}
        return found


def summary(r: Reading) -> Iterator[Block]:
    spread = r.spread("index", r.target)
    stated = f"{interval(spread, 1)}; {r.basis}" if spread else r.basis
    yield Heading(_("Summary"))
    yield Paragraph(
        _("The index of “%(target)s” is %(value).1f of 100 (%(basis)s).")
        % {"target": r.target, "value": r.result["index"][r.target], "basis": stated}
    )
    yield from first_to_improve(r)


def first_to_improve(r: Reading) -> Iterator[Block]:
    """Drivers whose effect is told from zero, or why none is named."""
    if not rules.may_rank(r.result, r.target):
        yield Note(_("Drivers are not ranked."), "caution")
        reasons = rules.refusals_of(r.result, r.target)
        yield Bullets([say_caution(each, r.language) for each in reasons])
        return
    shown = [d for d in r.drivers if d.is_shown and d.importance > 0]
    if not shown:
        yield Note(_("No effect on the target could be told from zero."), "caution")
        return
    yield Paragraph(_("To improve first, by importance and room for improvement:"))
    yield Bullets(
        [
            _(
                "%(name)s: total effect %(effect).2f (%(low).2f to %(high).2f), "
                "performance %(performance).1f of 100, n = %(n)d"
            )
            % {
                "name": d.construct,
                "effect": d.importance,
                "low": d.low,
                "high": d.high,
                "performance": d.performance,
                "n": r.n,
            }
            for d in shown[:3]
        ]
    )


def data(r: Reading, before: Rows) -> Iterator[Block]:
    """Where the answers came from (`before`, in the caller's words) and what was done to them."""
    low, high = r.result["scale"]
    rows = [
        *before,
        [_("Answers used (n)"), str(r.n)],
        [_("Scale"), f"{low:g} – {high:g}"],
        [_("Method"), _("path model by partial least squares")],
        [_("Items"), words_of("items", r.result["items"])],
        [_("Inner weighting scheme"), words_of("scheme", r.result["scheme"])],
        [_("Missing answers"), words_of("missing", r.result["missing"])],
        [_("Intervals"), intervals_in_words(r.result)],
        [_("Engine"), r.result["engine"]],
    ]
    yield Heading(_("Data and method"))
    yield Table(_("Data and method"), [_("What"), _("Value")], rows, widths=(0.4, 0.6))
    yield Note(_("Path coefficients are associations. Confirm a cause by a before/after check."))


def chain(r: Reading) -> Iterator[Block]:
    yield Heading(_("Effect chain"))
    yield Figure(
        _("Path coefficients (%(basis)s)") % {"basis": r.basis},
        paths_chart(r.result),
        height=120 + 26 * len(r.result["paths"]),
    )
    yield effect_table(_("Paths"), r.result["paths"], r.n)
    ahead = [e for e in r.result["total_effects"] if e["to"] == r.target]
    yield effect_table(_("Total effects on “%(target)s”") % {"target": r.target}, ahead, r.n)
    adjusted = r.result["r2_adjusted"]
    yield figures_table(
        r,
        _("Variance explained"),
        [_("construct"), "R²", _("R² adjusted")],
        [
            ([name, number(r2), number(adjusted[name])], r.spread("r2", name))
            for name, r2 in r.result["r2"].items()
        ],
        places=1,
    )


def figures_table(
    r: Reading,
    caption: str,
    head: list[str],
    rows: Sequence[tuple[list[str], Result]],
    *,
    places: int,
    digits: int = 3,
) -> Table:
    """Rows of figures, the interval of the first behind it where replicates were drawn.

    `places` is how many columns name things; n stands in the last one.
    """
    at = places + 1
    if r.has_intervals:
        head = [*head[:at], interval_head(), *head[at:]]
        cells = [[*c[:at], interval(spread, digits), *c[at:]] for c, spread in rows]
    else:
        cells = [c for c, _spread in rows]
    columns = [*head, "n"]
    return Table(
        caption,
        columns,
        [[*c, str(r.n)] for c in cells],
        frozenset(range(places, len(columns))),
    )


def measurement(r: Reading) -> Iterator[Block]:
    yield Heading(_("Quality of the measurement"))
    yield from reliability(r)
    yield figures_table(
        r,
        _("Loadings"),
        [_("construct"), _("item"), _("loading")],
        [
            ([construct, item, number(value)], r.spread("loadings", construct, item))
            for construct, items in r.result["loadings"].items()
            for item, value in items.items()
        ],
        places=2,
    )
    yield from discriminant(r)


def reliability(r: Reading) -> Iterator[Block]:
    """Of constructs with several items; one item says nothing of its own reliability."""
    single = [name for name in r.result["reliability"] if rules.is_single(r.result, name)]
    rows = [
        (
            [name, *(number(q[key]) for key in ("alpha", "rho_a", "rho_c", "ave"))],
            r.spread("reliability", name, "alpha"),
        )
        for name, q in r.result["reliability"].items()
        if name not in single
    ]
    if rows:
        caption = _("Reliability and convergent validity")
        yield figures_table(r, caption, [_("construct"), "α", "ρA", "ρC", "AVE"], rows, places=1)
    if single:
        told = _("How reliable constructs of one item are cannot be told: %(names)s.")
        yield Note(told % {"names": listed(single)})


def discriminant(r: Reading) -> Iterator[Block]:
    """The pairs of constructs that are hardest to tell apart."""
    ratios = r.result["htmt"]
    pairs = {
        tuple(sorted((one, other))): (one, other, ratio)
        for one, others in ratios.items()
        for other, ratio in others.items()
        if ratio is not None
    }
    if not pairs:
        return
    shown = sorted(pairs.values(), key=lambda pair: -pair[2])[:PAIRS_SHOWN]
    yield figures_table(
        r,
        _("Discriminant validity: the highest HTMT, %(shown)d of %(all)d pairs")
        % {"shown": len(shown), "all": len(pairs)},
        [_("construct"), _("construct"), "HTMT"],
        [
            (
                [one, other, number(ratio)],
                r.spread("htmt", one, other) or r.spread("htmt", other, one),
            )
            for one, other, ratio in shown
        ],
        places=2,
    )


def performance(r: Reading) -> Iterator[Block]:
    yield Heading(_("Indices, importance and performance"))
    yield figures_table(
        r,
        _("Indices from 0 to 100"),
        [_("construct"), _("index")],
        [
            ([name, number(value, 1)], r.spread("index", name))
            for name, value in r.result["index"].items()
        ],
        places=1,
        digits=1,
    )
    if not rules.may_map(r.result, r.target):
        return
    yield Figure(
        _("Importance and performance (%(basis)s)") % {"basis": r.basis},
        charts.map_chart(charts.construct_points(r.result, r.target), r.target, r.n),
    )
    if not rules.may_rank(r.result, r.target):
        return  # bars by length would be a ranking
    yield Figure(
        _("Drivers (%(basis)s)") % {"basis": r.basis},
        charts.drivers_chart(r.drivers, r.target, r.n),
        height=100 + 34 * len(r.drivers),
    )


def cautions(r: Reading) -> Iterator[Block]:
    yield Heading(_("Cautions"))
    yield Bullets([say_caution(c, r.language) for c in r.result["cautions"]])


def sources(rows: Rows) -> Iterator[Block]:
    """Where every number comes from, so that the report can be made again."""
    yield Heading(_("Sources"))
    yield Table(_("Sources"), [_("What"), _("Value")], rows, widths=(0.25, 0.75))
