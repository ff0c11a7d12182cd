"""Segments of a page → the columns that they stand in, in reading order.

Belongs here: the white strips between columns of prose, however many, and what runs across them.
Does not belong here: which lines of a column make a paragraph (`paragraphs`), and columns of a
table (`lattice`, `alignment`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.drawing import Glyph
from extractors.lines import Measure, PrintedLine, build_lines, measure_line, measure_reach

SEGMENT_GAP_EM = 1.2
"""A gap wider than this, with no space printed in it, parts two segments of a row."""
GUTTER_EM = 0.8
"""Least width of the white strip between two columns."""
GUTTER_LINES = 4
"""Columns are believed when each has at least this many lines beside the others'."""
LEAST_WIDTH_EM = 8
"""Columns narrower than this hold no prose."""
ACROSS_SHARE = 0.6
"""A segment wider than this share of the text stands in no column."""


@dataclass(frozen=True, slots=True)
class Gutter:
    """A white strip between two columns, by its left and right edge in points."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        """Where a segment must pass to run across it."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Column:
    """Lines of one column of one page, top to bottom, and its edges in points."""

    page: int
    lines: tuple[PrintedLine, ...]
    measure: Measure


def cut_segments(glyphs: Sequence[Glyph]) -> list[PrintedLine]:
    """Rows of glyphs, cut where a wide gap shows that two texts only happen to stand level."""
    segments: list[PrintedLine] = []
    for row in build_lines(glyphs):
        piece: list[Glyph] = []
        end = 0.0
        for glyph in row.glyphs:
            if piece and glyph.x0 - end > SEGMENT_GAP_EM * max(glyph.size, piece[-1].size):
                _keep_segment(segments, piece)
                piece = []
            piece.append(glyph)
            end = max(glyph.x1, end) if len(piece) > 1 else glyph.x1
        _keep_segment(segments, piece)
    return segments


def _keep_segment(segments: list[PrintedLine], glyphs: list[Glyph]) -> None:
    line = measure_line(glyphs)
    if line is not None:
        segments.append(line)


def split_columns(
    segments: Sequence[PrintedLine], page: int, measure: Measure, known: Sequence[Gutter] = ()
) -> tuple[list[Column], tuple[Gutter, ...]]:
    """Segments of one page region as columns in reading order, and where the gutters are.

    A segment that crosses a gutter (a title over the columns, a caption) parts the region: what
    stands above it is read first, column by column. `known` are the gutters of the page before and
    serve a last page whose right columns stayed empty.
    """
    gutters = find_gutters(segments)
    top = min((line.top for line in _find_neighbours(segments)), default=0.0)
    if not gutters and known and _agree_with(segments, known):
        gutters, top = tuple(Gutter(gutter.middle, gutter.middle) for gutter in known), 0.0
    if not gutters:
        return [Column(page, merge_rows(segments), measure)], ()
    columns: list[Column] = []
    sides: list[list[PrintedLine]] = [[] for _ in range(len(gutters) + 1)]
    across: list[PrintedLine] = []

    def flush_sides() -> None:
        for index, side in enumerate(sides):
            if side:
                edges = _find_edges(index, gutters, measure, side)
                columns.append(Column(page, merge_rows(side), edges))
                side.clear()

    def flush_across() -> None:
        if across:
            columns.append(Column(page, merge_rows(across), measure))
            across.clear()

    for segment in sorted(segments, key=lambda line: line.top):
        is_above = segment.bottom <= top  # a title so short that it fits between two gutters
        if is_above or any(segment.x0 < gutter.middle < segment.x1 for gutter in gutters):
            flush_sides()
            across.append(segment)
        else:
            flush_across()
            sides[sum(segment.x0 >= gutter.middle for gutter in gutters)].append(segment)
    flush_sides()
    flush_across()
    return columns, gutters


def _find_edges(
    index: int, gutters: Sequence[Gutter], measure: Measure, lines: Sequence[PrintedLine]
) -> Measure:
    """Where the lines of a column may begin and end.

    Gutters seen on this page show the edges; a gutter known from the page before has no width, and
    then the column's own lines do.
    """
    left, right = min(line.x0 for line in lines), max(measure_reach(line) for line in lines)
    is_last = index == len(gutters)
    if index:
        before = gutters[index - 1]
        left = min(left, before.right) if before.left < before.right else left
    else:
        left = min(left, measure.left)
    if is_last:
        right = max(right, measure.right)
    elif gutters[index].left < gutters[index].right:
        right = max(right, gutters[index].left)
    return Measure(left, right)


def find_gutters(segments: Sequence[PrintedLine]) -> tuple[Gutter, ...]:
    """The white strips between columns of prose, from left to right.

    Every column needs several lines beside those of the others, and most lines must fill their
    column: else it is a list set in tabs, or a table, which is read row by row.
    """
    if len(segments) < 2 * GUTTER_LINES:
        return ()
    width = max(line.x1 for line in segments) - min(line.x0 for line in segments)
    narrow = [line for line in segments if line.width < ACROSS_SHARE * width]
    size = sorted(line.size for line in segments)[len(segments) // 2]
    # What has nothing beside it (a title above, a note below) shows no columns and hides none.
    gutters: list[Gutter] = []
    end: float | None = None
    for line in sorted(_find_neighbours(narrow), key=lambda line: line.x0):
        if end is not None and line.x0 - end >= GUTTER_EM * size:
            gutters.append(Gutter(end, line.x0))
        # A mark that hangs over a column's edge makes the column no wider.
        end = measure_reach(line) if end is None else max(end, measure_reach(line))
    while gutters and not _part_prose(narrow, gutters):
        gutters.remove(min(gutters, key=lambda gutter: gutter.right - gutter.left))
    return tuple(gutters)


def _find_neighbours(segments: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Segments that stand level with another one."""
    found: set[int] = set()
    ordered = sorted(range(len(segments)), key=lambda index: segments[index].top)
    for place, index in enumerate(ordered):
        line = segments[index]
        for other_index in ordered[place + 1 :]:
            other = segments[other_index]
            if other.top >= line.bottom:
                break
            shared = min(line.bottom, other.bottom) - other.top
            if shared > 0.5 * min(line.bottom - line.top, other.bottom - other.top):
                found.update((index, other_index))
    return [line for index, line in enumerate(segments) if index in found]


def _part_prose(segments: Sequence[PrintedLine], gutters: Sequence[Gutter]) -> bool:
    stops = [float("-inf"), *(gutter.middle for gutter in gutters), float("inf")]
    columns = [
        [line for line in segments if left <= line.x0 and line.x1 <= right]
        for left, right in pairwise(stops)
    ]
    if len(columns) > 2 and 0 < len(columns[-1]) < GUTTER_LINES:
        columns.pop()  # the text may end soon after the last column began
    if not all(columns):
        return False
    top = max(min(line.top for line in column) for column in columns)
    bottom = min(max(line.bottom for line in column) for column in columns)
    for column in columns:
        level = [line for line in column if top <= (line.top + line.bottom) / 2 <= bottom]
        if len(level) < GUTTER_LINES:
            return False
        width = max(line.x1 for line in level) - min(line.x0 for line in level)
        full = sum(line.width > 0.8 * width for line in level)
        if full < 0.5 * len(level) or width < LEAST_WIDTH_EM * level[0].size:
            return False
    return True


def _agree_with(segments: Sequence[PrintedLine], gutters: Sequence[Gutter]) -> bool:
    crossing = sum(
        any(line.x0 < gutter.middle < line.x1 for gutter in gutters) for line in segments
    )
    return crossing <= 0.3 * len(segments)


def merge_rows(segments: Sequence[PrintedLine]) -> tuple[PrintedLine, ...]:
    """Segments of one column as lines: those that stand level belong together."""
    return tuple(build_lines(glyph for segment in segments for glyph in segment.glyphs))
