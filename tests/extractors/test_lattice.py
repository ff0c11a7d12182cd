"""Rules and glyphs → grids: every way of drawing a border that real documents were seen to use."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors import read_document
from extractors.drawing import Rule
from extractors.lattice import find_grids
from extractors.records import Document, ParagraphKind

from .fixtures_pdf import COLUMNS, HEIGHT, ROWS, draw_grid, draw_rows, draw_table, draw_text
from .fixtures_pdf import write_pdf as write


def rows_of(document: Document, number: int = 0) -> list[tuple[str, ...]]:
    return [
        tuple(cell.text if cell else "" for cell in row) for row in document.tables[number].grid
    ]


def test_a_ruled_table_gives_its_rows(tmp_path: Path) -> None:
    assert rows_of(read_document(write(tmp_path / "a.pdf", draw_table))) == list(ROWS)


def test_a_table_without_left_and_right_border_keeps_its_outer_columns(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        draw_grid(canvas, 3, 120, outer_sides=False)
        draw_rows(canvas, ROWS, 120)

    assert rows_of(read_document(write(tmp_path / "a.pdf", draw))) == list(ROWS)


def test_borders_drawn_as_thin_rectangles_count_as_lines(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        def line(x0: float, y0: float, x1: float, y1: float) -> None:
            canvas.rect(x0, HEIGHT - y1 - 0.5, x1 - x0 + 0.5, y1 - y0 + 0.5, stroke=0, fill=1)

        draw_grid(canvas, 3, 120, line=line)
        draw_rows(canvas, ROWS, 120)

    assert rows_of(read_document(write(tmp_path / "a.pdf", draw))) == list(ROWS)


def test_borders_drawn_as_one_box_a_cell_make_one_table(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(3):
            for left, right in pairwise(COLUMNS):
                canvas.rect(left, HEIGHT - 120 - 24 * (row + 1), right - left, 24)
        draw_rows(canvas, ROWS, 120)

    assert rows_of(read_document(write(tmp_path / "a.pdf", draw))) == list(ROWS)


@pytest.mark.parametrize("dashed_by", ["pattern", "pieces"])
def test_dashed_borders_are_whole(tmp_path: Path, dashed_by: str) -> None:
    def draw(canvas: Canvas) -> None:
        def pieces(x0: float, y0: float, x1: float, y1: float) -> None:
            length = max(x1 - x0, y1 - y0)
            at = 0.0
            while at < length:
                end = min(at + 4, length)
                dx, dy = (1, 0) if x1 > x0 else (0, 1)
                canvas.line(
                    x0 + dx * at, HEIGHT - y0 - dy * at, x0 + dx * end, HEIGHT - y0 - dy * end
                )
                at += 6

        if dashed_by == "pattern":
            canvas.setDash(4, 2)
            draw_grid(canvas, 3, 120)
        else:
            draw_grid(canvas, 3, 120, line=pieces)
        draw_rows(canvas, ROWS, 120)

    assert rows_of(read_document(write(tmp_path / "a.pdf", draw))) == list(ROWS)


def test_doubled_borders_do_not_make_extra_cells(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        def double(x0: float, y0: float, x1: float, y1: float) -> None:
            for shift in (-1, 1):
                dx, dy = (0, shift) if x1 > x0 else (shift, 0)
                canvas.line(x0 + dx, HEIGHT - y0 - dy, x1 + dx, HEIGHT - y1 - dy)

        draw_grid(canvas, 3, 120, line=double)
        draw_rows(canvas, ROWS, 120)

    assert rows_of(read_document(write(tmp_path / "a.pdf", draw))) == list(ROWS)


def test_shading_inside_a_cell_parts_nothing(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.85)
        canvas.rect(COLUMNS[0] + 2, HEIGHT - 142, 300, 20, stroke=0, fill=1)
        canvas.setFillGray(0)
        draw_table(canvas)

    assert rows_of(read_document(write(tmp_path / "a.pdf", draw))) == list(ROWS)


def test_two_tables_on_a_page_stay_two_with_the_text_between_them(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        draw_text(canvas, 60, 100, "表一说明文字")
        draw_table(canvas)
        draw_text(canvas, 60, 220, "表二说明文字")
        draw_table(canvas, (("区", "数量"), ("甲区", "3个")), top=260)

    document = read_document(write(tmp_path / "a.pdf", draw))
    kinds = [type(block).__name__ for block in document.blocks]
    assert kinds == ["Paragraph", "Table", "Paragraph", "Table"]
    assert document.tables[1].number == 2


def test_a_box_around_text_is_a_paragraph(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, HEIGHT - 200, 400, 80)
        draw_text(canvas, 70, 150, "请各单位认真落实。")

    document = read_document(write(tmp_path / "a.pdf", draw))
    assert not document.tables
    assert document.paragraphs[0].text == "请各单位认真落实。"


def test_merged_cells_have_their_true_spans() -> None:
    rules = [
        *(Rule(True, y, 0, 90) for y in (0, 60)),
        Rule(True, 20, 30, 90),
        Rule(True, 40, 0, 90),
        *(Rule(False, x, 0, 60) for x in (0, 30, 90)),
        Rule(False, 60, 20, 60),
    ]
    (grid,) = find_grids(rules)
    spans = {(cell.row, cell.col): (cell.row_span, cell.col_span) for cell in grid.cells}
    assert spans == {
        (0, 0): (2, 1),
        (0, 1): (1, 2),
        (1, 1): (1, 1),
        (1, 2): (1, 1),
        (2, 0): (1, 1),
        (2, 1): (1, 1),
        (2, 2): (1, 1),
    }


def test_an_underline_inside_a_cell_does_not_cut_it() -> None:
    frame = [Rule(True, y, 0, 100) for y in (0, 30)] + [Rule(False, x, 0, 30) for x in (0, 50, 100)]
    (grid,) = find_grids([*frame, Rule(True, 18, 8, 30)])
    assert len(grid.cells) == 2


def test_text_between_cells_is_not_lost(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        draw_table(canvas)
        draw_text(canvas, 490, 130, "旁注")

    document = read_document(write(tmp_path / "a.pdf", draw))
    assert any(p.text == "旁注" and p.kind is ParagraphKind.BODY for p in document.paragraphs)


def test_dotted_borders_drawn_as_dots_are_lines(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        def dots(x0: float, y0: float, x1: float, y1: float) -> None:
            steps = int(max(x1 - x0, y1 - y0) / 1.5)
            for step in range(steps + 1):
                x = x0 + (1.5 * step if x1 > x0 else 0)
                y = y0 + (0 if x1 > x0 else 1.5 * step)
                canvas.rect(x, HEIGHT - y, 0.75, 0.75, stroke=0, fill=1)

        draw_grid(canvas, 3, 120, line=dots)
        draw_rows(canvas, ROWS, 120)

    assert rows_of(read_document(write(tmp_path / "a.pdf", draw))) == list(ROWS)


def test_a_merged_row_of_a_table_without_outer_borders_does_not_cut_it() -> None:
    rules = [Rule(True, y, 0, 100) for y in (0, 20, 40, 60)]
    rules += [Rule(False, x, top, top + 20) for x in (30, 70) for top in (0, 40)]
    (grid,) = find_grids(rules)
    assert [(cell.row, cell.col_span) for cell in grid.cells] == [
        *[(0, 1)] * 3,
        (1, 3),
        *[(2, 1)] * 3,
    ]


def test_one_rule_between_two_rows_shows_the_outer_columns_when_others_cross_it() -> None:
    rules = [Rule(True, 20, 0, 100), *(Rule(False, x, 0, 40) for x in (30, 70))]
    (grid,) = find_grids(rules)
    assert [(cell.row, cell.col) for cell in grid.cells] == [
        (row, col) for row in (0, 1) for col in (0, 1, 2)
    ]


def test_a_line_that_only_touches_a_table_does_not_widen_it() -> None:
    rules = [Rule(True, y, 30, 70) for y in (20, 40)] + [Rule(False, x, 0, 40) for x in (30, 70)]
    (grid,) = find_grids([*rules, Rule(True, 0, 0, 100)])
    assert grid.xs == (30, 70)


def test_cells_that_a_page_break_leaves_open_are_cells() -> None:
    rules = [Rule(True, 0, 0, 100), Rule(True, 20, 30, 100)]
    rules += [Rule(False, x, 0, 20) for x in (0, 30, 100)]
    (grid,) = find_grids(rules)
    assert {cell.col: cell.is_open_below for cell in grid.cells} == {0: True, 1: False}
