"""Word (.docx) → blocks, in the order of the file's body.

Belongs here: the walk through Word's XML, block by block; styles and lists have modules of their
own. python-docx opens the package; the XML is walked directly, because content controls, tracked
changes, hidden text and text boxes have no place in its objects. What Word shows is kept; what it
does not show (deletions, hidden text, the fallback copy of a drawing) is not. Numbers that a list
generates are labels beside the text, never in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml

from extractors.errors import EmptyDocument, ScannedDocument, UnreadableDocument
from extractors.parts import PartBlock, TablePart
from extractors.records import Cell, Line, Omission, Paragraph, ParagraphKind
from extractors.word_numbering import Numbering, label_paragraphs
from extractors.word_styles import Styles
from extractors.word_xml import (
    UNSEEN,
    A,
    M,
    W,
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
    """What decides beside the text: styles, and the marker of each numbered paragraph."""

    styles: Styles
    labels: dict[Any, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Text:
    """Text of a paragraph as it is gathered: lines, and boxes of text that are anchored in it."""

    lines: list[str] = field(default_factory=lambda: [""])
    boxes: list[Any] = field(default_factory=list)


def read_word(path: Path) -> WordContent:
    """Read a .docx file; raises `UnreadableDocument` or `EmptyDocument`."""
    try:
        package = docx.Document(str(path))
    except Exception as error:  # python-docx lets XML, ZIP and plain Python errors through
        raise UnreadableDocument(path, f"The Word file is damaged ({error}).") from error
    body = package.element.body
    if body is None:
        raise UnreadableDocument(path, "The Word file is damaged: it has no body.")
    styles = Styles(package)
    headers, footers, notes = _find_stories(package)
    stories = (*headers, body, *notes, *footers)
    numbering = Numbering(package, styles)
    markup = _Markup(styles)
    for story in stories:
        markup.labels.update(label_paragraphs(story, numbering))
    blocks: list[PartBlock] = []
    for story in headers:
        blocks.extend(_mark(_read_blocks(story, markup), ParagraphKind.PAGE_HEADER))
    blocks.extend(_read_blocks(body, markup))
    for story in notes:
        blocks.extend(_mark(_read_blocks(story, markup), ParagraphKind.NOTE))
    for story in footers:
        blocks.extend(_mark(_read_blocks(story, markup), ParagraphKind.PAGE_FOOTER))
    characters = "".join(_gather_characters(story, styles) for story in stories)
    if not characters.strip():
        if any(True for _ in body.iter(f"{A}blip")):
            raise ScannedDocument(path, "The Word file holds pictures and no text.")
        raise EmptyDocument(path, "The Word file shows no text.")
    return WordContent(blocks, characters, _read_properties(package))


def _find_stories(package: Any) -> tuple[list[Any], list[Any], list[Any]]:
    """Roots of headers, footers and notes that the body refers to, each once."""
    headers: list[Any] = []
    footers: list[Any] = []
    notes: list[Any] = []
    for relation in package.part.rels.values():
        if relation.is_external:
            continue
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind not in ("header", "footer", "footnotes", "endnotes"):
            continue
        part = relation.target_part
        root = part.element if hasattr(part, "element") else parse_xml(part.blob)
        if kind == "header":
            headers.append(root)
        elif kind == "footer":
            footers.append(root)
        else:
            # Separators between text and notes are notes too, with a type of their own.
            notes.extend(note for note in root if note.get(f"{W}type") in (None, "normal"))
    return headers, footers, notes


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
    text = _gather_text(element, markup.styles)
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


def _gather_text(element: Any, styles: Styles) -> _Text:
    text = _Text()
    _gather_into(text, element, styles)
    return text


def _gather_into(text: _Text, element: Any, styles: Styles) -> None:
    for child in element:
        tag = child.tag
        if tag in UNSEEN or not isinstance(tag, str):
            continue
        if tag == f"{W}r" and styles.hides(child):
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
            _gather_into(text, child, styles)


def _gather_characters(story: Any, styles: Styles) -> str:
    """Every character that the story shows, straight from its runs, in the file's order."""
    shown: list[str] = []
    for element in story.iter(f"{W}t", f"{M}t", f"{W}noBreakHyphen"):
        if any(
            ancestor.tag in UNSEEN
            or (ancestor.tag == f"{W}r" and styles.hides(ancestor))
            or (ancestor.tag == f"{W}tr" and is_deleted_row(ancestor))
            or (ancestor.tag == f"{W}tc" and _goes_on_above(ancestor))
            for ancestor in element.iterancestors()
        ):
            continue
        shown.append("-" if element.tag == f"{W}noBreakHyphen" else element.text or "")
    return "".join(shown)


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
            frame = box
            span = max(1, read_number(box.find(f"{W}tcPr/{W}gridSpan"), 1))
            if _goes_on_left(box) and cells and cells[-1].row == row_number:
                cells[-1] = replace(cells[-1], col_span=cells[-1].col_span + span)
                col += span
                continue
            owner = starts.get(col)
            if _goes_on_above(box) and owner is not None:
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


def _goes_on_above(box: Any) -> bool:
    merge = box.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") != "restart"


def _goes_on_left(box: Any) -> bool:
    merge = box.find(f"{W}tcPr/{W}hMerge")
    return merge is not None and merge.get(f"{W}val", "continue") != "restart"


def _read_cell(box: Any, markup: _Markup) -> tuple[tuple[Line, ...], list[PartBlock], str]:
    lines: list[Line] = []
    inner: list[PartBlock] = []
    label = ""
    for element in iterate_content(box, (f"{W}p", f"{W}tbl")):
        if element.tag == f"{W}tbl":
            inner.extend(_read_table(element, markup))
            continue
        text = _gather_text(element, markup.styles)
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


def _read_properties(package: Any) -> dict[str, str]:
    core = package.core_properties
    found = {
        "Title": core.title,
        "Author": core.author,
        "Subject": core.subject,
        "CreationDate": core.created.isoformat() if core.created else "",
        "ModDate": core.modified.isoformat() if core.modified else "",
    }
    return {key: value for key, value in found.items() if value}
