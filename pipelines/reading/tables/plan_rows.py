"""Plans that a card lays out in rows: beside their label a day, and what is done by it.

Belongs here: telling such rows from a single value, and which of their cells is the day. Does not
belong here: the other labels of a card (`cards`), or columns of days of a table (`dated_steps`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.records import Cell
from pipelines.reading.tables.dated_steps import is_day
from pipelines.reading.tables.layout import TableView

PLAN_ROLES = ("schedule", "quarter_goal")
"""The roles of labels that a plan may stand beside."""
ORDERS = ((0, 1), (1, 0))
"""Where the day stands beside a step, and where the step does; days before their steps first."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of a plan. Its day may be merged over several rows, and may be none that is known."""

    row: int
    day: Cell
    step: Cell
    is_dated: bool

    @property
    def begins_day(self) -> bool:
        """Whether its day is printed here, not merged into from above."""
        return self.day.row == self.row


def read_plan_rows(view: TableView, label: Cell) -> tuple[PlanRow, ...]:
    """The rows beside a label of a plan; none where they are not pairs of a day and a step.

    Every row must be a pair, and most of them must have a day on the same side. A first row of
    header words heads the pairs.
    """
    rows = range(label.row, label.row + label.row_span)
    beside = [(row, _cells_beside(view, label, row)) for row in rows]
    pairs = [(row, cells) for row, cells in beside if any(cell.text.strip() for cell in cells)]
    if pairs and all(_is_header(view, cell) for cell in pairs[0][1]):
        pairs = pairs[1:]
    # A step may read like a header (`完成年度任务`); at the left, one is a label with its value.
    if any(len(cells) != 2 or _is_header(view, cells[0]) for _, cells in pairs):
        return ()
    for day_at, step_at in ORDERS:
        found = tuple(
            PlanRow(row, cells[day_at], cells[step_at], is_day(view.text_of(cells[day_at])))
            for row, cells in pairs
            if cells[step_at].row == row
        )
        if 2 * sum(row.is_dated for row in found) > len(found):
            return found
    return ()


def _cells_beside(view: TableView, label: Cell, row: int) -> Sequence[Cell]:
    """The cells to the right of a label in one of its rows, with those merged into the row."""
    cells: list[Cell] = []
    for col in range(label.col + label.col_span, view.n_cols):
        cell = view.cell(row, col)
        if cell is not None and cell not in cells:
            cells.append(cell)
    return cells


def _is_header(view: TableView, cell: Cell) -> bool:
    text = view.text_of(cell)
    match = text.vocabulary.headers.role_of(text.words)
    return match is not None and match.kind == "exact"
