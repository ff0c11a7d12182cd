"""What a PDF's pages show beside their text, or hide: read, or named with the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from extractors import Document, DocumentError, read_document

from .fixtures_pdf_objects import (
    make_drawn_font,
    make_font_with_own_codes,
    make_mapped_font,
    make_picture,
    say,
    say_codes,
    write_page,
)

SOUND = "".join(say(f"line {number} of a sound page with 65 places", y=280 - 20 * number)
                for number in range(8))  # fmt: skip


def read(tmp_path: Path, content: str, **others: Any) -> Document:
    return read_document(write_page(tmp_path / "a.pdf", content, **others))


def codes_of(document: Document) -> list[tuple[str, int | None]]:
    return [(omission.code, omission.page) for omission in document.omissions]


def text_of(document: Document) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_a_plain_page_has_nothing_to_tell(tmp_path: Path) -> None:
    document = read(tmp_path, SOUND)
    assert not document.omissions
    assert text_of(document).count("65") == 8


# --- fonts ----------------------------------------------------------------------------------------


def fonts(**made: Any) -> Any:
    return lambda pdf: {Name(f"/{name}"): make(pdf) for name, make in made.items()}


def test_text_of_a_font_with_a_map_of_codes_in_the_file_is_read_or_costs_its_page(
    tmp_path: Path,
) -> None:
    pairs = {code: chr(0x4E00 + code) for code in range(1, 20)}
    content = say_codes("".join(f"{code:04X}" for code in pairs))
    document = read(
        tmp_path,
        content,
        before=SOUND,
        Font=fonts(F2=lambda pdf: make_font_with_own_codes(pdf, pairs)),
    )
    is_read = "".join(pairs.values()) in text_of(document)
    assert is_read or codes_of(document) == [("lost_text", 2)]
    assert text_of(document).count("65") == 8


@pytest.mark.parametrize(
    ("sign", "code"),
    [("\x03", "unmapped_signs"), ("\ue123", "private_signs"), ("\ufffd", "unmapped_signs")],
)
def test_a_page_of_signs_without_a_character_costs_the_page(
    tmp_path: Path, sign: str, code: str
) -> None:
    font = fonts(F2=lambda pdf: make_mapped_font(pdf, dict.fromkeys(range(65, 91), sign)))
    content = say("ABCDEFGHIJKLMNOPQRSTUVWXYZ", font="F2")
    document = read(tmp_path, content, before=SOUND, Font=font)
    assert codes_of(document) == [(code, 2)]
    assert document.characters[1] == ""
    assert text_of(document).count("65") == 8


def test_a_private_sign_among_many_is_named_and_costs_nothing(tmp_path: Path) -> None:
    font = fonts(F2=lambda pdf: make_mapped_font(pdf, {65: "\uf06c"}))
    document = read(tmp_path, SOUND + say("A", font="F2", y=40), Font=font)
    assert codes_of(document) == [("private_signs", 1)]
    assert text_of(document).count("65") == 8


def test_a_file_of_doubtful_pages_only_is_refused(tmp_path: Path) -> None:
    font = fonts(F2=lambda pdf: make_mapped_font(pdf, {65: "\x03"}))
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, say("AAAAAAAA", font="F2"), Font=font)
    assert (caught.value.code, caught.value.page) == ("no_text_map", 1)


@pytest.mark.parametrize("between", ["", " "])
def test_bytes_of_chinese_text_in_a_western_font_cost_their_page(
    tmp_path: Path, between: str
) -> None:
    words = between.join("新增托位一百二十个原则改造农村公路").encode("gbk").decode("latin-1")
    document = read(tmp_path, say(words, size=6), before=SOUND)
    assert codes_of(document) == [("garbled_text", 2)]
    assert "ÐÂÔöÍÐ" in document.omissions[0].message


def test_words_of_other_languages_are_no_chinese_under_a_wrong_code(tmp_path: Path) -> None:
    assert not read(tmp_path, SOUND + say("déjà vu, Übergröße, señor", y=40)).omissions


def test_accented_letters_in_a_chinese_text_are_named(tmp_path: Path) -> None:
    pairs = {65 + n: chr(0x4E00 + n) for n in range(26)}
    font = fonts(F2=lambda pdf: make_mapped_font(pdf, pairs))
    content = say("ABCDEFGHIJKLMNOPQRSTUVWXYZ", font="F2") + say("\xe4\xf6\xfc", y=100)
    document = read(tmp_path, content, Font=font)
    assert codes_of(document) == [("foreign_letters", 1)]


def test_a_drawn_font_without_names_costs_its_page(tmp_path: Path) -> None:
    font = fonts(F2=lambda pdf: make_drawn_font(pdf, {65: "g1", 66: "g2", 67: "g3"}))
    document = read(tmp_path, say("ABCABC", font="F2"), before=SOUND, Font=font)
    assert codes_of(document) == [("unnamed_signs", 2)]


def test_a_drawn_font_with_names_is_read(tmp_path: Path) -> None:
    font = fonts(F2=lambda pdf: make_drawn_font(pdf, {65: "six", 66: "five"}))
    document = read(tmp_path, say("AB", font="F2"), before=SOUND, Font=font)
    assert not document.omissions
    assert document.characters[1] == "65"


# --- page and pictures ----------------------------------------------------------------------------


@pytest.mark.parametrize("box", [(0, 300, 400, 0), (400, 300, 0, 0), (400, 0, 0, 300)])
def test_corners_of_the_paper_may_come_in_any_order(tmp_path: Path, box: tuple[float, ...]) -> None:
    usual = read(tmp_path, SOUND)
    document = read(tmp_path, SOUND, box=box)
    assert document.characters == usual.characters
    assert [block.text for block in document.paragraphs] == [b.text for b in usual.paragraphs]
    for one, other in zip(document.paragraphs, usual.paragraphs, strict=True):
        boxes = [line.boxes for line in (one.lines[0], other.lines[0])]
        assert [edge for box in boxes[0] or () for edge in box] == pytest.approx(
            [edge for box in boxes[1] or () for edge in box], abs=0.5
        )


def test_a_picture_on_a_part_of_the_page_is_named_with_its_place(tmp_path: Path) -> None:
    content = SOUND + "q 100 0 0 60 280 20 cm /P Do Q"
    document = read(tmp_path, content, XObject=lambda pdf: Dictionary(P=make_picture(pdf)))
    assert codes_of(document) == [("picture", 1)]
    assert "bottom right, 5% of the page" in document.omissions[0].message


def test_a_picture_within_the_content_is_named(tmp_path: Path) -> None:
    data = "BI /W 2 /H 2 /CS /G /BPC 8 ID abcd EI"
    assert codes_of(read(tmp_path, SOUND + f"q 90 0 0 60 280 20 cm {data} Q")) == [("picture", 1)]


def test_a_dot_drawn_as_a_picture_is_not_named(tmp_path: Path) -> None:
    content = SOUND + "q 300 0 0 1 50 20 cm /P Do Q"
    assert not read(
        tmp_path, content, XObject=lambda pdf: Dictionary(P=make_picture(pdf))
    ).omissions


def test_words_drawn_as_shapes_are_named(tmp_path: Path) -> None:
    shape = "{0} 40 m {0} 50 {1} 50 {1} 40 c h f\n"
    content = SOUND + "".join(shape.format(50 + 12 * n, 60 + 12 * n) for n in range(15))
    assert codes_of(read(tmp_path, content)) == [("drawn_shapes", 1)]


def test_text_in_a_pattern_is_named(tmp_path: Path) -> None:
    def make(pdf: pikepdf.Pdf) -> Any:
        pattern = pdf.make_stream(b"BT /F1 9 Tf 5 5 Td (99) Tj ET")
        pattern.PatternType = 1
        pattern.PaintType = 1
        pattern.TilingType = 1
        pattern.BBox = Array([0, 0, 40, 20])
        pattern.XStep, pattern.YStep = 40, 20
        pattern.Resources = Dictionary()
        return Dictionary(T=pattern)

    content = SOUND + "/Pattern cs /T scn 50 20 200 60 re f"
    assert codes_of(read(tmp_path, content, Pattern=make)) == [("pattern", 1)]


# --- annotations ----------------------------------------------------------------------------------


def annotate(**entries: Any) -> Any:
    return lambda pdf: Array(
        [pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=Array([50, 20, 150, 60]), **entries))]
    )


@pytest.mark.parametrize(
    ("entries", "code", "words"),
    [
        ({"Subtype": Name.Widget, "FT": Name.Tx, "T": "total", "V": "120"}, "form_field", "120"),
        (
            {"Subtype": Name.Widget, "FT": Name.Btn, "T": "done", "AS": Name.Yes},
            "form_field",
            "Yes",
        ),
        ({"Subtype": Name.FreeText, "Contents": "应为70个"}, "annotation", "应为70个"),
        ({"Subtype": Name.Stamp, "Name": Name.Approved}, "annotation", "Stamp"),
        ({"Subtype": Name.Text, "Contents": "note", "F": 2}, "annotation", "hidden"),
    ],
)
def test_what_lies_on_the_page_is_named_with_its_words(
    tmp_path: Path, entries: dict[str, Any], code: str, words: str
) -> None:
    document = read(tmp_path, SOUND, Annots=annotate(**entries))
    assert codes_of(document) == [(code, 1)]
    assert words in document.omissions[0].message


@pytest.mark.parametrize(
    "entries",
    [
        {"Subtype": Name.Link},
        {"Subtype": Name.Widget, "FT": Name.Tx, "T": "empty"},
        {"Subtype": Name.Widget, "FT": Name.Btn, "Ff": 1 << 16, "T": "send"},
        {"Subtype": Name.Widget, "FT": Name.Btn, "T": "box", "AS": Name.Off},
        {"Subtype": Name.Highlight},
    ],
)
def test_what_says_nothing_is_not_named(tmp_path: Path, entries: dict[str, Any]) -> None:
    assert not read(tmp_path, SOUND, Annots=annotate(**entries)).omissions


def test_a_file_carried_along_is_named(tmp_path: Path) -> None:
    path = write_page(tmp_path / "a.pdf", SOUND)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.attachments["table.xlsx"] = b"x"
        pdf.save(path)
    assert [(o.code, o.place) for o in read_document(path).omissions] == [
        ("attachment", "table.xlsx")
    ]


# --- text that nobody sees ------------------------------------------------------------------------

COVER = "q 1 1 1 rg 40 30 200 30 re f Q\n"


@pytest.mark.parametrize(
    "content",
    [
        SOUND + "1 1 1 rg\n" + say("secret 99", y=40),
        SOUND + say("secret 99", y=40) + COVER,
        SOUND + "q 0 200 400 100 re W n\n" + say("secret 99", y=40) + "Q\n",
        SOUND + "BT 3 Tr /F1 12 Tf 50 40 Td (secret 99) Tj ET\n",
    ],
    ids=["white", "covered", "clipped", "invisible"],
)
def test_text_that_nobody_sees_is_not_read_and_named(tmp_path: Path, content: str) -> None:
    document = read(tmp_path, content)
    assert codes_of(document) == [("hidden_text", 1)]
    assert "“secret 99”" in document.omissions[0].message
    assert "99" not in document.characters[0]
    assert document.characters[0].count("65") == 8


def hide_layer(path: Path, *, is_hidden: bool) -> Path:
    """The file with a layer L, on or off."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="L"))
        off = Array([layer]) if is_hidden else Array()
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=off))
        pdf.pages[0].Resources.Properties = Dictionary(L=layer)
        pdf.save(path)
    return path


@pytest.mark.parametrize("is_hidden", [True, False])
def test_text_in_a_hidden_layer_is_not_read_and_named(tmp_path: Path, is_hidden: bool) -> None:
    content = SOUND + "/OC /L BDC\n" + say("layer 99", y=40) + "EMC\n"
    document = read_document(
        hide_layer(write_page(tmp_path / "a.pdf", content), is_hidden=is_hidden)
    )
    assert codes_of(document) == ([("hidden_text", 1)] if is_hidden else [])
    assert ("99" in document.characters[0]) is not is_hidden


@pytest.mark.parametrize(
    "content",
    [
        "0 0 0.4 rg 40 30 200 30 re f 1 1 1 rg\n" + say("shown 99", y=40),
        COVER + say("shown 99", y=40),
        "0.8 0.8 0.8 rg\n" + say("shown 99", y=40),
        "q 40 30 200 30 re W n\n" + say("shown 99", y=40) + "Q\n",
    ],
    ids=["white on dark", "on a ground", "pale", "within its clip"],
)
def test_text_that_is_seen_is_read(tmp_path: Path, content: str) -> None:
    document = read(tmp_path, SOUND + content)
    assert not document.omissions
    assert "99" in document.characters[0]


def test_text_beside_the_paper_is_named(tmp_path: Path) -> None:
    document = read(tmp_path, SOUND + say("outside 99", x=420, y=40))
    assert codes_of(document) == [("text_outside", 1)]
    assert "99" in document.omissions[0].message
    assert "99" not in document.characters[0]


def test_text_beside_what_is_displayed_of_the_paper_is_named(tmp_path: Path) -> None:
    path = write_page(tmp_path / "a.pdf", SOUND + say("cropped 99", x=320, y=40))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.CropBox = Array([0, 0, 310, 300])
        pdf.save(path)
    document = read_document(path)
    assert codes_of(document) == [("text_outside", 1)]
    assert "99" not in document.characters[0]
    assert document.characters[0].count("65") == 8


def test_the_text_layer_of_a_scan_is_read_and_named(tmp_path: Path) -> None:
    content = "q 400 0 0 300 0 0 cm /P Do Q 3 Tr\n" + SOUND
    document = read(tmp_path, content, XObject=lambda pdf: Dictionary(P=make_picture(pdf)))
    assert codes_of(document) == [("invisible_text_layer", 1)]
    assert text_of(document).count("65") == 8


def test_text_in_fonts_that_the_machine_lacks_is_not_taken_for_hidden(tmp_path: Path) -> None:
    from .fixtures_pdf import draw_table, write_pdf

    def draw(canvas: Any) -> None:
        canvas.setFillGray(0.75)
        draw_table(canvas)

    document = read_document(write_pdf(tmp_path / "a.pdf", draw))
    assert len(document.tables) == 1
    assert all(code == "unchecked_visibility" for code, _ in codes_of(document))
