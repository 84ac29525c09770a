"""The benchmark of the library: its judgement, and its work in small."""

import json
from pathlib import Path

import numpy as np
import pytest

from scripts import bench_library, bench_peers, bench_rows, bench_stored
from scripts.bench_library import COMPILED, NUMPY, Check, Seen
from scripts.bench_peers import Peer
from scripts.bench_surveys import repeated, survey

SEMINR = Peer("seminr", "0.2.1", off=1e-15, estimate=0.010, replicate=0.015)
WRONG = Peer("plspm", "0.5.7", off=0.01, estimate=0.001)


def answering(folder: Path, script: str) -> Path:
    """A stand-in for the Python of the peers."""
    python = folder / "python"
    python.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    python.chmod(0o755)
    return python


def test_every_row_has_its_work() -> None:
    assert [row.name for row in bench_library.ROWS] == list(bench_rows.ROWS)


def test_the_large_model_has_the_size_it_is_named_for() -> None:
    given = survey("large", 250)
    assert given.values.shape == (250, 192)
    assert len(given.model.names) == 56


def test_answers_are_repeated_in_their_order() -> None:
    assert repeated(np.arange(6).reshape(3, 2), 7)[:, 0].tolist() == [0, 2, 4, 0, 2, 4, 0]


def test_a_row_in_small_runs_beside_its_limit() -> None:
    given = survey("satisfaction", 60)
    found = bench_rows.in_turns(
        2, limit=bench_rows.bare_product(60, 24, 64), ours=bench_rows.replicate(given, 64)
    )
    assert 0 < found["limit"] < found["ours"]
    low, high = found["spread"]
    assert low <= found["ratio"] <= high
    assert len(bench_rows.paths_of(given)["paths"]) == 12


def test_the_limit_multiplies_counts_with_items_and_their_products() -> None:
    product = bench_rows.bare_product(250, 24, 10)()
    assert isinstance(product, np.ndarray)
    assert (product.shape, product.dtype) == ((10, 324), np.float32)


def test_replicates_are_held_against_limit_and_fastest_right_peer() -> None:
    modes = {COMPILED: {"ours": 0.1, "ratio": 10.0}, NUMPY: {"ours": 0.7, "ratio": 70.0}}
    checks = list(bench_library.replicate_checks(Seen(modes, [WRONG, SEMINR])))
    assert [round(check.value) for check in checks] == [10, 70, 750, 107]
    assert [check.met for check in checks] == [True, False, True, True]


def test_without_peers_the_limits_still_hold() -> None:
    seen = Seen({COMPILED: {"ours": 0.1, "ratio": 10.0}})
    assert [check.what for check in bench_library.replicate_checks(seen)] == ["compiled / B"]


def test_a_row_may_not_get_dearer_with_more_of_them() -> None:
    seen = Seen({COMPILED: {"per_row": {"10": 9.0, "100": 5.0, "1000": 6.0}}})
    (check,) = bench_library.growth_checks(seen)
    assert (check.value, check.met) == (1.2, False)


@pytest.mark.parametrize(
    ("check", "drifted"),
    [
        (Check("time", 1.9, target=1), False),
        (Check("time", 2.1, target=9), True),
        (Check("speed", 0.6, target=1, at_least=True), False),
        (Check("speed", 0.4, target=0, at_least=True), True),
    ],
)
def test_only_twice_as_bad_is_drift(check: Check, drifted: bool) -> None:
    assert check.drifted(1.0) is drifted


def test_the_status_tells_of_drift(monkeypatch, tmp_path, capsys) -> None:
    monkeypatch.setattr(bench_library, "BASELINE", tmp_path / "baseline.json")
    bench_library.update(
        {"row: time": Check("time", 1, 2), "row: ms": Check("ms", 1, 2, clocked=True)}
    )
    assert bench_library.compare({"row: time": Check("time", 1.5, 2)}) == 0
    assert bench_library.compare({"row: time": Check("time", 3, 2)}) == 1
    assert "drift: row: time: 1 → 3" in capsys.readouterr().out


def test_the_baseline_names_only_rows_there_are() -> None:
    known = json.loads(bench_library.BASELINE.read_text("utf-8"))
    assert {name.split(":")[0] for name in known} <= {row.name for row in bench_library.ROWS}


def test_only_peers_that_are_right_are_raced(tmp_path) -> None:
    said = '{"version": "9", "off": 1e-9, "estimate": 0.02, "replicate": 0.03}'
    right = bench_peers.race(
        answering(tmp_path, f"echo '{said}'"), survey("satisfaction", 60), {}, replicates=1, runs=1
    )
    assert [peer.right for peer in right] == [True, True, True]
    assert bench_peers.fastest([WRONG, *right, SEMINR], "estimate") is SEMINR
    assert bench_peers.fastest([WRONG], "estimate") is None
    assert "wrong, a path is off by 0.01" in WRONG.told()


def test_a_peer_that_breaks_is_told_and_the_race_goes_on(tmp_path) -> None:
    python = answering(tmp_path, "echo 'No module named peer' >&2; exit 1")
    given = survey("satisfaction", 60)
    broken = bench_peers.race(python, given, {}, replicates=1, runs=1)
    assert [peer.trouble for peer in broken] == ["failed: No module named peer"] * 3
    assert bench_peers.fastest(broken, "replicate") is None
    assert bench_peers.race(None, given, {}, replicates=1, runs=1) == []


def test_what_a_row_prints(capsys) -> None:
    row = bench_library.ROWS[1]
    found = {"ours": 0.1, "limit": 0.01, "all_cores": 0.06, "ratio": 10.0, "spread": [9.0, 11.0]}
    text = "\n".join(bench_library.told(row, Seen({COMPILED: found}, [SEMINR, WRONG])))
    assert "100 ms, all cores 60 ms, B 10 ms, ratio 9.0 to 11.0" in text
    assert "≤ 12     met" in text
    assert "seminr 0.2.1: right, 10.0 ms an estimate, 15.0 ms a replicate" in text


def test_a_made_up_file_is_scanned_and_resampled(tmp_path) -> None:
    path = tmp_path / "answers.parquet"
    bench_stored.write(path, 400)
    sums = bench_stored.scan(path, bench_stored.source().items)()
    assert isinstance(sums, tuple) and len(sums) == 24
    assert all(400 <= each <= 4000 for each in sums)
    found = bench_stored.replicate(path, 64)()
    assert (found.estimate.n, found.replicates) == (400, 64)
