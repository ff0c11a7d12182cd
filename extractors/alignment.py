"""Tables that no vertical rule parts: three-line tables, and columns set by white space alone.

Belongs here: finding such tables from rows of segments and horizontal rules, as the same grids that
`lattice` finds from rules. The bar is high on purpose: prose taken for a table is worse than a
table left as lines of text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter, itemgetter

from extractors.borders import DEFAULT_SETTINGS, straighten_rules
from extractors.columns import cut_segments, find_gutters
from extractors.drawing import Drawing, Glyph, Rule
from extractors.lattice import Grid, GridCell
from extractors.lines import PrintedLine, build_lines

RULED_GUTTER_EM = 0.5
"""Least white strip between two columns where rules above and below say that it is a table."""
BARE_GUTTER_EM = 1.0
"""The same where nothing but white space says so."""
LEAST_COLUMNS = 3
LEAST_ROWS = 3
"""Header included."""
LEAST_RULE_SHARE = 0.35
"""Rules of a table are at least this share of the page's width."""
ROW_GAP_SCALE = 1.25
"""A pitch this much larger than the smallest parts two rows."""

_MIDDLE = attrgetter("middle")
_RIGHT = itemgetter(1)


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a page between two heights; `stops` are rules inside it. Points."""

    left: float
    top: float
    right: float
    bottom: float
    stops: tuple[float, ...] = ()


def find_aligned_grids(drawing: Drawing, glyphs: Sequence[Glyph]) -> list[Grid]:
    """Grids of tables without vertical rules among glyphs that stand in no other table."""
    seen = [glyph for glyph in glyphs if not glyph.is_space and glyph.direction == 0]
    found: list[Grid] = []
    for region in find_ruled_regions(drawing):
        inside = [glyph for glyph in seen if _holds(region, glyph)]
        grid = build_aligned_grid(inside, region, RULED_GUTTER_EM)
        if grid is not None:
            found.append(grid)
            seen = [glyph for glyph in seen if not _holds(region, glyph)]
    for region in find_bare_regions(seen):
        inside = [glyph for glyph in seen if _holds(region, glyph)]
        grid = build_aligned_grid(inside, region, BARE_GUTTER_EM)
        if grid is not None:
            found.append(grid)
    return found


def find_ruled_regions(drawing: Drawing) -> list[Region]:
    """Stretches between horizontal rules of one length that no vertical rule touches."""
    straight = straighten_rules(drawing.rules, DEFAULT_SETTINGS)
    upright = [rule for rule in straight if not rule.is_horizontal]
    free = sorted(
        (
            rule
            for rule in straight
            if rule.is_horizontal
            and rule.end - rule.start >= LEAST_RULE_SHARE * drawing.width
            and not any(
                v.start - 3 <= rule.at <= v.end + 3 and rule.start - 3 <= v.at <= rule.end + 3
                for v in upright
            )
        ),
        key=lambda rule: rule.at,
    )
    regions: list[Region] = []
    group: list[Rule] = []
    for rule in free:
        if group and max(abs(rule.start - group[0].start), abs(rule.end - group[0].end)) > 3:
            regions.extend(_close_region(group))
            group = []
        group.append(rule)
    regions.extend(_close_region(group))
    return regions


def _close_region(group: Sequence[Rule]) -> list[Region]:
    if len(group) < 3:
        return []  # two rules frame a heading as often as a table
    return [
        Region(
            group[0].start,
            group[0].at,
            group[0].end,
            group[-1].at,
            tuple(rule.at for rule in group[1:-1]),
        )
    ]


def find_bare_regions(glyphs: Sequence[Glyph]) -> list[Region]:
    """Stretches of neighbouring rows that are each cut into several segments."""
    segments = cut_segments(glyphs)
    if find_gutters(segments):
        return []  # prose in columns
    rows = _group_rows(segments)
    regions: list[Region] = []
    run: list[list[PrintedLine]] = []
    shadow = _Shadow()
    for row in [*rows, []]:
        is_near = bool(run) and bool(row) and _top(row) - _bottom(run[-1]) < 2.0 * row[0].size
        is_table_row = len(row) >= LEAST_COLUMNS
        if row and (is_table_row if not run else is_near and shadow.has_room_for(row)):
            run.append(row)
            shadow.add(row)
            continue
        if sum(len(line) >= LEAST_COLUMNS for line in run) >= LEAST_ROWS:
            regions.append(
                Region(
                    min(line.x0 for line in _flatten(run)) - 2,
                    _top(run[0]) - 2,
                    max(line.x1 for line in _flatten(run)) + 2,
                    _bottom(run[-1]) + 2,
                )
            )
        run = [row] if is_table_row else []
        shadow = _Shadow()
        shadow.add(row if is_table_row else ())
    return regions


def _flatten(rows: Sequence[Sequence[PrintedLine]]) -> list[PrintedLine]:
    return [line for row in rows for line in row]


def _top(row: Sequence[PrintedLine]) -> float:
    return min(line.top for line in row)


def _bottom(row: Sequence[PrintedLine]) -> float:
    return max(line.bottom for line in row)


def _group_rows(segments: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    rows: list[list[PrintedLine]] = []
    for segment in sorted(segments, key=lambda line: (line.top + line.bottom) / 2):
        if rows:
            shared = min(_bottom(rows[-1]), segment.bottom) - max(_top(rows[-1]), segment.top)
            if shared > 0.5 * (segment.bottom - segment.top):
                rows[-1].append(segment)
                continue
        rows.append([segment])
    return rows


class _Shadow:
    """What lines cover of the page's width, wherever they stand, and what they leave white.

    A table's rows are added one by one, and each is held against all above it, so stretches that
    are covered without a gap are kept as one: its left, its right, the type size at its left.
    """

    def __init__(self) -> None:
        self._stretches: list[tuple[float, float, float]] = []

    def add(self, lines: Iterable[PrintedLine]) -> None:
        """Cover what the lines cover."""
        for line in lines:
            left, right, size = line.x0, line.x1, line.size
            first = bisect_left(self._stretches, left, key=_RIGHT)
            last = first
            while last < len(self._stretches) and self._stretches[last][0] <= right:
                last += 1
            if first < last:
                if self._stretches[first][0] <= left:
                    left, _, size = self._stretches[first]
                right = max(right, self._stretches[last - 1][1])
            self._stretches[first:last] = [(left, right, size)]

    def find_gutters(self, least_em: float) -> list[tuple[float, float]]:
        """White strips of at least so many times the size of the type to their right."""
        return [
            (before[1], after[0])
            for before, after in pairwise(self._stretches)
            if after[0] - before[1] >= least_em * after[2]
        ]

    def has_room_for(self, row: Sequence[PrintedLine]) -> bool:
        """Whether the row leaves white what the rows above leave white between their columns."""
        gutters = self.find_gutters(BARE_GUTTER_EM)
        if len(gutters) < LEAST_COLUMNS - 1:
            return False
        if any(
            line.x0 < right - 1 and line.x1 > left + 1 and line.x0 < left
            for line in row
            for left, right in gutters
        ):
            return False
        both = _Shadow()
        both._stretches = self._stretches.copy()
        both.add(row)
        return len(both.find_gutters(BARE_GUTTER_EM)) >= LEAST_COLUMNS - 1


def _find_gutters(
    lines: Sequence[PrintedLine | Glyph], least_em: float
) -> list[tuple[float, float]]:
    """White strips from top to bottom between the given boxes."""
    gutters: list[tuple[float, float]] = []
    end: float | None = None
    for line in sorted(lines, key=lambda line: line.x0):
        if end is not None and line.x0 - end >= least_em * line.size:
            gutters.append((end, line.x0))
        end = line.x1 if end is None else max(end, line.x1)
    return gutters


def build_aligned_grid(glyphs: Sequence[Glyph], region: Region, least_em: float) -> Grid | None:
    """The grid of a region; None where its columns or rows are too few to be believed.

    Columns come from the body: a header word may stand over several of them and spans them then.
    """
    if not glyphs:
        return None
    body = [glyph for glyph in glyphs if not region.stops or glyph.middle > region.stops[0]]
    gutters = _find_gutters(body or glyphs, least_em)
    if len(gutters) < LEAST_COLUMNS - 1:
        return None
    xs = [region.left, *((left + right) / 2 for left, right in gutters), region.right]
    if xs != sorted(xs):
        return None
    rows = _cut_rows(glyphs, region, xs)
    if len(rows) < LEAST_ROWS - (1 if region.stops else 0):
        return None
    ys = [region.top, *((_bottom(a) + _top(b)) / 2 for a, b in pairwise(rows)), region.bottom]
    cells: list[GridCell] = []
    for number, row in enumerate(rows):
        spans = [(col, col) for col in range(len(xs) - 1)]
        if region.stops and row[0].top < region.stops[0]:
            # Only a header word may stand over a gutter: in the body it is white in every row.
            segments = cut_segments([glyph for line in row for glyph in line.glyphs])
            spans = _span_columns(segments, xs)
        for first, last in spans:
            box = (xs[first], ys[number], xs[last + 1], ys[number + 1])
            cells.append(GridCell(number, first, 1, last - first + 1, box))
    filled = [
        sum(cell.col <= col < cell.col + cell.col_span for cell in cells)
        for col in range(len(xs) - 1)
    ]
    return Grid(tuple(cells), tuple(xs), tuple(ys), is_ruled=False) if min(filled) else None


def _holds(region: Region, glyph: Glyph) -> bool:
    x = (glyph.x0 + glyph.x1) / 2
    return region.left <= x <= region.right and region.top <= glyph.middle <= region.bottom


def _cut_rows(
    glyphs: Sequence[Glyph], region: Region, xs: Sequence[float]
) -> list[list[PrintedLine]]:
    """Lines of the region as rows of the table.

    Rules part rows for certain. Between rules, wide pitches do where there are two kinds; else a
    line with text in the first column opens a row.
    """
    rows: list[list[PrintedLine]] = []
    ordered = sorted(glyphs, key=_MIDDLE)
    stops = [region.top, *region.stops, region.bottom]
    starts = [bisect_left(ordered, stop, key=_MIDDLE) for stop in stops]
    for index, (start, end) in enumerate(pairwise(starts)):
        lines = build_lines(ordered[start:end])
        if not lines:
            continue
        is_ruled_row = len(region.stops) >= 2 and index > 0
        if is_ruled_row or (region.stops and index == 0):
            rows.append(lines)
            continue
        pitches = sorted(after.top - before.top for before, after in pairwise(lines))
        has_two_pitches = bool(pitches) and pitches[-1] > ROW_GAP_SCALE * pitches[0]
        rows.append([lines[0]])
        for before, line in pairwise(lines):
            opens = (
                line.top - before.top > ROW_GAP_SCALE * pitches[0]
                if has_two_pitches
                else line.x0 < xs[1]
            )
            if opens:
                rows.append([line])
            else:
                rows[-1].append(line)
    return rows


def _span_columns(segments: Sequence[PrintedLine], xs: Sequence[float]) -> list[tuple[int, int]]:
    """First and last column of each cell of a row, empty cells included."""
    owner = list(range(len(xs) - 1))
    for segment in segments:
        touched = [
            col
            for col, (left, right) in enumerate(pairwise(xs))
            if min(segment.x1, right) - max(segment.x0, left) > 0.5 * segment.size
        ]
        for col in touched[1:]:
            owner[col] = owner[touched[0]]
    spans: list[tuple[int, int]] = []
    for col, first in enumerate(owner):
        if first == col or not spans:
            spans.append((col, col))
        else:
            spans[-1] = (spans[-1][0], col)
    return spans
