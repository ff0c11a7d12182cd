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
from extractors.continuation import is_heading_like, judge_cut, simplify
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
    """A table that later pages may still add to."""

    part: TablePart
    header_rows: int = 0
    pages: list[int] = field(default_factory=list)
    dropped: list[Paragraph] = field(default_factory=list)


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
        open_table = _Growing(block, pages=pages)
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
    part = growing.part
    return Table(
        cells=tuple(sorted(part.cells, key=lambda cell: (cell.row, cell.col))),
        n_rows=part.n_rows,
        n_cols=part.n_cols,
        number=number,
        header_rows=growing.header_rows,
        pages=tuple(growing.pages),
    )


def _grow(growing: _Growing, lower: TablePart) -> bool:
    """Add a part to the table if it belongs to it."""
    upper = growing.part
    if lower.page is not None and (upper.page is None or lower.page <= growing.pages[-1]):
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
        upper, lower = share_columns(upper, lower)
    upper = drop_blank_strip(upper)
    header, body = split_header(lower, header_rows)
    growing.part = append_part(upper, body, columns_match) if body.n_rows else upper
    growing.header_rows = max(growing.header_rows, header_rows)
    if lower.page is not None:
        growing.pages.append(lower.page)
    if header:
        lines = tuple(line for cell in header for line in cell.lines)
        growing.dropped.append(Paragraph(lines, ParagraphKind.REPEATED_HEADER, lower.page))
    return True


# --- columns --------------------------------------------------------------------------------------


def have_same_columns(upper: TablePart, lower: TablePart) -> bool:
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


def share_columns(upper: TablePart, lower: TablePart) -> tuple[TablePart, TablePart]:
    """Both parts counted in the columns of the one that has more borders."""
    if len(upper.edges) == len(lower.edges):
        return upper, lower
    if len(upper.edges) > len(lower.edges):
        return upper, _recount_columns(lower, upper.edges)
    return _recount_columns(upper, lower.edges), lower


def _recount_columns(part: TablePart, edges: tuple[float, ...]) -> TablePart:
    place = [
        min(range(len(edges)), key=lambda index: abs(edges[index] - edge)) for edge in part.edges
    ]
    cells = tuple(
        replace(
            cell,
            col=place[cell.col],
            col_span=place[cell.col + cell.col_span] - place[cell.col],
        )
        for cell in part.cells
    )
    return replace(
        part,
        cells=cells,
        n_cols=len(edges) - 1,
        edges=edges,
        open_below=frozenset(place[col] for col in part.open_below),
    )


# --- headers --------------------------------------------------------------------------------------


def count_repeated_rows(upper: TablePart, lower: TablePart) -> int:
    """How many first rows of `lower` are the first rows of `upper` again: its header.

    Never all rows of both. A last row that is one cell across the table is a category printed
    again, not a header, unless it is the only one.
    """
    above, below = _group_rows(upper, lower.n_rows), _group_rows(lower, upper.n_rows)
    rows = 0
    for row in range(min(upper.n_rows, lower.n_rows)):
        if _spell_cells(above[row]) != _spell_cells(below[row]):
            break
        rows += 1
    while rows and (not _ends_whole(upper, rows) or not _ends_whole(lower, rows)):
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
    rows = _group_rows(block, block.n_rows)
    if not rows or not is_heading_like(rows[0]):
        return [block]
    first = _spell_cells(rows[0])
    starts = [
        row
        for row in range(1, block.n_rows)
        if len(rows[row]) == len(first)
        and _spell_cells(rows[row]) == first
        and _ends_whole(block, row)
    ]
    if not starts:
        return [block]
    pieces: list[PartBlock] = []
    for start, end in pairwise([0, *starts, block.n_rows]):
        cells = tuple(_move_cell(cell, cell.row - start) for row in rows[start:end] for cell in row)
        pieces.append(replace(block, cells=cells, n_rows=end - start))
    return pieces


def _group_rows(part: TablePart, n_rows: int) -> list[list[Cell]]:
    """The cells that begin in each of the first rows, at most so many."""
    n_rows = min(n_rows, part.n_rows)
    rows: list[list[Cell]] = [[] for _ in range(n_rows)]
    for cell in part.cells:
        if cell.row < n_rows:
            rows[cell.row].append(cell)
    return rows


def _spell_cells(cells: Sequence[Cell]) -> list[tuple[tuple[int, ...], str]]:
    return [
        ((cell.col, cell.row_span, cell.col_span), simplify(cell.text))
        for cell in sorted(cells, key=lambda cell: cell.col)
    ]


def _ends_whole(part: TablePart, rows: int) -> bool:
    return not any(cell.row < rows < cell.row + cell.row_span for cell in part.cells)


def has_other_header(upper: TablePart, lower: TablePart) -> bool:
    """Whether `lower` opens with a header of its own, unlike `upper`'s: then it is a new table.

    Only where headers can be told from rows: both first rows look like one, and no other row of
    `upper` does.
    """
    first = [cell for cell in upper.cells if cell.row == 0]
    other = [cell for cell in lower.cells if cell.row == 0]
    if not is_heading_like(first) or not is_heading_like(other):
        return False
    if any(is_heading_like(row) for row in _group_rows(upper, upper.n_rows)[1:]):
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


def drop_blank_strip(part: TablePart) -> TablePart:
    """Without a last row that is one blank cell: the room between the rows and the page's end.

    Browsers close the frame of a table with spaced borders at the foot of each page.
    """
    last = [cell for cell in part.cells if cell.row + cell.row_span == part.n_rows]
    if len(last) != 1 or last[0].lines or last[0].row_span > 1 or part.n_rows < 2:
        return part
    cells = tuple(cell for cell in part.cells if cell is not last[0])
    return replace(part, cells=cells, n_rows=part.n_rows - 1)


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


def append_part(upper: TablePart, lower: TablePart, columns_match: bool) -> TablePart:
    """The rows of `lower` after those of `upper`; what the break cut is whole again."""
    cut = judge_cut(upper, lower, columns_match)
    shift = upper.n_rows - 1 if cut.is_row_cut else upper.n_rows
    cells = list(upper.cells)
    for index, cell in enumerate(lower.cells):
        partner = cut.continued.get(index)
        if partner is None:
            cells.append(_move_cell(cell, cell.row + shift))
            continue
        above = cells[partner]
        added = cell.row_span - 1 if cut.is_row_cut else cell.row_span
        lines: tuple[Line, ...] = join_cell_lines(above, cell, upper.padding_pt, cut.is_row_cut)
        keeps_place = bool(above.lines) or not cell.lines
        cells[partner] = replace(
            above,
            row_span=above.row_span + added,
            lines=lines,
            page=above.page if keeps_place else cell.page,
            box=above.box if keeps_place else cell.box,
        )
    return TablePart(
        cells=tuple(cells),
        n_rows=shift + lower.n_rows,
        n_cols=max(upper.n_cols, lower.n_cols),
        edges=upper.edges,
        page=upper.page,
        box=upper.box,
        padding_pt=upper.padding_pt,
        open_below=lower.open_below,
    )
