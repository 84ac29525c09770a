"""The measure set is whole: 58 measures in both languages, of known class, level and kind."""

from zhuoyue.standard.library import library

CLASSES = {"input", "throughput", "output", "outcome"}
LEVELS = {"operational", "tactical", "strategic"}
KINDS = {"proportion", "mean", "median", "nps", "index", "ratio", "other"}


def test_there_are_58_measures_numbered_without_gap() -> None:
    assert sorted(int(number) for number in library().measures) == list(range(1, 59))


def test_every_measure_is_complete() -> None:
    for measure in library().measures.values():
        facts = measure.facts
        assert all(
            facts[f"{name}_{lang}"] for name in ("title", "formula") for lang in ("zh", "en")
        )
        assert facts["measure_class"] in CLASSES
        assert set(facts["levels"]) <= LEVELS
        assert facts["levels"]
        assert facts["kind"] in KINDS
        assert facts["minimum_n"] >= 1
        assert all(element in library().elements for element in facts["elements"])


def test_codes_are_unique() -> None:
    codes = [m.facts["code"] for m in library().measures.values()]
    assert len(codes) == len(set(codes))
