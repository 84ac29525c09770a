"""The clauses and concepts of the standard are whole, bilingual, linked and in our own words."""

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

DATA = Path(__file__).parents[1] / "data" / "db23t-3405-2023"
FILES = ("standard", "clauses", "concepts")
COPIED_CJK = 14
COPIED_LETTERS = 40

ROWS_PER_CLAUSE = {
    **dict.fromkeys(["1", "2", "3", "4", "5", "6", "6.1", "6.2", "6.3", "6.4"], 0),
    **dict.fromkeys(["3.1", "3.2", "3.3", "3.4", "4.2", "4.5"], 1),
    **dict.fromkeys(["5.1", "5.2", "5.3", "5.4", "6.2.1", "6.3.1"], 1),
    **dict.fromkeys(["4.3", "6.2.2"], 2),
    **dict.fromkeys(["4.1", "4.4", "6.1.1", "6.3.3"], 3),
    **dict.fromkeys(["6.3.2", "6.4.1", "6.4.2"], 4),
    "6.1.2": 6,
}
RECOMMENDING = {"4.2", "4.3", "4.4", "5.1", "5.4", "6.2.2", "6.3.1", "6.3.2", "6.3.3", "6.4.2"}
ITEMS_PER_ELEMENT = {
    "L1": 3,
    "L2": 3,
    "C1": 3,
    "C2": 6,
    "X1": 3,
    "X2": 4,
    "X3": 2,
    "O1": 3,
    "O2": 4,
}
STAFF = {"TOP", "DIR", "DEP", "SXO", "SVC", "TPO", "ENG", "ANA", "AUD", "MEN", "ADM", "PTY", "DIS"}
DEPARTMENTS = {"HR", "IPM", "STD", "QA", "EHS", "FIN", "TAX", "LEG", "AST"}
OUTSIDE = {"RCP", "CAB", "STK", "PRV", "THP"}
ROLES = STAFF | DEPARTMENTS | OUTSIDE


@cache
def load(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


def clauses() -> list[dict[str, Any]]:
    return list(load("clauses")["clauses"])


def rows() -> list[tuple[str, dict[str, Any]]]:
    return [(clause["id"], row) for clause in clauses() for row in clause["rows"]]


def concepts() -> list[dict[str, Any]]:
    return list(load("concepts")["concepts"])


def mappings(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping below a node, with a path that names it in a failure."""
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            yield from mappings(value, f"{path}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from mappings(value, f"{path}/{index}")


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Every text in one language, with the place where it stands."""
    for name in FILES:
        for path, mapping in mappings(load(name), name):
            for key, value in mapping.items():
                if key == language or key.endswith(f"_{language}"):
                    yield f"{path}/{key}", value


def test_every_clause_from_1_to_6_4_2_is_there_in_the_order_of_the_print() -> None:
    numbers = [clause["id"] for clause in clauses()]
    assert set(numbers) == set(ROWS_PER_CLAUSE)
    assert numbers == sorted(numbers, key=lambda number: [int(x) for x in number.split(".")])
    assert len(numbers) == len(set(numbers))


def test_each_clause_hangs_under_the_clause_its_number_says() -> None:
    for clause in clauses():
        number = clause["id"]
        assert clause["parent"] == (number.rpartition(".")[0] or None)


def test_only_6_1_2_asks_to_ensure_and_ten_clauses_recommend() -> None:
    by_modality: dict[str, list[str]] = {"should": [], "statement": [], "ensure": []}
    for clause in clauses():
        by_modality[clause["modality"]].append(clause["id"])
    assert by_modality["ensure"] == ["6.1.2"]
    assert set(by_modality["should"]) == RECOMMENDING


def test_clause_6_runs_parallel_to_clause_7_of_iso_23592() -> None:
    for clause in clauses():
        number = clause["id"]
        expected = {"iso23592": ["7" + number[1:]]} if number[0] == "6" else {}
        assert clause["crosswalk"] == expected


def test_each_clause_has_its_rows_lettered_from_a() -> None:
    for clause in clauses():
        letters = "abcdef"[: ROWS_PER_CLAUSE[clause["id"]]]
        assert [row["id"] for row in clause["rows"]] == [f"{clause['id']}.{x}" for x in letters]


def test_there_are_31_concepts_in_9_elements_of_4_dimensions() -> None:
    data = load("concepts")
    counted: dict[str, int] = {}
    for concept in concepts():
        counted[concept["element"]] = counted.get(concept["element"], 0) + 1
    assert counted == ITEMS_PER_ELEMENT
    assert sum(counted.values()) == 31
    assert [x["code"] for x in data["elements"]] == list(ITEMS_PER_ELEMENT)
    assert [x["code"] for x in data["dimensions"]] == [
        "leadership",
        "culture",
        "experience",
        "operations",
    ]


def test_concept_codes_run_through_the_letters_of_their_element() -> None:
    expected = [f"{code}{x}" for code, n in ITEMS_PER_ELEMENT.items() for x in "abcdef"[:n]]
    assert [concept["code"] for concept in concepts()] == expected


def test_every_reference_between_the_files_resolves() -> None:
    known = {clause["id"] for clause in clauses()}
    data = load("concepts")
    dimensions = {x["code"]: x for x in data["dimensions"]}
    elements = {x["code"]: x for x in data["elements"]}
    for element in elements.values():
        assert element["clause"].startswith(dimensions[element["dimension"]]["clause"] + ".")
    for concept in concepts():
        element = elements[concept["element"]]
        assert all(concept[key] == element[key] for key in ("dimension", "clause", "iso"))
    for item in (*dimensions.values(), *elements.values()):
        assert item["clause"] in known
        assert item["iso"] == "7" + item["clause"][1:]
    assert {x["clause"] for x in load("standard")["normative_references"]} <= known


def test_only_the_item_beside_the_stray_letter_is_marked_as_misprinted() -> None:
    assert [x["code"] for x in concepts() if x["misprint"]] == ["C2b"]
    for concept in concepts():
        assert concept["printed_letter"] == concept["code"][-1]


def test_roles_are_the_known_ones_and_nobody_acts_twice() -> None:
    listed = [role["code"] for role in load("standard")["roles"]]
    assert sorted(listed) == sorted(ROLES)
    for item in (*(row for _, row in rows()), *concepts()):
        assert item["roles"], item
        assert set(item["roles"]) <= ROLES, item
        assert len(set(item["roles"])) == len(item["roles"]), item


def test_rows_and_concepts_name_at_least_one_record_each_only_once() -> None:
    for item in (*(row for _, row in rows()), *concepts()):
        for language in ("zh", "en"):
            names = [record[language] for record in item["records"]]
            assert names, item
            assert len(set(names)) == len(names), names


def test_titles_tell_rows_and_concepts_apart() -> None:
    for language in ("zh", "en"):
        for items in ([row for _, row in rows()], concepts()):
            titles = [item[f"title_{language}"] for item in items]
            assert len(set(titles)) == len(titles)


def test_every_text_stands_in_both_languages() -> None:
    for name in FILES:
        for path, mapping in mappings(load(name), name):
            for key in mapping:
                if key.endswith("_zh"):
                    assert key.removesuffix("zh") + "en" in mapping, f"{path}/{key}"
                if key == "zh":
                    assert set(mapping) == {"zh", "en"}, path


def test_chinese_is_chinese_and_english_is_free_of_it() -> None:
    for place, text in texts("zh"):
        assert re.search("[\u4e00-\u9fff]", text), place
    for place, text in texts("en"):
        assert text.strip(), place
        assert not re.search("[\u3000-\u9fff\uff00-\uffef]", text), place


def test_chinese_keeps_its_own_spacing_and_punctuation() -> None:
    """A wrapped Chinese scalar would be folded with a space between two characters."""
    wide = "[\u3000-\u9fff\uff00-\uffef]"
    for place, text in texts("zh"):
        assert not re.search(f"{wide} +{wide}", text), place
        assert not re.search("[\u4e00-\u9fff][,;:!?()]", text), place


def test_titles_and_dates_are_those_of_the_print() -> None:
    standard = load("standard")
    assert standard["id"] == "db23t-3405-2023"
    assert standard["title_zh"] == "工业企业技术中心卓越服务创建指南"
    assert standard["published"].isoformat() == "2023-03-20"
    assert standard["effective"].isoformat() == "2023-04-19"
    assert [profile["id"] for profile in standard["profiles"]] == ["db23", "gbt42185"]


@pytest.fixture(scope="module")
def printed() -> str:
    folder = os.environ.get("ZHUOYUE_TEST_STANDARD")
    if not folder:
        pytest.skip("ZHUOYUE_TEST_STANDARD names no folder with the text of the printed standard")
    text = "".join(file.read_text(encoding="utf-8") for file in sorted(Path(folder).glob("*.txt")))
    assert "DB23" in text, "the folder does not hold the printed standard"
    return text


def windows(runs: list[str], size: int) -> set[str]:
    return {run[at : at + size] for run in runs for at in range(len(run) - size + 1)}


def test_no_chinese_passage_is_copied_from_the_print(printed: str) -> None:
    """Titles are facts, so the title of the standard itself is left out."""
    cjk = re.compile(f"[\u4e00-\u9fff]{{{COPIED_CJK},}}")
    theirs = windows(cjk.findall(re.sub(r"\s", "", printed)), COPIED_CJK)
    for place, text in texts("zh"):
        ours = cjk.findall(text.replace(load("standard")["title_zh"], ""))
        assert not windows(ours, COPIED_CJK) & theirs, place


def test_no_english_passage_is_copied_from_the_print(printed: str) -> None:
    """The print glues words together, so letters are compared without spaces."""
    theirs = re.sub("[^a-z]", "", printed.lower())
    for place, text in texts("en"):
        ours = windows([re.sub("[^a-z]", "", text.lower())], COPIED_LETTERS)
        assert not [part for part in ours if part in theirs], place
