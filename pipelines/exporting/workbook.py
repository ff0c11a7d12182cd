"""One workbook (xlsx): a sheet of definitions, then a sheet a relation, with types.

Belongs here: what Excel can and cannot hold, and how a sheet looks. Does not belong here: which
relations there are (`catalog`).

Texts are written as texts, and one that begins like a formula is marked as such besides, so that it
stays one even when somebody edits the cell. Numbers are doubles in a workbook: a decimal that a
double cannot hold to the digit is written as text. Times are in UTC.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from pipelines.console.summary import open_published
from pipelines.exporting.catalog import (
    DEFINITION_COLUMNS,
    DEFINITIONS,
    FORMULA_MARKS,
    Exported,
    ExportError,
    Relation,
    Written,
    choose_relations,
    list_definitions,
    quote,
)

MOST_ROWS = 1_048_575
"""Rows of a sheet (2^20) less the one with the names; so Excel's specification has it."""
MOST_CHARACTERS = 32_767
"""Characters of a cell, by the same."""
_FIRST_YEAR = 1900
_LONGEST_NAME = 31
_WIDTHS = {"VARCHAR": 24, "DATE": 11, "TIMESTAMP": 20}
_USUAL_WIDTH = 13
_BATCH = 2_000
_EXACT_DIGITS = 15
_SETTINGS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@dataclass(slots=True)
class _Book:
    """The workbook under way, its formats, and how many values had to be written otherwise."""

    workbook: Any
    cut: int = 0
    as_text: int = 0
    formats: dict[str, Any] = field(default_factory=dict)


def export_workbook(warehouse: Path, wanted: Sequence[str], path: Path) -> Exported:
    """Write the relations to one workbook, which takes the place of one of this name in one step.

    Raises:
        ExportError: a relation is unknown, or has more rows than a sheet.
        OSError: the folder refuses.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    incoming = path.with_name(path.name + ".new")
    try:
        with open_published(warehouse) as connection, _new_book(incoming) as book:
            # Times are told in one zone, wherever the machine stands.
            connection.execute("SET TimeZone = 'UTC'")
            relations = choose_relations(connection, wanted)
            _write_definitions(book, relations)
            written = tuple(_write_relation(book, connection, one) for one in relations)
        os.replace(incoming, path)
    except (xlsxwriter.exceptions.XlsxWriterException, duckdb.Error) as error:
        raise ExportError("export_failed", f"Nothing was written: {error}") from error
    finally:
        incoming.unlink(missing_ok=True)
    return Exported(path, written, tuple(_list_remarks(book)))


@contextmanager
def _new_book(path: Path) -> Iterator[_Book]:
    workbook = xlsxwriter.Workbook(str(path), _SETTINGS)
    book = _Book(workbook)
    book.formats = {
        "name": workbook.add_format({"bold": True, "bottom": 1}),
        "date": workbook.add_format({"num_format": "yyyy-mm-dd"}),
        "time": workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        "quoted": workbook.add_format({"quote_prefix": True}),
    }
    try:
        yield book
    finally:
        # Also where it is thrown away: its parts lie in temporary files until it is closed.
        workbook.close()


def _write_definitions(book: _Book, relations: Sequence[Relation]) -> None:
    sheet = book.workbook.add_worksheet(DEFINITIONS)
    _write_names(book, sheet, DEFINITION_COLUMNS)
    sheet.set_column(0, 2, 26)
    sheet.set_column(3, 3, 100)
    for number, row in enumerate(list_definitions(relations), start=1):
        for column, text in enumerate(row):
            _write_value(book, sheet, (number, column), text)
    sheet.freeze_panes(1, 0)


def _write_relation(
    book: _Book, connection: duckdb.DuckDBPyConnection, relation: Relation
) -> Written:
    counted = connection.execute(f"SELECT count(*) FROM {quote(relation.name)}").fetchone()
    rows = int(counted[0]) if counted else 0
    if rows > MOST_ROWS:
        raise ExportError(
            "too_many_rows",
            f"{relation.name} has {rows} rows and a sheet holds {MOST_ROWS}: take csv or parquet.",
        )
    sheet = book.workbook.add_worksheet(relation.name[:_LONGEST_NAME])
    _write_names(book, sheet, [column.name for column in relation.columns])
    for number, column in enumerate(relation.columns):
        width = next((w for kind, w in _WIDTHS.items() if column.type.startswith(kind)), 0)
        sheet.set_column(number, number, width or _USUAL_WIDTH)
        sheet.write_comment(0, number, column.meaning, {"x_scale": 2})
    cursor = connection.execute(f"SELECT * FROM {quote(relation.name)}")
    number = 0
    while batch := cursor.fetchmany(_BATCH):
        for row in batch:
            number += 1
            for place, value in enumerate(row):
                _write_value(book, sheet, (number, place), value)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, number, len(relation.columns) - 1)
    return Written(relation.name, number)


def _write_names(book: _Book, sheet: Any, names: Sequence[str]) -> None:
    for number, name in enumerate(names):
        sheet.write_string(0, number, name, book.formats["name"])


def _write_value(book: _Book, sheet: Any, place: tuple[int, int], value: object) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(*place, value)
        case int() | float() | Decimal() if _is_exact(value):
            sheet.write_number(*place, float(value))
        case datetime() if value.year >= _FIRST_YEAR:
            there = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
            sheet.write_datetime(*place, there, book.formats["time"])
        case date() if value.year >= _FIRST_YEAR:
            sheet.write_datetime(*place, value, book.formats["date"])
        case str():
            _write_text(book, sheet, place, value)
        case _:
            book.as_text += 1
            _write_text(book, sheet, place, str(value))


def _write_text(book: _Book, sheet: Any, place: tuple[int, int], text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        book.cut += 1
        text = text[: MOST_CHARACTERS - 1] + "…"
    is_like_formula = text.startswith(tuple(FORMULA_MARKS))
    sheet.write_string(*place, text, book.formats["quoted"] if is_like_formula else None)


def _is_exact(value: float | Decimal) -> bool:
    """Whether Excel, which keeps fifteen digits of a number, shows this very one."""
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not number.is_finite():
        return False
    return isinstance(value, float) or len(number.normalize().as_tuple().digits) <= _EXACT_DIGITS


def _list_remarks(book: _Book) -> Iterator[str]:
    if book.cut:
        yield (
            f"{book.cut} texts are longer than the {MOST_CHARACTERS} characters of a cell and end "
            "in …; csv and parquet have them whole."
        )
    if book.as_text:
        yield f"{book.as_text} values are texts here: no cell holds them to the digit or the day."
