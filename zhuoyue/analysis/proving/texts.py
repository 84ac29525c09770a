"""Errors and cautions of this family, as in `errors` and `cautions`."""

from __future__ import annotations

ERRORS: dict[str, str] = {
    "proving_short": "There are {rows} values; at least {needed} are needed.",
    "proving_dependent": (
        "The term {term} follows from the others and cannot be told apart. Leave it out or collect "
        "more."
    ),
    "proving_clusters": "There are {found} clusters; errors by cluster need at least two.",
    "proving_lag": "The lag is {found}; it must lie between 0 and {most}.",
    "proving_value": "Row {row} has no value. Fill it or leave the row out.",
    "proving_lengths": "{values} values and {others} others: make them equally many.",
    "proving_no_change": "No change is given. Name the first point after it.",
    "proving_sides": (
        "{before} points before and {after} after a change; at least three are needed on each "
        "side, up to the next change. Give changes in order."
    ),
    "proving_group": "{found} is neither {before} nor {after} in the column of groups.",
    "detectable_two_of_three": (
        "Give two of n, effect and power, not {found}: the third is computed."
    ),
    "detectable_value": "{what} is {value}; it must lie between {low} and {high}.",
    "detectable_never": "Not even {most} people a group would do: the effect is too small to show.",
    "did_period": "There is no period {found}. There are: {known}.",
    "did_sides": "Some periods must lie before the change and some after it; there are {known}.",
    "did_treated": (
        "Row {row}: {value} does not tell whether the row belongs to those with the change. "
        "Give 1 or 0."
    ),
    "did_empty": "Period {period} has no rows for treated = {treated}. Both groups need some.",
}
CAUTIONS: dict[str, str] = {
    "detectable_assumed": (
        "This holds for the deviation or share assumed. Set it from data, not from hope, and never "
        "from the effect that was found."
    ),
    "pairs_left_out": "{rows} rows with only one of both values were left out.",
    "series_short": (
        "{before} points before and {after} after a change; below {advised} on a side a trend is "
        "mostly chance."
    ),
    "series_related": (
        "Neighbouring points are related (Durbin-Watson {durbin_watson:.2f}); the errors allow for "
        "it up to the lag only."
    ),
    "series_alone": (
        "Without a series that the change did not touch, anything else that happened at the time "
        "counts as its effect."
    ),
    "did_unclustered": (
        "Errors take all rows as independent. Name the unit of each row if units repeat."
    ),
    "did_few_clusters": (
        "Only {clusters} clusters; below {advised} errors by cluster are too small."
    ),
    "did_unchecked": (
        "With one period before the change nobody can see whether both groups moved alike before."
    ),
    "did_not_parallel": (
        "Both groups did not move alike before the change (p = {p:.3f}): the difference is no "
        "effect."
    ),
}
