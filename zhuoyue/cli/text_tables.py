"""Tables on a terminal, their columns straight whether names are Chinese or English."""

import unicodedata
from collections.abc import Collection, Iterator, Sequence

GAP = "  "


def clean(text: object) -> str:
    """A text from a file as one harmless line: what would steer the terminal becomes a mark."""
    return "".join(" " if c.isspace() else c if c.isprintable() else "�" for c in str(text))


def width(text: str) -> int:
    """Columns of the terminal that a text takes: two for a wide character, none for a mark."""
    return sum(
        0
        if unicodedata.combining(c) or unicodedata.category(c) in {"Mn", "Me", "Cf"}
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )


def padded(text: str, columns: int, *, right: bool = False) -> str:
    space = " " * max(0, columns - width(text))
    return space + text if right else text + space


def text_table(
    head: Sequence[str], rows: Sequence[Sequence[object]], numeric: Collection[int] = ()
) -> Iterator[str]:
    """Lines of a table; the columns in `numeric` stand to the right."""
    cells = [[clean(cell) for cell in row] for row in (head, *rows)]
    widths = [max(width(row[i]) for row in cells) for i in range(len(head))]
    for number, row in enumerate(cells):
        line = GAP.join(
            padded(cell, widths[i], right=i in numeric) for i, cell in enumerate(row)
        ).rstrip()
        yield GAP + line
        if number == 0:
            yield GAP + GAP.join("-" * w for w in widths)
