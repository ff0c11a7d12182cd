"""Page furniture, turned pages, watermarks, columns: what a page shows besides its tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from extractors import Document, ParagraphKind, read_document

from .fixtures_pdf import FONT, HEIGHT, ROWS, WIDTH, draw_table, draw_text, write_pdf


def texts(document: Document, kind: ParagraphKind) -> list[str]:
    return [p.text for p in document.paragraphs if p.kind is kind]


def rows_of(document: Document) -> list[tuple[str, ...]]:
    return [tuple(cell.text if cell else "" for cell in row) for row in document.tables[0].grid]


@pytest.mark.parametrize(
    "spelling", ["— {} —", "- {} -", "{}", "第 {} 页", "第 {} 页 共 3 页", "{}/3", "Page {} of 3"]
)
def test_page_numbers_are_told_from_text(tmp_path: Path, spelling: str) -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            draw_text(canvas, 60, 200, f"第{'一二三'[number - 1]}章内容，完成65个。")
            draw_text(canvas, 280, HEIGHT - 50, spelling.format(number))

        return draw

    document = read_document(write_pdf(tmp_path / "a.pdf", *(page(n) for n in (1, 2, 3))))
    assert len(texts(document, ParagraphKind.PAGE_NUMBER)) == 3
    assert len(texts(document, ParagraphKind.BODY)) == 3


def test_running_headers_and_footers_are_told_from_text(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        draw_text(canvas, 60, 30, "某市民生实事项目")
        draw_text(canvas, 60, HEIGHT - 40, "某市人民政府办公室编")
        draw_table(canvas)

    document = read_document(write_pdf(tmp_path / "a.pdf", draw, draw, draw))
    assert texts(document, ParagraphKind.PAGE_HEADER) == ["某市民生实事项目"] * 3
    assert texts(document, ParagraphKind.PAGE_FOOTER) == ["某市人民政府办公室编"] * 3


def test_page_furniture_between_two_parts_does_not_part_a_table(tmp_path: Path) -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            draw_text(canvas, 60, 30, "某市民生实事项目")
            rows = (ROWS[0], (str(number), "新建公园", f"{number}个", "市园文局"))
            draw_table(canvas, rows, top=60)
            draw_text(canvas, 280, HEIGHT - 50, f"— {number} —")

        return draw

    document = read_document(write_pdf(tmp_path / "a.pdf", *(page(n) for n in (1, 2, 3))))
    assert [row[0] for row in rows_of(document)] == ["序号", "1", "2", "3"]
    assert document.tables[0].header_rows == 1


def test_a_watermark_across_a_table_stands_in_no_cell(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        draw_table(canvas)
        canvas.saveState()
        canvas.setFillGray(0.8)
        canvas.setFont(FONT, 60)
        canvas.translate(150, HEIGHT - 250)
        canvas.rotate(40)
        canvas.drawString(0, 0, "内部资料")
        canvas.restoreState()

    document = read_document(write_pdf(tmp_path / "a.pdf", draw))
    assert rows_of(document) == list(ROWS)
    assert texts(document, ParagraphKind.WATERMARK) == ["内部资料"]


def test_an_upright_watermark_over_a_table_stands_in_no_cell(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.85)
        draw_text(canvas, 90, 125, "内部资料", size=60)
        canvas.setFillGray(0)
        draw_table(canvas)

    document = read_document(write_pdf(tmp_path / "a.pdf", draw))
    assert rows_of(document) == list(ROWS)
    assert texts(document, ParagraphKind.WATERMARK) == ["内部资料"]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_whose_whole_text_is_turned_reads_the_same(tmp_path: Path, degrees: int) -> None:
    def draw(canvas: Canvas) -> None:
        match degrees:
            case 90:
                canvas.translate(WIDTH, 0)
            case 180:
                canvas.translate(WIDTH, HEIGHT)
            case _:
                canvas.translate(0, HEIGHT)
        canvas.rotate(degrees)
        draw_table(canvas)

    size = A4 if degrees == 180 else landscape(A4)
    if degrees != 180:

        def turned(canvas: Canvas) -> None:
            if degrees == 90:
                canvas.translate(HEIGHT, 0)
            else:
                canvas.translate(0, WIDTH)
            canvas.rotate(degrees)
            draw_table(canvas)

        path = write_pdf(tmp_path / "a.pdf", turned, size=size)
    else:
        path = write_pdf(tmp_path / "a.pdf", draw, size=size)
    document = read_document(path)
    assert rows_of(document) == list(ROWS)
    box = document.tables[0].cells[0].box
    assert box is not None
    # Boxes are those of the page as displayed, so the first cell is where the turning put it.
    line = document.tables[0].cells[0].lines[0]
    x0, top, x1, bottom = line.boxes[0]
    assert box[0] <= (x0 + x1) / 2 <= box[2]
    assert box[1] <= (top + bottom) / 2 <= box[3]


def test_characters_printed_twice_to_look_bold_are_read_once(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        draw_text(canvas, 60, 100, "新建公园65个，共11处。")
        draw_text(canvas, 60.3, 100, "新建公园65个，共11处。")

    document = read_document(write_pdf(tmp_path / "a.pdf", draw))
    assert document.paragraphs[0].text == "新建公园65个，共11处。"
    assert document.characters == ("新建公园65个，共11处。",)


def test_every_character_of_a_page_is_in_a_block(tmp_path: Path) -> None:
    document = read_document(write_pdf(tmp_path / "a.pdf", draw_table))
    shown = sorted("".join("".join(document.characters).split()))
    said = "".join(cell.text for cell in document.tables[0].cells)
    assert shown == sorted("".join(said.split()))


LEFT = (
    "　　全市着力办好民生实事，今年以来新增养老床位一",
    "千二百张，改造老旧小区二百一十二个，群众的获得感",
    "不断增强，满意度稳步提升，各项工作都取得明显成效",
    "　　在教育方面，各区加快学校建设，新建中小学九十",
    "六所，新增学位十点零九万个，并继续扩大优质教育的",
    "覆盖面，让更多孩子在家门口就能上好学，学得更好更",
)
RIGHT = (
    "加安心，家长更加放心。",
    "　　在交通方面，新辟优化公交线路一百八十三条，农",
    "村公路养护六百八十五公里，出行更加便捷，道路更加",
    "通畅，安全水平进一步提高，群众出门办事更加方便了",
    "　　在文体方面，新建文化驿站三十八个，开展活动近",
    "千场次，群众文化生活丰富多彩，参与人数逐年上升。",
)


def test_columns_are_read_one_after_the_other_and_sentences_cut_by_them_are_whole(
    tmp_path: Path,
) -> None:
    def draw(canvas: Canvas) -> None:
        draw_text(canvas, 120, 60, "民生实事件件落地", size=20)
        for index, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            draw_text(canvas, 50, 110 + 16 * index, left)
            draw_text(canvas, 315, 113 + 16 * index, right)

    document = read_document(write_pdf(tmp_path / "a.pdf", draw))
    body = [p.text.strip() for p in document.paragraphs if p.kind is ParagraphKind.BODY]
    assert len(body) == 4
    assert "学得更好更加安心" in body[1]
    assert body[2].startswith("在交通方面")
    assert [p.text for p in document.paragraphs if p.kind is ParagraphKind.HEADING] == [
        "民生实事件件落地"
    ]


@pytest.mark.parametrize("rules", [False, True])
def test_three_columns_are_read_under_a_title_that_stands_over_one_of_them(
    tmp_path: Path, rules: bool
) -> None:
    lines = [line.strip("　") for line in (*LEFT, *RIGHT)]
    columns = [lines[start : start + 4] for start in (0, 4, 8)]

    def draw(canvas: Canvas) -> None:
        draw_text(canvas, 380, 60, "实事成绩单", size=16)
        for number, column in enumerate(columns):
            for index, line in enumerate(column):
                draw_text(canvas, 50 + 255 * number, 110 + 16 * index + 2 * number, line)
        if rules:
            for x in (302, 557):
                canvas.line(x, HEIGHT - 105, x, HEIGHT - 180)

    document = read_document(write_pdf(tmp_path / "a.pdf", draw, size=(840, HEIGHT)))
    assert not document.tables
    assert document.paragraphs[0].text == "实事成绩单"
    text = "".join(paragraph.text for paragraph in document.paragraphs[1:])
    assert text.replace("\n", "") == "".join(line for column in columns for line in column)


def test_a_closing_mark_that_hangs_over_the_edge_does_not_widen_the_page(tmp_path: Path) -> None:
    lines = (
        "村公路养护六百八十五公里出行更加便",
        "捷新建文化驿站三十八个，开展活动近。",
        "千场次。",
    )

    def draw(canvas: Canvas) -> None:
        for index, line in enumerate(lines):
            draw_text(canvas, 60, 100 + 16 * index, line)

    (paragraph,) = read_document(write_pdf(tmp_path / "a.pdf", draw)).paragraphs
    assert paragraph.text == "".join(lines)


def test_a_three_line_table_is_a_table(tmp_path: Path) -> None:
    from .fixtures_pdf import draw_rows

    def draw(canvas: Canvas) -> None:
        for top in (120, 144, 192):
            canvas.line(60, HEIGHT - top, 480, HEIGHT - top)
        draw_rows(canvas, ROWS, 120)

    assert rows_of(read_document(write_pdf(tmp_path / "a.pdf", draw))) == list(ROWS)


def test_prose_is_no_table(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for index, line in enumerate((*LEFT, *RIGHT)):
            draw_text(canvas, 60, 100 + 16 * index, line)

    assert not read_document(write_pdf(tmp_path / "a.pdf", draw)).tables
