"""One description, two printed editions, with the same contents."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest
from docx.oxml.ns import qn

from zhuoyue.kit.charts import Chart
from zhuoyue.kit.documents import (
    Bullets,
    Document,
    Figure,
    Heading,
    Note,
    Paragraph,
    Table,
    write_pdf,
    write_word,
)
from zhuoyue.kit.documents.blocks import Block

TRICKY = '#image("x") *不是标记* $x$ =SUM(A1) <b>'


@pytest.fixture
def document() -> Document:
    option = {
        "xAxis": {"type": "value"},
        "yAxis": {"type": "category", "data": ["质量", "价值"]},
        "series": [{"type": "bar", "data": [0.4, 0.6]}],
    }
    chart = Chart("effects", "影响", option, ["路径", "估计"], [["质量", "0.4"], ["价值", "0.6"]])
    return Document(
        title="评价报告",
        subtitle=TRICKY,
        facts=[("中心", "哈尔滨"), ("说明", TRICKY)],
        blocks=[
            Heading("概要"),
            Paragraph(TRICKY),
            Note("样本太少", "caution"),
            Bullets(["一", TRICKY]),
            Heading("信度", 2),
            Table("信度", ["构念", "n"], [["形象", "1707"], [TRICKY, "3"]], frozenset({1})),
            Figure("影响", chart),
        ],
        language="zh",
        made_at=datetime(2026, 11, 1, tzinfo=UTC),
        footer="卓越",
        mark="演示数据",
    )


def test_the_pdf_is_a_pdf_and_the_same_every_time(document: Document) -> None:
    once = write_pdf(document)
    assert once.startswith(b"%PDF")
    assert once == write_pdf(document)


def test_the_word_file_holds_every_text_as_it_was_given(document: Document) -> None:
    word = docx.Document(io.BytesIO(write_word(document)))
    texts = [p.text for p in word.paragraphs]
    cells = [c.text for t in word.tables for row in t.rows for c in row.cells]
    assert "1 概要" in texts
    assert "1.1 信度" in texts
    assert TRICKY in texts
    assert {"形象", "1707", TRICKY} <= set(cells)
    assert len(word.inline_shapes) == 1
    assert word.sections[0].footer.paragraphs[0].text == "卓越  演示数据"


def test_chinese_has_a_chinese_font_in_word(document: Document) -> None:
    word = docx.Document(io.BytesIO(write_word(document)))
    names = word.styles["Normal"].element.rPr.rFonts
    assert "宋体" in names.attrib.values()


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b[31m", "\x0b", "\ufffe", "\ud800"])
def test_letters_that_no_file_of_this_kind_may_hold_do_not_stop_it(
    document: Document, sign: str
) -> None:
    """Names come from files of other people; an escape for terminals is no reason to fail."""
    odd = f"质{sign}量"
    option = {
        "xAxis": {"type": "value"},
        "yAxis": {"type": "category", "data": [odd]},
        "series": [{"type": "bar", "data": [0.4]}],
    }
    chart = Chart("effects", odd, option, [odd], [[odd]])
    blocks: list[Block] = [
        *(Heading(odd), Paragraph(odd), Note(odd, "caution"), Bullets([odd])),
        *(Table(odd, [odd], [[odd]]), Figure(odd, chart)),
    ]
    strange = replace(document, title=odd, subtitle=odd, facts=[(odd, odd)], blocks=blocks)
    assert write_pdf(strange).startswith(b"%PDF")
    word = docx.Document(io.BytesIO(write_word(strange)))
    assert any("质" in p.text and "量" in p.text for p in word.paragraphs)


def test_a_row_of_a_word_table_stays_on_one_page(document: Document) -> None:
    word = docx.Document(io.BytesIO(write_word(document)))
    rows = word.tables[-1].rows
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows][:2] == [True, False]


def test_a_column_of_long_texts_is_the_wider_one() -> None:
    path = ["Expectation → Satisfaction", "0.473", "-0.153 – 0.160"]
    table = Table("差异", ["路径", "差", "区间"], [path, ["质量 → 价值", "0.1", "0 – 1"]])
    wide, narrow, middle = table.parts
    assert wide > middle > narrow
    assert Table("差异", ["路径", "差"], [], widths=(0.4, 0.6)).parts == [0.4, 0.6]
    assert Table("差异", ["一个很长很长很长很长很长很长很长很长的名称", "n"], []).parts[0] < 40


def test_the_grid_of_a_word_table_is_that_of_its_cells(document: Document) -> None:
    """Word goes by the cells, other writers by the grid."""
    word = docx.Document(io.BytesIO(write_word(document)))
    table = word.tables[-1]
    assert [column.width for column in table.columns] == [c.width for c in table.rows[0].cells]
    assert table.columns[0].width > table.columns[1].width
