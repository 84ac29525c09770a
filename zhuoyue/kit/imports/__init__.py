"""Imports: a file becomes records, whole or not at all; every problem is told at once.

A room declares an `Importer` in its imports.py: its fields, how a cell is read, and how rows land.
The same declaration serves the command line (`zhuoyue import`) and the wizard in the browser:

    source     a file becomes a `SourceTable` (CSV or Excel, encoding detected, rows numbered)
    cells      how a cell becomes a value: text, number, day, moment, choice, reference
    mapping    which column is which field; suggested by name, or read from a map file
    planning   the dry run: rows as values, and all problems with file, row, column, value, remedy
    importer   the declaration, and the one action that lands a plan
    pages      the wizard
"""
