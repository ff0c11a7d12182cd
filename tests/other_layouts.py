"""The content of a document, rearranged and written anew in other containers.

Belongs here: what an office may do to the same facts (unmerge cells, move columns, name them
otherwise, turn the table, tell it as a list) and the two writers, Word and PDF. Does not belong
here: any expectation. Neither writer needs a font file or anything that is not in the lock.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import docx
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

from extractors.records import Document

FONT = "STSong-Light"
MARGIN_PT = 30
GUTTER_PT = 24


@dataclass(frozen=True)
class Box:
    """A cell: its place in the grid, what it covers, and its text."""

    row: int
    col: int
    rows: int
    cols: int
    text: str


@dataclass(frozen=True)
class Layout:
    """Lines of text and, after them, at most one table; `header` counts its header rows."""

    lines: tuple[str, ...]
    boxes: tuple[Box, ...] = ()
    header: int = 0

    @property
    def n_rows(self) -> int:
        return max((box.row + box.rows for box in self.boxes), default=0)

    @property
    def n_cols(self) -> int:
        return max((box.col + box.cols for box in self.boxes), default=0)

    def row(self, row: int) -> list[str]:
        """The texts of a row, one for each column; a merged text in each column it covers."""
        covering = [box for box in self.boxes if box.row <= row < box.row + box.rows]
        return [
            next((b.text for b in covering if b.col <= col < b.col + b.cols), "")
            for col in range(self.n_cols)
        ]


def take_layout(document: Document, header: int = 0) -> Layout:
    """A document's lines and first table, as read."""
    lines = tuple(p.text for p in document.paragraphs if p.kind in ("body", "heading"))
    boxes = tuple(
        Box(cell.row, cell.col, cell.row_span, cell.col_span, cell.text)
        for table in document.tables[:1]
        for cell in table.cells
    )
    return Layout(lines, boxes, header)


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


# --- what offices do ------------------------------------------------------------------------------


def unmerge(layout: Layout, *, repeat: bool) -> Layout:
    """Cells merged over rows set apart: the text in each row, or in the first one only."""
    boxes: list[Box] = []
    for box in layout.boxes:
        if box.row < layout.header or box.cols > 1:
            boxes.append(box)
            continue
        for row in range(box.row, box.row + box.rows):
            text = box.text if repeat or row == box.row else ""
            boxes.append(Box(row, box.col, 1, 1, text))
    return replace(layout, boxes=tuple(boxes))


def move_columns(layout: Layout, order: Sequence[int]) -> Layout:
    """Columns in another order; those under one header cell must stay together."""
    boxes = tuple(
        replace(box, col=min(order.index(c) for c in range(box.col, box.col + box.cols)))
        for box in layout.boxes
    )
    return replace(layout, boxes=boxes)


def name_columns(layout: Layout, names: dict[str, str]) -> Layout:
    """Other words in the header."""
    boxes = tuple(
        replace(box, text=names.get(squeeze(box.text), box.text))
        if box.row < layout.header
        else box
        for box in layout.boxes
    )
    return replace(layout, boxes=boxes)


def spell(layout: Layout, change: Callable[[str], str]) -> Layout:
    """Every text changed, such as to full-width digits."""
    boxes = tuple(replace(box, text=change(box.text)) for box in layout.boxes)
    return replace(layout, lines=tuple(map(change, layout.lines)), boxes=boxes)


def fold_sections(layout: Layout) -> Layout:
    """Section rows as a category column, merged over the rows of each section."""
    boxes = [Box(0, 0, layout.header, 1, "项目类别")]
    row = layout.header
    for at in range(layout.n_rows):
        own = [box for box in layout.boxes if box.row == at]
        if at < layout.header:
            boxes.extend(replace(box, col=box.col + 1) for box in own)
        elif len(own) == 1:
            boxes.append(Box(row, 0, 0, 1, own[0].text))
        else:
            section = max(i for i, box in enumerate(boxes) if box.col == 0)
            boxes[section] = replace(boxes[section], rows=boxes[section].rows + 1)
            boxes.extend(replace(box, row=row, col=box.col + 1) for box in own)
            row += 1
    return replace(layout, boxes=tuple(boxes))


def turn_table(layout: Layout, keys: int) -> Layout:
    """Columns after the first `keys` down the side, the rows with their keys as headers above.

    The first key, a number, is dropped; the others stand in the order 1, 3, 2.
    """
    depth = 3
    boxes = [Box(0, 0, depth, 1, "区、县（市）")]
    names = [layout.row(layout.header - 1)[col] for col in range(keys, layout.n_cols)]
    boxes += [Box(depth + i, 0, 1, 1, name) for i, name in enumerate(names)]
    for box in layout.boxes:
        if box.row < layout.header or box.col == 0:
            continue
        col = 1 + box.row - layout.header
        row = {1: 0, 3: 1, 2: 2}[box.col] if box.col < keys else depth + box.col - keys
        boxes.append(Box(row, col, box.cols, box.rows, box.text))
    return replace(layout, boxes=tuple(boxes), header=depth)


def lengthen(layout: Layout, keys: int, headers: Sequence[str]) -> Layout:
    """A row for each line and each filled column after the first `keys`, keys repeated."""
    boxes = [Box(0, col, 1, 1, text) for col, text in enumerate(headers)]
    names = layout.row(layout.header - 1)
    row = 1
    for box in layout.boxes:
        if box.row < layout.header or box.col < keys or not box.text.strip():
            continue
        name = names[box.col] if box.cols == 1 else "各区、县（市）"
        texts = [*layout.row(box.row)[:keys], name, box.text]
        boxes.extend(Box(row, col, 1, 1, text) for col, text in enumerate(texts))
        row += 1
    return replace(layout, boxes=tuple(boxes), header=1)


# --- writers --------------------------------------------------------------------------------------


def write_word(layout: Layout, path: Path) -> Path:
    """A Word file with true merged cells."""
    document: Any = docx.Document()
    for line in layout.lines:
        document.add_paragraph(line)
    if layout.boxes:
        table = document.add_table(layout.n_rows, layout.n_cols)
        grid = [list(row.cells) for row in table.rows]
        for box in layout.boxes:
            cell = grid[box.row][box.col]
            if box.rows * box.cols > 1:
                cell = cell.merge(grid[box.row + box.rows - 1][box.col + box.cols - 1])
            cell.text = box.text
    document.save(path)
    return path


def write_pdf(
    layout: Layout,
    path: Path,
    page: tuple[float, float] = (842, 595),
    widths: Sequence[float] = (),
    size: float = 8,
    frames: int = 1,
    running: str = "",
) -> Path:
    """A PDF whose marks hang over cell borders, as in Word; `running` heads every page."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    cell_style = ParagraphStyle("c", fontName=FONT, fontSize=size, leading=1.3 * size)
    cell_style.wordWrap = "CJK"
    title = ParagraphStyle("t", parent=cell_style, fontSize=16, leading=22, alignment=1)
    body = ParagraphStyle("b", parent=cell_style, firstLineIndent=2 * size, leading=1.5 * size)
    width, height = page[0] - 2 * MARGIN_PT, page[1] - 2 * MARGIN_PT

    def print_furniture(canvas: Any, _: Any) -> None:
        canvas.setFont(FONT, 8)
        canvas.drawString(MARGIN_PT, page[1] - 18, running)

    def set_text(text: str, style: ParagraphStyle) -> Paragraph:
        return Paragraph(html.escape(text).replace("\n", "<br/>"), style)

    flow: list[Any] = [set_text(t, title if layout.boxes else body) for t in layout.lines]
    if layout.boxes:
        shares = widths or (1,) * layout.n_cols
        data: list[list[Any]] = [[""] * layout.n_cols for _ in range(layout.n_rows)]
        commands: list[tuple[Any, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0))]
        commands += [(f"{side}PADDING", (0, 0), (-1, -1), 2) for side in ("LEFT", "RIGHT")]
        for box in layout.boxes:
            data[box.row][box.col] = set_text(box.text, cell_style)
            corner = (box.col + box.cols - 1, box.row + box.rows - 1)
            commands.append(("SPAN", (box.col, box.row), corner))
        columns = [width * share / sum(shares) for share in shares]
        flow.append(Table(data, columns, repeatRows=layout.header, style=commands))
    column, gutter = width / frames, GUTTER_PT if frames > 1 else 0
    template = PageTemplate(
        frames=[
            Frame(MARGIN_PT + i * column, MARGIN_PT, column - gutter, height, 0, 0, 0, 0)
            for i in range(frames)
        ],
        onPage=print_furniture,
    )
    BaseDocTemplate(str(path), pagesize=page, pageTemplates=[template]).build(flow)
    return path
