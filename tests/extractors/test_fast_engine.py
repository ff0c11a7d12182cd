"""What the fast engine reads as the reference does, and what it leaves to it, with the reason."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors import DocumentError, read_document
from extractors.pdf import draw_pages

from .compare_engines import compare_file
from .fixtures_pdf import FONT, draw_table, draw_text, write_pdf

DOCUMENTS = Path(__file__).parents[1] / "fixtures" / "documents"
OFFICE = DOCUMENTS / "84-luoyang-2022-breakdown.pdf"
BROWSER = DOCUMENTS / "13-jinzhou-2024-results-article.pdf"


def change(source: Path, target: Path, edit: Callable[[pikepdf.Pdf], None]) -> Path:
    """A copy of a PDF that an edit was made to."""
    with pikepdf.open(source) as pdf:
        edit(pdf)
        pdf.save(target)
    return target


def reasons_of(path: Path) -> set[str]:
    """Why pages of the file fell back; both engines must have read the same."""
    comparison = compare_file(path)
    assert comparison.difference is None
    return {fallback.reason for fallback in comparison.fallbacks}


def fallbacks_of(path: Path) -> set[str]:
    """Why pages fell back in a file that no engine can read."""
    assert compare_file(path).difference is None
    return {fallback.reason for fallback in draw_pages(path).fallbacks}


def draw_form(canvas: Canvas) -> None:
    canvas.beginForm("part")
    draw_table(canvas, top=0)
    canvas.endForm()
    canvas.translate(20, -90)
    canvas.scale(0.8, 0.8)
    canvas.doForm("part")


def draw_blanks(canvas: Canvas) -> None:
    draw_text(canvas, 60, 100, "  甲   乙    丙 ")
    draw_text(canvas, 60, 140, "共计 65 个")


def draw_slanted_and_stretched(canvas: Canvas) -> None:
    text = canvas.beginText(60, 500)
    text.setFont(FONT, 12)
    text.setHorizScale(70)
    text.setCharSpace(2)
    text.setRise(3)
    text.textLine("新建公园65个")
    canvas.drawText(text)
    canvas.skew(0, 20)
    draw_text(canvas, 60, 300, "加装电梯100台")


@pytest.mark.parametrize("draw", [draw_form, draw_blanks, draw_slanted_and_stretched])
def test_a_page_is_read_as_the_reference_reads_it(
    tmp_path: Path, draw: Callable[[Canvas], None]
) -> None:
    assert reasons_of(write_pdf(tmp_path / "a.pdf", draw)) == set()


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_is_displayed_turned_needs_no_reference(tmp_path: Path, degrees: int) -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Rotate = degrees

    assert reasons_of(change(OFFICE, tmp_path / "a.pdf", turn)) == set()


def test_fonts_without_a_name_are_told_apart() -> None:
    assert reasons_of(DOCUMENTS / "74-xingqing-2025-date-headers.pdf") == set()


def test_an_upside_down_page_box_is_left_to_the_reference(tmp_path: Path) -> None:
    def invert(pdf: pikepdf.Pdf) -> None:
        box = pdf.pages[0].MediaBox
        pdf.pages[0].MediaBox = [box[0], box[3], box[2], box[1]]

    assert fallbacks_of(change(OFFICE, tmp_path / "a.pdf", invert)) == {"page box"}


def test_a_font_without_a_character_map_is_left_to_the_reference(tmp_path: Path) -> None:
    def strip(pdf: pikepdf.Pdf) -> None:
        for font in pdf.pages[0].Resources.Font.values():
            del font["/ToUnicode"]

    assert fallbacks_of(change(OFFICE, tmp_path / "a.pdf", strip)) == {"encoding"}


def test_shapes_that_the_character_map_leaves_out_are_left_to_the_reference(
    tmp_path: Path,
) -> None:
    """PDFium hands out their codes, which look like letters and digits."""

    def empty(pdf: pikepdf.Pdf) -> None:
        for font in pdf.pages[0].Resources.Font.values():
            font.ToUnicode = pdf.make_stream(font.ToUnicode.read_bytes().split(b"beginbf")[0])

    assert "shape without character" in fallbacks_of(change(OFFICE, tmp_path / "a.pdf", empty))


def test_text_that_is_replaced_by_other_words_is_left_to_the_reference(tmp_path: Path) -> None:
    def replace(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        content = page.Contents.read_bytes()
        page.Contents = pdf.make_stream(b"/Span <</ActualText (9)>> BDC\n" + content + b"\nEMC")

    source = write_pdf(tmp_path / "a.pdf", draw_table)
    assert reasons_of(change(source, tmp_path / "b.pdf", replace)) == {"replacement text"}


def test_a_file_that_must_be_repaired_is_left_to_the_reference(tmp_path: Path) -> None:
    data = write_pdf(tmp_path / "a.pdf", draw_table).read_bytes()
    start = data.rindex(b"startxref")
    path = tmp_path / "b.pdf"
    path.write_bytes(data[:start] + b"startxref\n7\n%%EOF\n")
    assert reasons_of(path) == {"structure"}


@pytest.mark.slow
@pytest.mark.parametrize("source", [OFFICE, BROWSER], ids=["office", "browser"])
def test_no_damaged_file_is_read_that_the_reference_refuses(tmp_path: Path, source: Path) -> None:
    """Bytes are overwritten at seeded places; PDFium alone would open nearly all of these files."""
    data = source.read_bytes()
    dice = random.Random(7)
    path = tmp_path / "a.pdf"
    for _ in range(12):
        at = dice.randrange(len(data) - 16)
        path.write_bytes(
            data[:at] + bytes(dice.randrange(256) for _ in range(16)) + data[at + 16 :]
        )
        comparison = compare_file(path)
        # A damaged picture may look the same to both; whatever text they read is the same.
        assert comparison.difference is None
    for keep in (0.3, 0.6, 0.9):
        path.write_bytes(data[: int(keep * len(data))])
        with pytest.raises(DocumentError):
            read_document(path)


def test_a_document_tells_which_pages_fell_back(tmp_path: Path) -> None:
    def invert(pdf: pikepdf.Pdf) -> None:
        box = pdf.pages[1].MediaBox
        pdf.pages[1].MediaBox = [box[0], box[3], box[2], box[1]]

    source = write_pdf(tmp_path / "a.pdf", draw_table, draw_table)
    document = read_document(change(source, tmp_path / "b.pdf", invert))
    assert document.fallbacks == ("page 2: page box",)
