"""Printed documents: one description, written as Word and as PDF."""

from zhuoyue.kit.documents.blocks import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Note,
    Paragraph,
    Table,
)
from zhuoyue.kit.documents.pdf import write_pdf
from zhuoyue.kit.documents.word import write_word

__all__ = [
    "Block",
    "Bullets",
    "Document",
    "Figure",
    "Heading",
    "Note",
    "Paragraph",
    "Table",
    "write_pdf",
    "write_word",
]
