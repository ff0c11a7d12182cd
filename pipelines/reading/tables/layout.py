"""A table with the roles of its columns, as the rest of the reading sees it.

Belongs here: the column, the layout, and how header words are compared. Does not belong here: how
roles are found (`layouts.py`), or what the cells below them mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from extractors.records import Cell, Table
from pipelines.reading.language.text import Text
from pipelines.reading.language.units import UnitHint
from pipelines.reading.outline.texts import DocumentTexts
from pipelines.vocabulary import RegionMatch

PROMISING_ROLES = frozenset({"title", "goal", "detail"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table and what it is for. `role` is None where no word of it is known."""

    index: int
    header: str
    role: str | None
    region: RegionMatch | None = None
    unit_hint: UnitHint | None = None
    names: tuple[Text, ...] = ()
    """The header cells that name a thing: no role, unit or body."""
    is_inferred: bool = False
    """Whether the role was inferred from the other columns, not read from the header."""
    goals: tuple[Text, ...] = ()
    """Header cells that state a figure and nothing else: what the task below them is to reach."""
    leads: tuple[Text, ...] = ()
    """Header cells that name the body which leads what the column is about."""
    period: str | None = None
    year: int | None = None
    is_own_period: bool = False
    """Whether its counts are of one quarter or month alone, not up to its end."""
    names_parts: bool = False
    """Whether its cells name what bare figures count, where a line has several of them."""
    dated_by: int | None = None
    """The column that tells by when what stands in this one is done, row by row."""
    row_roles: frozenset[str] = frozenset()
    """The roles that its cells give the figures of their rows."""

    @property
    def roles(self) -> frozenset[str]:
        """Its own role and those that its cells name."""
        return self.row_roles | {self.role} if self.role else self.row_roles


@dataclass(frozen=True)
class TableView:
    """A table whose cells are texts."""

    table: Table
    texts: DocumentTexts

    @property
    def n_rows(self) -> int:
        """How many rows there are."""
        return self.table.n_rows

    @property
    def n_cols(self) -> int:
        """How many columns there are."""
        return self.table.n_cols

    def cell(self, row: int, col: int) -> Cell | None:
        """The cell that a position belongs to."""
        return self.table.grid[row][col]

    def text_of(self, cell: Cell) -> Text:
        """The text of a cell."""
        return self.texts.of_cell(self.table, cell)

    def text(self, row: int, col: int) -> Text | None:
        """The text of the cell that a position belongs to."""
        cell = self.cell(row, col)
        return self.text_of(cell) if cell is not None else None

    def seen_from(self, text: Text, row: int) -> Text:
        """A text as seen from a row that it may only be merged into."""
        return text if text.row_no == row + 1 else text.seen_from(row + 1)

    @property
    def header_axis(self) -> str:
        """What a header stands over, in the table as printed."""
        return "column"

    def cells_of_row(self, row: int) -> list[Cell]:
        """The cells that begin in this row, from left to right."""
        return self._by_row.get(row, [])

    @cached_property
    def _by_row(self) -> dict[int, list[Cell]]:
        rows: dict[int, list[Cell]] = {}
        for cell in self.table.cells:
            rows.setdefault(cell.row, []).append(cell)
        return rows

    def column_texts(self, first_row: int, col: int) -> list[Text]:
        """What the cells of a column show that begin in it and cover no other, from a row on."""
        found = []
        for row in range(first_row, self.n_rows):
            cell = self.cell(row, col)
            if cell is not None and (cell.row, cell.col, cell.col_span) == (row, col, 1):
                text = self.text_of(cell)
                if text.shown:
                    found.append(text)
        return found

    def begun_under(self, first_row: int, key: int, col: int) -> list[int]:
        """How many filled cells of a column begin beside each cell of a key column, from a row on;
        a key that is blank or printed again goes on."""
        counts: list[int] = []
        last = ""
        for row in range(first_row, self.n_rows):
            named, cell = self.text(row, key), self.cell(row, col)
            words = named.shown if named is not None else ""
            if not counts or (words and words != last):
                counts.append(0)
                last = words
            counts[-1] += cell is not None and cell.row == row and bool(cell.text.strip())
        return counts


@dataclass(frozen=True)
class TableLayout:
    """A table with the roles of its columns; rows `first_row` and on are data."""

    view: TableView
    columns: tuple[Column, ...]
    header_start: int
    first_row: int
    caption_name: str | None = None
    caption_unit: UnitHint | None = None
    """What the lines above the table say of all of it."""

    def having(self, *roles: str) -> tuple[Column, ...]:
        """The columns that have one of these roles, from left to right."""
        return tuple(column for column in self.columns if column.role in roles)

    def has(self, *roles: str) -> bool:
        """Whether some column has one of these roles."""
        return any(column.role in roles for column in self.columns)

    @property
    def roles(self) -> frozenset[str]:
        """All roles of its columns."""
        return frozenset[str]().union(*(column.roles for column in self.columns))

    @property
    def data_rows(self) -> range:
        """The indices of the rows below the header."""
        return range(self.first_row, self.view.n_rows)
