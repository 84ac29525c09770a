"""What the platform costs (`make bench`): medians, and counts of queries held to a baseline.

The library beside its limits and peers follows; scripts/bench_library.py measures it alone.

python -m scripts.bench            measure and compare with scripts/bench_queries.json
python -m scripts.bench --update   measure and write the baseline anew
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from scripts import bench_library

BASELINE = Path(__file__).with_name("bench_queries.json")
RUNS = 5
MOST_MS = 200


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="zhuoyue-bench-") as folder:
        os.environ["ZHUOYUE_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuoyue.config.settings")
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        import django

        django.setup()
        from django.core.management import call_command

        measure_start()
        call_command("migrate", verbosity=0)
        line("demonstration centre made", seconds(make_demonstration), "s")
        drift = measure_pages()
        measure_survey()
        measure_contacts()
    options = ["--update"] if "--update" in sys.argv else []
    return max(drift, bench_library.main(options))


def seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median(work: Callable[[], Any], runs: int = RUNS) -> float:
    return statistics.median(seconds(work) for _ in range(runs))


def line(what: str, value: float, unit: str, note: str = "") -> None:
    print(f"{what:<58} {value:>10.3f} {unit:<4} {note}", flush=True)


def make_demonstration() -> None:
    from zhuoyue.demo.centre import ensure

    ensure()


def addresses() -> Iterator[str]:
    """Every page without parameters that hangs in the side bar, and one record of each kind."""
    from django.urls import reverse

    from zhuoyue.kit.models import Tenant
    from zhuoyue.kit.navigation import _entries
    from zhuoyue.kit.references import kinds

    yield from (reverse(entry.page) for entry in _entries)
    tenant = Tenant.objects.get(is_demonstration=True)
    for kind in kinds().values():
        rows: Any = kind.model._default_manager
        row = rows.filter(tenant=tenant).order_by("pk").first()
        if row is not None:
            yield reverse(kind.detail, args=[row.pk])
    yield "/standard/clauses/5.4/"
    yield "/measurement/measures/50/"


def measure_pages() -> int:
    """Server time and number of queries of every page; 1 when a number has drifted."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from zhuoyue.kit.models import User

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.force_login(User.objects.get(username="demo-admin"))
    counts: dict[str, int] = {}
    for address in sorted(set(addresses())):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            status = client.get(address).status_code
        assert status == 200, f"{address}: {status}"
        counts[address] = len(queries)
        spent = 1000 * median(lambda at=address: client.get(at))  # type: ignore[misc]  # bound now
        note = f"{counts[address]} queries" + ("  SLOW" if spent > MOST_MS else "")
        line(address, spent, "ms", note)
    return compare(counts)


def compare(counts: dict[str, int]) -> int:
    if "--update" in sys.argv:
        BASELINE.write_text(json.dumps(counts, indent=1, sort_keys=True) + "\n", encoding="ascii")
        return 0
    known = json.loads(BASELINE.read_text(encoding="ascii")) if BASELINE.exists() else {}
    drifted = {a: (known.get(a), n) for a, n in counts.items() if known.get(a) != n}
    for address, (old, new) in drifted.items():
        print(f"queries of {address}: {old} → {new} (python -m scripts.bench --update)")
    return 1 if drifted else 0


def survey_like() -> tuple[list[str], list[list[str]], str]:
    """Made-up answers of the size of a bank's survey: 1,707 answers, 27 items, six constructs."""
    from zhuoyue.analysis import Model, Scale, simulate

    blocks = {"imag": 6, "expe": 4, "qual": 7, "val": 4, "sat": 3, "loy": 3}
    constructs = {b: [f"{b}{i}" for i in range(1, k + 1)] for b, k in blocks.items()}
    paths = {
        ("imag", "expe"): 0.6, ("expe", "qual"): 0.6, ("expe", "val"): 0.2, ("qual", "val"): 0.5,
        ("imag", "sat"): 0.2, ("expe", "sat"): 0.05, ("qual", "sat"): 0.3, ("val", "sat"): 0.4,
        ("imag", "loy"): 0.2, ("sat", "loy"): 0.6,
    }  # fmt: skip
    model = Model.of(constructs, list(paths))
    made = simulate(
        model, paths, dict.fromkeys(model.items, 0.8), n=1707, seed=1, scale=Scale(0, 10)
    )
    values = made.answers.select(model.items)
    rows = [[str(int(v)) for v in row] for row in values]
    text = "\n".join(
        [f"{name} =~ {' + '.join(items)}" for name, items in constructs.items()]
        + [f"{target} ~ {source}" for source, target in paths]
    )
    return list(model.items), rows, text


def measure_survey() -> None:
    """Import, study with 5,000 replicates and both reports, as the command line does them."""
    from zhuoyue.kit.access import system
    from zhuoyue.kit.documents import write_pdf, write_word
    from zhuoyue.kit.models import Tenant
    from zhuoyue.reports.evaluation import evaluation_report
    from zhuoyue.studies import actions as studies
    from zhuoyue.studies.jobs import execute
    from zhuoyue.studies.models import Study
    from zhuoyue.surveys import actions as surveys
    from zhuoyue.surveys import reading

    actor = system(Tenant.objects.get(is_demonstration=True))
    names, rows, text = survey_like()
    start = time.perf_counter()
    found = reading.read_table(names, rows, scale=(0, 10))
    file = surveys.FileFacts("bench.csv", "0" * 64)
    wave = surveys.import_wave(actor, code="bench", title="bench", reading=found, file=file)
    line("import of 1,707 answers × 27 items", time.perf_counter() - start, "s")
    study = studies.start_study(actor, wave=wave, model_text=text, replicates=5000)
    line("study, 5,000 replicates", seconds(lambda: execute(study.pk)), "s")
    study = Study.objects.select_related("wave__questionnaire", "tenant", "input_file").get(
        pk=study.pk
    )
    document = evaluation_report(actor, study, "zh")
    line("report as PDF", seconds(lambda: write_pdf(document)), "s")
    line("report as Word", seconds(lambda: write_word(document)), "s")
    line("import to both reports", time.perf_counter() - start, "s", "aim: 20 s")


def measure_start() -> None:
    """A clone, empty package caches, `make run`: when the first page comes, and the second time."""
    from scripts.bench_start import measure

    with tempfile.TemporaryDirectory(prefix="zhuoyue-start-") as folder:
        first, fetched, second = measure(Path(folder))
    line("clone to first page, empty caches", first, "s", f"aim: 60 s; {fetched:.0f} MB in caches")
    line("second start to first page", second, "s", "aim: 5 s")


def measure_contacts() -> None:
    """100,000 contacts while others log theirs."""
    from scripts.bench_contacts import ROWS, measure

    spent, megabytes, wait, logged = measure()
    line(f"import of {ROWS:,} contacts", spent, "s", "aim: 60 s")
    line("its memory", megabytes, "MB", "aim: 500 MB")
    line("longest wait of a contact logged meanwhile", wait, "s", f"of {logged}; aim: 1 s")


if __name__ == "__main__":
    sys.exit(main())
