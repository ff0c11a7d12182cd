"""Glyphs outside tables → paragraphs in reading order, over columns and pages.

The journey: segments (runs of glyphs that no wide gap parts) → page furniture set aside → columns →
lines → paragraphs → paragraphs that a column or page end cut are joined. Knows no file format but
that pages have a size; tables are blocks that stand between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.drawing import Glyph
from extractors.lines import (
    Measure,
    PrintedLine,
    build_lines,
    ends_sentence,
    is_cut_by_edge,
    measure_line,
    parts_words,
    spell_line,
    starts_item,
)
from extractors.records import Paragraph, ParagraphKind

SEGMENT_GAP_EM = 1.2
"""A gap wider than this, with no space printed in it, parts two segments of a row."""
GUTTER_EM = 0.8
"""Least width of the white strip between two columns."""
GUTTER_LINES = 4
"""Columns are believed when each has at least this many lines beside the other's."""
INDENT_EM = 1.2
"""A first line set in further than this opens a paragraph."""
HEADING_SCALE = 1.15
"""Type this much larger than the body's is a heading's."""


@dataclass(frozen=True, slots=True)
class Column:
    """Lines of one column of one page, top to bottom, and its edges in points."""

    page: int
    lines: tuple[PrintedLine, ...]
    measure: Measure


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """A paragraph before it is spelled: its lines with the page and column of each."""

    lines: tuple[PrintedLine, ...]
    pages: tuple[int, ...]
    measures: tuple[Measure, ...]
    is_indented: bool = False


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
    segments: Sequence[PrintedLine], page: int, measure: Measure, known_gutter: float | None = None
) -> tuple[list[Column], float | None]:
    """Segments of one page region as columns in reading order, and where the gutter is.

    A segment that crosses the gutter (a title over both columns, a caption) parts the region: what
    stands above it is read first, left column then right. `known_gutter` is that of the page before
    and serves a last page whose right column stayed empty.
    """
    gutter = find_gutter(segments)
    if gutter is None and known_gutter is not None and _agrees_with(segments, known_gutter):
        gutter = (known_gutter, known_gutter)
    if gutter is None:
        return [Column(page, merge_rows(segments), measure)], None
    middle = (gutter[0] + gutter[1]) / 2
    columns: list[Column] = []
    sides: tuple[list[PrintedLine], list[PrintedLine]] = ([], [])
    across: list[PrintedLine] = []

    def flush_sides() -> None:
        for side, edges in zip(
            sides,
            (Measure(measure.left, gutter[0]), Measure(gutter[1], measure.right)),
            strict=True,
        ):
            if side:
                lines = merge_rows(side)
                left = min(line.x0 for line in lines)
                right = max(line.x1 for line in lines)
                known = Measure(min(edges.left, left), max(edges.right, right))
                if side is sides[1]:
                    known = Measure(left, known.right)
                elif gutter[0] == gutter[1]:
                    known = Measure(known.left, right)
                columns.append(Column(page, lines, known))
                side.clear()

    def flush_across() -> None:
        if across:
            columns.append(Column(page, merge_rows(across), measure))
            across.clear()

    for segment in sorted(segments, key=lambda line: line.top):
        if segment.x0 < middle < segment.x1:
            flush_sides()
            across.append(segment)
        else:
            flush_across()
            sides[segment.x0 >= middle].append(segment)
    flush_sides()
    flush_across()
    return columns, middle


def find_gutter(segments: Sequence[PrintedLine]) -> tuple[float, float] | None:
    """The white strip between two columns of prose, as its left and right edge in points.

    Both sides need several lines beside each other, and most lines must fill their side: else it is
    a list set in two tabs, which is read row by row.
    """
    if len(segments) < 2 * GUTTER_LINES:
        return None
    left_edge = min(line.x0 for line in segments)
    right_edge = max(line.x1 for line in segments)
    narrow = [line for line in segments if line.width < 0.6 * (right_edge - left_edge)]
    size = sorted(line.size for line in segments)[len(segments) // 2]
    best: tuple[float, float] | None = None
    end = left_edge
    for line in sorted(narrow, key=lambda line: line.x0):
        strip = (end, line.x0)
        width = strip[1] - strip[0]
        is_wider = best is None or width > best[1] - best[0]
        if width >= GUTTER_EM * size and is_wider and _parts_prose(narrow, strip):
            best = strip
        end = max(end, line.x1)
    return best


def _parts_prose(narrow: Sequence[PrintedLine], strip: tuple[float, float]) -> bool:
    left = [line for line in narrow if line.x1 <= strip[0]]
    right = [line for line in narrow if line.x0 >= strip[1]]
    if not left or not right:
        return False
    top = max(min(line.top for line in side) for side in (left, right))
    bottom = min(max(line.bottom for line in side) for side in (left, right))
    for side in (left, right):
        level = [line for line in side if top <= (line.top + line.bottom) / 2 <= bottom]
        if len(level) < GUTTER_LINES:
            return False
        width = max(line.x1 for line in level) - min(line.x0 for line in level)
        full = sum(line.width > 0.8 * width for line in level)
        if full < 0.5 * len(level) or width < 8 * level[0].size:
            return False
    return True


def _agrees_with(segments: Sequence[PrintedLine], gutter: float) -> bool:
    crossing = sum(line.x0 < gutter < line.x1 for line in segments)
    return crossing <= 0.3 * len(segments)


def merge_rows(segments: Sequence[PrintedLine]) -> tuple[PrintedLine, ...]:
    """Segments of one column as lines: those that stand level belong together."""
    return tuple(build_lines(glyph for segment in segments for glyph in segment.glyphs))


def split_paragraphs(column: Column) -> list[PrintedParagraph]:
    """Lines of a column as paragraphs, by indents, gaps, short last lines and changes of type."""
    if not column.lines:
        return []
    pitches = sorted(after.top - before.top for before, after in pairwise(column.lines))
    pitch = pitches[len(pitches) // 2] if pitches else 0.0
    left = min(column.measure.left, *(line.x0 for line in column.lines))
    right = max(column.measure.right, *(line.x1 for line in column.lines))
    measure = Measure(left, right)
    groups: list[list[PrintedLine]] = [[column.lines[0]]]
    for index in range(1, len(column.lines)):
        before, line, *later = column.lines[index - 1 : index + 2]
        is_hanging = bool(later) and _is_indented(later[0], measure)
        if opens_paragraph(before, line, measure, pitch, is_hanging=is_hanging):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [
        PrintedParagraph(
            tuple(group),
            (column.page,) * len(group),
            (measure,) * len(group),
            _is_indented(group[0], measure),
        )
        for group in groups
    ]


def opens_paragraph(
    before: PrintedLine, line: PrintedLine, measure: Measure, pitch: float, *, is_hanging: bool
) -> bool:
    """Whether `line` begins a new paragraph after `before`, in a column of the given edges.

    `is_hanging` says that the line after is set in too.
    """
    if max(line.size, before.size) > HEADING_SCALE * min(line.size, before.size):
        return True
    if line.is_bold != before.is_bold and not is_cut_by_edge(
        before, line, measure.right - before.x1
    ):
        return True
    if line.top - before.top > max(1.7 * pitch, 2.2 * line.size):
        return True
    if not is_cut_by_edge(before, line, measure.right - before.x1):
        return True
    if starts_item(line.text, after=before.text):
        return True
    # A full line that stops in mid-sentence goes on in a line that is set in, where all further
    # lines are (hanging indent).
    return _is_indented(line, measure) and (not is_hanging or ends_sentence(before.text))


def _is_indented(line: PrintedLine, measure: Measure) -> bool:
    return line.x0 - measure.left > INDENT_EM * line.size


def join_paragraphs(paragraphs: Sequence[PrintedParagraph]) -> list[PrintedParagraph]:
    """Paragraphs of neighbouring columns, joined where the column's end cut one in two.

    The sequence must hold one entry a paragraph in reading order, with nothing printed between but
    page furniture.
    """
    joined: list[PrintedParagraph] = []
    for paragraph in paragraphs:
        if joined and _goes_on(joined[-1], paragraph):
            last = joined[-1]
            joined[-1] = replace(
                last,
                lines=last.lines + paragraph.lines,
                pages=last.pages + paragraph.pages,
                measures=last.measures + paragraph.measures,
            )
        else:
            joined.append(paragraph)
    return joined


def _goes_on(before: PrintedParagraph, after: PrintedParagraph) -> bool:
    last, first = before.lines[-1], after.lines[0]
    is_same_column = before.pages[-1] == after.pages[0] and before.measures[-1] == after.measures[0]
    if is_same_column or after.is_indented:
        return False
    if max(last.size, first.size) > HEADING_SCALE * min(last.size, first.size):
        return False
    if last.is_bold != first.is_bold:
        return False
    # A column that ends with a sentence may end with its paragraph too; nothing is cut then.
    if ends_sentence(last.text):
        return False
    return is_cut_by_edge(last, first, before.measures[-1].right - last.x1)


def spell_paragraph(
    paragraph: PrintedParagraph, body_size: float, kind: ParagraphKind = ParagraphKind.BODY
) -> Paragraph:
    """The paragraph as a record; its lines all wrap but the last, and large type is a heading."""
    lines = []
    for index, line in enumerate(paragraph.lines):
        is_last = index == len(paragraph.lines) - 1
        following = "" if is_last else paragraph.lines[index + 1].text
        lines.append(
            spell_line(
                line,
                paragraph.pages[index],
                wraps=not is_last,
                needs_space=not is_last and parts_words(line.text, following),
            )
        )
    if kind is ParagraphKind.BODY and is_heading(paragraph, body_size):
        kind = ParagraphKind.HEADING
    return Paragraph(tuple(lines), kind, paragraph.pages[0])


def is_heading(paragraph: PrintedParagraph, body_size: float) -> bool:
    """Whether type alone says so: larger than the body's, or short and bold throughout."""
    if len(paragraph.lines) > 3:
        return False
    if min(line.size for line in paragraph.lines) >= HEADING_SCALE * body_size:
        return True
    return len(paragraph.lines) <= 2 and all(line.is_bold for line in paragraph.lines)
