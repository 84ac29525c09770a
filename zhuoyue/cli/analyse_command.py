"""`zhuoyue analyse`: answers, a model, and the effect chain that they show.

It needs the library only; Django comes in for --report, and even then without a database.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhuoyue.cli import Refused
from zhuoyue.cli.analyse_arguments import PERMUTATIONS, REPLICATES_OF_REPORT, add_arguments
from zhuoyue.cli.analyse_words import say_word
from zhuoyue.cli.outputs import BadOutput, check_output, show, write_whole
from zhuoyue.cli.progress import progress_bar
from zhuoyue.cli.text_tables import clean

if TYPE_CHECKING:  # numpy is loaded when the work begins
    from zhuoyue.analysis import (
        Answers,
        Bootstrap,
        Estimate,
        Model,
        Scale,
        Settings,
        StoredAnswers,
        Table,
    )

__all__ = ["HELP", "NEEDS_PLATFORM", "add_arguments", "run"]

HELP = {
    "zh": "由答卷和模型估计效应链（不需要数据库）",
    "en": "estimate the effect chain from answers and a model (needs no database)",
}
NEEDS_PLATFORM = False


def run(args: argparse.Namespace) -> int:
    from zhuoyue.analysis import AnalysisError
    from zhuoyue.kit.analysis_words import say_error

    try:
        return analyse(args)
    except AnalysisError as error:
        raise refused(args, error.code, say_error(error, args.language)) from error
    except BadOutput as error:
        raise refuse(args, error.code, **error.params) from error
    except MemoryError as error:
        raise refuse(args, "memory_short") from error
    except KeyboardInterrupt:
        print(say_word("interrupted", args.language), file=sys.stderr)
        return 130


def refused(args: argparse.Namespace, code: str, sentence: str) -> Refused:
    return Refused(say_word("error", args.language, code=code, sentence=clean(sentence)))


def refuse(args: argparse.Namespace, code: str, **params: object) -> Refused:
    from zhuoyue.analysis.errors import brief

    return refused(args, code, say_word(code, args.language, **brief(params)))


def analyse(args: argparse.Namespace) -> int:
    from zhuoyue.analysis import Answers, Scale
    from zhuoyue.cli.analyse_comparison import ComparisonTables
    from zhuoyue.cli.analyse_groups import GroupTables
    from zhuoyue.cli.analyse_record import as_json, record_of
    from zhuoyue.cli.analyse_tables import Tables

    check_outputs(args)
    model, source = read_inputs(args)
    answers = answers_of(args, model, source)
    rows = groups_asked(args, source)
    scale = Scale(*args.scale) if args.scale else None
    found = estimated(args, model, answers, scale, say_word("resampling", args.language))
    record = record_of(found, args.answers, args.model)
    if rows:
        assert isinstance(answers, Answers), "groups are read from a table"
        record["groups"] = groups_found(args, model, answers, rows, Scale(*record["scale"]))
    contents: dict[Path, bytes] = {}
    if args.json is not None:
        contents[args.json] = as_json(record)
    if args.report is not None:
        contents[args.report] = report_of(args, record, source.n)
    write_whole(contents)
    head = say_word("head", args.language, file=clean(args.answers.name))
    kinds = [Tables, *([GroupTables, ComparisonTables] if rows else [])]
    show([head, *(line for kind in kinds for line in kind(record, args.language).lines())])
    for path in contents:
        print(say_word("written", args.language, file=path), file=sys.stderr)
    return 0


def check_outputs(args: argparse.Namespace) -> None:
    """Whatever would stop the work at its end stops it before it begins."""
    if args.replicates is None:
        args.replicates = REPLICATES_OF_REPORT if args.report else 0
    if args.replicates < 0 or args.replicates == 1:
        raise refuse(args, "replicates_invalid", value=args.replicates)
    check_permutations(args)
    outputs = [path for path in (args.json, args.report) if path is not None]
    for path in outputs:
        check_output(path, [args.answers, args.model])
    if len(outputs) == 2 and outputs[0].resolve() == outputs[1].resolve():
        raise refuse(args, "outputs_same", file=args.json)
    if args.report is not None:
        from zhuoyue.cli.analyse_report import check_report

        check_report(args.report)


def check_permutations(args: argparse.Namespace) -> None:
    from zhuoyue.analysis.settings import MOST_SAMPLES, whole

    if args.permutations is None:
        args.permutations = 0 if args.group is None else PERMUTATIONS
    elif args.group is None:
        raise refuse(args, "permutations_without_group")
    if args.permutations < 0 or args.permutations == 1:
        raise refuse(args, "permutations_invalid", value=args.permutations)
    whole(args.permutations, "permutations", 0, MOST_SAMPLES)
    whole(args.seed, "seed", 0)


def read_inputs(args: argparse.Namespace) -> "tuple[Model, Table | StoredAnswers]":
    from zhuoyue.analysis import read_model

    try:
        for path in (args.model, args.answers):
            if path.is_dir():
                raise refuse(args, "file_is_folder", file=path)
        model = read_model(args.model)
        return model, read_answers(args, model)
    except OSError as error:
        reason = error.strerror or str(error)
        raise refuse(args, "file_not_opened", file=error.filename, reason=reason) from error


def read_answers(args: argparse.Namespace, model: "Model") -> "Table | StoredAnswers":
    """Numbers in Parquet stay in the file, however many they are; all else becomes a table.

    So do columns whose names duckdb cannot tell apart, q1 and Q1.
    """
    from zhuoyue.analysis import AnalysisError, StoredAnswers, read_table

    if args.answers.suffix.lower() != ".parquet" or (args.group, args.sheet) != (None, None):
        return read_table(args.answers, sheet=args.sheet)
    stored = StoredAnswers.parquet(args.answers, missing_codes=numbers_among(args.missing_code))
    try:
        stored.kinds(model.items)
    except AnalysisError as error:
        if error.code not in {"column_not_numbers", "header_duplicate"}:
            raise
        return read_table(args.answers, sheet=args.sheet)
    return stored


def numbers_among(codes: Sequence[str]) -> list[float]:
    """The codes that can stand in a column of numbers."""
    found = []
    for code in codes:
        try:
            found.append(float(code))
        except ValueError:
            continue
    return found


def answers_of(
    args: argparse.Namespace, model: "Model", source: "Table | StoredAnswers"
) -> "Answers | StoredAnswers":
    from zhuoyue.analysis import Table

    if isinstance(source, Table):
        return source.answers(model.items, missing_codes=args.missing_code)
    return source


def groups_asked(args: argparse.Namespace, source: "Table | StoredAnswers") -> dict[str, list[int]]:
    from zhuoyue.analysis import Table
    from zhuoyue.cli.analyse_groups import rows_by_group

    if args.group is None:
        return {}
    assert isinstance(source, Table), "groups are read from a table"
    return rows_by_group(source, args.group, args.missing_code)


def groups_found(
    args: argparse.Namespace,
    model: "Model",
    answers: "Answers",
    rows: Mapping[str, list[int]],
    scale: "Scale",
) -> dict[str, Any]:
    """Every group on its own, on the scale of all, so that indices can be compared."""
    from zhuoyue.analysis import AnalysisError, Answers
    from zhuoyue.cli.analyse_comparison import comparisons_found
    from zhuoyue.cli.analyse_record import result_of
    from zhuoyue.kit.analysis_words import say_error

    results: dict[str, Any] = {}
    for name, chosen in rows.items():
        own = Answers(answers.names, answers.values[chosen])
        label = say_word("resampling_group", args.language, group=clean(name))
        try:
            results[name] = result_of(estimated(args, model, own, scale, label))
        except AnalysisError as error:
            sentence = say_error(error, args.language)
            inside = say_word("in_group", args.language, group=clean(name), sentence=sentence)
            raise refused(args, error.code, inside) from error
    counted = sum(len(chosen) for chosen in rows.values())
    return {
        "column": args.group,
        "rows_without_group": answers.n - counted,
        "results": results,
        "comparisons": comparisons_found(
            args, model, answers, rows, settings=settings_of(args), scale=scale
        ),
    }


def estimated(
    args: argparse.Namespace,
    model: "Model",
    answers: "Answers | StoredAnswers",
    scale: "Scale | None",
    label: str,
) -> "Estimate | Bootstrap":
    from zhuoyue.analysis import bootstrap, estimate

    settings = settings_of(args)
    if not args.replicates:
        return estimate(model, answers, settings, scale=scale)
    with progress_bar(label) as progress:
        return bootstrap(
            model,
            answers,
            settings,
            scale=scale,
            replicates=args.replicates,
            seed=args.seed,
            interval=args.interval,
            keep_draws=True,  # for the drivers
            progress=lambda done, total: progress(done / total),
        )


def settings_of(args: argparse.Namespace) -> "Settings":
    from zhuoyue.analysis import Settings

    return Settings(scheme=args.scheme, items=args.items, missing=args.missing)


def report_of(args: argparse.Namespace, record: Mapping[str, Any], rows: int) -> bytes:
    from zhuoyue.analysis.encodings import read_text
    from zhuoyue.cli.analyse_report import report_bytes
    from zhuoyue.reports.analysis import Inputs

    inputs = Inputs(
        answers=args.answers.name,
        sha256=record["source"]["sha256"],
        model=args.model.name,
        model_text=read_text(args.model),
        rows=rows,
    )
    return report_bytes(args.report.suffix.lower(), record, inputs, args.language)
