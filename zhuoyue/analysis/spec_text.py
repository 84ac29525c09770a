"""Models written as text: YAML, or formulas like those of lavaan.

Formulas: `Satisfaction =~ sat1 + sat2` (reflective), `Image <~ img1 + img2` (formative),
`Score =+ s1 + s2` (unit weights), `Satisfaction ~ Quality + Value` (paths from Quality and Value),
`Satisfaction ~ Quality + Value + Quality:Value` (with their interaction). A construct whose terms
are constructs is of higher order. A line may continue after `+`, `;` separates statements, `#` and
`!` begin a comment, and names with spaces or signs stand in quotes. Every error names the line.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from zhuoyue.analysis.encodings import read_text
from zhuoyue.analysis.errors import AnalysisError
from zhuoyue.analysis.forms import kind_of, place_of
from zhuoyue.analysis.spec import Mode
from zhuoyue.analysis.spec_draft import Draft
from zhuoyue.analysis.spec_yaml import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhuoyue.analysis.spec import Model

_QUOTED = r"\"[^\"]*\"|'[^']*'|`[^`]*`"
_COMMENT = re.compile(rf"({_QUOTED})|[#!].*")
_STATEMENT = re.compile(rf"^((?:{_QUOTED}|[^\"'`~=<>:|])+?)(=~|<~|=\+|~~|~)(.*)$", re.DOTALL)
_NAME = re.compile(rf"^(?!(?:\"\"|''|``)$)(?:{_QUOTED}|[^\s+~=<>\"'`*|:;,]+)$")
SHOWN = 80  # letters of a statement in a message
_FULL_WIDTH = re.compile(rf"({_QUOTED})|[＝～＋＜；：＊＃]")
_NUMBER = re.compile(r"^[-.\d]")
_PRODUCT = re.compile(rf"^({_QUOTED}|[^\"'`:*]+)[:*]({_QUOTED}|[^\"'`:*]+)$")
_MODES = {"=~": Mode.REFLECTIVE, "<~": Mode.FORMATIVE, "=+": Mode.UNIT}


def read_model(file: str | FilePath) -> Model:
    """The model in a text file, YAML or formulas.

    Raises AnalysisError where there is no such file, or with file and line where it is no model.
    """
    place = place_of(file)
    if "\n" in str(file):
        raise AnalysisError("model_file_is_text")
    if not place.is_file():
        raise AnalysisError("file_missing", file=place.name)
    return parse_model(read_text(place), name=place.name)


def parse_model(text: str, *, name: str = "model") -> Model:
    """The model that a text describes, YAML or formulas, whichever it is.

    `name` stands for the text in errors, which name the line.
    """
    if not isinstance(text, str):
        raise AnalysisError("model_text_form", found=kind_of(text))
    lines = [line for line in _without_comments(text).splitlines() if line.strip()]
    if not lines:
        raise AnalysisError("text_empty", at=(name, 1))
    typed = _half_width(text)
    formulas = ":" not in text or any(_STATEMENT.match(_half_width(line.strip())) for line in lines)
    draft = _from_formulas(typed, name) if formulas else read_yaml(text, name)
    return draft.model()


def _from_formulas(text: str, name: str) -> Draft:
    draft = Draft(name)
    blocks: list[tuple[int, str, tuple[str, ...], Mode]] = []
    for line, statement in _statements(text):
        match = _STATEMENT.match(statement)
        if not match:
            raise draft.error("text_syntax", line, text=statement[:SHOWN])
        left, operator, right = match[1].strip(), match[2], match[3]
        if operator == "~~":
            raise draft.error("text_covariance", line, text=statement[:SHOWN])
        target = _name(draft, left, line, statement)
        if not right.strip() and operator in _MODES:
            raise draft.error("construct_empty", line, construct=target)
        if operator == "~":
            for term in _terms(right):
                draft.add_path(_source(draft, term, line, statement), target, line)
        else:
            terms = tuple(_name(draft, term, line, statement) for term in _terms(right))
            blocks.append((line, target, terms, _MODES[operator]))
    _add_blocks(draft, blocks)
    return draft


def _add_blocks(draft: Draft, blocks: list[tuple[int, str, tuple[str, ...], Mode]]) -> None:
    """Constructs of items, and those all of whose terms are other constructs."""
    names = {name for _line, name, _terms, _mode in blocks}
    for line, name, terms, mode in blocks:
        if names.issuperset(terms) and name not in terms:
            draft.add_higher_order(name, terms, mode, line)
        else:
            draft.add_construct(name, terms, mode, line)


def _source(draft: Draft, term: str, line: int, statement: str) -> str:
    """A predictor; the product of two (`A:B` or `A*B`) makes an interaction."""
    product = _PRODUCT.match(term)
    if not product or _NUMBER.match(term):
        return _name(draft, term, line, statement)
    first, second = (_name(draft, each.strip(), line, statement) for each in product.groups())
    name = f"{first}*{second}"
    if name not in draft.interactions:
        draft.add_interaction(first, second, line)
    return name


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Statements with the line on which each begins; an open `+` continues on the next line."""
    pending, began = "", 1
    for number, raw in enumerate(_without_comments(text).splitlines(), start=1):
        for piece in _split(raw, ";"):
            if not piece:
                continue
            open_end = pending.endswith("~") and not _STATEMENT.match(piece)
            joined = open_end or pending.endswith("+") or piece.startswith("+")
            if pending and not joined:
                yield began, pending
                pending = ""
            began = began if pending else number
            pending = f"{pending} {piece}".strip()
    if pending:
        yield began, pending


def _terms(right: str) -> list[str]:
    return _split(right, "+")


def _split(text: str, sign: str) -> list[str]:
    """The parts between signs, a sign within quotes being part of a name."""
    marked = re.sub(_QUOTED, lambda match: match[0].replace(sign, "\0"), text)
    return [part.replace("\0", sign).strip() for part in marked.split(sign)]


def _name(draft: Draft, text: str, line: int, statement: str) -> str:
    if "*" in text and not text.startswith(('"', "'", "`")):
        raise draft.error("text_modifier", line, text=text[:SHOWN])
    if not _NAME.match(text):
        raise draft.error("text_syntax", line, text=statement[:SHOWN])
    return text[1:-1] if text[0] in "\"'`" else text


def _half_width(text: str) -> str:
    """Signs as a Chinese keyboard types them, read as meant; names in quotes stay as they are."""
    return _FULL_WIDTH.sub(lambda match: match[1] or unicodedata.normalize("NFKC", match[0]), text)


def _without_comments(text: str) -> str:
    return _COMMENT.sub(lambda match: match[1] or "", text)
