"""What a font says of its codes: how many signs they are, and which of them are blanks."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from extractors.pdf_fonts import FontNames

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
