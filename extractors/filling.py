"""Glyphs → the cells of the grids that they stand in.

Belongs here: which cell a glyph belongs to, also where it hangs over a border or runs out below
one. Does not belong here: how grids are found (`lattice`, `alignment`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from extractors.drawing import Glyph
from extractors.lattice import Grid
from extractors.lines import CLOSERS

HANGING = CLOSERS - frozenset("…—·～~")
"""Closing marks; dashes and dots are left out because some cells hold nothing else."""
HANGING_GAP_EM = 0.25
"""A mark further from the character before it is set in a cell of its own."""


def fill_grids(
    grids: Sequence[Grid], glyphs: Iterable[Glyph]
) -> tuple[list[list[list[Glyph]]], list[Glyph]]:
    """Glyphs by grid and cell (in the order of `Grid.cells`), and those that stand in no cell.

    One pass: a glyph belongs where its centre lies, in the smallest grid that has a cell there. A
    space goes with the glyph before it, because spaces at a line's end hang over the border; so
    does a closing mark, which typesetters let hang there and no cell begins with.
    """
    contents: list[list[list[Glyph]]] = [[[] for _ in grid.cells] for grid in grids]
    outside: list[Glyph] = []
    smallest_first = sorted(range(len(grids)), key=lambda index: grids[index].area)
    slots = [_index_slots(grid) for grid in grids]
    last: list[Glyph] = outside
    last_glyph: Glyph | None = None
    for glyph in glyphs:
        if last_glyph is not None and _hangs_over(last_glyph, glyph):
            last.append(glyph)
            last_glyph = glyph
            continue
        target = outside
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.middle
        for index in smallest_first:
            grid = grids[index]
            if not (grid.xs[0] <= x <= grid.xs[-1] and grid.ys[0] <= y <= grid.ys[-1]):
                continue
            col = min(bisect_right(grid.xs, x) - 1, len(grid.xs) - 2)
            row = min(bisect_right(grid.ys, y) - 1, len(grid.ys) - 2)
            cell = slots[index].get((row, col))
            if cell is not None:
                target = contents[index][cell]
                break
        target.append(glyph)
        last, last_glyph = target, glyph
    return contents, outside


def take_back_spilled(
    grids: Sequence[Grid], contents: list[list[list[Glyph]]], outside: list[Glyph]
) -> list[Glyph]:
    """Put text that runs out below an open cell back into it; return what is left outside.

    Browsers print the last lines of a cell that a page break cuts below the table's last border.
    The lines must follow the cell's text without a gap, within the cell's sides.
    """
    left_over = outside
    for grid, cells in zip(grids, contents, strict=True):
        for cell, glyphs in zip(grid.cells, cells, strict=True):
            if not cell.is_open_below or not glyphs:
                continue
            x0, _, x1, _ = cell.box
            below = [g for g in left_over if x0 <= g.x0 and g.x1 <= x1 and g.top > cell.box[1]]
            reach = max(glyph.bottom for glyph in glyphs)
            for glyph in sorted(below, key=lambda glyph: glyph.top):
                if glyph.top - reach > 0.8 * glyph.size:
                    break
                reach = max(reach, glyph.bottom)
                glyphs.append(glyph)
            taken = {id(glyph) for glyph in glyphs}
            left_over = [glyph for glyph in left_over if id(glyph) not in taken]
    return left_over


def _index_slots(grid: Grid) -> dict[tuple[int, int], int]:
    return {
        (row, col): index
        for index, cell in enumerate(grid.cells)
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    }


def _hangs_over(before: Glyph, after: Glyph) -> bool:
    """Whether a glyph stays with the one before it, on whichever side of a border it lies."""
    if after.is_space:
        return _is_beside(before, after)
    is_close = after.x0 - before.x1 < HANGING_GAP_EM * before.size
    return after.text in HANGING and is_close and _is_beside(before, after)


def _is_beside(before: Glyph, after: Glyph) -> bool:
    return (
        abs(before.middle - after.middle) < before.size / 2
        and -before.size < after.x0 - before.x1 < before.size
    )
