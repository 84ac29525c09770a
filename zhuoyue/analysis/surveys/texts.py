"""Errors and cautions of this family, as in `errors` and `cautions`."""

from __future__ import annotations

ERRORS: dict[str, str] = {
    "survey_scale": "A scale from {low:g} to {high:g} is none; the upper end must be larger.",
    "survey_answer_outside": (
        "The answer of row {row} is {value:g}; it must lie between {low:g} and {high:g}. "
        "Correct it, leave it empty, or name the scale."
    ),
    "survey_answers_few": "There are {n} answers; at least {needed} are needed.",
    "share_counts": (
        "{name}: {count} of {total} is not a share. Give whole numbers, the total above zero and "
        "the count between zero and the total."
    ),
    "share_columns": "{columns} columns; give three: a name, how many, and of how many.",
    "sample_columns": "{columns} columns; give two: a name and its population.",
    "sample_population": "The population of {name} is {size}; give a whole number from 1 on.",
    "icc_raters_few": ("{raters} raters; give targets in rows and at least two raters in columns."),
    "icc_targets_few": (
        "{targets} targets were rated by all raters ({dropped} have gaps); at least 2 are needed."
    ),
    "icc_targets_alike": "All targets have the same mean, so there is nothing to tell apart.",
    "icc_no_error": (
        "The raters differ by a constant at most, so there is no error and no interval. Check "
        "that the columns are not copies."
    ),
    "icc_form_unknown": "There is no form {name}. Known: {known}.",
    "scale_items": (
        "{items} items and {columns} columns; name at least two items, one for each column."
    ),
    "scale_pair_thin": (
        "Only {n} answered both {first} and {second}; at least 3 must. Leave one of them out."
    ),
    "scale_em_unconverged": (
        "EM has not settled after {steps} steps: too few answers for these gaps. Use pairwise."
    ),
    "weighting_no_margin": "No margin is given. Name at least one variable and its groups' sizes.",
    "weighting_unknown": "{margin} is not among the variables of the answers. Known: {known}.",
    "weighting_target": (
        "{margin}: the size of {group} is {size}; it must be a number from zero on."
    ),
    "weighting_group": (
        "Row {row}: {group} is not a group of {margin} with a size. Known: {known}. Correct the "
        "row or give the group a size."
    ),
    "weighting_empty": (
        "{margin}: nobody answered in {groups}. Join it with another group or set its size to 0."
    ),
    "weighting_trim": "The limit of weights is {trim}; it must be above 1 (the mean).",
    "weighting_unconverged": (
        "The margins cannot be met together by these answers: after {steps} rounds a share is off "
        "by {gap:.3g}. Join groups, drop a margin, or trim."
    ),
    "suppression_threshold": "The threshold is {threshold}; it must be 2 or more.",
    "suppression_cuts": "There are {found} cuts; give 1 to {most}.",
    "suppression_member": (
        "Row {row}, column {column}: {value} does not say whether the person belongs to the cut; "
        "write 1 or 0."
    ),
    "suppression_shape": "Give a table of counts with at least one row and one column.",
    "suppression_names": (
        "{rows} names of rows and {columns} of columns for a table of {height} x {width}; "
        "give one for each, or none."
    ),
    "suppression_count": (
        "Row {row}, column {column}: {value} is not a count; give a whole number from zero on."
    ),
}
CAUTIONS: dict[str, str] = {
    "survey_unanswered": (
        "{gaps} of {rows} rows have no answer and are left out; those who answered may differ."
    ),
    "icc_dropped": "{dropped} of {targets} targets have gaps and are left out.",
    "icc_targets_thin": (
        "Only {targets} targets: read the intervals rather than the coefficients."
    ),
    "icc_negative": (
        "A coefficient is below zero: raters differ more within a target than targets do. Take "
        "it as no agreement."
    ),
    "scale_gaps": (
        "{missing} of {cells} answers are missing; {used} of {rows} rows are used. The interval "
        "does not tell what the gaps may hide."
    ),
    "scale_not_positive": (
        "The covariances by pairs do not fit together (a negative eigenvalue). Use em or complete."
    ),
    "scale_no_omega": "No omega: {items} items have no proper solution with one factor.",
    "scale_item_against": (
        "{item} runs against the other items (r {value:.2f}): is its wording reversed?"
    ),
    "weighting_thin": "{margin}: only {n} answers speak for {group}.",
    "weighting_effect": (
        "The design effect is {effect:.2f}: more than half the answers are lost to unequal "
        "weights. Trim, or use fewer groups."
    ),
    "weighting_trimmed": (
        "{trimmed} weights are held at the limit; a share is off its target by up to {gap:.3g}."
    ),
    "weighting_gap": "A share is off its target by up to {gap:.3g}.",
    "cuts_together": (
        "This holds for these cuts together. Cuts shown before or elsewhere belong in the list too."
    ),
    "suppression_all": (
        "A small cell cannot be protected within this table; no cell is shown. Join groups."
    ),
}
