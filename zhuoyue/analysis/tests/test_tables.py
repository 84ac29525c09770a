"""Tables from files: the cell that is wrong is named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from zhuoyue.analysis import AnalysisError, read_table


def written(folder: Path, text: str, *, name: str = "answers.csv", encoding: str = "utf-8") -> Path:
    place = folder / name
    place.write_bytes(text.encode(encoding))
    return place


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_headers_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    place = written(tmp_path, "满意1,满意2\r\n7,8\r\n9,10\r\n", encoding=encoding)
    assert read_table(place).answers(["满意2", "满意1"]).values.tolist() == [[8, 7], [10, 9]]


@pytest.mark.parametrize(
    "text",
    ['a,"b;c;d"\n1,2\n\n3,4\n\n', 'a;"b,c,d"\r\n1;2\r\n3;4\r\n', 'a\t"b,c;d"\n1\t2\n3\t4'],
)
def test_separators(tmp_path: Path, text: str) -> None:
    table = read_table(written(tmp_path, text))
    assert (table.n, len(table.names)) == (2, 2)
    assert table.numbers("a").tolist() == [1, 3]


def test_no_answer_and_codes_leave_n(tmp_path: Path) -> None:
    place = written(tmp_path, "a,b\n1,NA\n,2\n6,x\n0,4\n 99 ,5.0\n")
    table = read_table(place)
    answers = table.answers(["a", "b"], missing_codes=[0, "6", 99, "x", "5"])
    assert np.isnan(answers.values).tolist() == [
        [False, True],
        [True, False],
        [True, True],
        [True, False],
        [True, True],
    ]


@pytest.mark.parametrize("cell", ["good", "=1+1", "1_000", "7,5", "#REF!"])
def test_a_cell_that_is_no_number_is_named(tmp_path: Path, cell: str) -> None:
    place = written(tmp_path, f'a,b\n1,2\n3,"{cell}"\n')
    with pytest.raises(AnalysisError) as caught:
        read_table(place).answers(["a", "b"])
    assert caught.value.code == "value_not_number"
    expected = {"file": "answers.csv", "row": 2, "column": "b", "value": cell}
    assert caught.value.params == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file_empty"),
        ("  \n \n", "file_empty"),
        ("a,b\n", "file_empty"),
        ("a,b\n1,2\n3\n", "row_length"),
        ("a,a\n1,2\n", "header_duplicate"),
        ("a,\n1,2\n", "header_empty"),
        ('a,b\n1,"' + "x" * 200_000, "file_unreadable"),
    ],
)
def test_tables_that_are_none(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(AnalysisError) as caught:
        read_table(written(tmp_path, text))
    assert caught.value.code == code
    assert caught.value.params["file"] == "answers.csv"


def test_files_that_are_no_tables(tmp_path: Path) -> None:
    cases = [
        (tmp_path / "none.csv", "file_missing"),
        (written(tmp_path, "x", name="notes.docx"), "file_kind_unknown"),
    ]
    broken = tmp_path / "broken.csv"
    broken.write_bytes(b"a,b\n\xff\xff,\x81\n")
    cases.append((broken, "file_encoding"))
    for place, code in cases:
        with pytest.raises(AnalysisError) as caught:
            read_table(place)
        assert caught.value.code == code


def test_a_column_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(AnalysisError) as caught:
        read_table(written(tmp_path, "a,b\n1,2\n")).answers(["a", "c"])
    assert (caught.value.code, caught.value.params["known"]) == ("item_unknown", "a, b")


def test_excel(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine", reason="Excel needs python-calamine")
    xlsxwriter = pytest.importorskip("xlsxwriter", reason="writes the workbook that is read")
    place = tmp_path / "answers.xlsx"
    with xlsxwriter.Workbook(str(place)) as book:
        sheet = book.add_worksheet("答案")
        for row, cells in enumerate([["满意", "忠诚", "备注"], [7, 8, "好"], [9, None, ""]]):
            sheet.write_row(row, 0, cells)
        book.add_worksheet("empty")
    table = read_table(place)
    assert table.names == ("满意", "忠诚", "备注")
    assert table.numbers("满意").tolist() == [7, 9]
    assert np.isnan(table.numbers("忠诚")).tolist() == [False, True]
    with pytest.raises(AnalysisError) as caught:
        table.numbers("备注")
    assert caught.value.params == {
        "file": "answers.xlsx",
        "row": 1,
        "column": "备注",
        "value": "好",
    }
    for sheet_name, code in (("empty", "file_empty"), ("third", "sheet_unknown")):
        with pytest.raises(AnalysisError) as caught:
            read_table(place, sheet=sheet_name)
        assert caught.value.code == code
    with pytest.raises(AnalysisError) as caught:
        read_table(written(tmp_path, "not a workbook", name="fake.xlsx"))
    assert caught.value.code == "file_unreadable"


def test_parquet(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="Parquet needs duckdb")
    place = tmp_path / "answers.parquet"
    duckdb.sql(
        "SELECT * FROM (VALUES (7, 8.5, 'a'), (9, NULL, NULL)) AS t(q1, q2, note)"
    ).write_parquet(str(place))
    table = read_table(place)
    assert table.numbers("q1", missing_codes=[9]).tolist()[0] == 7
    assert np.isnan(table.numbers("q1", missing_codes=[9])).tolist() == [False, True]
    assert np.isnan(table.numbers("q2")).tolist() == [False, True]
    with pytest.raises(AnalysisError) as caught:
        read_table(written(tmp_path, "not parquet", name="fake.parquet"))
    assert caught.value.code == "file_unreadable"


def test_real_surveys_read_whole(test_data: Path) -> None:
    bank = read_table(test_data / "bank-survey" / "csibank.csv")
    items = [name for name in bank.names if name[-1].isdigit()]
    answers = bank.answers(items)
    assert answers.values.shape == (1707, 27)
    assert (float(answers.values.min()), float(answers.values.max())) == (0.0, 10.0)
    airport = read_table(test_data / "airport-survey" / "sfo_customer_survey_2018.csv")
    assert (airport.n, len(airport.names)) == (2809, 97)
    rated = airport.numbers("Q7ALL", missing_codes=[0, 6, "BLANK"])
    assert set(rated[~np.isnan(rated)]) == {1, 2, 3, 4, 5}
