"""Where a table's header stands.

Belongs here: telling header rows from data. Does not belong here: what a header says of its column
(`roles_by_header`).
"""

from __future__ import annotations

from extractors.records import Cell
from pipelines.reading.language.text import Text
from pipelines.reading.language.units import read_unit
from pipelines.reading.recognition import Setting
from pipelines.reading.tables.layout import TableView

HEADER_SEARCH_ROWS = 6
"""A caption row or two (`单位：万元`) may stand in a table above its header, hardly more."""
HEADER_SEARCH_COLS = 3
HEADER_MAX_DEPTH = 4
MIN_REGIONS_DOWN = 3
MIN_HEADER_WORDS = 2
MANY_CELLS = 5
"""One unknown name among so many regions is a region that the vocabulary lacks, not data."""


def find_header_rows(view: TableView, setting: Setting) -> tuple[int, int] | None:
    """First header row and first data row (half open), or None where there is no header."""
    for start in range(HEADER_SEARCH_ROWS):
        cells = [cell for cell in view.cells_of_row(start) if cell.text.strip()]
        known = [cell for cell in cells if _is_header_word(view.text_of(cell), setting)]
        if len(known) >= MIN_HEADER_WORDS and 2 * len(known) >= len(cells):
            break
    else:
        return _header_above_regions(view, setting)
    end = max(cell.row + cell.row_span for cell in cells)
    end = min(end, start + HEADER_MAX_DEPTH, view.n_rows)
    while end < start + HEADER_MAX_DEPTH and _continues(view, end, setting):
        end += 1
    return _topmost_storey(view, start), max(end, min(view.table.header_rows, view.n_rows))


def _topmost_storey(view: TableView, start: int) -> int:
    """The first row of a header whose deepest row is `start`: a cell that reaches down into it from
    above makes the rows in between storeys of it, whatever their words."""
    reaching = [
        cell.row for cell in view.table.grid[start] if cell is not None and cell.text.strip()
    ]
    return max(min(reaching, default=start), start - HEADER_MAX_DEPTH + 1)


def _header_above_regions(view: TableView, setting: Setting) -> tuple[int, int] | None:
    """The rows above the first region of a column that lists regions, whatever their words.

    The tasks that head the other columns of such a table are no header words, and need not be.
    """
    for column in range(min(HEADER_SEARCH_COLS, view.n_cols)):
        listed = [row for row in range(1, view.n_rows) if _lists_region(view, row, column, setting)]
        if len(listed) >= MIN_REGIONS_DOWN and listed[0] <= HEADER_MAX_DEPTH:
            return 0, listed[0]
    return None


def _lists_region(view: TableView, row: int, column: int, setting: Setting) -> bool:
    cell = view.cell(row, column)
    return cell is not None and cell.row == row and names_row(view.text_of(cell).words, setting)


def names_row(words: str, setting: Setting) -> bool:
    """Whether a row label is a region, the publisher's own share, or a total."""
    headers = setting.vocabulary.headers
    match = headers.role_of(words)
    if match is not None:
        return match.role == "city_own" or headers.is_total(words)
    return setting.region_named(words) is not None


def _is_header_word(text: Text, setting: Setting) -> bool:
    if setting.vocabulary.headers.role_of(text.words) is not None:
        return True
    return setting.region_named(text.words) is not None


def _continues(view: TableView, row: int, setting: Setting) -> bool:
    """Whether a row below the first header row is a second storey of it.

    All of its words must be header words, regions, months or units: a line of data has at least
    one cell that is none of these.
    """
    cells = [cell for cell in view.cells_of_row(row) if cell.text.strip()]
    if not cells or cells[0].col_span == view.n_cols:
        return False
    unknown = sum(1 for cell in cells if not _may_be_storey(view, cell, setting))
    return unknown * MANY_CELLS <= len(cells)


def _may_be_storey(view: TableView, cell: Cell, setting: Setting) -> bool:
    text = view.text_of(cell)
    if _is_header_word(text, setting):
        return True
    if text.language.pattern("header_period").fullmatch(text.words) is not None:
        return True
    return read_unit(text.words, setting.vocabulary) is not None
