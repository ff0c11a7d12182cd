"""Word (.docx) → blocks, in the order of the file's body.

Belongs here: the walk through Word's XML, block by block; styles and lists have modules of their
own, and so have the package, what is shown, and what is told because it cannot be read. What Word
shows is kept; what it does not show (deletions, hidden text, the fallback copy of a drawing) is
not. Numbers that a list generates are labels beside the text, never in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from extractors.errors import DocumentError, EmptyDocument, ScannedDocument, UnreadableDocument
from extractors.parts import PartBlock, TablePart
from extractors.records import Cell, Line, Omission, Paragraph, ParagraphKind
from extractors.word_drawn_text import place_text
from extractors.word_numbering import Numbering, label_paragraphs
from extractors.word_omissions import find_omissions
from extractors.word_package import Package
from extractors.word_stories import find_stories
from extractors.word_styles import Styles
from extractors.word_visibility import Visibility, goes_on_left
from extractors.word_xml import (
    UNSEEN,
    A,
    M,
    W,
    is_deleted_cell,
    is_deleted_row,
    iterate_content,
    read_number,
)


@dataclass(slots=True)
class WordContent:
    """What a Word file says: blocks, raw characters, its own properties, what is left out."""

    blocks: list[PartBlock]
    characters: str
    properties: dict[str, str]
    omissions: tuple[Omission, ...] = ()


@dataclass(slots=True)
class _Markup:
    """What decides beside the text: styles, what is shown, and markers of numbered paragraphs."""

    styles: Styles
    visibility: Visibility
    labels: dict[Any, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Text:
    """Text of a paragraph as it is gathered: lines, and boxes of text that are anchored in it."""

    lines: list[str] = field(default_factory=lambda: [""])
    boxes: list[Any] = field(default_factory=list)


def read_word(path: Path) -> WordContent:
    """Read a .docx file; raises `UnreadableDocument` or `EmptyDocument`."""
    try:
        package = Package(path)
        body = package.main.root.find(f"{W}body")
        if body is None:
            raise UnreadableDocument(path, "The Word file is damaged: it has no body.")
        return _read_package(path, package, body)
    except DocumentError:
        raise
    except Exception as error:  # damaged files raise XML, ZIP and plain Python errors
        raise UnreadableDocument(path, f"The Word file is damaged ({error}).") from error


def _read_package(path: Path, package: Package, body: Any) -> WordContent:
    styles = Styles(_find_root(package, "styles"))
    stories = find_stories(package, body)
    for story in stories:
        place_text(story)
    visibility = Visibility(styles, [story.root for story in stories])
    numbering = Numbering(_find_root(package, "numbering"), styles)
    markup = _Markup(styles, visibility)
    for story in stories:
        markup.labels.update(label_paragraphs(story.root, numbering))
    blocks: list[PartBlock] = []
    for story in stories.headers:
        blocks.extend(_mark(_read_blocks(story.root, markup), ParagraphKind.PAGE_HEADER))
    blocks.extend(_read_blocks(body, markup))
    for story in stories.notes:
        blocks.extend(_mark(_read_blocks(story.root, markup), ParagraphKind.NOTE))
    for story in stories.footers:
        blocks.extend(_mark(_read_blocks(story.root, markup), ParagraphKind.PAGE_FOOTER))
    characters = "".join(_gather_characters(story.root, visibility) for story in stories)
    if not characters.strip():
        if any(True for _ in body.iter(f"{A}blip")):
            raise ScannedDocument(path, "The Word file holds pictures and no text.")
        raise EmptyDocument(path, "The Word file shows no text.")
    omissions = [
        *(omission for story in stories for omission in find_omissions(story, visibility)),
        *stories.omissions,
    ]
    return WordContent(blocks, characters, package.read_properties(), tuple(omissions))


def _find_root(package: Package, kind: str) -> Any:
    part = package.main.find_related(kind)
    return part.root if part is not None else None


def _mark(blocks: list[PartBlock], kind: ParagraphKind) -> list[PartBlock]:
    return [
        replace(block, kind=kind) if isinstance(block, Paragraph) else block for block in blocks
    ]


# --- blocks ---------------------------------------------------------------------------------------


def _read_blocks(story: Any, markup: _Markup) -> list[PartBlock]:
    blocks: list[PartBlock] = []
    for element in iterate_content(story, (f"{W}p", f"{W}tbl")):
        if element.tag == f"{W}tbl":
            blocks.extend(_read_table(element, markup))
        else:
            blocks.extend(_read_paragraph(element, markup))
    return blocks


def _read_paragraph(element: Any, markup: _Markup) -> list[PartBlock]:
    text = _gather_text(element, markup.visibility)
    blocks: list[PartBlock] = []
    lines = _spell(text.lines)
    if lines:
        kind = ParagraphKind.HEADING if markup.styles.makes_heading(element) else ParagraphKind.BODY
        blocks.append(Paragraph(lines, kind, label=markup.labels.get(element, "")))
    for box in text.boxes:
        blocks.extend(_read_blocks(box, markup))
    return blocks


def _spell(lines: list[str]) -> tuple[Line, ...]:
    return tuple(Line(line) for line in lines if line.strip())


def _gather_text(element: Any, visibility: Visibility) -> _Text:
    text = _Text()
    _gather_into(text, element, visibility)
    return text


def _gather_into(text: _Text, element: Any, visibility: Visibility) -> None:
    for child in element:
        tag = child.tag
        if tag in UNSEEN or not isinstance(tag, str):
            continue
        if tag == f"{W}r" and visibility.hides(child):
            continue
        if tag == f"{W}txbxContent":
            text.boxes.append(child)
        elif tag in (f"{W}t", f"{M}t"):
            text.lines[-1] += child.text or ""
        elif tag in (f"{W}br", f"{W}cr"):
            text.lines.append("")
        elif tag in (f"{W}tab", f"{W}ptab"):
            text.lines[-1] += "\t"
        elif tag == f"{W}noBreakHyphen":
            text.lines[-1] += "-"
        else:
            _gather_into(text, child, visibility)


def _gather_characters(story: Any, visibility: Visibility) -> str:
    """Every character that the story shows, straight from its runs, in the file's order."""
    return "".join(
        "-" if element.tag == f"{W}noBreakHyphen" else element.text or ""
        for element in story.iter(f"{W}t", f"{M}t", f"{W}noBreakHyphen")
        if not visibility.find_cause(element)
    )


# --- tables ---------------------------------------------------------------------------------------


def _read_table(element: Any, markup: _Markup) -> list[PartBlock]:
    """A table, and after it whatever tables and text boxes its cells hold.

    A table of one cell is a frame: what it holds stands in its place.
    """
    cells: list[Cell] = []
    inner: list[PartBlock] = []
    starts: dict[int, int] = {}
    frame: Any = None
    row_number = 0
    for row in iterate_content(element, (f"{W}tr",)):
        if is_deleted_row(row):
            continue
        col = read_number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        next_starts: dict[int, int] = {}
        for box in iterate_content(row, (f"{W}tc",)):
            if is_deleted_cell(box):
                continue
            frame = box
            span = max(1, read_number(box.find(f"{W}tcPr/{W}gridSpan"), 1))
            is_swallowed = markup.visibility.swallows(box)
            if is_swallowed and goes_on_left(box) and cells and cells[-1].row == row_number:
                cells[-1] = replace(cells[-1], col_span=cells[-1].col_span + span)
                col += span
                continue
            owner = starts.get(col)
            if is_swallowed and owner is not None:
                cell = cells[owner]
                cells[owner] = replace(cell, row_span=row_number - cell.row + 1)
                next_starts[col] = owner
            else:
                lines, held, label = _read_cell(box, markup)
                inner.extend(held)
                next_starts[col] = len(cells)
                cells.append(Cell(row_number, col, 1, span, lines, label=label))
            col += span
        starts = next_starts
        row_number += 1
    if len(cells) == 1 and frame is not None:
        return _read_blocks(frame, markup)
    part = _drop_unused_lines(cells)
    blocks: list[PartBlock] = [part] if any(cell.lines or cell.label for cell in cells) else []
    return [*blocks, *inner]


def _read_cell(box: Any, markup: _Markup) -> tuple[tuple[Line, ...], list[PartBlock], str]:
    lines: list[Line] = []
    inner: list[PartBlock] = []
    label = ""
    for element in iterate_content(box, (f"{W}p", f"{W}tbl")):
        if element.tag == f"{W}tbl":
            inner.extend(_read_table(element, markup))
            continue
        text = _gather_text(element, markup.visibility)
        if not lines and not label:
            label = markup.labels.get(element, "")
        lines.extend(_spell(text.lines))
        for held in text.boxes:
            inner.extend(_read_blocks(held, markup))
    return tuple(lines), inner, label


def _drop_unused_lines(cells: list[Cell]) -> TablePart:
    """Count rows and columns by where cells begin or end.

    Producers leave columns that no cell uses, and rows in which every cell is merged into the row
    above; on paper neither can be seen.
    """
    columns = _number_used(edge for cell in cells for edge in (cell.col, cell.col + cell.col_span))
    rows = _number_used(edge for cell in cells for edge in (cell.row, cell.row + cell.row_span))
    counted = tuple(
        replace(
            cell,
            row=rows[cell.row],
            col=columns[cell.col],
            row_span=rows[cell.row + cell.row_span] - rows[cell.row],
            col_span=columns[cell.col + cell.col_span] - columns[cell.col],
        )
        for cell in cells
    )
    return TablePart(counted, max(len(rows) - 1, 0), max(len(columns) - 1, 0))


def _number_used(edges: Iterable[int]) -> dict[int, int]:
    return {edge: index for index, edge in enumerate(sorted(set(edges)))}
