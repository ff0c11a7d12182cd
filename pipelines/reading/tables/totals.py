"""Rows of a table that hold no line: bands, notes and totals.

Belongs here: what their numbers are. Does not belong here: telling them from rows of data
(`grouping`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import takewhile

from extractors.records import Cell
from pipelines.reading.rows import ROLES_OF_DESCRIBING, Remainder
from pipelines.reading.tables.grouping import RowKind, classify_row
from pipelines.reading.tables.layout import TableLayout

DESCRIBING = tuple(role for role in ROLES_OF_DESCRIBING if role is not None)


def remainders_of(layout: TableLayout) -> tuple[Remainder, ...]:
    """Bands, notes and totals of a table, whose numbers qualify what they stand beside.

    A bare figure of a row of totals that the figures over it do not add up to may be anything: it
    stays unresolved.
    """
    view = layout.view
    rows = [(row, classify_row(layout, row)) for row in layout.data_rows]
    return tuple(
        Remainder(view.text_of(cell), "unresolved", "row:other_total")
        if kind is RowKind.TOTAL and _is_other_total(layout, cell, rows)
        else Remainder(view.text_of(cell), "scope", f"row:{kind}")
        for row, kind in rows
        if kind is not RowKind.DATA
        for cell in view.cells_of_row(row)
    )


def _is_other_total(layout: TableLayout, cell: Cell, rows: Sequence[tuple[int, RowKind]]) -> bool:
    """Whether a bare figure is the sum neither of its column nor of a stretch of it beside it."""
    total = _bare_value(layout, cell.row, cell.col)
    describing = {column.index for column in layout.having(*DESCRIBING)}
    if total is None or cell.col in describing:
        return False
    parts = [
        None if kind is not RowKind.DATA else _bare_value(layout, row, cell.col) or Decimal(0)
        for row, kind in rows
    ]
    at = [row for row, _ in rows].index(cell.row)
    above, below = parts[:at], parts[at + 1 :]
    sums = (_sum(above), _sum(below), _sum(_stretch(reversed(above))), _sum(_stretch(below)))
    return total not in sums


def _bare_value(layout: TableLayout, row: int, column: int) -> Decimal | None:
    cell = layout.view.cell(row, column)
    text = layout.view.text_of(cell) if cell is not None and cell.row == row else None
    return text.quantities[0].value if text is not None and text.is_bare_quantity else None


def _stretch(parts: Iterable[Decimal | None]) -> Iterable[Decimal | None]:
    """The rows of data up to the next band or total."""
    return takewhile(lambda part: part is not None, parts)


def _sum(parts: Iterable[Decimal | None]) -> Decimal:
    return sum((part for part in parts if part is not None), Decimal(0))
