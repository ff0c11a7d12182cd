"""Tables that list their lines across: attributes down the side, a column for each line.

Belongs here: telling such a table, and seeing it the other way round, so that it is read as one
with a header row. Does not belong here: regions down the side (`turned`), or one line as pairs of
label and value (`cards`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractors.records import Cell, Table
from pipelines.reading.language.text import Text
from pipelines.reading.tables.layout import PROMISING_ROLES, TableView

MIN_LABELS = 3
MOST = 0.6
"""Share of the rows that must begin with a label, and of these that must go on with several values;
below it, a header word in the first column is chance."""
MIN_LINES = 2


@dataclass(frozen=True)
class TransposedView(TableView):
    """A table seen the other way round: its columns are rows here. Texts keep their own places."""

    def text_of(self, cell: Cell) -> Text:
        """The text of a cell of this view."""
        return self.texts.of_cell(self.table, _turn(cell))

    def seen_from(self, text: Text, row: int) -> Text:
        """A text stays where it is printed: a row here is no row of the paper."""
        return text

    @property
    def header_axis(self) -> str:
        """What a header stands over, in the table as printed."""
        return "row"


def transpose(view: TableView) -> TableView | None:
    """The table seen the other way round where it lists its lines across, or None."""
    if not lists_lines_across(view):
        return None
    table = view.table
    cells = sorted((_turn(cell) for cell in table.cells), key=lambda cell: (cell.row, cell.col))
    turned = Table(tuple(cells), table.n_cols, table.n_rows, table.number, 0, table.pages)
    return TransposedView(turned, view.texts)


def _turn(cell: Cell) -> Cell:
    return replace(cell, row=cell.col, col=cell.row, row_span=cell.col_span, col_span=cell.row_span)


def lists_lines_across(view: TableView) -> bool:
    """Whether most rows are a header word with several values, and they say what is promised."""
    if view.n_cols <= MIN_LINES:
        return False
    roles = {row: role for row in range(view.n_rows) if (role := _role_at(view, row, 0))}
    if len(set(roles.values())) < MIN_LABELS or len(roles) < MOST * view.n_rows:
        return False
    several = [row for row in roles if _has_several_values(view, row)]
    return len(several) >= MOST * len(roles) and bool(
        PROMISING_ROLES & {roles[row] for row in several}
    )


def _has_several_values(view: TableView, row: int) -> bool:
    """Whether a row goes on with values only, one for each line."""
    cells = [cell for cell in view.cells_of_row(row) if cell.col > 0]
    values = [cell for cell in cells if cell.text.strip()]
    return len(values) >= MIN_LINES and not any(_role_at(view, row, cell.col) for cell in values)


def _role_at(view: TableView, row: int, col: int) -> str | None:
    """The role of the header word that a cell is, where the cell begins here."""
    cell = view.cell(row, col)
    if cell is None or (cell.row, cell.col) != (row, col):
        return None
    text = view.text_of(cell)
    match = text.vocabulary.headers.role_of(text.words)
    return match.role if match is not None and match.kind == "exact" else None
