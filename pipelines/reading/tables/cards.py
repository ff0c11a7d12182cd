"""Tables that describe one commitment as a card: each label cell is followed by its value.

Belongs here: telling such a table from one with a header row, and pairing its cells. Does not
belong here: what the values say (they are read like labelled text).
"""

from __future__ import annotations

import itertools

from extractors.records import Cell, Table
from pipelines.reading.outline.labels import LabelledSlice
from pipelines.reading.recording.ledger import Ledger
from pipelines.reading.tables.layout import clean_header
from pipelines.vocabulary import Vocabulary

MIN_LABELS = 3
LABELLED_ROWS = 0.75
"""A card has a label in nearly every row; a table with a header row has them in that row alone."""


def read_card(
    table: Table, ledger: Ledger, vocabulary: Vocabulary
) -> tuple[LabelledSlice, ...] | None:
    """The labelled values of a card in order, or None where the table is none."""
    pairs = _pair_cells(table, vocabulary)
    rows = {label.row for label, _, _ in pairs}
    if len(pairs) < MIN_LABELS or len(rows) < LABELLED_ROWS * table.n_rows or len(rows) < 2:
        return None
    return tuple(
        LabelledSlice(role, ledger.of_cell(table.number, value))
        for _, role, value in pairs
        if value.text.strip()
    )


def _pair_cells(table: Table, vocabulary: Vocabulary) -> list[tuple[Cell, str, Cell]]:
    """Label, role and value: cells that hold nothing but a header word, with the cell beside."""
    pairs: list[tuple[Cell, str, Cell]] = []
    used: set[tuple[int, int]] = set()
    for row in range(table.n_rows):
        cells = [cell for cell in table.cells if cell.row == row]
        for label, value in itertools.pairwise(cells):
            if (label.row, label.col) in used:
                continue
            match = vocabulary.headers.role_of(clean_header(label.text))
            other = vocabulary.headers.role_of(clean_header(value.text))
            if match is None or match.kind != "exact" or (other and other.kind == "exact"):
                continue
            pairs.append((label, match.role, value))
            used.add((value.row, value.col))
    return pairs
