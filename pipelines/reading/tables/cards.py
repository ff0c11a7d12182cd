"""Tables that describe one commitment as a card: each label cell is followed by its value.

Belongs here: telling such a table from one with a header row, and pairing its cells. Does not
belong here: how labelled texts become a line (`lists.items`).
"""

from __future__ import annotations

import itertools

from extractors.records import Cell
from pipelines.reading.lists.labelled_line import line_of_pieces
from pipelines.reading.outline.labels import LabelledPiece
from pipelines.reading.recognition import Recognition, Setting
from pipelines.reading.tables.layout import TableView

MIN_LABELS = 3
LABELLED_ROWS = 0.75
"""A card has a label in nearly every row; a table with a header row has them in that row alone."""


def recognise_card(view: TableView, setting: Setting) -> Recognition | None:
    """One line from the labelled values of a card, or None where the table is none."""
    pairs = _pair_cells(view)
    labelled = len({label.row for label, _, _ in pairs}) / view.n_rows
    rows = {label.row for label, _, _ in pairs}
    if len(pairs) < MIN_LABELS or labelled < LABELLED_ROWS or len(rows) < 2:
        return None
    pieces = [
        LabelledPiece(role, view.text_of(value)) for _, role, value in pairs if value.text.strip()
    ]
    if not pieces:
        return None
    return Recognition(
        layout="card",
        evidence=0.5 + labelled / 2,
        says=f"{len(pairs)} labels stand beside their values, in {len(rows)} of {view.n_rows} rows",
        lines=(line_of_pieces(pieces, None, None, setting),),
        roles=frozenset(piece.role for piece in pieces if piece.role),
    )


def _pair_cells(view: TableView) -> list[tuple[Cell, str, Cell]]:
    """Label, role and value: cells that hold nothing but a header word, with the cell beside."""
    pairs: list[tuple[Cell, str, Cell]] = []
    used: set[tuple[int, int]] = set()
    for row in range(view.n_rows):
        for label, value in itertools.pairwise(view.cells_of_row(row)):
            if (label.row, label.col) in used:
                continue
            role = _label_role(view, label)
            if role is None or _label_role(view, value) is not None:
                continue
            pairs.append((label, role, value))
            used.add((value.row, value.col))
    return pairs


def _label_role(view: TableView, cell: Cell) -> str | None:
    text = view.text_of(cell)
    match = text.vocabulary.headers.role_of(text.words)
    return match.role if match is not None and match.kind == "exact" else None
