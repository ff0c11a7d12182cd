"""Rules → grids of cells: how ruled tables are found on a page, whatever engine read the page.

The journey: rules → borders, table by table (`borders`) → positions of columns and rows → slots
merged where no rule parts them → cells with true spans → text put into them (`filling`). Nothing
here knows a PDF library.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.borders import (
    DEFAULT_SETTINGS,
    LatticeSettings,
    close_frame,
    group_touching,
    join_open_groups,
    join_side_rules,
    straighten_rules,
)
from extractors.drawing import Rule
from extractors.records import Box


@dataclass(frozen=True, slots=True)
class GridCell:
    """A rectangle of slots, with its box in points on the page as read.

    `is_open_below` says that no border closes it where the grid ends.
    """

    row: int
    col: int
    row_span: int
    col_span: int
    box: Box
    is_open_below: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of one table part; `xs` and `ys` are the positions of its column and row borders.

    `is_ruled` is False where columns were told by white space: their borders are then a guess.
    """

    cells: tuple[GridCell, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    is_ruled: bool = True

    @property
    def box(self) -> Box:
        """The rectangle around all cells."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def area(self) -> float:
        """Square points."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])


def find_grids(
    rules: Iterable[Rule], settings: LatticeSettings = DEFAULT_SETTINGS
) -> tuple[Grid, ...]:
    """All grids of a page, top to bottom, then left to right; a lone box is a grid of one cell."""
    straight = straighten_rules(rules, settings)
    touching = join_side_rules(group_touching(straight, settings.snap_pt), settings)
    grids = [
        grid
        for group in join_open_groups(touching, settings)
        for grid in [build_grid(*close_frame(group, settings), settings)]
        if grid is not None
    ]
    return tuple(sorted(grids, key=lambda grid: (grid.box[1], grid.box[0])))


def build_grid(
    group: Sequence[Rule], ends: Sequence[float], settings: LatticeSettings
) -> Grid | None:
    """The cells that the rules of one group enclose; None where they enclose nothing.

    `ends` are heights at which the grid ends although no rule is printed there.
    """
    xs = sorted({rule.at for rule in group if not rule.is_horizontal})
    ys = sorted({rule.at for rule in group if rule.is_horizontal} | set(ends))
    if len(xs) < 2 or len(ys) < 2:
        return None
    # walls[c][r]: a border on xs[c] beside row r; floors[r][c]: one on ys[r] above or below col c.
    walls = _mark_borders([rule for rule in group if not rule.is_horizontal], xs, ys, settings)
    floors = _mark_borders([rule for rule in group if rule.is_horizontal], ys, xs, settings)
    n_rows, n_cols = len(ys) - 1, len(xs) - 1
    owners = [[-1] * n_cols for _ in range(n_rows)]
    enclosed: list[tuple[int, int, int, int, bool]] = []
    for row in range(n_rows):
        for col in range(n_cols):
            if owners[row][col] >= 0:
                continue
            region, is_enclosed, is_open_below = _flood(row, col, walls, floors, n_rows, n_cols)
            if not is_enclosed:
                for r, c in region:
                    owners[r][c] = n_rows * n_cols
                continue
            for top, left, bottom, right in _cut_rectangles(region):
                for r in range(top, bottom + 1):
                    for c in range(left, right + 1):
                        owners[r][c] = len(enclosed)
                is_open = is_open_below and bottom == n_rows - 1
                enclosed.append((top, left, bottom, right, is_open))
    return _number_cells(enclosed, xs, ys)


def _mark_borders(
    rules: Sequence[Rule],
    positions: Sequence[float],
    stops: Sequence[float],
    settings: LatticeSettings,
) -> list[list[bool]]:
    """For each position (rule axis) and each interval between stops: is it ruled?"""
    index_of = {position: index for index, position in enumerate(positions)}
    marks = [[False] * (len(stops) - 1) for _ in positions]
    for rule in rules:
        line = marks[index_of[rule.at]]
        first = max(bisect_right(stops, rule.start) - 1, 0)
        for interval in range(first, len(stops) - 1):
            low, high = stops[interval], stops[interval + 1]
            if low > rule.end:
                break
            covered = min(high, rule.end) - max(low, rule.start)
            if covered >= settings.cover_share * (high - low):
                line[interval] = True
    return marks


def _flood(
    row: int,
    col: int,
    walls: list[list[bool]],
    floors: list[list[bool]],
    n_rows: int,
    n_cols: int,
) -> tuple[set[tuple[int, int]], bool, bool]:
    """Slots that no rule parts from (row, col); whether they make a cell; whether it is open below.

    A cell that a page break cuts is printed by some producers without a border on that side, so a
    region may be open above and below, or left and right, but not around a corner.
    """
    region = {(row, col)}
    waiting = [(row, col)]
    is_open_along = is_open_across = is_open_below = False
    while waiting:
        r, c = waiting.pop()
        for is_open, r2, c2 in (
            (not walls[c][r], r, c - 1),
            (not walls[c + 1][r], r, c + 1),
            (not floors[r][c], r - 1, c),
            (not floors[r + 1][c], r + 1, c),
        ):
            if not is_open or (r2, c2) in region:
                continue
            if not (0 <= r2 < n_rows and 0 <= c2 < n_cols):
                is_open_across |= r2 == r
                is_open_along |= c2 == c
                is_open_below |= r2 == n_rows
                continue
            region.add((r2, c2))
            waiting.append((r2, c2))
    return region, not (is_open_along and is_open_across), is_open_below


def _cut_rectangles(region: set[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """A region as rectangles (top, left, bottom, right); nearly always it is one already."""
    rectangles = []
    left_over = set(region)
    while left_over:
        top, left = min(left_over)
        right = left
        while (top, right + 1) in left_over:
            right += 1
        bottom = top
        while all((bottom + 1, c) in left_over for c in range(left, right + 1)):
            bottom += 1
        left_over -= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        rectangles.append((top, left, bottom, right))
    return rectangles


def _number_cells(
    enclosed: list[tuple[int, int, int, int, bool]], xs: list[float], ys: list[float]
) -> Grid | None:
    """Count rows and columns by the borders that cells have; other rules were ornament."""
    if not enclosed:
        return None
    used_ys = sorted({ys[i] for top, _, bottom, _, _ in enclosed for i in (top, bottom + 1)})
    used_xs = sorted({xs[i] for _, left, _, right, _ in enclosed for i in (left, right + 1)})
    row_of = {y: index for index, y in enumerate(used_ys)}
    col_of = {x: index for index, x in enumerate(used_xs)}
    cells = []
    for top, left, bottom, right, is_open_below in sorted(enclosed):
        x0, x1, y0, y1 = xs[left], xs[right + 1], ys[top], ys[bottom + 1]
        cells.append(
            GridCell(
                row=row_of[y0],
                col=col_of[x0],
                row_span=row_of[y1] - row_of[y0],
                col_span=col_of[x1] - col_of[x0],
                box=(x0, y0, x1, y1),
                is_open_below=is_open_below,
            )
        )
    return Grid(tuple(cells), tuple(used_xs), tuple(used_ys))
