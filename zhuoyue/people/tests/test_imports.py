"""Loading departments, people and recipients from files, good and bad."""

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.utils import translation

from tests.cast import Cast
from zhuoyue.kit.imports.importer import Importer, carry_out, plan_import
from zhuoyue.kit.imports.mapping import Columns, read_map, suggest
from zhuoyue.kit.imports.planning import Plan
from zhuoyue.kit.imports.problems import FileRefused
from zhuoyue.kit.imports.source import open_table
from zhuoyue.kit.imports.workbooks import template_of
from zhuoyue.kit.models import AuditEntry, ImportBatch
from zhuoyue.people import imports
from zhuoyue.people.models import Department, Person, Recipient

GOOD = "编码,名称,内外部,级别\nW7,七车间,内部,重点\nC7,=北方=厂,external,\n"


@pytest.fixture(autouse=True)
def in_chinese() -> Any:
    with translation.override("zh-hans"):
        yield


def planned(cast: Cast, importer: Importer, path: Path, mapping: Columns | None = None) -> Plan:
    mapping = mapping or Columns(suggest(open_table(path).columns, importer.fields))
    return plan_import(importer, cast.actor(), path, mapping)


def written(folder: Path, text: str, name: str = "对象.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_recipients_come_from_any_usual_text_file(
    cast: Cast, tmp_path: Path, encoding: str, separator: str
) -> None:
    path = written(tmp_path, GOOD.replace(",", separator), encoding=encoding)
    plan = planned(cast, imports.recipients, path)
    assert (list(plan.problems.sentences()), plan.encoding) == ([], encoding)
    batch = carry_out(plan, cast.actor(), path)
    assert (batch.state, batch.rows, batch.counts) == ("landed", 2, {"records": 2})
    kept = Recipient.objects.get(code="C7")
    assert (kept.name, kept.audience, kept.tenant) == ("=北方=厂", "external", cast.tenant)
    entry = AuditEntry.objects.get(action="people.recipient.import")
    assert entry.changes["sha256"] == plan.sha256 == batch.file.sha256  # type: ignore[union-attr]  # landed
    assert (entry.changes["file"], entry.changes["rows"]) == ("对象.csv", 2)


def test_the_template_comes_back_filled_in(cast: Cast, tmp_path: Path) -> None:
    template = tmp_path / "模板.xlsx"
    template.write_bytes(template_of(imports.people, cast.actor()))
    table = open_table(template)
    assert table.columns[:3] == ("工号", "姓名", "部门")
    path = tmp_path / "人员.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, table.columns)
        page.write_row(1, 0, [1001, "赵工", "技术研发管理", "工程师"])
    carry_out(planned(cast, imports.people, path), cast.actor(), path)
    person = Person.objects.get(number="1001")
    assert (person.name, person.department) == ("赵工", cast.department)


def test_departments_may_stand_before_the_one_above_them(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, "部门编码,名称,上级部门编码\nlab,实验室,qa\nqa,质量部,rd\n")
    carry_out(planned(cast, imports.departments, path), cast.actor(), path)
    lab = Department.objects.get(code="lab")
    assert lab.parent is not None and lab.parent.parent == cast.department


def test_every_problem_is_told_at_once_with_its_place_and_remedy(
    cast: Cast, tmp_path: Path
) -> None:
    text = "编码,名称,内外部\nW1,一车间,内部\nW8,,内部\nW9,九车间,上面\nW9,又一个,外部\n"
    path = written(tmp_path, text)
    plan = planned(cast, imports.recipients, path)
    assert plan.problems.sentences() == [
        "对象.csv 第 2 行“编码”列，“W1”：这里已有相同的记录。请去掉这一行，或在系统里更正。",
        "对象.csv 第 3 行“名称”列：“名称”为空，请填写。",
        "对象.csv 第 4 行“内外部”列，“上面”：不在可选值之内：内部（internal）, 外部（external）。",
        "对象.csv 第 5 行“编码”列，“W9”：第 4 行已有相同的值。请去掉其中一行。",
    ]
    with pytest.raises(FileRefused):
        carry_out(plan, cast.actor(), path)
    assert Recipient.objects.count() == 2
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.csv", "a.csv：文件是空的。请连同表头重新导出。"),
        (b" \n\n", "a.csv", "a.csv：文件是空的。请连同表头重新导出。"),
        (b"a\x00b,c\n1,2\n", "a.csv", "a.csv：文本既不是 UTF-8 也不是 GB18030"),
        ("name,café,naïve\nrésumé,élève,1\n".encode("latin-1"), "a.csv", "a.csv：文本既不是 UTF-8"),
        (b"PK, not a workbook", "a.xlsx", "a.xlsx：无法按 Excel 读取"),
        (b"a,b,a\n1,2,3\n", "a.csv", "a.csv 第 1 行“a”列：有两列用了这个表头"),
        (b"a,,c\n1,2,3\n", "a.csv", "a.csv 第 1 行：第 2 列没有表头"),
        (b'a,b\n"1,2\n', "a.csv", "引号不成对"),
        (b"%PDF", "a.pdf", "a.pdf：不能读取这种文件"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_in_one_sentence(
    cast: Cast, tmp_path: Path, content: bytes, name: str, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    mapping = Columns({"code": "a", "name": "b"}, fixed={"audience": "内部"})
    try:
        said = plan_import(imports.recipients, cast.actor(), path, mapping).problems.sentences()
    except FileRefused as refusal:
        said = refusal.messages
    assert sentence in "\n".join(said)


def test_a_file_over_the_limit_is_refused(cast: Cast, tmp_path: Path, settings: Any) -> None:
    settings.FILE_LIMIT = 1024 * 1024
    path = written(tmp_path, GOOD + "x" * (1024 * 1024))
    with pytest.raises(FileRefused, match="超过 1 MB 的上限"):
        open_table(path)


def test_a_formula_without_value_and_an_error_cell_are_named(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "对象.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(1, 1, ["编码", "名称", "内外部"])
        page.write_row(2, 1, ["W7", "七车间", "内部"])
        page.write_row(3, 1, ["W8", "八车间", "内部"])
        page.write_formula(2, 2, '="七"&"车间"', None, "")
        page.write_formula(3, 2, "=1/0", None, "#DIV/0!")
        page.write_formula(4, 1, '="W"&9', None, "W9")
        page.write_row(4, 2, ["九车间", "内部"])
    plan = planned(cast, imports.recipients, path)
    said = "\n".join(plan.problems.sentences())
    assert "第 3 行“名称”列：公式没有结果" in said
    assert "第 4 行“名称”列：单元格显示 Excel 错误" in said
    assert [row.get("code") for row in plan.rows] == ["W7", "W8", "W9"]


def test_a_map_names_columns_values_and_what_is_always_so(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, "key,title,kind\n1,七车间,in-house\n2,?,customer\n")
    chart = tmp_path / "map.yaml"
    chart.write_text(
        "columns: {code: key, name: title, audience: kind}\n"
        "values: {audience: {in-house: internal, customer: external}}\n"
        "fixed: {name: 未命名, segment: 一般}\nmissing: ['?']\n",
        encoding="utf-8",
    )
    mapping = read_map(chart, imports.recipients)
    plan = planned(cast, imports.recipients, path, mapping)
    assert plan.is_clean, plan.problems.sentences()
    assert [(r["name"], r["audience"], r["segment"]) for r in plan.rows] == [
        ("七车间", "internal", "一般"),
        ("未命名", "external", "一般"),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("columns: [a", "不是有效的 YAML"),
        ("a list", "条目须写成"),
        ("colums: {}", "对应表里没有这个键"),
        ("columns: {colour: a}", "没有这个字段"),
        ("columns: {code: nowhere, name: b}\nfixed: {audience: 内部}", "文件中没有这一列"),
        ("columns: {code: a}\nfixed: {audience: 内部}", "没有给出“名称”所在的列"),
        ("dates: whenever", "条目须写成"),
    ],
)
def test_a_map_that_cannot_be_meant_is_refused(
    cast: Cast, tmp_path: Path, text: str, sentence: str
) -> None:
    chart = tmp_path / "map.yaml"
    chart.write_text(text, encoding="utf-8")
    path = written(tmp_path, "a,b\n1,2\n")
    with pytest.raises(FileRefused) as refusal:
        planned(cast, imports.recipients, path, read_map(chart, imports.recipients))
    assert sentence in "\n".join(refusal.value.messages)
