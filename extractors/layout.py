"""Drawings of all pages → blocks by page: what is table, what is text, what is furniture.

Belongs here: the order of work over the pages, whatever engine drew them. Does not belong here: the
joining of tables over pages (`stitching`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from extractors.alignment import find_aligned_grids
from extractors.collection import pause_collection
from extractors.columns import Gutter, cut_segments, split_columns
from extractors.drawing import Drawing, Glyph, locate_on_display, turn_glyph
from extractors.filling import fill_grids, take_back_spilled
from extractors.furniture import find_watermark, name_furniture
from extractors.lattice import Grid, GridCell, find_grids
from extractors.lines import (
    Measure,
    PrintedLine,
    build_lines,
    measure_reach,
    spell_line,
    spell_lines,
)
from extractors.paragraphs import (
    PrintedParagraph,
    join_paragraphs,
    spell_paragraph,
    split_paragraphs,
)
from extractors.parts import EDGE_TOLERANCE_PT, PartBlock, TablePart
from extractors.records import Box, Cell, Line, Paragraph, ParagraphKind

DEFAULT_PADDING_PT = 3.0
MOST_PADDING_PT = 9.0


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page taken apart: tables, text segments outside them, watermark."""

    drawing: Drawing
    parts: tuple[TablePart, ...]
    areas: tuple[Box, ...]
    segments: tuple[PrintedLine, ...]
    watermark: tuple[Paragraph, ...]


@pause_collection()
def lay_out(drawings: Sequence[Drawing]) -> list[list[PartBlock]]:
    """Blocks of each page in reading order; page furniture comes last on its page."""
    contents: list[PageContent] = []
    for drawing in drawings:
        areas = contents[-1].areas if contents else ()
        contents.append(take_apart(drawing, areas[-1] if areas else None))
    furniture = name_furniture([(content.drawing, content.segments) for content in contents])
    flows: list[list[PrintedParagraph | TablePart]] = []
    sizes = [
        glyph.size
        for content in contents
        for segment in content.segments
        for glyph in segment.glyphs
    ]
    body_size = sorted(sizes)[len(sizes) // 2] if sizes else 0.0
    gutters: tuple[Gutter, ...] = ()
    for index, content in enumerate(contents):
        kept = [
            segment
            for number, segment in enumerate(content.segments)
            if (index, number) not in furniture
        ]
        flow, gutters = _order_page(content, kept, gutters)
        flows.append(flow)
    numbers = [content.drawing.number for content in contents]
    blocks = _spell_flow(_join_flows(flows), body_size, numbers)
    for index, content in enumerate(contents):
        for number, segment in enumerate(content.segments):
            kind = furniture.get((index, number))
            if kind is not None:
                line = spell_line(segment, content.drawing.number, wraps=False)
                blocks[index].append(Paragraph((line,), kind, content.drawing.number))
        blocks[index].extend(content.watermark)
    return blocks


def take_apart(drawing: Drawing, table_before: Box | None = None) -> PageContent:
    """Find a page's tables and fill them; what stands in no cell is text.

    `table_before` is where the last table of the page before stood: a single box of its width at
    the top of this page is a row of it (one merged cell), not a frame around text.
    """
    grids = find_grids(drawing.rules)
    marked = find_watermark(drawing, grids)
    glyphs = [glyph for index, glyph in enumerate(drawing.glyphs) if index not in marked]
    grids = tuple(grid for grid in grids if len(grid.cells) > 1 or _holds_text(grid, glyphs))
    contents, outside = fill_grids(grids, glyphs)
    aligned = find_aligned_grids(drawing, outside)
    if aligned:
        grids = tuple(sorted((*grids, *aligned), key=lambda grid: (grid.box[1], grid.box[0])))
        contents, outside = fill_grids(grids, glyphs)
    outside = take_back_spilled(grids, contents, outside)
    parts: list[TablePart] = []
    areas: list[Box] = []
    for grid, cells in zip(grids, contents, strict=True):
        if not any(cells):
            continue
        if len(grid.cells) == 1 and not (parts == [] and _is_as_wide(grid, table_before)):
            # A frame around text: its text flows with the rest unless a table goes on in it.
            outside.extend(cells[0])
            continue
        parts.append(build_part(grid, cells, drawing))
        areas.append(grid.box)
    return PageContent(
        drawing,
        tuple(parts),
        tuple(areas),
        tuple(cut_segments(outside)),
        _spell_watermark(drawing, marked),
    )


def _is_as_wide(grid: Grid, table_before: Box | None) -> bool:
    return (
        table_before is not None
        and abs(grid.box[0] - table_before[0]) <= EDGE_TOLERANCE_PT
        and abs(grid.box[2] - table_before[2]) <= EDGE_TOLERANCE_PT
    )


def _holds_text(grid: Grid, glyphs: Sequence[Glyph]) -> bool:
    x0, top, x1, bottom = grid.box
    return any(x0 < g.x0 < x1 and top < g.middle < bottom for g in glyphs)


def build_part(grid: Grid, contents: Sequence[list[Glyph]], drawing: Drawing) -> TablePart:
    """A filled grid as a table part."""
    if any(glyph.direction for glyph in drawing.glyphs):
        contents = [_turn_upright(glyphs, drawing) for glyphs in contents]
    lines = [build_lines(glyphs) for glyphs in contents]
    padding = measure_padding(grid, lines)
    cells = [
        Cell(
            row=cell.row,
            col=cell.col,
            row_span=cell.row_span,
            col_span=cell.col_span,
            lines=_spell_cell(cell, cell_lines, padding, drawing),
            page=drawing.number,
            box=locate_on_display(cell.box, drawing),
        )
        for cell, cell_lines in zip(grid.cells, lines, strict=True)
    ]
    return TablePart(
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))),
        n_rows=len(grid.ys) - 1,
        n_cols=len(grid.xs) - 1,
        edges=grid.xs if grid.is_ruled else (),
        page=drawing.number,
        box=grid.box,
        padding_pt=padding,
        open_below=frozenset(cell.col for cell in grid.cells if cell.is_open_below),
    )


def _turn_upright(glyphs: list[Glyph], drawing: Drawing) -> list[Glyph]:
    sideways = [glyph for glyph in glyphs if glyph.direction != 0]
    if not sideways:
        return glyphs
    turn = 360 - sideways[0].direction
    return [turn_glyph(glyph, turn, drawing.width, drawing.height) for glyph in glyphs]


def _spell_cell(
    cell: GridCell, lines: Sequence[PrintedLine], padding: float, drawing: Drawing
) -> tuple[Line, ...]:
    x0, _, x1, _ = cell.box
    return spell_lines(lines, Measure(x0 + padding, x1 - padding), drawing.number)


def measure_padding(grid: Grid, lines: Sequence[Sequence[PrintedLine]]) -> float:
    """Points between a cell's border and its text.

    Cells of several lines that begin at one x show it exactly; where there are none, the tightest
    cell of the table is the best guess.
    """
    exact: list[float] = []
    loose: list[float] = []
    for cell, cell_lines in zip(grid.cells, lines, strict=True):
        if not cell_lines:
            continue
        starts = [line.x0 for line in cell_lines]
        gap = min(starts) - cell.box[0]
        loose.append(gap)
        if len(starts) > 1 and max(starts) - min(starts) < 0.5:
            exact.append(gap)
    gaps = sorted(exact) or sorted(loose)[:1] or [DEFAULT_PADDING_PT]
    return min(max(gaps[len(gaps) // 4], 0.0), MOST_PADDING_PT)


def _spell_watermark(drawing: Drawing, marked: set[int]) -> tuple[Paragraph, ...]:
    if not marked:
        return ()
    glyphs = [drawing.glyphs[index] for index in sorted(marked)]
    text = "".join(glyph.text for glyph in glyphs)
    boxes = tuple(glyph.place for glyph in glyphs for _ in glyph.text)
    line = Line(text, drawing.number, boxes)
    return (Paragraph((line,), ParagraphKind.WATERMARK, drawing.number),)


def _order_page(
    content: PageContent, segments: Sequence[PrintedLine], gutters: tuple[Gutter, ...]
) -> tuple[list[PrintedParagraph | TablePart], tuple[Gutter, ...]]:
    """Text above, between and below the tables, and the tables, in reading order."""
    flow: list[PrintedParagraph | TablePart] = []
    rest = list(segments)
    measure = _measure_page(content, segments)
    take = partial(_read_region, page=content.drawing.number, measure=measure)
    for part, area in zip(content.parts, content.areas, strict=True):
        above = [line for line in rest if (line.top + line.bottom) / 2 < area[1]]
        if above:
            paragraphs, gutters = take(above, gutters)
            flow.extend(paragraphs)
            rest = [line for line in rest if (line.top + line.bottom) / 2 >= area[1]]
        flow.append(part)
    if rest:
        paragraphs, gutters = take(rest, gutters)
        flow.extend(paragraphs)
    return flow, gutters


def _measure_page(content: PageContent, segments: Sequence[PrintedLine]) -> Measure:
    lefts = [line.x0 for line in segments] + [area[0] for area in content.areas]
    rights = [measure_reach(line) for line in segments] + [area[2] for area in content.areas]
    if not lefts:
        return Measure(0.0, content.drawing.width)
    return Measure(min(lefts), max(rights))


def _read_region(
    segments: Sequence[PrintedLine], gutters: tuple[Gutter, ...], *, page: int, measure: Measure
) -> tuple[list[PrintedParagraph], tuple[Gutter, ...]]:
    columns, found = split_columns(segments, page, measure, gutters)
    paragraphs = [paragraph for column in columns for paragraph in split_paragraphs(column)]
    return paragraphs, found


def _join_flows(
    flows: Sequence[Sequence[PrintedParagraph | TablePart]],
) -> list[PrintedParagraph | TablePart]:
    joined: list[PrintedParagraph | TablePart] = []
    run: list[PrintedParagraph] = []
    for flow in flows:
        for block in flow:
            if isinstance(block, TablePart):
                joined.extend(join_paragraphs(run))
                run = []
                joined.append(block)
            else:
                run.append(block)
    joined.extend(join_paragraphs(run))
    return joined


def _spell_flow(
    flow: Sequence[PrintedParagraph | TablePart], body_size: float, numbers: Sequence[int]
) -> list[list[PartBlock]]:
    """Blocks by page; a paragraph that runs over pages stands on its first."""
    pages: dict[int, list[PartBlock]] = {number: [] for number in numbers}
    for block in flow:
        if isinstance(block, TablePart):
            pages[block.page or numbers[0]].append(block)
        else:
            pages[block.pages[0]].append(spell_paragraph(block, body_size))
    return [pages[number] for number in numbers]
