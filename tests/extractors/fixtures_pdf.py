"""Small PDF files, drawn by visible functions: one trait of real documents each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

Draw = Callable[[Canvas], None]
WIDTH, HEIGHT = A4
ROWS = (
    ("序号", "项目名称", "目标", "牵头单位"),
    ("1", "新建公园", "65个", "市园文局"),
    ("2", "加装电梯", "100台", "市建委"),
)
COLUMNS = (60.0, 100.0, 260.0, 340.0, 480.0)


def write_pdf(path: Path, *pages: Draw, size: tuple[float, float] = A4) -> Path:
    """A PDF whose pages are drawn by the given functions."""
    canvas = Canvas(str(path), pagesize=size)
    for draw in pages:
        canvas.setFont(FONT, 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def draw_text(canvas: Canvas, x: float, top: float, text: str, size: float = 10) -> None:
    """One line of text; `top` counts from the top of the page, in points."""
    canvas.setFont(FONT, size)
    canvas.drawString(x, HEIGHT - top - size, text)


def draw_rows(
    canvas: Canvas,
    rows: Sequence[Sequence[str]],
    top: float,
    columns: Sequence[float] = COLUMNS,
    height: float = 24,
) -> float:
    """The texts of a table without any rules; returns where it ends."""
    for number, row in enumerate(rows):
        for left, text in zip(columns, row, strict=False):
            for index, line in enumerate(text.split("\n")):
                draw_text(canvas, left + 4, top + number * height + 5 + index * 12, line)
    return top + len(rows) * height


def draw_grid(
    canvas: Canvas,
    n_rows: int,
    top: float,
    columns: Sequence[float] = COLUMNS,
    height: float = 24,
    *,
    outer_sides: bool = True,
    line: Callable[[float, float, float, float], None] | None = None,
) -> None:
    """Rules of a table; `line` draws one from (x0, top) to (x1, bottom) in page coordinates."""
    draw = line or (lambda x0, y0, x1, y1: canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1))
    bottom = top + n_rows * height
    for row in range(n_rows + 1):
        draw(columns[0], top + row * height, columns[-1], top + row * height)
    for x in columns if outer_sides else columns[1:-1]:
        draw(x, top, x, bottom)


def draw_table(
    canvas: Canvas,
    rows: Sequence[Sequence[str]] = ROWS,
    top: float = 120,
    height: float = 24,
    columns: Sequence[float] = COLUMNS,
) -> None:
    """A plain ruled table."""
    draw_grid(canvas, len(rows), top, columns, height)
    draw_rows(canvas, rows, top, columns, height)
