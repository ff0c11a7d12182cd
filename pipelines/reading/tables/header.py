"""Where a table's header stands.

Belongs here: telling header rows from data. Does not belong here: what a header says of its column
(`layouts.py`).
"""

from __future__ import annotations

from extractors.records import Cell, Table
from pipelines.reading.language.units import read_unit
from pipelines.reading.tables.layout import PERIOD, clean_header
from pipelines.vocabulary import Vocabulary

HEADER_SEARCH_ROWS = 6
"""A caption row or two (`单位：万元`) may stand in a table above its header, hardly more."""
HEADER_SEARCH_COLS = 3
HEADER_MAX_DEPTH = 4
MIN_REGIONS_DOWN = 3
MIN_HEADER_WORDS = 2


def find_header_rows(
    table: Table, vocabulary: Vocabulary, region_code: str | None
) -> tuple[int, int] | None:
    """First header row and first data row (half open), or None where there is no header."""
    for start in range(min(HEADER_SEARCH_ROWS, table.n_rows)):
        cells = [cell for cell in _row_cells(table, start) if cell.text.strip()]
        known = [cell for cell in cells if _is_header_word(cell, vocabulary, region_code)]
        if len(known) >= MIN_HEADER_WORDS and 2 * len(known) >= len(cells):
            break
    else:
        return _header_above_regions(table, vocabulary, region_code)
    end = max(cell.row + cell.row_span for cell in cells)
    end = min(end, start + HEADER_MAX_DEPTH, table.n_rows)
    while end < min(start + HEADER_MAX_DEPTH, table.n_rows) and _continues_header(
        table, end, vocabulary, region_code
    ):
        end += 1
    return start, max(end, min(table.header_rows, table.n_rows))


def _header_above_regions(
    table: Table, vocabulary: Vocabulary, region_code: str | None
) -> tuple[int, int] | None:
    """The rows above the first region of a column that lists regions, whatever their words.

    The tasks that head the other columns of such a table are no header words, and need not be.
    """
    for column in range(min(HEADER_SEARCH_COLS, table.n_cols)):
        listed = [
            row
            for row in range(table.n_rows)
            if (cell := table.grid[row][column]) is not None
            and cell.row == row
            and row > 0
            and names_row(clean_header(cell.text), vocabulary, region_code)
        ]
        if len(listed) >= MIN_REGIONS_DOWN and listed[0] <= HEADER_MAX_DEPTH:
            return 0, listed[0]
    return None


def names_row(text: str, vocabulary: Vocabulary, region_code: str | None) -> bool:
    """Whether a row label is a region, the publisher's own share, or a total."""
    if not text:
        return False
    match = vocabulary.headers.role_of(text)
    if match is not None:
        return match.role == "city_own" or vocabulary.headers.is_total(text)
    return vocabulary.headers.is_total(text) or (
        vocabulary.regions.resolve(text, within=region_code) is not None
    )


def _row_cells(table: Table, row: int) -> list[Cell]:
    """The cells that begin in this row, from left to right."""
    return [cell for cell in table.cells if cell.row == row]


def _is_header_word(cell: Cell, vocabulary: Vocabulary, region_code: str | None) -> bool:
    text = clean_header(cell.text)
    if vocabulary.headers.role_of(text) is not None:
        return True
    return vocabulary.regions.resolve(text, within=region_code) is not None


def _continues_header(
    table: Table, row: int, vocabulary: Vocabulary, region_code: str | None
) -> bool:
    """Whether a row below the first header row is a second storey of it.

    All of its words must be header words, regions, months or units: a line of data has at least
    one cell that is none of these.
    """
    cells = [cell for cell in _row_cells(table, row) if cell.text.strip()]
    if not cells or (len(cells) == 1 and cells[0].col_span == table.n_cols):
        return False
    unknown = 0
    for cell in cells:
        text = clean_header(cell.text)
        if _is_header_word(cell, vocabulary, region_code):
            continue
        if PERIOD.fullmatch(text) or read_unit(text, vocabulary) is not None:
            continue
        unknown += 1
    # One unknown name among many regions is a region that the vocabulary lacks, not data.
    return unknown == 0 or (len(cells) >= 5 and unknown * 5 <= len(cells))
