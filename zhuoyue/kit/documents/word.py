"""A document as Word, with styles that a Chinese office can change afterwards."""

import io
from typing import Any

from zhuoyue.kit.charts import draw
from zhuoyue.kit.documents.blocks import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Note,
    Paragraph,
    Table,
    writable,
)
from zhuoyue.kit.documents.pdf import pictures

BODY_EAST, HEAD_EAST, LATIN = "宋体", "黑体", "Times New Roman"
NAVY = "0F2747"
TEXT_WIDTH_CM = 16.6


def write_word(document: Document) -> bytes:
    import docx

    document = writable(document)
    word = docx.Document()
    set_up(word, document)
    front_page(word, document)
    figures = [b for b in document.blocks if isinstance(b, Figure)]
    drawn = draw([(f.chart, f.width, f.height) for f in figures], document.language)
    writer = Writer(word, document.language, pictures(drawn))
    for block in document.blocks:
        writer.write(block)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def set_up(word: Any, document: Document) -> None:
    from docx.shared import Cm, Pt, RGBColor

    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin, page.bottom_margin = Cm(2.4), Cm(2.2)
    word.core_properties.title = document.title
    word.core_properties.author = document.footer[:200]
    word.core_properties.created = word.core_properties.modified = document.made_at.replace(
        tzinfo=None
    )
    styles = word.styles
    fonts(styles["Normal"], BODY_EAST, 10.5)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    styles["Normal"].paragraph_format.line_spacing = 1.35
    sizes = {"Title": 24, "Subtitle": 13, "Heading 1": 15, "Heading 2": 12.5, "Heading 3": 11}
    for name, size in sizes.items():
        fonts(styles[name], HEAD_EAST, size)
        styles[name].font.color.rgb = RGBColor.from_string(NAVY)
        styles[name].font.italic = False
    fonts(styles["Caption"], HEAD_EAST, 9)
    styles["Caption"].font.color.rgb = RGBColor.from_string("1F2A37")
    fonts(styles["List Bullet"], BODY_EAST, 10.5)
    page.footer.paragraphs[0].text = "  ".join(x for x in (document.footer, document.mark) if x)
    page.header.paragraphs[0].text = document.title


def fonts(style: Any, east: str, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name = LATIN
    style.font.size = Pt(size)
    names = style.element.get_or_add_rPr().get_or_add_rFonts()
    names.set(qn("w:eastAsia"), east)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        names.attrib.pop(qn(f"w:{theme}"), None)


def front_page(word: Any, document: Document) -> None:
    if document.mark:
        word.add_paragraph(document.mark)
    word.add_paragraph(document.title, style="Title")
    word.add_paragraph(document.subtitle, style="Subtitle")
    table = word.add_table(rows=0, cols=2)
    for label, value in document.facts:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
    set_widths(table, (0.28, 0.72))
    word.add_page_break()


class Writer:
    """Writes blocks in order and numbers tables, figures and headings."""

    def __init__(self, word: Any, language: str, images: list[bytes]) -> None:
        self.word, self.language = word, language
        self.images = iter(images)
        self.tables = self.figures = 0
        self.headings = [0, 0, 0]

    def write(self, block: Block) -> None:
        match block:
            case Heading():
                self.heading(block)
            case Paragraph():
                self.word.add_paragraph(block.text)
            case Note():
                self.note(block)
            case Bullets():
                for text in block.texts:
                    self.word.add_paragraph(text, style="List Bullet")
            case Table():
                self.table(block)
            case Figure():
                self.figure(block)

    def heading(self, block: Heading) -> None:
        level = min(block.level, 3)
        self.headings[level - 1] += 1
        self.headings[level:] = [0] * (3 - level)
        number = ".".join(str(n) for n in self.headings[:level])
        self.word.add_heading(f"{number} {block.text}", level=level)

    def note(self, block: Note) -> None:
        from docx.shared import Cm, RGBColor

        paragraph = self.word.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(0.5)
        run = paragraph.add_run(block.text)
        run.font.color.rgb = RGBColor.from_string("8A4A07" if block.tone == "caution" else "1F4E8C")

    def label(self, zh: str, en: str, number: int, caption: str) -> None:
        word = zh if self.language == "zh" else en
        self.word.add_paragraph(f"{word} {number}  {caption}", style="Caption")

    def table(self, block: Table) -> None:
        self.tables += 1
        self.label("表", "Table", self.tables, block.caption)
        self.word.paragraphs[-1].paragraph_format.keep_with_next = True
        table = self.word.add_table(rows=1, cols=len(block.columns))
        fill_row(table.rows[0], block.columns, block.numeric, bold=True)
        for row in block.rows:
            fill_row(table.add_row(), row, block.numeric)
        for each in table.rows:
            mark_row(each, "cantSplit")  # half a row on the next page reads as a row of its own
        set_widths(table, block.parts)
        rule(table.rows[0], top=12, bottom=6)
        rule(table.rows[-1], top=6 if len(table.rows) == 2 else 0, bottom=12)
        mark_row(table.rows[0], "tblHeader")  # repeated on every page
        self.word.add_paragraph()

    def figure(self, block: Figure) -> None:
        from docx.shared import Cm

        self.figures += 1
        self.word.add_picture(io.BytesIO(next(self.images)), width=Cm(TEXT_WIDTH_CM))
        picture = self.word.paragraphs[-1]
        picture.paragraph_format.keep_with_next = True
        describe(picture, block.caption)
        self.label("图", "Figure", self.figures, block.caption)


def fill_row(row: Any, texts: Any, numeric: frozenset[int], bold: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    for index, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(str(text))
        run.bold, run.font.size = bold, Pt(9)
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        paragraph.paragraph_format.line_spacing = 1.1
        if index in numeric:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def set_widths(table: Any, parts: Any) -> None:
    from docx.shared import Cm

    table.autofit = False
    widths = [Cm(TEXT_WIDTH_CM * part / sum(parts)) for part in parts]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width  # what other writers than Word go by
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def rule(row: Any, *, top: int, bottom: int) -> None:
    """The lines of a three-line table, in eighths of a point."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for cell in row.cells:
        borders = OxmlElement("w:tcBorders")
        for side, size in (("top", top), ("bottom", bottom)):
            if size:
                line = OxmlElement(f"w:{side}")
                line.set(qn("w:val"), "single")
                line.set(qn("w:sz"), str(size))
                borders.append(line)
        cell._tc.get_or_add_tcPr().append(borders)


def mark_row(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement(f"w:{name}")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def describe(paragraph: Any, text: str) -> None:
    """What a picture shows, for those who hear the document."""
    for element in paragraph._p.iter():
        if element.tag.endswith("}docPr"):
            element.set("descr", text)
