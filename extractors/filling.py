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
from extractors.records import Box

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
    finder = _CellFinder(grids, contents)
    last: list[Glyph] = outside
    last_glyph: Glyph | None = None
    for glyph in glyphs:
        if last_glyph is None or not _hangs_over(last_glyph, glyph):
            found = finder.find((glyph.x0 + glyph.x1) / 2, glyph.middle)
            last = outside if found is None else found
        last.append(glyph)
        last_glyph = glyph
    return contents, outside


class _CellFinder:
    """Where the glyphs of a cell are kept, by a point in it.

    Text runs on in one cell for long, so the last one is tried first; where a smaller grid may lie
    in a cell, it is not.
    """

    def __init__(self, grids: Sequence[Grid], contents: list[list[list[Glyph]]]) -> None:
        smallest_first = sorted(range(len(grids)), key=lambda index: grids[index].area)
        self._grids: list[tuple[Grid, dict[int, list[Glyph]], int, bool]] = []
        boxes: list[Box] = []
        for index in smallest_first:
            grid = grids[index]
            is_clear = not any(_overlap(grid.box, box) for box in boxes)
            boxes.append(grid.box)
            width = len(grid.xs)
            self._grids.append((grid, _index_slots(grid, contents[index], width), width, is_clear))
        self._box: Box = (0.0, 0.0, 0.0, 0.0)
        self._kept: list[Glyph] | None = None

    def find(self, x: float, y: float) -> list[Glyph] | None:
        """The glyphs of the cell at a point, an empty list included; None where no cell is."""
        left, top, right, bottom = self._box
        if left < x < right and top < y < bottom:
            return self._kept
        for grid, slots, width, is_clear in self._grids:
            xs, ys = grid.xs, grid.ys
            if not (xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1]):
                continue
            col = min(bisect_right(xs, x), len(xs) - 1)
            row = min(bisect_right(ys, y), len(ys) - 1)
            kept = slots.get(row * width + col)
            if kept is not None:
                if is_clear:
                    self._box = (xs[col - 1], ys[row - 1], xs[col], ys[row])
                    self._kept = kept
                return kept
        return None


def _overlap(box: Box, other: Box) -> bool:
    return box[0] <= other[2] and other[0] <= box[2] and box[1] <= other[3] and other[1] <= box[3]


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
            if not cell.is_open_below or not glyphs or not left_over:
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


def _index_slots(grid: Grid, contents: list[list[Glyph]], width: int) -> dict[int, list[Glyph]]:
    """Glyphs of the cells by slot, rows and columns counted from 1, `width` slots a row."""
    return {
        row * width + col: kept
        for cell, kept in zip(grid.cells, contents, strict=True)
        for row in range(cell.row + 1, cell.row + cell.row_span + 1)
        for col in range(cell.col + 1, cell.col + cell.col_span + 1)
    }


def _hangs_over(before: Glyph, after: Glyph) -> bool:
    """Whether a glyph stays with the one before it, on whichever side of a border it lies."""
    if after.is_space:
        return _is_beside(before, after)
    if after.text not in HANGING:
        return False
    is_close = after.x0 - before.x1 < HANGING_GAP_EM * before.size
    return is_close and _is_beside(before, after)


def _is_beside(before: Glyph, after: Glyph) -> bool:
    return (
        abs(before.middle - after.middle) < before.size / 2
        and -before.size < after.x0 - before.x1 < before.size
    )
