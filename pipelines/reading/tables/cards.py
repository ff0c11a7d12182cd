"""Tables that describe one commitment as a card: each label cell is followed by its value.

Belongs here: telling such a table from one with a header row, and pairing its cells. Does not
belong here: how labelled texts become a line (`lists.items`).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.records import Cell
from pipelines.reading.lists.labelled_line import line_of_pieces
from pipelines.reading.outline.labels import LabelledPiece
from pipelines.reading.recognition import Recognition, Setting
from pipelines.reading.tables.layout import TableView

MIN_LABELS = 3
LABELLED_ROWS = 0.75
"""A card has a label in nearly every row; a table with a header row has them in that row alone."""
MIN_PERIODS = 2


def recognise_card(view: TableView, setting: Setting) -> Recognition | None:
    """A line from the labelled values of each card, or None where the table holds none."""
    pairs = _pair_cells(view)
    rows = {row for pair in pairs for row in pair.rows}
    labels = {(pair.label.row, pair.label.col) for pair in pairs}
    labelled = len(rows) / view.n_rows
    if len(labels) < MIN_LABELS or labelled < LABELLED_ROWS or len(rows) < 2:
        return None
    lines = tuple(
        line_of_pieces(pieces, None, None, setting)
        for card in _split_cards(pairs)
        if (pieces := [pair.piece(view) for pair in card if pair.value.text.strip()])
    )
    if not lines:
        return None
    return Recognition(
        layout="card",
        evidence=0.5 + labelled / 2,
        says=f"{len(labels)} labels stand beside values, in {len(rows)} of {view.n_rows} rows",
        lines=lines,
        roles=frozenset(pair.role for pair in pairs),
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    """A label with one value; `header` is the part of the year that the value stands under."""

    label: Cell
    role: str
    value: Cell
    header: str = ""

    @property
    def rows(self) -> range:
        """The rows that the label covers."""
        return range(self.label.row, self.label.row + self.label.row_span)

    def piece(self, view: TableView) -> LabelledPiece:
        """The value as a piece of a line."""
        return LabelledPiece(self.role, view.text_of(self.value), self.header)


def _split_cards(pairs: Sequence[_Pair]) -> list[list[_Pair]]:
    """Cards that lie below each other in one table: each begins with the label of the first."""
    cards: list[list[_Pair]] = []
    for pair in pairs:
        if not cards or (pair.role == pairs[0].role and pair.label.row != pairs[0].label.row):
            cards.append([])
        cards[-1].append(pair)
    return cards


def _pair_cells(view: TableView) -> list[_Pair]:
    """Cells that hold nothing but a header word, with the cell beside, or with the grid of parts of
    the year beside."""
    pairs: list[_Pair] = []
    used: set[tuple[int, int]] = set()
    for row in range(view.n_rows):
        cells = view.cells_of_row(row)
        for position, (label, value) in enumerate(itertools.pairwise(cells)):
            role = None if (label.row, label.col) in used else _label_role(view, label)
            if role is None:
                continue
            periods = cells[position + 1 :]
            if len(periods) >= MIN_PERIODS and all(_is_period(view, cell) for cell in periods):
                found = _pair_grid(view, label, periods)
            elif _label_role(view, value) is None:
                found = [_Pair(label, role, value)]
            else:
                continue
            pairs.extend(found)
            used.update((pair.value.row, pair.value.col) for pair in found)
    return pairs


def _pair_grid(view: TableView, label: Cell, periods: Sequence[Cell]) -> list[_Pair]:
    """What stands below each part of the year, beside a label that covers both rows."""
    return [
        _Pair(label, "quarter_goal", below, view.text_of(period).words)
        for period in periods
        if (below := view.cell(min(period.row + period.row_span, view.n_rows - 1), period.col))
        is not None
        and below.row < label.row + label.row_span
        and below is not period
    ]


def _is_period(view: TableView, cell: Cell) -> bool:
    text = view.text_of(cell)
    return text.language.pattern("header_period").fullmatch(text.words) is not None


def _label_role(view: TableView, cell: Cell) -> str | None:
    text = view.text_of(cell)
    match = text.vocabulary.headers.role_of(text.words)
    return match.role if match is not None and match.kind == "exact" else None
