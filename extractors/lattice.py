"""Rules → grids of cells: how ruled tables are found on a page, whatever engine read the page.

The journey: rules → straightened (doubled and dashed borders become one rule) → groups that touch →
positions of columns and rows → slots merged where no rule parts them → cells with true spans.
Text is put into cells in one pass over the glyphs. Nothing here knows a PDF library.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.drawing import Glyph, Rule
from extractors.records import Box


@dataclass(frozen=True, slots=True)
class LatticeSettings:
    """Distances in points; shares from 0 to 1."""

    snap_pt: float = 3.0
    """Rules closer than this are one rule: doubled borders, borders drawn by both neighbours."""
    join_pt: float = 3.5
    """Gap that a rule may have and still be one: dashes, borders drawn cell by cell."""
    cover_share: float = 0.55
    """How much of a slot's side must be ruled for the side to be a border."""
    least_side_pt: float = 4.0
    """Rules and cells shorter than this are ornament."""
    merged_row_pt: float = 30.0
    """A row merged across a table without outer borders is no higher than this."""


DEFAULT_SETTINGS = LatticeSettings()


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
    grids = [
        grid
        for group in join_open_groups(group_touching(straight, settings.snap_pt), settings)
        for grid in [build_grid(*close_frame(group, settings), settings)]
        if grid is not None
    ]
    return tuple(sorted(grids, key=lambda grid: (grid.box[1], grid.box[0])))


def straighten_rules(rules: Iterable[Rule], settings: LatticeSettings) -> list[Rule]:
    """Parallel rules that nearly coincide get one position; collinear pieces are joined."""
    straight: list[Rule] = []
    for is_horizontal in (True, False):
        same_way = [rule for rule in rules if rule.is_horizontal is is_horizontal]
        positions = cluster_positions([rule.at for rule in same_way], settings.snap_pt)
        rows: dict[float, list[Rule]] = {}
        for rule in same_way:
            rows.setdefault(positions[rule.at], []).append(rule)
        for at, pieces in rows.items():
            straight.extend(_join_pieces(is_horizontal, at, pieces, settings))
    return straight


def cluster_positions(values: Sequence[float], tolerance: float) -> dict[float, float]:
    """Each value → the middle of the cluster that it belongs to."""
    clustered: dict[float, float] = {}
    cluster: list[float] = []
    for value in [*sorted(set(values)), float("inf")]:
        if cluster and value - cluster[0] > tolerance:
            middle = (cluster[0] + cluster[-1]) / 2
            clustered.update(dict.fromkeys(cluster, middle))
            cluster = []
        cluster.append(value)
    return clustered


def _join_pieces(
    is_horizontal: bool, at: float, pieces: list[Rule], settings: LatticeSettings
) -> list[Rule]:
    joined: list[Rule] = []
    start = end = 0.0
    for index, piece in enumerate(sorted(pieces, key=lambda rule: rule.start)):
        if index and piece.start <= end + settings.join_pt:
            end = max(end, piece.end)
            continue
        if index:
            joined.append(Rule(is_horizontal, at, start, end))
        start, end = piece.start, piece.end
    joined.append(Rule(is_horizontal, at, start, end))
    return [rule for rule in joined if rule.end - rule.start >= settings.least_side_pt]


def group_touching(rules: Sequence[Rule], tolerance: float) -> list[list[Rule]]:
    """Rules that cross or touch, directly or through others, belong to one table."""
    horizontal = [index for index, rule in enumerate(rules) if rule.is_horizontal]
    vertical = [index for index, rule in enumerate(rules) if not rule.is_horizontal]
    parents = list(range(len(rules)))

    def find_root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for h in horizontal:
        for v in vertical:
            if (
                rules[h].start - tolerance <= rules[v].at <= rules[h].end + tolerance
                and rules[v].start - tolerance <= rules[h].at <= rules[v].end + tolerance
            ):
                parents[find_root(h)] = find_root(v)
    groups: dict[int, list[Rule]] = {}
    for index, rule in enumerate(rules):
        groups.setdefault(find_root(index), []).append(rule)
    return list(groups.values())


def join_open_groups(groups: list[list[Rule]], settings: LatticeSettings) -> list[list[Rule]]:
    """Join groups of a table without outer borders that only a merged row keeps apart.

    A row that is one cell across such a table has no vertical rule at all, so nothing ties the rows
    above it to those below. They are one table when the columns agree and the row is low.
    """
    joined: list[list[Rule]] = []
    for group in sorted(groups, key=lambda group: min(rule.at for rule in _across(group))):
        if joined and _goes_on_below(joined[-1], group, settings):
            joined[-1] = joined[-1] + group
        else:
            joined.append(group)
    return joined


def _across(group: list[Rule]) -> list[Rule]:
    return [rule for rule in group if rule.is_horizontal] or group


def _goes_on_below(upper: list[Rule], lower: list[Rule], settings: LatticeSettings) -> bool:
    gap = min(rule.at for rule in _across(lower)) - max(rule.at for rule in _across(upper))
    if not 0 < gap <= settings.merged_row_pt:
        return False
    sides: list[list[float]] = []
    for group in (upper, lower):
        flat = [rule for rule in group if rule.is_horizontal]
        if not flat:
            return False
        left, right = min(rule.start for rule in flat), max(rule.end for rule in flat)
        columns = sorted({rule.at for rule in group if not rule.is_horizontal})
        if columns and (
            columns[0] - left <= settings.snap_pt or right - columns[-1] <= settings.snap_pt
        ):
            return False
        sides.append([left, *columns, right])
    above, below = sides
    if len(above) == len(below) == 2:
        return False  # bare rules make no table
    if 2 in (len(above), len(below)):
        # One rule closes a merged row that is the first or the last of its page.
        above, below = [above[0], above[-1]], [below[0], below[-1]]
    return len(above) == len(below) and all(
        abs(a - b) <= settings.snap_pt for a, b in zip(above, below, strict=True)
    )


def close_frame(group: list[Rule], settings: LatticeSettings) -> tuple[list[Rule], list[float]]:
    """The rules with the outer borders that a table leaves open, where its rules end at one line.

    Many offices print tables without left and right borders: the horizontal rules then run past the
    outermost vertical ones and end together. Two of them must agree, or several rules cross the one
    there is (a part of two rows): a stray line that only touches must not do. A table open above or
    below gets no rule but, second in the result, the height at which it ends: that a page break
    left its cells open must not be forgotten.
    """
    closed = list(group)
    ends: list[float] = []
    for is_horizontal in (True, False):
        along = [rule for rule in group if rule.is_horizontal is is_horizontal]
        across = [rule.at for rule in group if rule.is_horizontal is not is_horizontal]
        if not along or not across:
            continue
        for outer, is_first in (
            (min(rule.start for rule in along), True),
            (max(rule.end for rule in along), False),
        ):
            edge = min(across) if is_first else max(across)
            beyond = edge - outer if is_first else outer - edge
            agreeing = [
                rule
                for rule in along
                if abs((rule.start if is_first else rule.end) - outer) <= settings.snap_pt
            ]
            if beyond <= settings.least_side_pt:
                continue
            if len(agreeing) < 2 and not _is_crossed(agreeing[0], group, settings):
                continue
            if is_horizontal:
                # Vertical rules may run on to the page's end where the last row is cut.
                upright = [rule for rule in group if not rule.is_horizontal]
                start = min([rule.at for rule in agreeing] + [rule.start for rule in upright])
                end = max([rule.at for rule in agreeing] + [rule.end for rule in upright])
                closed.append(Rule(False, outer, start, end))
            else:
                ends.append(outer)
    return closed, ends


def _is_crossed(rule: Rule, group: list[Rule], settings: LatticeSettings) -> bool:
    """Whether several rules of the other direction run on beyond the rule on both sides."""
    crossing = [
        other
        for other in group
        if other.is_horizontal is not rule.is_horizontal
        and other.start + settings.least_side_pt < rule.at < other.end - settings.least_side_pt
        and rule.start <= other.at <= rule.end
    ]
    return len(crossing) > 1


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


def fill_grids(
    grids: Sequence[Grid], glyphs: Iterable[Glyph]
) -> tuple[list[list[list[Glyph]]], list[Glyph]]:
    """Glyphs by grid and cell (in the order of `Grid.cells`), and those that stand in no cell.

    One pass: a glyph belongs where its centre lies, in the smallest grid that has a cell there. A
    space goes with the glyph before it, because spaces at a line's end hang over the border.
    """
    contents: list[list[list[Glyph]]] = [[[] for _ in grid.cells] for grid in grids]
    outside: list[Glyph] = []
    smallest_first = sorted(range(len(grids)), key=lambda index: grids[index].area)
    slots = [_index_slots(grid) for grid in grids]
    last: list[Glyph] = outside
    last_glyph: Glyph | None = None
    for glyph in glyphs:
        if glyph.is_space and last_glyph is not None and _is_beside(last_glyph, glyph):
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


def _is_beside(before: Glyph, after: Glyph) -> bool:
    return (
        abs(before.middle - after.middle) < before.size / 2
        and -before.size < after.x0 - before.x1 < before.size
    )
