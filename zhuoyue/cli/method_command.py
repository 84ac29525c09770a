"""`zhuoyue method`: the other methods of the library, from a file, without a database."""

import argparse
import json
import math
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from zhuoyue.cli import Refused
from zhuoyue.cli.analyse_words import say_word
from zhuoyue.cli.methods import Block, Method, Words, method, names
from zhuoyue.cli.outputs import BadOutput, check_output, show, write_whole
from zhuoyue.cli.text_tables import clean, text_table

HELP = {
    "zh": "用表格或 YAML 运行一种方法（不带名称则列出全部）",
    "en": "run a method on a table or YAML (without a name: list them)",
}
NEEDS_PLATFORM = False
SENTENCES: Mapping[str, Words] = {
    "method_unknown": (
        "没有名为 {name} 的方法。可用：{known}。",
        "There is no method {name}. Known: {known}.",
    ),
    "option_form": (
        "--option {text}：请写成 名称=值。",
        "--option {text}: write it as NAME=VALUE.",
    ),
    "input_missing": (
        "请给出输入文件；zhuoyue method {name} --example 显示一个例子。",
        "Name the input file; zhuoyue method {name} --example shows one.",
    ),
    "cautions": ("提示", "Cautions"),
    "n": ("n", "n"),
}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    zh = language == "zh"
    parser.add_argument("name", nargs="?", metavar="NAME", help="方法" if zh else "the method")
    parser.add_argument(
        "input",
        nargs="?",
        type=Path,
        metavar="INPUT",
        help="CSV、Excel、Parquet 或 YAML" if zh else "CSV, Excel, Parquet or YAML",
    )
    parser.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="方法的选项，可给多个" if zh else "an option of the method; may be repeated",
    )
    parser.add_argument("--sheet", help="Excel 工作表" if zh else "sheet of an Excel file")
    parser.add_argument(
        "--json", type=Path, metavar="OUT", help="把结果写成 JSON" if zh else "write JSON"
    )
    parser.add_argument(
        "--example", action="store_true", help="显示一个输入的例子" if zh else "show an input"
    )


def run(args: argparse.Namespace) -> int:
    from zhuoyue.analysis import AnalysisError
    from zhuoyue.kit.analysis_words import say_error

    try:
        return work(args)
    except AnalysisError as error:
        raise refused(args, error.code, say_error(error, args.language)) from error
    except BadOutput as error:
        sentence = say_word(error.code, args.language, **error.params)
        raise refused(args, error.code, sentence) from error
    except OSError as error:
        reason = error.strerror or str(error)
        sentence = say_word("file_not_opened", args.language, file=error.filename, reason=reason)
        raise refused(args, "file_not_opened", sentence) from error
    except KeyboardInterrupt:
        print(say_word("interrupted", args.language), file=sys.stderr)
        return 130


def refused(args: argparse.Namespace, code: str, sentence: str) -> Refused:
    return Refused(say_word("error", args.language, code=code, sentence=clean(sentence)))


def refuse(args: argparse.Namespace, code: str, **params: object) -> Refused:
    from zhuoyue.analysis.errors import brief

    return refused(args, code, say(SENTENCES[code], args.language).format(**brief(params)))


def say(words: object, language: str) -> str:
    if isinstance(words, tuple):
        return str(words[0] if language == "zh" else words[1])
    return str(words)


def work(args: argparse.Namespace) -> int:
    if args.name is None:
        width = max(len(name) for name in names())
        show(f"  {name:<{width}}  {say(method(name).line, args.language)}" for name in names())
        return 0
    if args.name not in names():
        raise refuse(args, "method_unknown", name=args.name, known=", ".join(names()))
    chosen = method(args.name)
    if args.example:
        show([chosen.example.strip()])
        return 0
    if args.input is None:
        raise refuse(args, "input_missing", name=args.name)
    if args.json is not None:
        check_output(args.json, [args.input])
    found = chosen.run(read_input(args))
    if args.json is not None:
        text = json.dumps(found.to_dict(), ensure_ascii=False, indent=2, allow_nan=False)
        write_whole({args.json: text.encode() + b"\n"})
    show(lines(chosen, found, args.language))
    if args.json is not None:
        print(say_word("written", args.language, file=args.json), file=sys.stderr)
    return 0


def read_input(args: argparse.Namespace) -> Any:
    from zhuoyue.analysis.method_input import read_method_input

    if args.input.is_dir():
        sentence = say_word("file_is_folder", args.language, file=args.input)
        raise refused(args, "file_is_folder", sentence)
    return read_method_input(args.input, options_of(args), sheet=args.sheet)


def options_of(args: argparse.Namespace) -> dict[str, object]:
    """Options of the command line; values are read as YAML reads them."""
    from zhuoyue.analysis import AnalysisError
    from zhuoyue.analysis.yaml_values import yaml_values

    options: dict[str, object] = {}
    for text in args.option:
        name, equals, value = text.partition("=")
        if not (name and equals):
            raise refuse(args, "option_form", text=text)
        try:
            options[name] = yaml_values(value, "--option")
        except AnalysisError:
            raise refuse(args, "option_form", text=text) from None
    return options


def lines(chosen: Method, found: Any, language: str) -> Iterator[str]:
    from zhuoyue.kit.analysis_words import say_caution

    yield say(chosen.line, language)
    yield f"  n = {found.n}   {found.engine}"
    for block in chosen.blocks(found):
        yield ""
        yield from table_lines(block, language)
    if found.cautions:
        yield ""
        yield say(SENTENCES["cautions"], language)
        for each in found.cautions:
            yield f"  [{each.code}] {clean(say_caution(each, language))}"


def table_lines(block: Block, language: str) -> Iterator[str]:
    yield clean(say(block.title, language))
    rows = [[shown(cell, language) for cell in row] for row in block.rows]
    numeric = [
        k
        for k in range(len(block.head))
        if rows and all(isinstance(row[k], int | float) or row[k] is None for row in block.rows)
    ]
    yield from text_table([say(each, language) for each in block.head], rows, numeric)


def shown(cell: object, language: str) -> str:
    """A cell as text: numbers with four decimals, more where they are small."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, bool):
        return ("是" if cell else "否") if language == "zh" else ("yes" if cell else "no")
    if isinstance(cell, float):
        small = 0 < abs(cell) < 0.001
        return f"{cell:.3g}" if small or abs(cell) >= 1e7 else f"{cell:.4f}"
    return say(cell, language)
