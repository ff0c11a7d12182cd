"""Columns of bare figures, with the columns that say what they count and in which unit.

Belongs here: finding the unit of a row's figures, the name of what they count, and whether they are
of one quarter or month alone. Does not belong here: reading the figures (`recording`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipelines.reading.language.dates import find_dates
from pipelines.reading.language.passage import read_passage
from pipelines.reading.language.text import Text
from pipelines.reading.language.units import read_unit
from pipelines.reading.rows import Field, Row
from pipelines.reading.tables.layout import Column, TableView
from pipelines.vocabulary import Vocabulary

OPEN_TO_UNITS = (None, "goal", "goal_value", "done_value", "progress", "detail")
MOST = 0.8
"""Share of its cells by which a column is told."""
MIN_UNITS = 2
MIN_PARTS = 2
FIRST_MONTH = 1
SOME_YEAR = 2000
"""Which year a quarter lies in does not matter to where it begins in it."""

Columns = tuple[Column, ...]


def settle_units(
    view: TableView, first_row: int, columns: Columns, vocabulary: Vocabulary
) -> Columns:
    """A column whose cells are units of measure is the unit of the figures in its row, whatever
    stands above it.

    Where a second one disagrees with the first, the figures before it have no role: whose unit is
    meant is not known to what reads them.
    """
    settled = list(columns)
    known = next((c for c in columns if c.role == "unit"), None)
    for column in columns:
        if column.role not in OPEN_TO_UNITS or not _holds_units(
            view, first_row, column, vocabulary
        ):
            continue
        settled[column.index] = replace(column, role="unit")
        if known is not None and column.index > 0 and _differs(view, first_row, known, column):
            before = settled[column.index - 1]
            settled[before.index] = replace(before, role=None)
        known = known or column
    return tuple(settled)


def _holds_units(view: TableView, first_row: int, column: Column, vocabulary: Vocabulary) -> bool:
    texts = list(_filled(view, first_row, column))
    units = [text for text in texts if read_unit(text.words, vocabulary) is not None]
    headed = vocabulary.headers.role_of(column.header.rsplit("/", 1)[-1])
    least = 1 if headed is not None and headed.role == "unit" else MIN_UNITS
    return len(units) >= least and len(units) >= MOST * len(texts)


def _filled(view: TableView, first_row: int, column: Column) -> Iterator[Text]:
    texts = view.column_texts(first_row, column.index)
    return (text for text in texts if not text.is_blank)


def _differs(view: TableView, first_row: int, left: Column, right: Column) -> bool:
    pairs = (
        (view.text(row, left.index), view.text(row, right.index))
        for row in range(first_row, view.n_rows)
    )
    return any(a is not None and b is not None and a.words != b.words for a, b in pairs)


def settle_parts(view: TableView, first_row: int, columns: Columns) -> Columns:
    """Details without any figure name what the bare figures beside them count."""
    details = [c for c in columns if c.role == "detail"]
    if len(details) != 1 or any(c.role == "sub_title" for c in columns):
        return columns
    detail = details[0]
    if any(text.quantities for text in _filled(view, first_row, detail)):
        return columns
    return tuple(replace(c, names_parts=True) if c is detail else c for c in columns)


def name_parts(columns: Columns, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of a line with the names of its parts, where a column of details holds several."""
    naming = [c.index for c in columns if c.names_parts]
    texts = {f.text.words for row in rows for f in row.fields if f.column in naming}
    if len(texts) < MIN_PARTS:
        return tuple(rows)
    return tuple(
        replace(row, fields=tuple(_part_name(field, naming) for field in row.fields))
        for row in rows
    )


def _part_name(field: Field, naming: Sequence[int]) -> Field:
    return replace(field, role="sub_title") if field.column in naming else field


def settle_own_periods(columns: Columns, vocabulary: Vocabulary) -> Columns:
    """Counts of one quarter or month, beside a column of counts up to now, are of it alone."""
    done = [c for c in columns if c.role == "done_value"]
    if not any(vocabulary.language.has("cumulative_cue", c.header) for c in done):
        return columns
    own = [c for c in done if _is_of_one_period(c.header.rsplit("/", 1)[-1], vocabulary)]
    return tuple(replace(c, is_own_period=True) if c in own else c for c in columns)


def _is_of_one_period(header: str, vocabulary: Vocabulary) -> bool:
    """Whether a header names a time that begins after the year does, and says nothing of a sum."""
    if vocabulary.language.has("cumulative_cue", header):
        return False
    mentions = find_dates(read_passage(header, vocabulary), SOME_YEAR)
    return any(m.starts_on is not None and m.starts_on.month > FIRST_MONTH for m in mentions)
