"""What a content stream draws, in outline, however its writer spells it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from extractors.pdf_content import Sketch, sketch_content
from extractors.pdf_fonts import FontNames

from .fixtures_pdf_objects import make_helvetica, make_picture


@pytest.fixture
def pdf() -> Iterator[pikepdf.Pdf]:
    with pikepdf.new() as made:
        yield made


def sketch(pdf: pikepdf.Pdf, content: bytes, **xobjects: Any) -> Sketch:
    resources = Dictionary(Font=Dictionary(F1=make_helvetica(pdf)), XObject=Dictionary(**xobjects))
    return sketch_content(content, resources)


def codes_of(drawn: Sketch) -> list[bytes]:
    return [text.codes for _, text in drawn.texts]


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"BT /F1 9 Tf (a\\(b\\)) Tj (c(d)e) Tj ET", [b"a(b)", b"c(d)e"]),
        (b"BT/F1 9 Tf[(ab)-250(c)]TJ<6465>Tj ET", [b"ab", b"c", b"de"]),
        (b"BT /F1 9 Tf (\\101\\\n\\n) Tj ET", [b"A\n"]),
        (b"BT /F1 9 Tf % (no) Tj\n(50% ET) Tj ET", [b"50% ET"]),
        (b"BT /F1 9 Tf /Span <</ActualText <FEFF5E02>>> BDC (x) Tj EMC ET", [b"x"]),
        (b"BI /W 1 /H 1 ID BT (no) Tj ET EI BT /F1 9 Tf (yes) Tj ET", [b"yes"]),
    ],
)
def test_strings_that_are_shown_are_found(
    pdf: pikepdf.Pdf, content: bytes, codes: list[bytes]
) -> None:
    assert codes_of(sketch(pdf, content)) == codes


def test_names_may_follow_an_operator_without_a_blank(pdf: pikepdf.Pdf) -> None:
    drawn = sketch(pdf, b"q 40 0 0 30 5 7 cm/P Do Q", P=make_picture(pdf))
    assert [box for _, box in drawn.pictures] == [(5.0, 7.0, 45.0, 37.0)]
    assert not drawn.missing


def test_text_of_a_form_stands_where_the_form_is_drawn(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"BT /F1 9 Tf 3 4 Td (x) Tj ET")
    form.Subtype = Name.Form
    form.BBox = Array([0, 0, 50, 50])
    drawn = sketch(pdf, b"1 0 0 1 100 200 cm /X Do", X=form)
    ((_, text),) = drawn.texts
    assert (text.x, text.y, text.clip) == (103.0, 204.0, (100.0, 200.0, 150.0, 250.0))


def test_a_form_that_draws_itself_ends(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_indirect(pdf.make_stream(b"BT /F1 9 Tf (x) Tj ET /X Do"))
    form.Subtype = Name.Form
    resources = Dictionary(Font=Dictionary(F1=make_helvetica(pdf)), XObject=Dictionary(X=form))
    form.Resources = resources
    assert codes_of(sketch_content(b"/X Do", resources)) == [b"x"]


def test_a_clip_ends_with_its_state(pdf: pikepdf.Pdf) -> None:
    content = b"q 0 0 9 9 re W n BT /F1 9 Tf (in) Tj ET Q BT /F1 9 Tf (out) Tj ET"
    clips = [text.clip[2] for _, text in sketch(pdf, content).texts]
    assert clips[0] == 9.0 < clips[1]


def test_a_layer_within_a_text_ends_with_its_mark(pdf: pikepdf.Pdf) -> None:
    content = b"BT /F1 9 Tf /OC /L BDC (a) Tj /Span BMC (b) Tj EMC EMC (c) Tj ET"
    assert [text.is_optional for _, text in sketch(pdf, content).texts] == [True, True, False]


@pytest.mark.parametrize(
    ("encoding", "codes", "signs"),
    [
        ("Identity-H", b"\x00\x01\x00\x02", 2),
        ("H", b'$"$$', 2),
        ("UniGB-UCS2-H", b"\x4e\x00\x4e\x01", 2),
        ("GBK-EUC-H", "市12".encode("gbk"), 3),
        ("90ms-RKSJ-H", "市1".encode("cp932"), 2),
    ],
)
def test_signs_are_counted_by_the_widths_of_their_codes(
    encoding: str, codes: bytes, signs: int
) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type0, Encoding=Name(f"/{encoding}"))
    assert FontNames(font).count_signs(codes) == signs
