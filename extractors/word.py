"""Word (.docx) → blocks, in the order of the file's body.

Belongs here: everything that knows Word's XML. python-docx opens the package; the XML is walked
directly, because content controls, tracked changes, hidden text and text boxes have no place in its
objects. What Word shows is kept; what it does not show (deletions, hidden text, the fallback copy
of a drawing, numbers that a list generates) is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml

from extractors.errors import EmptyDocument, ScannedDocument, UnreadableDocument
from extractors.parts import PartBlock, TablePart
from extractors.records import Cell, Line, Paragraph, ParagraphKind

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_UNSEEN = frozenset(
    {
        f"{_W}del", f"{_W}moveFrom", f"{_W}delText", f"{_W}instrText", f"{_W}rt", f"{_W}pPr",
        f"{_W}rPr", f"{_W}tblPr", f"{_W}tblGrid", f"{_W}trPr", f"{_W}tcPr", f"{_W}sdtPr",
        f"{_W}sdtEndPr", f"{_W}sectPr", f"{_MC}Fallback",
    }
)  # fmt: skip
"""Elements whose content is not shown as text."""


@dataclass(slots=True)
class WordContent:
    """What a Word file says: blocks, the raw characters, the file's own properties."""

    blocks: list[PartBlock]
    characters: str
    properties: dict[str, str]


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
    styles = _Styles(package)
    headers, footers, notes = _find_stories(package)
    blocks: list[PartBlock] = []
    for story in headers:
        blocks.extend(_mark(_read_blocks(story, styles), ParagraphKind.PAGE_HEADER))
    blocks.extend(_read_blocks(body, styles))
    for story in notes:
        blocks.extend(_mark(_read_blocks(story, styles), ParagraphKind.NOTE))
    for story in footers:
        blocks.extend(_mark(_read_blocks(story, styles), ParagraphKind.PAGE_FOOTER))
    characters = "".join(
        _gather_characters(story, styles) for story in (*headers, body, *notes, *footers)
    )
    if not characters.strip():
        if any(True for _ in body.iter(f"{_A}blip")):
            raise ScannedDocument(path, "The Word file holds pictures and no text.")
        raise EmptyDocument(path, "The Word file shows no text.")
    return WordContent(blocks, characters, _read_properties(package))


class _Styles:
    """Which styles hide text and which mark headings; inherited through `basedOn`."""

    def __init__(self, package: Any) -> None:
        self.hidden: set[str] = set()
        self.headings: set[str] = set()
        found: dict[str, Any] = {}
        for style in package.styles.element.iter(f"{_W}style"):
            found[style.get(f"{_W}styleId", "")] = style
        for identifier in found:
            for style in _walk_styles(found, identifier):
                if _is_on(style.find(f"{_W}rPr/{_W}vanish")):
                    self.hidden.add(identifier)
                name = style.find(f"{_W}name")
                label = (name.get(f"{_W}val") or "").lower() if name is not None else ""
                if label.startswith(("heading", "title", "标题")):
                    self.headings.add(identifier)

    def hides(self, run: Any) -> bool:
        """Whether a run is hidden, by itself or by its style."""
        properties = run.find(f"{_W}rPr")
        if properties is None:
            return False
        vanish = properties.find(f"{_W}vanish")
        if vanish is not None:
            return _is_on(vanish)
        style = properties.find(f"{_W}rStyle")
        return style is not None and style.get(f"{_W}val") in self.hidden

    def makes_heading(self, paragraph: Any) -> bool:
        """Whether a paragraph's style or outline level says that it is a heading."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return False
        style = properties.find(f"{_W}pStyle")
        if style is not None and style.get(f"{_W}val") in self.headings:
            return True
        level = properties.find(f"{_W}outlineLvl")
        return level is not None and level.get(f"{_W}val", "9") < "9"


def _walk_styles(found: dict[str, Any], identifier: str) -> Iterator[Any]:
    seen: set[str] = set()
    while identifier in found and identifier not in seen:
        seen.add(identifier)
        yield found[identifier]
        base = found[identifier].find(f"{_W}basedOn")
        identifier = base.get(f"{_W}val", "") if base is not None else ""


def _is_on(element: Any) -> bool:
    if element is None:
        return False
    return element.get(f"{_W}val", "true") not in ("0", "false", "off")


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
            notes.extend(note for note in root if note.get(f"{_W}type") in (None, "normal"))
    return headers, footers, notes


def _mark(blocks: list[PartBlock], kind: ParagraphKind) -> list[PartBlock]:
    return [
        replace(block, kind=kind) if isinstance(block, Paragraph) else block for block in blocks
    ]


# --- blocks ---------------------------------------------------------------------------------------


def _read_blocks(story: Any, styles: _Styles) -> list[PartBlock]:
    blocks: list[PartBlock] = []
    for element in _iterate_content(story, (f"{_W}p", f"{_W}tbl")):
        if element.tag == f"{_W}tbl":
            blocks.extend(_read_table(element, styles))
        else:
            blocks.extend(_read_paragraph(element, styles))
    return blocks


def _iterate_content(parent: Any, tags: tuple[str, ...]) -> Iterator[Any]:
    """Children of the given tags, through content controls, tracked insertions and the like."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag not in _UNSEEN and isinstance(child.tag, str):
            yield from _iterate_content(child, tags)


def _read_paragraph(element: Any, styles: _Styles) -> list[PartBlock]:
    text = _gather_text(element, styles)
    blocks: list[PartBlock] = []
    lines = _spell(text.lines)
    if lines:
        kind = ParagraphKind.HEADING if styles.makes_heading(element) else ParagraphKind.BODY
        blocks.append(Paragraph(lines, kind))
    for box in text.boxes:
        blocks.extend(_read_blocks(box, styles))
    return blocks


def _spell(lines: list[str]) -> tuple[Line, ...]:
    return tuple(Line(line) for line in lines if line.strip())


def _gather_text(element: Any, styles: _Styles) -> _Text:
    text = _Text()
    _gather_into(text, element, styles)
    return text


def _gather_into(text: _Text, element: Any, styles: _Styles) -> None:
    for child in element:
        tag = child.tag
        if tag in _UNSEEN or not isinstance(tag, str):
            continue
        if tag == f"{_W}r" and styles.hides(child):
            continue
        if tag == f"{_W}txbxContent":
            text.boxes.append(child)
        elif tag in (f"{_W}t", f"{_M}t"):
            text.lines[-1] += child.text or ""
        elif tag in (f"{_W}br", f"{_W}cr"):
            text.lines.append("")
        elif tag in (f"{_W}tab", f"{_W}ptab"):
            text.lines[-1] += "\t"
        elif tag == f"{_W}noBreakHyphen":
            text.lines[-1] += "-"
        else:
            _gather_into(text, child, styles)


def _gather_characters(story: Any, styles: _Styles) -> str:
    """Every character that the story shows, straight from its runs, in the file's order."""
    shown: list[str] = []
    for element in story.iter(f"{_W}t", f"{_M}t", f"{_W}noBreakHyphen"):
        if any(
            ancestor.tag in _UNSEEN
            or (ancestor.tag == f"{_W}r" and styles.hides(ancestor))
            or (ancestor.tag == f"{_W}tr" and _is_deleted_row(ancestor))
            or (ancestor.tag == f"{_W}tc" and _goes_on_above(ancestor))
            for ancestor in element.iterancestors()
        ):
            continue
        shown.append("-" if element.tag == f"{_W}noBreakHyphen" else element.text or "")
    return "".join(shown)


# --- tables ---------------------------------------------------------------------------------------


def _read_table(element: Any, styles: _Styles) -> list[PartBlock]:
    """A table, and after it whatever tables and text boxes its cells hold.

    A table of one cell is a frame: what it holds stands in its place.
    """
    cells: list[Cell] = []
    inner: list[PartBlock] = []
    starts: dict[int, int] = {}
    frame: Any = None
    row_number = 0
    for row in _iterate_content(element, (f"{_W}tr",)):
        if _is_deleted_row(row):
            continue
        col = _read_number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
        next_starts: dict[int, int] = {}
        for box in _iterate_content(row, (f"{_W}tc",)):
            frame = box
            span = max(1, _read_number(box.find(f"{_W}tcPr/{_W}gridSpan"), 1))
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
                lines, held = _read_cell(box, styles)
                inner.extend(held)
                next_starts[col] = len(cells)
                cells.append(Cell(row_number, col, 1, span, lines))
            col += span
        starts = next_starts
        row_number += 1
    if len(cells) == 1 and frame is not None:
        return _read_blocks(frame, styles)
    part = _drop_unused_lines(cells)
    blocks: list[PartBlock] = [part] if any(cell.lines for cell in cells) else []
    return [*blocks, *inner]


def _is_deleted_row(row: Any) -> bool:
    return row.find(f"{_W}trPr/{_W}del") is not None


def _goes_on_above(box: Any) -> bool:
    merge = box.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") != "restart"


def _goes_on_left(box: Any) -> bool:
    merge = box.find(f"{_W}tcPr/{_W}hMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") != "restart"


def _read_number(element: Any, default: int) -> int:
    if element is None:
        return default
    try:
        return int(element.get(f"{_W}val", default))
    except ValueError:
        return default


def _read_cell(box: Any, styles: _Styles) -> tuple[tuple[Line, ...], list[PartBlock]]:
    lines: list[Line] = []
    inner: list[PartBlock] = []
    for element in _iterate_content(box, (f"{_W}p", f"{_W}tbl")):
        if element.tag == f"{_W}tbl":
            inner.extend(_read_table(element, styles))
            continue
        text = _gather_text(element, styles)
        lines.extend(_spell(text.lines))
        for held in text.boxes:
            inner.extend(_read_blocks(held, styles))
    return tuple(lines), inner


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
