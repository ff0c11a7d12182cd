"""Lines of columns → paragraphs in reading order, joined where a column or a page ended.

The journey of text outside tables: segments → page furniture set aside (`furniture`) → columns
(`columns`) → here: paragraphs → what a column or page end cut is joined → records. Knows no file
format; tables are blocks that stand between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.columns import Column
from extractors.lines import (
    Measure,
    PrintedLine,
    ends_sentence,
    has_item_start,
    is_cut_by_edge,
    measure_reach,
    parts_words,
    spell_line,
    starts_item,
)
from extractors.records import Paragraph, ParagraphKind

INDENT_EM = 1.2
"""A first line set in further than this opens a paragraph."""
HEADING_SCALE = 1.15
"""Type this much larger than the body's is a heading's."""


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """A paragraph before it is spelled: its lines with the page and column of each."""

    lines: tuple[PrintedLine, ...]
    pages: tuple[int, ...]
    measures: tuple[Measure, ...]
    is_indented: bool = False


def split_paragraphs(column: Column) -> list[PrintedParagraph]:
    """Lines of a column as paragraphs, by indents, gaps, short last lines and changes of type."""
    if not column.lines:
        return []
    pitches = sorted(after.top - before.top for before, after in pairwise(column.lines))
    pitch = pitches[len(pitches) // 2] if pitches else 0.0
    left = min(column.measure.left, *(line.x0 for line in column.lines))
    right = max(column.measure.right, *(measure_reach(line) for line in column.lines))
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
    is_set_in = _is_indented(line, measure) and not _is_indented(before, measure)
    if is_set_in and has_item_start(line.text):
        return True  # in a hanging indent the line before is set in too
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
