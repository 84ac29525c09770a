"""Errors and cautions of this family, as in `errors` and `cautions`."""

from __future__ import annotations

ERRORS: dict[str, str] = {
    "chart_subgroup": "A subgroup of {n} values: constants are known for 2 to {most}.",
    "chart_subgroup_small": "Row {row} has {n} values; a subgroup needs two. Fill or remove it.",
    "chart_subgroups_unequal": (
        "Subgroups differ in size (down to {smallest}): use the chart xbar_s, or make them equal."
    ),
    "chart_shape": (
        "The chart {chart} needs at least two points; X-bar charts several values in each row, all "
        "others one."
    ),
    "chart_sizes": (
        "The chart {chart}: p, np, u and Laney's charts need a column of sizes, all others none."
    ),
    "chart_value": "Row {row} has no value. Fill it or leave the row out.",
    "chart_count": "Row {row}: {value} is no count. Give whole numbers from nil on.",
    "chart_size": (
        "Row {row}: {count} of {size} is impossible. Sizes are above zero, and shares count no "
        "more than there are."
    ),
    "chart_np_unequal": "The np chart needs equal sizes. Use the p chart.",
    "chart_no_events": "All counts are nil: there is nothing to chart yet.",
    "chart_no_variance": "Shares are all nil or one; Laney's chart has nothing to scale.",
    "chart_no_ranges": (
        "No two neighbouring points are left to make limits from. Explain fewer or lengthen the "
        "phase."
    ),
    "chart_phase_short": (
        "Phase {phase} has {points} points for its limits; it needs at least two, better twenty."
    ),
    "chart_lengths": "{points} points, {labels} labels or sizes, {phases} phases: make them equal.",
    "chart_label_twice": "The label {label} stands twice. Name each point once.",
    "chart_label_unknown": "There is no point {label} to explain. Use a label of the chart.",
    "chart_reason_missing": "Point {label} is explained without a reason. Say what happened.",
    "chart_between": "{what} is {value}; it must lie between {low} and {high}.",
    "chart_no_rule": "No rule is chosen. Choose at least one.",
    "chart_rule": "{found} is no rule. There are: {known}; or western_electric, nelson.",
    "chart_spread": "The values do not differ, so that there is no sigma. Give it, or look closer.",
}
CAUTIONS: dict[str, str] = {
    "chart_few": (
        "Phase {phase}: limits rest on {points} points; below {advised} they are provisional."
    ),
    "chart_large_areas": (
        "Sizes are all above {smallest:g}: binomial or Poisson limits become so narrow that nearly "
        "every point signals. Compare Laney's chart (laney_p, laney_u)."
    ),
    "chart_simulated": "Simulated with {simulated} charts (seed {seed}); see the standard error.",
}
