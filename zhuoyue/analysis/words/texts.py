"""Errors and cautions of this family, as in `errors` and `cautions`."""

from __future__ import annotations

ERRORS: dict[str, str] = {
    "words_package": (
        "Cutting Chinese by dictionary needs the Python package {package}. Install it, or choose "
        "the segmenter `characters`."
    ),
    "words_column": (
        "{file} has no column `text`. Name the column of texts with the option text. Columns: "
        "{known}."
    ),
    "words_label_column": (
        "{file} has no column `label`. Name the column of labels with the option label. Columns: "
        "{known}."
    ),
    "learning_form": (
        "The way of learning is of the type {found}. Give Learning with what differs, "
        "as in Learning(folds=5)."
    ),
    "words_setting": "{setting} is {value}; it must lie between {low} and {high}.",
    "words_lengths": "There are {found} {name} for {texts} texts. Give one per text, empty or not.",
    "words_labels_few": (
        "Only {n} different texts have a label; at least {needed} are needed to learn anything. "
        "Label more of them."
    ),
    "words_one_label": (
        "Every labelled text has the label {label}; there is nothing to tell apart. Label texts "
        "of another kind too."
    ),
    "words_labels_many": (
        "There are {labels} different labels, more than {most}: probably the wrong column. Name "
        "the column of labels."
    ),
    "words_no_theme": "{n} texts are labelled, but none with a theme. Give some of them a theme.",
    "words_held_out_none": (
        "A share of {share} of {texts} texts is not even one text to hold out. Hold out more, or "
        "leave held_out away."
    ),
    "words_texts_few": (
        "{texts} different texts with {words} telling words are too few for {themes} themes. Ask "
        "for fewer themes or collect more texts."
    ),
}
CAUTIONS: dict[str, str] = {
    "words_without_text": "{rows} of {total} rows have no words and were left out.",
    "words_shortened": "Of {rows} rows only the first {characters} characters were read.",
    "words_repeated": "{rows} labelled rows say the same as another one; each text counts once.",
    "words_disputed": (
        "People gave different labels to {texts} texts: the majority counts, and {left_out} "
        "without a majority were left out. Agree on them, or write down what each label means."
    ),
    "words_label_thin": (
        "Only {n} texts have the label {label}; at least {advised} are advised. Label more of them."
    ),
    "words_kappa_low": (
        "Kappa {kappa:.2f} is below {advised:g}: model and people agree too little to rely on it. "
        "Label more texts, first those suggested, and look again at those contradicted."
    ),
    "words_kappa_missing": "Among the held-out texts only one label occurs, so kappa is unknown.",
    "words_like_majority": (
        "Always saying the most frequent label would agree in {baseline:.1%} of cases; the model's "
        "{accuracy:.1%} (from {low:.1%}) is not surely better."
    ),
    "words_theme_kappa_low": (
        "Theme {theme}: kappa {kappa:.2f} is below {advised:g}; model and people agree too little "
        "to rely on it. Label more texts of it, or write down more clearly what belongs to it."
    ),
    "words_theme_kappa_missing": (
        "Theme {theme}: among the held-out texts all are alike, so kappa is unknown."
    ),
    "words_proposed": (
        "These groups were found without people. Read the texts, name, merge or drop the groups, "
        "then label texts and let themes be learned."
    ),
    "words_by_characters": (
        "Without the package {package}, Chinese words are pairs of characters; some are parts of "
        "words."
    ),
}
