"""What is read from files of answers as people export them."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from zhuoyue.surveys import reading
from zhuoyue.surveys.codes import read_codes
from zhuoyue.surveys.rules import Codes

ROWS = [[str(1 + (i * j) % 5) for j in range(1, 5)] for i in range(1, 41)]
NAMES = ["qual1", "qual2", "sat1", "sat2"]


def test_columns_of_one_name_become_a_construct() -> None:
    found = reading.read_table(NAMES, ROWS, scale=(1, 5))
    assert dict(found.constructs) == {"qual": ["qual1", "qual2"], "sat": ["sat1", "sat2"]}
    assert [c.code for c in found.items] == NAMES
    assert found.troubles == ()


def test_without_a_scale_the_lowest_and_highest_answer_serve_and_it_is_said() -> None:
    found = reading.read_table(NAMES, ROWS)
    assert found.scale == (1, 5)
    assert not found.scale_was_given


def test_an_answer_outside_the_scale_is_named_with_row_column_and_value() -> None:
    rows = [list(row) for row in ROWS]
    rows[6][2] = "9"
    found = reading.read_table(NAMES, rows, scale=(1, 5))
    assert [(t.row, t.column, t.value, t.code) for t in found.troubles] == [
        (8, "sat1", "9", "out_of_scale")
    ]


def test_words_and_formulas_in_an_item_are_named() -> None:
    rows = [list(row) for row in ROWS]
    rows[0][0], rows[1][0] = "good", "=1+1"
    found = reading.read_table(NAMES, rows, codes=Codes(items=("qual*", "sat*")), scale=(1, 5))
    assert [(t.row, t.value) for t in found.troubles] == [(2, "good"), (3, "=1+1")]


def test_a_recommendation_question_keeps_its_own_scale_beside_others() -> None:
    names = [*NAMES, "nps"]
    rows = [[*row, str(i % 11)] for i, row in enumerate(ROWS)]
    found = reading.read_table(names, rows, scale=(1, 5))
    assert found.troubles == ()
    assert [c.kind for c in found.items][-1] == "nps"


def test_no_answer_and_not_used_leave_n_and_are_counted_apart() -> None:
    codes = Codes(marks={"*": {"0": "no_answer", "6": "not_used"}})
    rows = [list(row) for row in ROWS]
    rows[0][0], rows[1][0], rows[2][0] = "0", "6", ""
    found = reading.read_table(NAMES, rows, codes=codes, scale=(1, 5))
    assert found.excluded() == {"no_answer": 2, "not_used": 1}
    assert "qual1" not in found.rows[0].answers


def test_an_id_that_occurs_twice_is_named_with_its_first_row() -> None:
    names = ["序号", *NAMES]
    rows = [[str(i), *row] for i, row in enumerate(ROWS)]
    rows[5][0] = "2"
    trouble = reading.read_table(names, rows, scale=(1, 5)).troubles[0]
    assert (trouble.row, trouble.code, trouble.params["first"]) == (7, "duplicate_id", 4)


def test_an_export_of_a_chinese_survey_tool_is_read_without_a_map() -> None:
    names = [
        "序号",
        "提交答卷时间",
        "所用时间",
        "来自IP",
        "总分",
        "1、您对技术方案的满意程度",
        "2、请评价我们的服务(响应速度)",
        "2、请评价我们的服务(专业能力)",
        "3、您的单位",
    ]
    words = ["非常满意", "满意", "一般", "(空)", "(跳过)"]
    rows = [
        [
            *(str(i + 1), f"2026/3/{i + 1} 10:2{i}:33", "88秒", "1.2.3.4(黑龙江)", "9"),
            *(words[i], "5", "4", f"单位{i}"),
        ]
        for i in range(5)
    ]
    rows[1][6], rows[2][7] = "3", "2"
    found = reading.read_table(names, rows, codes=None, scale=(1, 5))
    assert found.troubles == ()
    assert [c.code for c in found.items] == ["Q1", "Q2_1", "Q2_2"]
    assert found.items[1].wording == "请评价我们的服务 — 响应速度"
    assert found.rows[0].answers["Q1"] == 5
    assert found.rows[3].missing["Q1"] == "no_answer"
    assert found.rows[4].missing["Q1"] == "not_used"
    assert str(found.first_day) == "2026-03-01"
    kept = " ".join(str(row.answers) for row in found.rows)
    assert "1.2.3.4" not in kept
    assert set(found.ignored) == {"所用时间", "来自IP", "总分"}


def test_a_table_without_items_is_read_without_items() -> None:
    found = reading.read_table(["name of town"], [["Harbin"], ["Qiqihar"]])
    assert found.items == ()


@pytest.mark.parametrize("text", ["no_answer: [2024-13-45]", "no_answer: [", "[" * 5000])
def test_a_code_list_that_cannot_be_read_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "codes.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ValidationError, match=r"codes\.yaml"):
        read_codes(tmp_path / "codes.yaml")
