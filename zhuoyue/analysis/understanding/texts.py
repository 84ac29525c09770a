"""Errors and cautions of this family, as in `errors` and `cautions`."""

from __future__ import annotations

ERRORS: dict[str, str] = {
    "laddering_empty": "There is no ladder. Give at least one with two rungs.",
    "laddering_short": (
        "Row {row}: {found} is no ladder. Give at least two codes with > between them, none empty."
    ),
    "laddering_twice": "Row {row}: the code {found} stands twice in one ladder. Keep it once.",
    "laddering_cut_off": "The cut-off is {found}; it must be 1 or more.",
    "kappa_coders": (
        "Row {row}: {found} coders where {expected} are needed. All things need equally many, at "
        "least two."
    ),
    "kappa_form": (
        "Coder {coder} is of the type {found}. Give a list of labels for each coder, in the order "
        "of the things."
    ),
    "kappa_empty": "Nothing was labelled by all coders. Give at least one row without gaps.",
    "kappa_label": "{found} is not among the categories {known}. Correct it or add it.",
    "kappa_weights": (
        "Weights are for two coders; there are {coders}. Leave them out or compare two at a time."
    ),
    "kappa_shape": (
        "The table of counts is {shape}; give categories x categories, or things x categories."
    ),
    "kappa_count": "Row {row}, column {column}: {value} is no count. Give a whole number.",
    "ipa_lengths": "{names} names and {values} values: give equally many, at least two.",
    "ipa_twice": "{name} is named twice. Name each once.",
    "ipa_gap": "{name} lacks a number. Fill it or leave it out.",
    "servqual_item": (
        "Item {item} is missing, or named twice. Every item needs expected and perceived answers."
    ),
    "servqual_people": "Only {people} people answered everything; at least two are needed.",
    "servqual_points": "Points must name each dimension once, none below nil: {known}.",
    "qfd_shape": (
        "{needs} needs and {characteristics} characteristics need a table of as many rows and "
        "columns; it is {found}."
    ),
    "qfd_relation": "{need}, {characteristic}: {value} is no strength. Use 9, 3, 1 or leave empty.",
    "qfd_need": (
        "Need {need}: importance, ratings and sales point must be numbers above nil. Correct them."
    ),
    "qfd_no_links": "No need hangs on any characteristic. Fill in at least one strength.",
    "qfd_roof": "The roof names {found}, which is no characteristic. There are: {known}.",
    "kano_empty": "No need is given. Give at least one.",
    "kano_nobody": "Nobody answered about {need}. Leave it out or ask.",
    "kano_count": "{need}, {category}: {value} is no count of people. Give a whole number.",
    "kano_category": "{need}: there is no category {found}. Use M, O, A, I, R and Q.",
    "kano_answer": "{found} is no answer to a question of Kano's. Use {known}, or 1 to 5.",
}
CAUTIONS: dict[str, str] = {
    "laddering_few": (
        "Only {people} people; links of one or two of them say little. Interview {advised} or more."
    ),
    "laddering_down": (
        "{links} links lead from a higher level to a lower one, such as {source} > {target}. Check "
        "the codes and the order of the rungs."
    ),
    "laddering_cut_high": (
        "The cut-off {cut_off} keeps {share:.0%} of the direct links only; the map leaves out much."
    ),
    "kappa_left_out": "{rows} rows that not every coder labelled were left out.",
    "kappa_few": "Only {n} things were compared; the interval is wide. Compare {advised} or more.",
    "kappa_one_category": "Everyone used one category only: there is no agreement beyond chance.",
    "kappa_low": (
        "Kappa is {kappa:.2f}, below {limit:g}: sharpen the definitions and code again before "
        "going on."
    ),
    "kappa_one_sided": (
        "Nearly all fall into one category: chance alone gives {expected:.0%} agreement, so that "
        "kappa is low in spite of {observed:.0%} observed. Report both."
    ),
    "ipa_near": (
        "{count} points lie near a line ({names}): another cross-hair may put them elsewhere."
    ),
    "servqual_left_out": "{people} people with gaps in their answers were left out.",
    "servqual_unreliable": (
        "The gaps of {dimension} hardly go together (alpha {alpha:.2f}); read its items one by one."
    ),
    "qfd_need_alone": "Nothing that is engineered serves {needs}: a need without an answer.",
    "qfd_idle": "No need hangs on {characteristics}: perhaps nobody asked for it.",
    "kano_left_out": "{rows} rows with only one answer of the pair, or none, were left out.",
    "kano_few": "{need}: only {n} people; below {advised} the category changes with a few answers.",
    "kano_questionable": (
        "{need}: {share:.0%} answered both questions in contradiction; the wording may mislead."
    ),
    "kano_reverse": (
        "{need}: {share:.0%} want the opposite; look at them as a segment of their own."
    ),
    "kano_undecided": (
        "{need}: {first} does not lead {second} by more than chance; treat it as a mixture or ask "
        "segments apart."
    ),
}
