"""`zhuoyue analyse`: what an analyst sees, and what the files hold."""

import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import docx
import duckdb
import numpy as np
import pytest
import xlsxwriter

from zhuoyue.analysis import (
    Interval,
    Items,
    Missing,
    Scale,
    Scheme,
    Settings,
    bootstrap,
    compare_groups,
    driver_rankings,
    estimate,
    read_model,
    read_table,
)
from zhuoyue.cli import main
from zhuoyue.cli.analyse_arguments import ARGUMENTS
from zhuoyue.cli.analyse_words import WORDS
from zhuoyue.cli.tests.conftest import Desk
from zhuoyue.cli.tests.schema_check import problems
from zhuoyue.cli.text_tables import text_table, width

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = json.loads(
    (ROOT / "docs" / "methods" / "analysis-result.schema.json").read_text(encoding="utf-8")
)


def written(desk: Desk, *more: object) -> dict[str, Any]:
    out = desk.folder / "result.json"
    assert desk.run("--json", out, *more) == 0
    result: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return result


def test_the_terminal_shows_the_tables_of_the_chain(desk: Desk) -> None:
    assert desk.run("--lang", "en", "--scale", 1, 7, "--replicates", 200) == 0
    out, err = desk.told()
    for part in ("Path coefficients", "Total effects", "Indirect effects", "Variance explained",
                 "HTMT", "Indices from 0 to 100", "Importance and performance"):  # fmt: skip
        assert part in out
    assert re.search(r"Quality +Loyalty +0\.\d{3} +0\.\d{3} +-?\d+\.\d\d +\[-?0\.\d{3}, 0\.", out)
    assert "[associations_only]" in out
    assert "scale_assumed" not in out
    assert err == ""  # no progress where nobody looks


def test_the_tables_speak_chinese(desk: Desk) -> None:
    assert desk.run("--lang", "zh") == 0
    out, _err = desk.told()
    assert "路径系数" in out
    assert "[scale_assumed] 未给出量表范围" in out
    assert "--replicates 5000" in out  # how to get intervals


def test_columns_stand_straight_with_wide_names() -> None:
    rows = [["服务质量", "0.5"], ["e\u0301te\u0301", "10.25"], ["A\x1b[31m\nB", "1"]]
    lines = list(text_table(["构念", "值"], rows, {1}))
    assert len({width(line) for line in lines}) == 1
    assert not any("\x1b" in line or "\n" in line for line in lines)


def test_the_json_is_what_the_library_found_to_the_last_digit(desk: Desk) -> None:
    model = read_model(desk.model)
    answers = read_table(desk.answers).answers(model.items)
    settings = Settings(Scheme.CENTROID, Items.CENTRED, Missing.MEAN)
    found = bootstrap(
        model, answers, settings, scale=Scale(1, 7), replicates=150, seed=4, keep_draws=True
    )
    result = written(
        desk,
        *("--scheme", "centroid", "--items", "centred", "--missing", "mean", "--scale", 1, 7),
        *("--replicates", 150, "--seed", 4),
    )
    expected = json.loads(json.dumps(found.to_dict()))
    rankings = {name: each.to_dict() for name, each in driver_rankings(found).items()}
    assert result.pop("drivers") == json.loads(json.dumps(rankings))
    assert {**result, "htmt": 0, "source": 0} == {**expected, "htmt": 0, "source": 0}
    assert result["htmt"]["Quality"]["Value"] == expected["htmt"]["Value"]["Quality"]
    assert result["htmt"]["Value"]["Quality"] == expected["htmt"]["Value"]["Quality"]


@pytest.mark.parametrize("kind", Interval)
def test_the_interval_asked_for_is_the_one_written_and_told(desk: Desk, kind: Interval) -> None:
    result = written(desk, "--replicates", 100, "--interval", kind, "--seed", 3)
    effect = result["paths"][0]
    assert result["interval"] == effect["interval"] == kind
    assert problems(result, SCHEMA, SCHEMA) == []
    middle = (effect["ci"][0] + effect["ci"][1]) / 2
    assert (middle == pytest.approx(effect["estimate"])) == (kind is Interval.T)


@pytest.mark.parametrize("replicates", [0, 100])
def test_the_json_keeps_to_its_schema(desk: Desk, replicates: int) -> None:
    result = written(desk, "--replicates", replicates, "--seed", 3)
    assert problems(result, SCHEMA, SCHEMA) == []
    described = {*SCHEMA["properties"], *SCHEMA["$defs"]["result"]["properties"]}
    assert set(result) <= described
    assert ("se" in result["paths"][0]) == bool(replicates)
    assert result["seed"] == (3 if replicates else None)
    broken = result | {"n": "80", "paths": [{"from": "Quality"}]}
    assert len(problems(broken, SCHEMA, SCHEMA)) == 2


def test_the_same_seed_writes_the_same_bytes(desk: Desk) -> None:
    first = written(desk, "--replicates", 130, "--seed", 2)
    assert written(desk, "--replicates", 130, "--seed", 2) == first
    assert written(desk, "--replicates", 130, "--seed", 8)["paths"] != first["paths"]


def test_csv_excel_and_parquet_give_the_same_numbers(desk: Desk) -> None:
    excel, parquet = desk.folder / "answers.xlsx", desk.folder / "answers.parquet"
    with xlsxwriter.Workbook(str(excel)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([desk.columns, *desk.values.tolist()]):
            sheet.write_row(number, 0, row)
    with duckdb.connect() as base:
        base.execute(f"COPY (SELECT * FROM read_csv('{desk.answers}')) TO '{parquet}'")
    expected = written(desk)["paths"]
    for answers in (excel, parquet):
        desk.run("--json", desk.folder / "other.json", answers=answers)
        found = json.loads((desk.folder / "other.json").read_text(encoding="utf-8"))
        assert found["paths"] == expected


def test_many_rows_in_parquet_are_not_loaded_and_give_the_same_numbers(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhuoyue.analysis.prepared.LARGE", 50)
    monkeypatch.setattr("zhuoyue.analysis.prepared_stored.LARGE", 50)
    parquet = desk.folder / "answers.parquet"
    with duckdb.connect() as base:
        base.execute(f"COPY (SELECT * FROM read_csv('{desk.answers}')) TO '{parquet}'")
    asked = ("--replicates", 150, "--missing-code", 99, "k.A.")
    expected = written(desk, *asked)
    monkeypatch.setattr("zhuoyue.analysis.stored.StoredAnswers.load", None)
    other = desk.folder / "other.json"
    assert desk.run("--json", other, *asked, answers=parquet) == 0
    found = json.loads(other.read_text(encoding="utf-8"))
    assert "bootstrap_grouped" in {note["code"] for note in found["cautions"]}
    for one, same in zip(expected["paths"], found["paths"], strict=True):
        assert same["estimate"] == pytest.approx(one["estimate"], abs=1e-10)
        assert same["ci"] == pytest.approx(one["ci"], abs=1e-10)


def test_missing_codes_are_no_answers(desk: Desk) -> None:
    desk.changed({(3, 1): -99, (9, 2): "k.A."})
    result = written(desk, "--scale", 1, 7, "--missing-code", -99, "k.A.")
    assert result["n"] == 78
    assert "rows_dropped" in {c["code"] for c in result["cautions"]}


def test_every_choice_of_the_library_can_be_made() -> None:
    offered = {name: how.get("choices") for name, _zh, _en, how in ARGUMENTS}
    for name, kind in (
        ("--scheme", Scheme),
        ("--items", Items),
        ("--missing", Missing),
        ("--interval", Interval),
    ):
        assert offered[name] == [str(member) for member in kind]
        assert all(str(member) in WORDS for member in kind)


@pytest.mark.parametrize(
    ("language", "word"), [("zh", "效应链分析报告"), ("en", "analysis report")]
)
@pytest.mark.parametrize("replicates", [0, 200])
def test_the_report_is_written_as_word_and_pdf(
    desk: Desk, language: str, word: str, replicates: int
) -> None:
    for ending in ("docx", "pdf"):
        out = desk.folder / f"report.{ending}"
        more = ("--lang", language, "--replicates", replicates, "--report", out)
        assert desk.run(*more) == 0
    assert (desk.folder / "report.pdf").read_bytes().startswith(b"%PDF")
    found = docx.Document(io.BytesIO((desk.folder / "report.docx").read_bytes()))
    texts = [p.text for p in found.paragraphs]
    texts += [c.text for t in found.tables for row in t.rows for c in row.cells]
    joined = "\n".join(texts)
    assert word in joined
    assert "answers.csv" in joined
    assert "Loyalty ~ Quality + Value" in joined
    assert ("95 % " in joined) == bool(replicates)


def test_a_report_has_intervals_unless_told_otherwise(desk: Desk) -> None:
    written(desk, "--report", desk.folder / "report.pdf")
    result = json.loads((desk.folder / "result.json").read_text(encoding="utf-8"))
    assert result["replicates"] == 5000


def grouped(desk: Desk) -> None:
    """The answers with a column of groups; two rows name none."""
    rows = [["town", *desk.columns]]
    towns = ["Harbin", "大庆", "Harbin", "大庆", "", *["Harbin", "大庆"] * 37, "99"]
    rows += [[town, *row] for town, row in zip(towns, desk.values, strict=True)]
    desk.put("\n".join(",".join(map(str, row)) for row in rows), "answers.csv")


def test_every_group_gets_the_result_of_its_own_rows(desk: Desk) -> None:
    grouped(desk)
    more = ("--group", "town", "--missing-code", 99, "--replicates", 100, "--lang", "en")
    result = written(desk, *more)
    assert problems(result, SCHEMA, SCHEMA) == []
    found = result["groups"]
    assert (found["column"], found["rows_without_group"]) == ("town", 2)
    assert {name: each["n"] for name, each in found["results"].items()} == {
        "Harbin": 39,
        "大庆": 39,
    }
    out, _err = desk.told()
    assert "By town" in out
    assert "[rows_without_group] 2 rows" in out
    own = desk.values[[0, 2, *range(5, 79, 2)]]
    desk.write(own, "own.csv")
    low, high = result["scale"]
    alone = ("--scale", low, high, "--replicates", 100, "--json", desk.folder / "own.json")
    desk.run(*alone, answers=desk.folder / "own.csv")
    expected = json.loads((desk.folder / "own.json").read_text(encoding="utf-8"))
    del expected["source"]
    assert found["results"]["Harbin"] == expected


def test_two_groups_are_held_against_chance(desk: Desk) -> None:
    grouped(desk)
    result = written(desk, "--group", "town", "--missing-code", 99, "--seed", 3, "--lang", "en")
    assert problems(result, SCHEMA, SCHEMA) == []
    (found,) = result["groups"]["comparisons"]
    model = read_model(desk.model)
    table = read_table(desk.answers)
    towns = [None if t in {"", "99"} else t for t in map(str, table.columns["town"])]
    expected = compare_groups(
        model, table.answers(model.items), towns, scale=Scale(*result["scale"]), seed=3
    )
    assert found == json.loads(json.dumps(expected.to_dict()))
    out, _err = desk.told()
    assert "Harbin compared with 大庆" in out
    assert "1000 permutations, 0 failed, seed 3" in out
    path = found["paths"][0]
    assert f"{path['difference']:.3f}" in out.split("Harbin compared")[1]
    assert out.count("[configural_assumed]") == 1
    broken = found | {"p": 1, "invariance": {"Quality": {"verdict": "much"}}}
    assert problems(broken, SCHEMA["$defs"]["comparison"], SCHEMA)


@pytest.mark.parametrize(
    ("towns", "permutations", "pairs"), [(3, 20, 3), (3, 0, 0), (6, 20, 0), (2, None, 1)]
)
def test_every_two_of_a_handful_of_groups_are_compared(
    desk: Desk, towns: int, permutations: int | None, pairs: int
) -> None:
    rows = [["town", *desk.columns]]
    rows += [[f"t{k % towns}", *row] for k, row in enumerate(np.vstack([desk.values] * 2))]
    desk.put("\n".join(",".join(map(str, row)) for row in rows), "answers.csv")
    more = () if permutations is None else ("--permutations", permutations)
    result = written(desk, "--group", "town", "--lang", "zh", *more)
    assert len(result["groups"]["comparisons"]) == pairs
    assert len(result["groups"]["results"]) == towns
    out, _err = desk.told()
    assert out.count("测量不变性") == pairs
    assert ("组多于 5 个" in out) == (towns == 6)


def test_groups_that_cannot_be_permuted_do_not_spoil_the_rest(desk: Desk) -> None:
    """One item varies in one row of each town: where both rows meet it is constant in the other."""
    values = desk.values.copy()
    values[:, 0] = 4
    values[[0, 1], 0] = 6
    rows: list[list[object]] = [["town", *desk.columns]]
    rows += [[k % 2, *row] for k, row in enumerate(values)]
    desk.put("\n".join(",".join(map(str, row)) for row in rows), "answers.csv")

    def asked(seed: int) -> tuple[object, ...]:
        return ("--group", "town", "--permutations", 2, "--seed", seed, "--lang", "en")

    for seed in range(1, 30):
        result = written(desk, *asked(seed))
        if "refused" in result["groups"]["comparisons"][0]:
            break
        desk.told()
    assert problems(result, SCHEMA, SCHEMA) == []
    assert result["groups"]["comparisons"][0]["refused"]["code"] == "permutations_all_failed"
    out, _err = desk.told()
    assert "[permutations_all_failed] None of 2 permutations" in out
    report = desk.folder / "report.docx"
    assert desk.run(*asked(seed), "--replicates", 0, "--report", report) == 0
    told = "\n".join(p.text for p in docx.Document(str(report)).paragraphs)
    assert "None of 2 permutations" in told


@pytest.mark.parametrize("replicates", [0, 60])
def test_the_report_shows_the_groups(desk: Desk, replicates: int) -> None:
    grouped(desk)
    out = desk.folder / "report.docx"
    more = ("--group", "town", "--missing-code", 99, "--replicates", replicates, "--lang", "zh")
    assert desk.run(*more, "--report", out) == 0
    tables = [
        [[c.text for c in row.cells] for row in t.rows] for t in docx.Document(str(out)).tables
    ]
    (paths,) = [t for t in tables if t[0][:4] == ["自", "至", "组", "估计值"]]
    assert [row[:3] for row in paths[1:3]] == [["Quality", "Value", g] for g in ("Harbin", "大庆")]
    assert len(paths[0]) == (6 if replicates else 5)
    assert {row[-1] for row in paths[1:]} == {"39"}
    (found,) = [t for t in tables if t[0][:2] == ["路径", "Harbin"]]
    assert found[0][2:6] == ["大庆", "差", "偶然区间", "p"]
    assert [row[0] for row in found[1:]] == [
        "Quality → Value",
        "Quality → Loyalty",
        "Value → Loyalty",
    ]
    (alike,) = [t for t in tables if t[0][0] == "构念" and t[0][-1] == "不变性"]
    assert {row[-1] for row in alike[1:]} <= {"无", "部分", "完全"}


def test_help_names_the_command_and_its_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    for language, words in (
        ("zh", ("用法：", "自助抽样次数", "选项：")),
        ("en", ("bootstrap replicates",)),
    ):
        with pytest.raises(SystemExit):
            main(["--lang", language, "analyse", "--help"])
        told = capsys.readouterr().out
        assert all(word in told for word in ("--missing-code", *words))
        with pytest.raises(SystemExit):
            main(["--lang", language, "--help"])
        assert "analyse" in capsys.readouterr().out


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "zhuoyue.cli", *(str(each) for each in arguments)]


def test_it_works_where_only_the_library_is_installed(desk: Desk) -> None:
    """As after a plain installation: whoever asks for Django there learns that there is none."""
    program = (
        "import sys; sys.modules['django'] = None\nfrom zhuoyue.cli import main\nsys.exit(main())"
    )

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        given = [sys.executable, "-c", program, *(str(each) for each in arguments)]
        return subprocess.run(given, capture_output=True, text=True, cwd=ROOT, check=False)

    base = ("--lang", "en", "analyse", desk.answers, "--model", desk.model)
    done = run(*base, "--replicates", 50, "--json", desk.folder / "o.json")
    assert (done.returncode, "Path coefficients" in done.stdout) == (0, True)
    refused = run(*base, "--report", desk.folder / "r.pdf")
    assert refused.returncode == 2
    assert "[platform_missing]" in refused.stderr
    assert "django" in refused.stderr
    other = run("--lang", "en", "audit", "verify")
    assert (other.returncode, other.stderr.count("\n")) == (2, 1)
    assert "zhuoyue[platform]" in other.stderr


def test_a_reader_that_has_seen_enough_is_no_error(desk: Desk) -> None:
    given = command("--lang", "en", "analyse", desk.answers, "--model", desk.model)
    with subprocess.Popen(
        given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_ctrl_c_in_long_work_leaves_no_file_and_one_sentence(desk: Desk) -> None:
    """On a terminal the progress shows that the work has begun; then the key is pressed."""
    out = desk.folder / "result.json"
    given = command(
        *("--lang", "en", "analyse", desk.answers, "--model", desk.model),
        *("--replicates", 1_000_000, "--json", out),
    )
    master, slave = pty.openpty()
    with subprocess.Popen(
        given,
        stdout=subprocess.PIPE,
        stderr=slave,
        cwd=ROOT,
        preexec_fn=heed_interrupts,  # noqa: PLW1509 - nothing but a system call
    ) as process:
        os.close(slave)
        seen = b""
        while b"%" not in seen:
            seen += os.read(master, 1024)
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
    told = read_to_end(master).decode(errors="replace")  # what was read may end within a sign
    assert told.splitlines()[-1] == "Stopped; no file was written."
    assert "Traceback" not in told
    assert sorted(p.name for p in desk.folder.iterdir()) == ["answers.csv", "model.txt"]


def heed_interrupts() -> None:
    """A suite started in the background ignores the key, and so would what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def read_to_end(master: int) -> bytes:
    found = b""
    try:
        while part := os.read(master, 4096):
            found += part
    except OSError:  # the other side has closed
        pass
    os.close(master)
    return found


def test_the_estimate_alone_needs_no_replicates(desk: Desk) -> None:
    model = read_model(desk.model)
    found = estimate(model, read_table(desk.answers).answers(model.items))
    result = written(desk)
    assert result["paths"] == [effect.to_dict() for effect in found.paths]
    assert "spread" not in result
