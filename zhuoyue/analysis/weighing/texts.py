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
}
CAUTIONS: dict[str, str] = {
    "ahp_inconsistent": (
        "The consistency ratio {ratio:.3f} is above {limit:g}: do not use these weights yet. "
        "Think over {first} against {second}: given {given:.3g}, the other judgements imply "
        "{implied:.3g}."
    ),
    "ahp_no_random_index": (
        "The table of random indices ends at {most} criteria; with {criteria} there is no "
        "consistency ratio. Group the criteria."
    ),
    "ahp_incomplete": (
        "{missing} of {pairs} comparisons are missing; the weights rest on the others (Harker)."
    ),
}
