"""Table parts and paragraphs of all pages → whole tables among paragraphs, whatever the format.

Belongs here: which parts are one table, dropping repeated headers, renumbering columns and rows.
The verdict on a row that a page break cut is `continuation`'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, pairwise

from extractors.cell_room import join_cell_lines
from extractors.cell_text import is_heading_like, simplify
from extractors.collection import pause_collection
from extractors.continuation import judge_cut
from extractors.growing import GrowingTable, move_columns, place_edges
from extractors.parts import EDGE_TOLERANCE_PT, PartBlock, TablePart
from extractors.records import Block, Cell, Line, Paragraph, ParagraphKind, Table

_CONTINUED = re.compile(r"^[(（]?(?:上?接?[上前]页|[续續]上?[页頁表]?\d*|continued)[)）]?$", re.I)
_FURNITURE = frozenset(
    {
        ParagraphKind.PAGE_NUMBER,
        ParagraphKind.PAGE_HEADER,
        ParagraphKind.PAGE_FOOTER,
        ParagraphKind.WATERMARK,
    }
)


@dataclass(slots=True)
class _Growing:
    """A table that later pages may still add to, and what it was made of so far."""

    table: GrowingTable
    header_rows: int = 0
    pages: list[int] = field(default_factory=list)
    dropped: list[Paragraph] = field(default_factory=list)


@pause_collection()
def stitch(blocks: Sequence[PartBlock]) -> tuple[Block, ...]:
    """All blocks of a document in order; parts that are one table become one `Table`.

    Page furniture between two parts does not keep them apart and stands after the table.
    """
    stitched: list[Paragraph | _Growing] = []
    open_table: _Growing | None = None
    for block in chain.from_iterable(split_at_headers(block) for block in blocks):
        if isinstance(block, Paragraph):
            if open_table is not None and not _is_passed_over(block):
                open_table = None
            stitched.append(block)
            continue
        if open_table is not None:
            grown = _grow(open_table, block)
            if grown:
                continue
        pages = [] if block.page is None else [block.page]
        open_table = _Growing(GrowingTable(block), pages=pages)
        stitched.append(open_table)
    finished: list[Block] = []
    number = 0
    for item in stitched:
        if isinstance(item, Paragraph):
            finished.append(item)
            continue
        number += 1
        finished.append(_finish(item, number))
        finished.extend(item.dropped)
    return tuple(finished)


def _is_passed_over(paragraph: Paragraph) -> bool:
    text = simplify(paragraph.text)
    return paragraph.kind in _FURNITURE or not text or _CONTINUED.match(text) is not None


def _finish(growing: _Growing, number: int) -> Table:
    table = growing.table
    return Table(
        cells=tuple(sorted(table.cells, key=lambda cell: (cell.row, cell.col))),
        n_rows=table.n_rows,
        n_cols=table.n_cols,
        number=number,
        header_rows=growing.header_rows,
        pages=tuple(growing.pages),
    )


def _grow(growing: _Growing, lower: TablePart) -> bool:
    """Add a part to the table if it belongs to it."""
    upper = growing.table
    if lower.page is not None and (not growing.pages or lower.page <= growing.pages[-1]):
        return False  # two tables on one page are two tables
    columns_match = have_same_columns(upper, lower)
    header_rows = count_repeated_rows(upper, lower)
    if growing.header_rows:
        header_rows = min(header_rows, growing.header_rows)
    if not columns_match and not (header_rows and upper.n_cols == lower.n_cols):
        return False
    if not header_rows and has_other_header(upper, lower):
        return False
    if upper.edges and lower.edges and columns_match:
        lower = share_columns(upper, lower)
    upper.drop_blank_strip()
    header, body = split_header(lower, header_rows)
    if body.n_rows:
        append_part(upper, body, columns_match)
    growing.header_rows = max(growing.header_rows, header_rows)
    if lower.page is not None:
        growing.pages.append(lower.page)
    if header:
        lines = tuple(line for cell in header for line in cell.lines)
        growing.dropped.append(Paragraph(lines, ParagraphKind.REPEATED_HEADER, lower.page))
    return True


# --- columns --------------------------------------------------------------------------------------


def have_same_columns(upper: GrowingTable, lower: TablePart) -> bool:
    """Whether two parts are set in the same columns.

    By borders where there are any: the outer ones agree, and the part with fewer inner ones (its
    rows happen to be merged) has none of its own. By number of columns otherwise.
    """
    if not upper.edges or not lower.edges:
        return upper.n_cols == lower.n_cols
    few, many = sorted((upper.edges, lower.edges), key=len)
    if abs(few[0] - many[0]) > EDGE_TOLERANCE_PT or abs(few[-1] - many[-1]) > EDGE_TOLERANCE_PT:
        return False
    return all(any(abs(a - b) <= EDGE_TOLERANCE_PT for b in many) for a in few)


def share_columns(upper: GrowingTable, lower: TablePart) -> TablePart:
    """Both counted in the columns of the one that has more borders; returns the part."""
    if len(upper.edges) < len(lower.edges):
        upper.recount_columns(lower.edges)
    if len(upper.edges) == len(lower.edges):
        return lower
    place = place_edges(lower.edges, upper.edges)
    return replace(
        lower,
        cells=tuple(move_columns(cell, place) for cell in lower.cells),
        n_cols=len(upper.edges) - 1,
        edges=upper.edges,
        open_below=frozenset(place[col] for col in lower.open_below),
    )


# --- headers --------------------------------------------------------------------------------------


def count_repeated_rows(upper: GrowingTable, lower: TablePart) -> int:
    """How many first rows of `lower` are the first rows of `upper` again: its header.

    Never all rows of both. A last row that is one cell across the table is a category printed
    again, not a header, unless it is the only one.
    """
    below = _group_rows(lower)
    rows = 0
    for row in range(min(upper.n_rows, lower.n_rows)):
        if _spell_cells(upper.list_row(row)) != _spell_cells(below[row]):
            break
        rows += 1
    # The rows are alike, so cells cross the same ends in both.
    crossed = _find_crossed(below[:rows])
    while rows in crossed:
        rows -= 1
    if rows == upper.n_rows == lower.n_rows:
        rows -= 1
    while rows > 1 and len(below[rows - 1]) == 1:
        rows -= 1
    return rows if any(cell.text.strip() for row in range(rows) for cell in below[row]) else 0


def split_at_headers(block: PartBlock) -> list[PartBlock]:
    """A table part cut before each row where its header is printed again.

    Word files made from a paged source hold such rows in the middle of one table.
    """
    if isinstance(block, Paragraph) or block.page is not None:
        return [block]
    rows = _group_rows(block)
    if not rows or not is_heading_like(rows[0]):
        return [block]
    first = _spell_cells(rows[0])
    crossed = _find_crossed(rows)
    starts = [
        row
        for row in range(1, block.n_rows)
        if row not in crossed and len(rows[row]) == len(first) and _spell_cells(rows[row]) == first
    ]
    if not starts:
        return [block]
    pieces: list[PartBlock] = []
    for start, end in pairwise([0, *starts, block.n_rows]):
        cells = tuple(_move_cell(cell, cell.row - start) for row in rows[start:end] for cell in row)
        pieces.append(replace(block, cells=cells, n_rows=end - start))
    return pieces


def _group_rows(part: TablePart) -> list[list[Cell]]:
    """The cells that begin in each row."""
    rows: list[list[Cell]] = [[] for _ in range(part.n_rows)]
    for cell in part.cells:
        rows[cell.row].append(cell)
    return rows


def _find_crossed(rows: Sequence[Sequence[Cell]]) -> set[int]:
    """Rows above whose top a cell begins and does not end; they count from the first."""
    return {
        row
        for cells in rows
        for cell in cells
        if cell.row_span > 1
        for row in range(cell.row + 1, cell.row + cell.row_span)
    }


def _spell_cells(cells: Sequence[Cell]) -> list[tuple[tuple[int, ...], str]]:
    return [
        ((cell.col, cell.row_span, cell.col_span), simplify(cell.text))
        for cell in sorted(cells, key=lambda cell: cell.col)
    ]


def has_other_header(upper: GrowingTable, lower: TablePart) -> bool:
    """Whether `lower` opens with a header of its own, unlike `upper`'s: then it is a new table.

    Only where headers can be told from rows: both first rows look like one, and no other row of
    `upper` does.
    """
    first = upper.list_row(0)
    other = [cell for cell in lower.cells if cell.row == 0]
    if not is_heading_like(first) or not is_heading_like(other):
        return False
    if upper.has_heading_below():
        return False
    known = {simplify(cell.text) for cell in first}
    shared = sum(simplify(cell.text) in known for cell in other)
    return shared < 0.5 * len(other)


def split_header(part: TablePart, rows: int) -> tuple[list[Cell], TablePart]:
    """The cells of the first rows, and the part without them."""
    header = [cell for cell in part.cells if cell.row < rows]
    if not rows:
        return [], part
    body = tuple(_move_cell(cell, cell.row - rows) for cell in part.cells if cell.row >= rows)
    return header, replace(part, cells=body, n_rows=part.n_rows - rows)


def _move_cell(cell: Cell, row: int) -> Cell:
    """The cell in another row; `replace` takes ten times as long, and long tables have many."""
    return Cell(
        row,
        cell.col,
        cell.row_span,
        cell.col_span,
        cell.lines,
        cell.page,
        cell.box,
        cell.label,
    )


# --- rows -----------------------------------------------------------------------------------------


def append_part(upper: GrowingTable, lower: TablePart, columns_match: bool) -> None:
    """Put the rows of `lower` after those of `upper`; what the break cut is whole again."""
    cut = judge_cut(upper, lower, columns_match)
    shift = upper.n_rows - 1 if cut.is_row_cut else upper.n_rows
    for index, cell in enumerate(lower.cells):
        partner = cut.continued.get(index)
        if partner is None:
            upper.add(_move_cell(cell, cell.row + shift))
            continue
        above = upper.cells[partner]
        added = cell.row_span - 1 if cut.is_row_cut else cell.row_span
        lines: tuple[Line, ...] = join_cell_lines(above, cell, upper.padding_pt, cut.is_row_cut)
        keeps_place = bool(above.lines) or not cell.lines
        joined = replace(
            above,
            row_span=above.row_span + added,
            lines=lines,
            page=above.page if keeps_place else cell.page,
            box=above.box if keeps_place else cell.box,
        )
        upper.replace(partner, joined)
    upper.n_rows = shift + lower.n_rows
    upper.n_cols = max(upper.n_cols, lower.n_cols)
    upper.open_below = lower.open_below
