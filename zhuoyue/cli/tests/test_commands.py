"""The command as people use it: what they see, and the exit status."""

from pathlib import Path

import pytest

from tests.cast import Cast
from zhuoyue.cli import main
from zhuoyue.kit import audit
from zhuoyue.kit.models import AuditEntry
from zhuoyue.studies.models import Study
from zhuoyue.surveys.models import Response, Wave

MODEL = "Quality =~ qual1 + qual2\nSatisfaction =~ sat1 + sat2\nSatisfaction ~ Quality\n"


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    lines = ["qual1,qual2,sat1,sat2,gender"]
    for i in range(60):
        base = 1 + (i * 7) % 5
        near = [min(5, base + (i % 2)), max(1, base - (i % 3 == 0)), min(5, base + (i % 4 == 0))]
        lines.append(",".join(map(str, [base, *near, "fm"[i % 2]])))
    path = tmp_path / "answers.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def run(*arguments: object) -> int:
    return main([str(a) for a in arguments])


def survey(file: Path, *more: object) -> int:
    return run(
        "--lang", "en", "import", "survey", file, "--centre", "harbin", "--wave", "w1", *more
    )


def test_a_file_is_imported_and_evaluated_into_a_report(
    cast: Cast, answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert survey(answers, "--scale", 1, 5) == 0
    assert "Imported: 60 answers" in capsys.readouterr().out
    model, report = tmp_path / "model.txt", tmp_path / "report.pdf"
    model.write_text(MODEL)
    found = run(
        *("evaluate", "--centre", "harbin", "--wave", "w1", "--model", model),
        *("--replicates", 200, "--lang", "zh", "--out", report),
    )
    assert found == 0
    assert report.read_bytes().startswith(b"%PDF")
    assert "n = 60" in capsys.readouterr().out


def test_a_dry_run_writes_nothing(cast: Cast, answers: Path) -> None:
    assert survey(answers, "--scale", 1, 5, "--dry-run") == 0
    assert not Wave.objects.exists()


def test_an_import_is_one_audit_entry_with_hash_and_rows(cast: Cast, answers: Path) -> None:
    survey(answers, "--scale", 1, 5)
    entry = AuditEntry.objects.get(action="surveys.wave.import")
    assert entry.changes["rows"] == 60
    assert len(entry.changes["sha256"]) == 64


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "holds no rows"),
        (b"qual1,qual1\n1,2\n", "occurs twice"),
        (b"qual1,qual2\n1,2\n3\n", "cells where the header has"),
        (b"\xff\xfe\xfa\x00\x81", "Save it as UTF-8"),
        (b"town\nHarbin\n", "no column looks like an item"),
    ],
)
def test_a_bad_file_is_refused_in_words_and_leaves_nothing(
    cast: Cast,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: bytes,
    words: str,
) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    assert survey(path, "--scale", 1, 5) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert "Traceback" not in told.err
    assert not Wave.objects.exists()
    assert not Response.objects.exists()


def test_every_problem_is_named_at_once_with_row_column_value_and_remedy(
    cast: Cast, answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = answers.read_text().splitlines()
    lines[3] = "9,1,1,1,f"
    lines[5] = "1,=1+1,1,1,f"
    answers.write_text("\n".join(lines))
    assert survey(answers, "--scale", 1, 5) == 2
    told = capsys.readouterr().err
    assert "row 4, column qual1: 9 lies outside 1–5" in told
    assert "row 6, column qual2: “=1+1” is not an answer" in told
    assert "code list" in told


def test_a_file_in_gb18030_is_read(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "gb.csv"
    rows = "\n".join(f"{1 + i % 5},{1 + (i + 1) % 5}" for i in range(20))
    path.write_bytes(f"1、响应速度,2、专业能力\n{rows}\n".encode("gb18030"))
    assert survey(path, "--scale", 1, 5) == 0
    items = Wave.objects.get().questionnaire.items.all()
    assert [i.text_zh for i in items] == ["响应速度", "专业能力"]


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ("A =~ qual1 + nothere\nB =~ sat1\nB ~ A", "no item nothere"),
        ("A =~ qual1\nB =~ sat1\nA ~ B\nB ~ A", "circle"),
        ("A = qual1", "not understood"),
    ],
)
def test_a_bad_model_is_refused_in_words(
    cast: Cast,
    answers: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    model: str,
    words: str,
) -> None:
    survey(answers, "--scale", 1, 5)
    path = tmp_path / "model.txt"
    path.write_text(model)
    found = run(
        *("--lang", "en", "evaluate", "--centre", "harbin", "--wave", "w1", "--model", path),
        *("--replicates", 100, "--lang", "en", "--out", tmp_path / "r.docx"),
    )
    assert found == 2
    assert words in capsys.readouterr().err
    assert not Study.objects.filter(state="done").exists()
    assert not (tmp_path / "r.docx").exists()


def test_unknown_centres_and_waves_are_refused_with_what_there_is(
    cast: Cast, answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--lang", "en", "import", "survey", answers, "--centre", "x", "--wave", "w") == 2
    assert "Known: harbin, qiqihar" in capsys.readouterr().err
    out = tmp_path / "r.pdf"
    refused = run(
        *("--lang", "en", "evaluate", "--centre", "harbin", "--wave", "w9"),
        *("--model", "m", "--lang", "en", "--out", out),
    )
    assert refused == 2
    assert "no wave w9" in capsys.readouterr().err


def test_audit_verify_names_the_first_broken_entry(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--lang", "en", "audit", "verify") == 0
    AuditEntry.objects.filter(tenant=cast.tenant, sequence=2).update(actor="x")
    assert run("--lang", "en", "audit", "verify") == 1
    assert "harbin: broken at entry 2" in capsys.readouterr().out
    assert audit.verify(cast.tenant) is not None


def test_doctor_finds_what_is_wrong_and_how_to_mend_it(
    cast: Cast, tmp_path: Path, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    from django.conf import settings as live

    key = Path(live.DATA) / "audit.key"
    key.touch(mode=0o600, exist_ok=True)
    key.chmod(0o600)
    run("--lang", "en", "doctor")
    assert "✓ keys" in capsys.readouterr().out
    key.chmod(0o644)
    AuditEntry.objects.filter(tenant=cast.tenant, sequence=2).update(actor="x")
    assert run("--lang", "en", "doctor") == 1
    told = capsys.readouterr().out
    assert "✗ keys: audit.key can be read by others. Run: chmod 600" in told
    assert "✗ audit chains: broken in harbin" in told
    key.chmod(0o600)
