"""Coded errors: what is wrong, where, and what to do about it.

The code and its parameters are the message; the English sentence is only its default
wording, so that a platform can say the same in another language.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from zhuoyue.analysis.proving import texts as proving
from zhuoyue.analysis.rehearsing import texts as rehearsing
from zhuoyue.analysis.surveys import texts as surveys
from zhuoyue.analysis.understanding import texts as understanding
from zhuoyue.analysis.watching import texts as watching
from zhuoyue.analysis.weighing import texts as weighing
from zhuoyue.analysis.words import texts as words

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 400  # letters of a parameter in a sentence
_FAMILIES = (proving, rehearsing, surveys, understanding, watching, weighing, words)

ERROR_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        **{code: text for family in _FAMILIES for code, text in family.ERRORS.items()},
        # input of a method
        "option_unknown": (
            "{file} has the option {option}, which this method does not know. Known: {known}."
        ),
        "option_missing": "The option {option} is missing. Give it: {expected}.",
        "option_invalid": "The option {option} is {value}; it must be {expected}.",
        "table_missing": (
            "{file} has no table. Give the keys `columns` (names) and `rows` (a list of lists)."
        ),
        "table_row_length": (
            "Row {row} of {file} has {found} cells, but there are {expected} columns. Correct it."
        ),
        "label_duplicate": "{label} stands twice among the rows of {file}. Name each row once.",
        "label_missing": "Row {row} of {file} has no name in its first column. Give it one.",
        "cell_missing": "Row {row}, column {column} of {file} is empty. Fill in a number.",
        # what is handed in
        "model_form": (
            "The model is of the type {found}. Make it with Model.of(constructs, paths), "
            "parse_model(text) or read_model(file)."
        ),
        "model_text_form": (
            "The text of a model is of the type {found}. A file is read by read_model(file)."
        ),
        "model_file_is_text": (
            "This is the text of a model, not the name of a file. Read it with parse_model(text)."
        ),
        "settings_form": (
            "The settings are of the type {found}. "
            'Give Settings with what differs, as in Settings(scheme="centroid").'
        ),
        "result_form": (
            "The result is of the type {found}. Give what estimate or bootstrap returned."
        ),
        "file_form": "The name of a file is of the type {found}. Give a text or a path.",
        "items_form": "The items of {construct} are of the type {found}. Give a list of names.",
        "columns_form": (
            "The columns are of the type {found}. Give a data frame or {{name: numbers}}; "
            "a table without names goes into Answers(names, table)."
        ),
        "relation_form": (
            "The relation is of the type {found}. Give one of duckdb, as in duckdb.sql(query); "
            "Parquet is read by StoredAnswers.parquet(file), a data frame by Answers.of(frame)."
        ),
        "mapping_form": (
            "{name} is of the type {found}. Give names with what belongs to them, "
            "as in {{name: value}}."
        ),
        "number_invalid": (
            "{name}, place {place}: {value!r} is not a number. Correct it, or give NaN for none."
        ),
        "rows_uneven": "The rows of {name} have {lengths} cells. Give every row as many.",
        "lengths_uneven": "Not equally many: {lengths}. Give one of each for every row.",
        "construct_unknown": "There is no construct {construct} here. Choose one of: {known}.",
        "pair_form": "{pair} does not name two groups. Give a pair of: {known}.",
        # model
        "construct_empty": "Construct {construct} has no items. Give it at least one item.",
        "construct_duplicate": "Construct {construct} is defined twice. Keep one definition.",
        "construct_name_empty": "A construct has no name. Name every construct.",
        "item_name_empty": "Construct {construct} lists an item without a name. Name it.",
        "mode_twice": "Construct {construct} is to be formative and unit-weighted. Choose one.",
        "item_duplicate": "Item {item} is listed twice in construct {construct}. List it once.",
        "item_shared": "Item {item} belongs to {first} and to {second}. Keep it in one construct.",
        "path_unknown_construct": (
            "The path {source} -> {target} names {construct}, which is not a construct. "
            "Known constructs: {known}."
        ),
        "path_duplicate": "The path {source} -> {target} is given twice. Keep it once.",
        "path_to_itself": "Construct {construct} has a path to itself. Remove it.",
        "path_cycle": "The paths run in a circle: {cycle}. Remove one of them.",
        "paths_missing": "The model has no paths. Give at least one, for example Quality -> Value.",
        "construct_unconnected": (
            "Construct {construct} has no path from or to it. Add a path or remove the construct."
        ),
        "parts_too_few": "Construct {construct} needs at least two constructs as its parts.",
        "part_unknown": (
            "{part} is to be a part of {construct} but is not a construct. Known: {known}."
        ),
        "part_shared": "{part} is a part of {first} and of {second}. Keep it in one.",
        "path_of_part": (
            "The path {source} -> {target} names {part}, which is a part of {construct}. "
            "Draw the path from or to {construct}."
        ),
        "interaction_with_itself": (
            "An interaction needs two different constructs; {construct} was named twice."
        ),
        "interaction_twice": (
            "{first} and {interaction} are the product of the same two constructs. Keep one."
        ),
        "interaction_unknown_construct": (
            "The interaction {interaction} names {construct}, which is not a construct. "
            "Known constructs: {known}."
        ),
        "interaction_of_parts": (
            "{construct} is made of constructs and has no items of its own to multiply in "
            "{interaction}. Choose the two-stage method."
        ),
        "interaction_as_target": (
            "The path {source} -> {target} leads to an interaction; interactions only predict. "
            "Remove the path."
        ),
        "interaction_end_lonely": (
            "{construct} has no path of its own beside {interaction}. "
            "Add its path to the same target."
        ),
        "setting_unknown": "{setting} cannot be {value!r}. Choose one of: {choices}.",
        "setting_too_small": "{setting} cannot be {value}. It must be at least {low}.",
        "setting_too_large": "{setting} cannot be {value}. It must be at most {high}.",
        "setting_not_whole": "{setting} cannot be {value!r}. Give a whole number.",
        "setting_not_between": "{setting} cannot be {value}. It must lie between {low} and {high}.",
        "scale_invalid": (
            "The scale {low} to {high} is not a scale: give a lower and a higher finite number."
        ),
        # model text
        "text_syntax": (
            "{text!r} is not understood. Write Construct =~ item1 + item2 (reflective), "
            "Construct <~ item1 + item2 (formative) or Target ~ Source1 + Source2 (paths)."
        ),
        "text_yaml": "{text!r} is not valid YAML ({reason}). Check indents, colons and brackets.",
        "text_tab": "YAML is indented with spaces; here stands a tab. Replace it by spaces.",
        "text_empty": "The text holds no model. Define constructs and paths.",
        "text_unknown_key": "Unknown key {key!r}. Known keys: {known}.",
        "text_not_mapping": "{key} must be a mapping: on each line a name, a colon, a value.",
        "text_not_list": "{key} must be a list of names, for example [a, b].",
        "text_path_form": "A path must be [source, target]; {text} is not.",
        "text_interaction_form": "An interaction must be a pair [first, second]; {text} is not.",
        "text_covariance": "{text!r} is a covariance; only constructs and paths are estimated.",
        "text_modifier": "{text!r} fixes or labels a number; that is not supported. Name it alone.",
        "text_key_twice": "{key} is given twice. Keep one.",
        # tables
        "package_missing": "Reading {kind} needs the Python package {package}. Install it.",
        "file_missing": "There is no file {file}. Check the name and the folder.",
        "file_kind_unknown": "{file} is not a table this program reads. Known: {known}.",
        "file_unreadable": (
            "{file} cannot be read as {kind}: {reason}. Save it anew from the program it came from."
        ),
        "file_empty": "{file} holds no rows. Export it again with a header and answers.",
        "file_encoding": "{file} is neither UTF-8 nor GB18030 nor UTF-16 text. Save it as UTF-8.",
        "sheet_unknown": "{file} has no sheet {sheet!r}. Its sheets: {known}.",
        "sheet_sprawls": (
            "{file}: the sheet {sheet!r} reaches to {cell}, and nearly all of it is empty. "
            "Delete what stands far off from the table."
        ),
        "file_protected": (
            "{file} is protected by a password, or an old workbook under a new name. "
            "Save it as .xlsx without a password."
        ),
        "header_empty": "{file}: column {column} has no name in the header. Name it.",
        "header_duplicate": "{file}: the column name {name!r} occurs twice. Rename one.",
        "row_length": (
            "{file}, line {line}: {found} cells where the header has {expected}. "
            "Check separators and quotes."
        ),
        "quote_open": (
            "{file}, line {line}: a quote begins in this row and never ends. "
            "Close it; within a text a quote is written twice."
        ),
        "value_not_number": (
            "{file}, row {row}, column {column}: {value!r} is not a number. "
            "Correct it or declare it as a code for no answer."
        ),
        # answers
        "item_unknown": (
            "Item {item} is not among the columns. Correct its name in the model or in the header. "
            "Columns: {known}."
        ),
        "answers_form": (
            "The answers are of the type {found}. Make them with Answers.of({{name: numbers}}), "
            "which takes a data frame too, with read_table(file).answers(items), "
            "or with StoredAnswers.relation(relation)."
        ),
        "column_duplicate": "The column {column} occurs twice. Rename one.",
        "columns_uneven": (
            "Column {column} has {found} values where others have {expected}. "
            "Give every column one value per row, NaN where there is no answer."
        ),
        "shape_invalid": "The answers must be a table with {columns} columns, one for each name.",
        "value_infinite": (
            "Row {row}, column {column} holds an infinite number. Correct it or mark it missing."
        ),
        "value_too_large": (
            "Row {row}, column {column}: {value:g} is too large to compute with. "
            "Correct it or mark it missing."
        ),
        "answers_not_loaded": (
            "{method} needs single rows, which stored answers are not. Use the method `load` first."
        ),
        "column_not_numbers": (
            "Column {column} of {file} holds {kind}, not numbers. Convert it to numbers first."
        ),
        "relation_failed": "duckdb could not yield the rows: {reason}. Correct the query.",
        "stored_replacement": (
            "{interaction} multiplies items, and answers are missing: their means are not known "
            "while stored answers are read. Drop incomplete rows (listwise), or load the answers."
        ),
        "value_out_of_scale": (
            "Row {row}, column {column}: {value} is outside the scale {low} to {high} "
            "({count} such values in all). Correct them or declare the code as no answer."
        ),
        "weights_uneven": "There are {found} case weights for {expected} rows. Give one per row.",
        "weight_invalid": (
            "The case weight in row {row} is {value}; weights are finite and not negative."
        ),
        "weights_nil": "All case weights are nil. Leave them out or correct them.",
        "pairwise_interaction": (
            "Pairwise moments cannot serve the interaction {interaction}. "
            "Choose listwise deletion or mean replacement."
        ),
        "pair_unanswered": (
            "Nobody answered both {first} and {second}, so they have no correlation. "
            "Choose mean replacement or leave one of them out."
        ),
        "reliability_inadmissible": (
            "Construct {construct} has a reliability (rho_A) of nil or less, or none as one item "
            "bears all its weight, so consistent estimation is impossible. Check its items and "
            "their units, or estimate without it."
        ),
        "correlations_inadmissible": (
            "Freed from the noise of their items, the predictors of {construct} ({predictors}) "
            "would be correlated by one or more, so consistent estimation is impossible. "
            "Merge them, or estimate without it."
        ),
        "item_all_missing": "Item {item} has no answers at all. Leave it out of the model.",
        "item_constant": (
            "Every answer to {item} is {value}. A constant item explains nothing: "
            "leave it out of the model."
        ),
        "score_constant": (
            "The items of {construct} cancel each other out, so that its score does not vary. "
            "Reverse the coding of items that are worded the other way round, or check them."
        ),
        "rows_too_few": (
            "Only {n} usable rows are left; the model needs at least {needed}. "
            "Collect more answers or use mean replacement."
        ),
        "block_singular": (
            "The items of formative construct {construct} are linearly dependent ({items}). "
            "Remove the redundant item."
        ),
        "predictors_singular": (
            "The predictors of {construct} are linearly dependent ({predictors}). "
            "Merge or remove one of them."
        ),
        "resamples_invalid": (
            "The resamples must be whole row numbers from 0 to {last}, {n} in each resample."
        ),
        "replicates_all_failed": (
            "None of {replicates} bootstrap replicates could be estimated "
            "({constant_item} with a constant item, {singular} singular, "
            "{not_converged} not converged, {inadmissible} inadmissible). "
            "The model is too large for these answers."
        ),
        # measures
        "values_none": "There are no values to compute {method} from.",
        "items_too_few": "{method} needs a table of at least {needed} items.",
        "items_cancel": (
            "The items cancel each other out: their sum does not vary, so {method} does not exist. "
            "Reverse the coding of items that are worded the other way round."
        ),
        "values_too_few": "{method} needs at least {needed} values; there are {n}.",
        "count_invalid": "{name} is {value}; it must be a whole number from 0 to {limit}.",
        "denominator_zero": "The denominators add up to zero; a ratio cannot be computed.",
        "lengths_differ": "{first} values stand against {second}; they must be pairs.",
        "score_out_of_range": "The score {value} is outside {low} to {high}.",
        # groups
        "labels_uneven": "There are {found} group labels for {expected} rows. Give one per row.",
        "groups_not_two": (
            "A comparison needs two groups; the labels name {count}: {known}. "
            "Name the two to compare."
        ),
        "group_not_found": "No row belongs to group {group}. Groups: {known}.",
        "group_twice": "{group} was named twice. Name two different groups.",
        "group_refused": "Group {group}: {reason}",
        "permutations_all_failed": (
            "None of {permutations} permutations could be estimated "
            "({constant_item} with a constant item, {singular} singular, "
            "{not_converged} not converged, {inadmissible} inadmissible). "
            "The model is too large for groups of this size."
        ),
        # prediction
        "folds_too_many": "{n} rows cannot be dealt to {folds} folds. Ask for fewer.",
        "assignment_invalid": (
            "The assignment must give each of the {n} rows used a fold: whole numbers from 0, "
            "at least two folds, none empty."
        ),
        "prediction_higher_order": (
            "There is no accepted way to predict with {construct}, a construct of constructs. "
            "Predict with a model of its parts."
        ),
        "prediction_consistent": (
            "Consistent estimation describes factors, but predictions are made with scores. "
            "Predict without it."
        ),
        "prediction_interaction": (
            "{construct} in {interaction} is itself predicted, so the earliest antecedents do not "
            "give it. Predict from the direct ones."
        ),
        "folds_all_failed": (
            "The model could not be estimated without any of the folds ({failed} failed). "
            "It is too large for these answers."
        ),
        # reading
        "target_unknown": "Nothing leads to {target}. Choose one of: {known}.",
        "change_unknown": (
            "{construct} cannot be changed: it has no index, or nothing follows from it. "
            "Choose among: {known}."
        ),
        "change_not_finite": "The change of {construct} is {value}; give a finite number.",
        "effect_not_found": (
            "There is no such effect of {source} on {target}. Those there are: {known}."
        ),
        # simulation
        "effect_unknown": "There is no path {source} -> {target} in the model.",
        "effect_missing": "The path {source} -> {target} has no true effect. Give one.",
        "loading_missing": "Item {item} has no true loading. Give one.",
        "loading_invalid": "The loading {value} of {item} must lie between -1 and 1, and not be 0.",
        "effects_impossible": (
            "The effects on {construct} explain {share:.3f} of its variance; it must stay below 1."
        ),
        "correlations_impossible": "The correlations given cannot occur together.",
    }
)


class AnalysisError(ValueError):
    """An input the library cannot work with: a code, its parameters, an English sentence.

    Errors in a text also say where: `file` and `line` stand beside the parameters.
    """

    def __init__(self, code: str, *, at: tuple[str, int] | None = None, **params: object) -> None:
        self.code = code
        self.params: dict[str, object] = params
        self.file: str | None = at[0] if at else None
        self.line: int | None = at[1] if at else None
        sentence = ERROR_TEXTS[code].format(**brief(params))
        super().__init__(f"{at[0]}, line {at[1]}: {sentence}" if at else sentence)

    @property
    def message(self) -> str:
        return str(self.args[0])

    @property
    def at(self) -> tuple[str, int] | None:
        return None if self.file is None or self.line is None else (self.file, self.line)

    def located(self, file: str, line: int) -> AnalysisError:
        """The same error with its place in a text."""
        return AnalysisError(self.code, at=(file, line), **self.params)

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process borders (jobs), so they must survive pickling."""
        return (_rebuild, (self.code, self.at, self.params))

    def to_dict(self) -> dict[str, object]:
        return {
            "code": self.code,
            "params": dict(self.params),
            "file": self.file,
            "line": self.line,
            "message": self.message,
        }


def brief(params: Mapping[str, object]) -> dict[str, object]:
    """Parameters for a sentence, which a whole file in one of them would make unreadable."""
    found: dict[str, object] = {}
    for name, value in params.items():
        text = str(value) if isinstance(value, str | list | tuple | dict) else ""
        found[name] = f"{text[:LONGEST]}…" if len(text) > LONGEST else value
    return found


def _rebuild(code: str, at: tuple[str, int] | None, params: dict[str, object]) -> AnalysisError:
    return AnalysisError(code, at=at, **params)
