"""A table while later pages still add to it: its cells by row, by column and by where they end.

Belongs here: the lists and counts that a page break is judged by, kept as the table grows. A long
table has hundreds of page breaks, so none may cost a look at all of its rows. Does not belong here:
what a page break did (`continuation`), which parts are one table (`stitching`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.cell_text import find_digits, is_heading_like, is_quantity, mentions, simplify
from extractors.parts import TablePart
from extractors.records import Cell


@dataclass(slots=True)
class Column:
    """Cells that begin in one column, by index, from top to bottom, and what is known of them.

    Only the last cell of a column can still grow. `n_filled` counts texts of a single row,
    `n_merged` merged keys. Names are gathered of the first `n_named` cells, and of the first
    `n_judged` it is known how many stand beside figures and name them, but for those `waiting`
    beside a cell that may grow.
    """

    cells: list[int] = field(default_factory=list)
    with_text: list[int] = field(default_factory=list)
    n_filled: int = 0
    n_merged: int = 0
    names: set[str] = field(default_factory=set)
    n_named: int = 0
    n_judged: int = 0
    waiting: list[int] = field(default_factory=list)
    n_beside_figures: int = 0
    n_naming: int = 0


class GrowingTable:
    """Parts of one table, put together; rows and columns count from the first part's corner."""

    def __init__(self, part: TablePart) -> None:
        self.n_rows = part.n_rows
        self.n_cols = part.n_cols
        self.edges = part.edges
        self.padding_pt = part.padding_pt
        self.open_below = part.open_below
        self._index(part.cells)

    def _index(self, cells: Iterable[Cell]) -> None:
        self.cells: list[Cell] = []
        self._rows: defaultdict[int, list[int]] = defaultdict(list)
        self._ends: defaultdict[int, list[int]] = defaultdict(list)
        self._columns: defaultdict[int, Column] = defaultdict(Column)
        self._quantities: dict[int, list[tuple[int, frozenset[str]]]] = {}
        self._headings: set[int] = set()
        self._changed_rows: set[int] = set()
        for cell in cells:
            self.add(cell)

    # --- growing

    def add(self, cell: Cell) -> None:
        """Put a cell below all others of its column."""
        index = len(self.cells)
        self.cells.append(cell)
        self._rows[cell.row].append(index)
        self._ends[cell.row + cell.row_span].append(index)
        column = self._columns[cell.col]
        column.cells.append(index)
        if cell.text:
            column.with_text.append(index)
        self._count(cell, 1)

    def replace(self, index: int, cell: Cell) -> None:
        """Let a cell that reaches the table's end go on: the same place, more rows or lines."""
        before = self.cells[index]
        self._count(before, -1)
        self._ends[before.row + before.row_span].remove(index)
        self.cells[index] = cell
        self._ends[cell.row + cell.row_span].append(index)
        if cell.text and not before.text:
            self._columns[cell.col].with_text.append(index)
        self._count(cell, 1)

    def drop_blank_strip(self) -> None:
        """Take away a last row that is one blank cell: room between the rows and the page's end.

        Browsers close the frame of a table with spaced borders at the foot of each page.
        """
        last = self.list_open()
        if len(last) != 1 or self.n_rows < 2:
            return
        index = last[0]
        cell = self.cells[index]
        if cell.lines or cell.row_span > 1 or index != len(self.cells) - 1:
            return
        self._count(cell, -1)
        self._rows[cell.row].remove(index)
        self._columns[cell.col].cells.remove(index)
        del self._ends[self.n_rows], self.cells[index]
        self.n_rows -= 1

    def recount_columns(self, edges: tuple[float, ...]) -> None:
        """Count cells in the columns between the given edges, which are more than its own."""
        place = place_edges(self.edges, edges)
        self.n_cols = len(edges) - 1
        self.edges = edges
        self.open_below = frozenset(place[col] for col in self.open_below)
        self._index([move_columns(cell, place) for cell in self.cells])

    def _count(self, cell: Cell, by: int) -> None:
        column = self._columns[cell.col]
        column.n_filled += by * (bool(cell.text) and cell.row_span == 1)
        column.n_merged += by * is_merged_key(cell)
        self._quantities.pop(cell.row, None)
        self._changed_rows.add(cell.row)

    # --- looking up

    def list_open(self) -> list[int]:
        """Indices of the cells that reach the table's end."""
        return self._ends[self.n_rows]

    def list_row(self, row: int) -> list[Cell]:
        """The cells that begin in a row."""
        return [self.cells[index] for index in self._rows[row]]

    def walk_up(self, col: int) -> Iterator[Cell]:
        """The cells of a column from the last to the first."""
        return (self.cells[index] for index in reversed(self._columns[col].cells))

    def walk_texts_up(self, col: int) -> Iterator[Cell]:
        """The cells of a column that hold text, from the last to the first."""
        return (self.cells[index] for index in reversed(self._columns[col].with_text))

    def count_filled(self, col: int) -> tuple[int, int]:
        """How many cells of a column hold text in a single row, and how many there are."""
        column = self._columns[col]
        return column.n_filled, len(column.cells)

    def find_key_columns(self) -> set[int]:
        """Columns with cells that are merged over several rows, see `is_merged_key`."""
        return {col for col, column in self._columns.items() if column.n_merged}

    def has_heading_below(self) -> bool:
        """Whether a row below the first could be a header."""
        for row in self._changed_rows:
            if row and is_heading_like(self.list_row(row)):
                self._headings.add(row)
            else:
                self._headings.discard(row)
        self._changed_rows.clear()
        return bool(self._headings)

    def has_name(self, col: int, name: str) -> bool:
        """Whether a cell of the column holds just this text, see `simplify`."""
        column = self._columns[col]
        for index in column.cells[column.n_named : -1]:
            column.names.add(simplify(self.cells[index].text))
        column.n_named = max(column.n_named, len(column.cells) - 1)
        return name in column.names or any(
            simplify(self.cells[index].text) == name for index in column.cells[-1:]
        )

    def find_figures(self, title: Cell) -> set[str]:
        """Digits of the nearest bare quantities to the right of a cell, in the rows it covers."""
        figures: set[str] = set()
        for row in range(title.row, title.row + title.row_span):
            for col, digits in self._list_quantities(row):
                if col > title.col:
                    figures |= digits
                    break
        return figures

    def count_titles(self, col: int) -> tuple[int, int]:
        """Of a column's texts, the last aside, how many stand beside figures, how many name them.

        Verdicts on cells beside one that may still grow are made anew each time.
        """
        column = self._columns[col]
        growing = {self.cells[index].row for index in self.list_open()}
        waiting: list[int] = []
        n_beside = n_naming = 0
        for index in (*column.waiting, *column.cells[column.n_judged : -1]):
            cell = self.cells[index]
            figures = self.find_figures(cell) if cell.text else set()
            is_naming = mentions(cell.text, figures)
            if growing.isdisjoint(range(cell.row, cell.row + cell.row_span)):
                column.n_beside_figures += bool(figures)
                column.n_naming += is_naming
            else:
                waiting.append(index)
                n_beside += bool(figures)
                n_naming += is_naming
        column.waiting = waiting
        column.n_judged = max(column.n_judged, len(column.cells) - 1)
        return column.n_beside_figures + n_beside, column.n_naming + n_naming

    def _list_quantities(self, row: int) -> list[tuple[int, frozenset[str]]]:
        """Columns and digits of the bare quantities that begin in a row, from left to right."""
        found = self._quantities.get(row)
        if found is None:
            cells = sorted(self.list_row(row), key=lambda cell: cell.col)
            found = self._quantities[row] = [
                (cell.col, find_digits(cell.text)) for cell in cells if is_quantity(cell.text)
            ]
        return found


def is_merged_key(cell: Cell) -> bool:
    """Whether a cell below the first row is merged over several rows and holds no bare figure."""
    return cell.row > 0 and cell.row_span > 1 and cell.col_span == 1 and not is_quantity(cell.text)


def place_edges(edges: Sequence[float], among: Sequence[float]) -> list[int]:
    """For each column border the index of the nearest among others."""
    return [min(range(len(among)), key=lambda index: abs(among[index] - edge)) for edge in edges]


def move_columns(cell: Cell, place: Sequence[int]) -> Cell:
    """The cell in other columns: `place` gives for each border its new index."""
    col = place[cell.col]
    return replace(cell, col=col, col_span=place[cell.col + cell.col_span] - col)
