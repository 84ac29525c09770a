"""Errors and cautions of this family, as in `errors` and `cautions`."""

from __future__ import annotations

ERRORS: dict[str, str] = {
    "ahp_shape": (
        "{criteria} criteria need a square table of as many rows and columns (at least 2); "
        "there are {rows} rows and {columns} columns."
    ),
    "ahp_criterion_twice": "Criterion {criterion} is named twice. Name each once.",
    "ahp_not_positive": (
        "The comparison of {first} with {second} is {value}; it must be above zero, such as "
        "1/9 to 9, or empty."
    ),
    "ahp_diagonal": "{criterion} compared with itself is {value}; it must be 1 or empty.",
    "ahp_not_reciprocal": (
        "{first} with {second} is {value}, but {second} with {first} is {other}; one must be the "
        "reciprocal of the other. Correct one or leave it empty."
    ),
    "ahp_not_joined": (
        "No chain of comparisons joins {first} and {second}. Compare one of the two groups with "
        "the other at least once."
    ),
    "ahp_rows_differ": (
        "The rows name {found} where the columns name {expected}. Give both in the same order."
    ),
    "ahp_cell": "Row {row}, column {column}: {value} is not a comparison such as 3 or 1/3.",
    "decision_shape": (
        "{alternatives} alternatives and {criteria} criteria need a table of as many rows and "
        "columns, with at least two alternatives and one criterion; it is {shape}."
    ),
    "decision_name_twice": "{name} is named twice. Name each alternative and criterion once.",
    "decision_criterion_unknown": "There is no criterion {name}. Known: {known}.",
    "decision_gap": (
        "{alternative}, {criterion}: {value} is not a number to weigh. Fill it in or leave the "
        "alternative out."
    ),
    "decision_weight_missing": "Criterion {criterion} has no weight. Give one, 0 if need be.",
    "decision_weight_invalid": "The weight of {criterion} is {value}; it must be 0 or more.",
    "decision_weights_nil": "All weights are 0. Give at least one above 0.",
    "entropy_negative": (
        "{alternative}, {criterion}: {value} is negative, so it has no share of its column. "
        "Choose normalisation min_max, or a shift."
    ),
    "entropy_cost_not_positive": (
        "{alternative}, {criterion}: {value} is a cost that is not above 0. Choose normalisation "
        "min_max, or a shift."
    ),
    "entropy_shift": "The shift is {value}; it must be 0 or more.",
    "entropy_all_constant": (
        "All alternatives are equal in every criterion; there is nothing to weigh them by."
    ),
    "critic_ddof": "ddof is {value}; it must be 0 or 1.",
    "critic_no_conflict": (
        "No criterion differs from the others (all constant or all alike); CRITIC has nothing to "
        "weigh. Keep one of them, or weigh by entropy."
    ),
    "combined_sets": "There are {sets} sets of weights. Give at least two.",
    "combined_shares_unused": (
        "The multiplicative form has no shares of sets. Leave them out or choose geometric."
    ),
    "combined_nil": (
        "Every criterion is weighed 0 by one of the sets, so no product is left. Choose additive."
    ),
    "topsis_negative": (
        "{alternative}, {criterion}: {value} is negative. Choose normalisation vector or min_max."
    ),
    "topsis_cost_not_positive": (
        "{alternative}, {criterion}: {value} is a cost that is not above 0. Choose normalisation "
        "vector, max or min_max."
    ),
    "topsis_all_alike": (
        "All alternatives are equal in every criterion that has a weight; there is no ranking."
    ),
    "scoring_item": (
        "Item {item} ({kind}) is incomplete: a weight above nil; linear needs basic and full, "
        "tiered rising steps within the weight, qualitative shares from 0 to 1, bonus and penalty "
        "per_unit."
    ),
    "scoring_items": "Items must have names of their own; see {found}.",
    "scoring_grades": "Grades need limits that fall from the first to the last.",
    "scoring_bonus_cap": "The cap of bonus points is {value}; it must be 0 or more.",
    "scoring_nobody": "There is no centre to score. Give at least one row.",
    "scoring_industry": "{centre}: industry {found} has no figures. There are: {known}.",
    "scoring_coefficients": (
        "Item {item} is by industry, but no coefficients are given. Give industries or its own "
        "coefficients."
    ),
    "scoring_centre": (
        "{centre} has an industry or is not submitted, but is no centre. Correct the name."
    ),
    "scoring_word": "{centre}, {item}: {found} is no judgement. There are: {known}.",
    "scoring_number": "{centre}, {item}: {found} is no number. Correct or empty the cell.",
    "scoring_scheme": "{what} is not understood: {found}. See the example.",
    "fuzzy_criterion_missing": "There is no criterion. Give at least {least}.",
    "fuzzy_grade_missing": "There are too few grades. Give at least {least}.",
    "fuzzy_criterion_twice": "Criterion {name} is named twice. Name each once.",
    "fuzzy_grade_twice": "Grade {name} is named twice. Name each once.",
    "fuzzy_shape": (
        "The memberships must have {criteria} rows (criteria) and {grades} columns (grades)."
    ),
    "fuzzy_membership": (
        "The membership of {criterion} in {grade} is {value}; it must be a number from 0 to 1 "
        "(with votes or normalise: 0 or above)."
    ),
    "fuzzy_vote": "The votes of {criterion} for {grade} are {value}; give a whole number.",
    "fuzzy_row_empty": "All memberships of {criterion} are zero. Fill in its row or leave it out.",
    "fuzzy_row_sum": (
        "The memberships of {criterion} sum to {total:.6g}, not to one. Correct the row, or set "
        "normalise (votes, if they are counts)."
    ),
    "fuzzy_weights_count": "There are {weights} weights for {criteria} criteria. Give one each.",
    "fuzzy_weight": "The weight of {criterion} is {value}; it must be a number of 0 or above.",
    "fuzzy_weight_sum": (
        "The weights sum to {total:.6g}, not to one. Correct them, or set normalise (which needs "
        "a weight above zero)."
    ),
    "fuzzy_group_missing": "{criterion} belongs to no group. Name one for each criterion.",
    "fuzzy_group_weight": "Group {group} has no weight. Give every group one in group_weights.",
    "fuzzy_group_unknown": "A weight is given for {group}, which is no group. Groups: {known}.",
    "fuzzy_points_unknown": "Points are given for {grade}, which is no grade. Grades: {known}.",
    "fuzzy_points_missing": "Grade {grade} has no points. Give every grade a number.",
    "rank_sensitivity_setting": (
        "The change is {change} and there are {draws} draws; the change must be above 0 and at "
        "most 1, with at least one draw."
    ),
}
CAUTIONS: dict[str, str] = {
    "scoring_gaps": "{count} missing values give no points, the first {item} of {centre}.",
    "ahp_inconsistent": (
        "The consistency ratio {ratio:.3f} is above {limit:g}: do not use these weights yet. "
        "Think over {first} against {second}: given {given:.3g}, the other judgements imply "
        "{implied:.3g}."
    ),
    "ahp_no_random_index": (
        "The table of random indices ends at {most} criteria; with {criteria} there is no "
        "consistency ratio. Group the criteria."
    ),
    "ahp_incomplete_ratio": (
        "With so few comparisons even random ones hardly contradict each other: the consistency "
        "ratio {ratio:.3f} is as bad as {fair:.3f} would be without gaps, above {limit:g}. Think "
        "over {first} against {second}, or fill gaps."
    ),
    "ahp_incomplete": (
        "{missing} of {pairs} comparisons are missing; the weights rest on the others (Harker)."
    ),
    "weighing_constant": (
        "All alternatives are equal in {criteria}: weight 0. That does not say it is unimportant."
    ),
    "weighing_few": (
        "{alternatives} alternatives are few for {criteria} criteria; the weights may change much "
        "with one more."
    ),
    "combined_ruled_out": (
        "One set weighs {criteria} 0, so the product does too, whatever the others say."
    ),
    "combined_apart": (
        "The sets differ by {apart:.2f} in {criterion}: ask why before you rely on their mean."
    ),
    "topsis_tie": "{alternatives} share the first place.",
    "fuzzy_tied": (
        "By {operator} these grades share the largest membership: {grades}. The first is shown; "
        "the memberships do not decide between them."
    ),
    "fuzzy_no_clear_winner": (
        "By {operator} {first} leads {second} by little ({share:.3g} against {next_share:.3g}; "
        "effectiveness {effectiveness:.2f} below {limit:g}): do not rest on the grade alone."
    ),
    "fuzzy_operators_differ": (
        "The operators disagree ({verdicts}): name the operator wherever the grade is told."
    ),
    "rank_sensitivity_thin": (
        "The first place hangs on the weight of {criterion}: {weight:.3f} as given, {first} is "
        "first from {turns_at:.3f} on."
    ),
}
