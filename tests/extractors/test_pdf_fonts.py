"""What a font says of its codes: how many signs they are, and which of them are blanks."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from extractors.drawing import Drawing, print_glyph
from extractors.pdf_content import ShownText, Sketch
from extractors.pdf_doubts import find_doubts
from extractors.pdf_fonts import FontBook, FontNames

MAP = b"""
2 beginbfchar
<0001> <4E00>
<0003> <0020>
endbfchar
2 beginbfrange
<0004> <0004> <3000>
<0005> <0006> <4E8C>
endbfrange
"""


@pytest.mark.parametrize(
    ("codes", "signs", "blanks"),
    [
        (bytes.fromhex("000100030004"), 3, 2),
        (bytes.fromhex("00010005"), 2, 0),
        # The bytes of a blank's code lie across two signs.
        (bytes.fromhex("01000300"), 2, 0),
        (b"", 0, 0),
    ],
)
def test_blanks_are_counted_by_the_fonts_own_map(codes: bytes, signs: int, blanks: int) -> None:
    with pikepdf.new() as pdf:
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            Encoding=Name("/Identity-H"),
            ToUnicode=pdf.make_stream(MAP),
        )
        names = FontNames(font)
        assert names.count_signs(codes) == signs
        assert names.count_blanks(codes) == blanks


def test_without_a_map_nothing_is_known_to_be_blank() -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type0, Encoding=Name("/Identity-H"))
    assert FontNames(font).count_blanks(bytes.fromhex("00030003")) == 0


@pytest.mark.parametrize(("signs", "is_lost"), [(50, False), (40, True)])
def test_blanks_that_an_engine_gives_as_one_are_no_lost_text(signs: int, is_lost: bool) -> None:
    page = (0.0, 0.0, 500.0, 500.0)
    with pikepdf.new() as pdf:
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            Encoding=Name("/Identity-H"),
            ToUnicode=pdf.make_stream(MAP),
        )
        codes = bytes.fromhex("000100030003") * 50
        shown = ShownText(font, codes, 10, 10, 400, 10, 10, 0, page, is_optional=False)
        # Of each two blanks one came back.
        glyphs = [print_glyph(text, (10, 10, 20, 20), 10) for text in "一 " * signs]
        drawing = Drawing(1, 500, 500, tuple(glyphs), ())
        doubts = find_doubts(drawing, Sketch(texts=[(0, shown)]), FontBook(), page)
    assert [doubt.code for doubt in doubts] == (["lost_text"] if is_lost else [])
