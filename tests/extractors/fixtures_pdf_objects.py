"""Small PDF files, written object by object: one trait that costs or hides text each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

Resources = Mapping[str, Any]
PAPER = (0, 0, 400, 300)


def write_page(
    path: Path,
    content: str | bytes,
    *,
    before: str | None = None,
    box: tuple[float, ...] = PAPER,
    compress: bool = False,
    **resources: Any,
) -> Path:
    """A PDF of one page; `resources` are made by functions that take the file.

    `before` is the content of a sound page in front. Fonts: F1 is Helvetica.
    """
    with pikepdf.new() as pdf:
        for words in (content,) if before is None else (before, content):
            add_page(pdf, words, box, {} if words is before else resources)
        pdf.save(path, compress_streams=compress, static_id=True)
    return path


def add_page(
    pdf: pikepdf.Pdf, content: str | bytes, box: tuple[float, ...], resources: Mapping[str, Any]
) -> Any:
    held = Dictionary(Font=Dictionary(F1=make_helvetica(pdf)))
    extras = {}
    for key, make in resources.items():
        made = make(pdf)
        if key == "Font":
            for name, font in made.items():
                held.Font[name] = font
        elif key == "Annots":
            extras[key] = made
            pdf.Root.AcroForm = Dictionary(Fields=made)
        else:
            held[Name(f"/{key}")] = made
    data = content.encode("latin-1") if isinstance(content, str) else content
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array(list(box)),
        Resources=held,
        Contents=pdf.make_stream(data),
    )
    for key, value in extras.items():
        page[Name(f"/{key}")] = value
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return page


def make_helvetica(pdf: pikepdf.Pdf) -> Any:
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding,
        )
    )


def say(text: str, x: float = 50, y: float = 200, size: float = 12, font: str = "F1") -> str:
    """Content that shows a line of text."""
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf {x} {y} Td ({escaped}) Tj ET\n"


def say_codes(codes: str, font: str = "F2", x: float = 50, y: float = 200) -> str:
    return f"BT /{font} 12 Tf {x} {y} Td <{codes}> Tj ET\n"


def make_map(pdf: pikepdf.Pdf, pairs: Mapping[int, str], digits: int = 2) -> Any:
    """A ToUnicode map."""
    lines = "\n".join(
        f"<{code:0{digits}X}> <{text.encode('utf-16-be').hex()}>" for code, text in pairs.items()
    )
    space = f"<{'00' * (digits // 2)}> <{'FF' * (digits // 2)}>"
    return pdf.make_stream(
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            f"1 begincodespacerange\n{space}\nendcodespacerange\n"
            f"{len(pairs)} beginbfchar\n{lines}\nendbfchar\nendcmap end end"
        ).encode()
    )


def make_mapped_font(pdf: pikepdf.Pdf, pairs: Mapping[int, str]) -> Any:
    font = make_helvetica(pdf)
    font.ToUnicode = make_map(pdf, pairs)
    return font


def make_drawn_font(pdf: pikepdf.Pdf, names: Mapping[int, str]) -> Any:
    """A Type 3 font whose every sign is a square, without a map."""
    square = pdf.make_stream(b"1000 0 0 0 750 750 d1 0 0 750 750 re f")
    differences = Array([item for code, name in names.items() for item in (code, Name(f"/{name}"))])
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=Array([0, 0, 750, 750]),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
            CharProcs=Dictionary({f"/{name}": square for name in names.values()}),
            Encoding=Dictionary(Type=Name.Encoding, Differences=differences),
            FirstChar=0,
            LastChar=255,
            Widths=Array([1000] * 256),
            Resources=Dictionary(),
        )
    )


def make_font_with_own_codes(pdf: pikepdf.Pdf, pairs: Mapping[int, str]) -> Any:
    """A composite font whose codes go through a CMap in the file, with a ToUnicode map."""
    cmap = pdf.make_stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"/CMapName /Own-H def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        b"1 begincidrange\n<0000> <00FF> 0\nendcidrange\nendcmap end end"
    )
    cmap.CMapName = Name("/Own-H")
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name.Helvetica,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        DW=1000,
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/Own"),
            Encoding=cmap,
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=make_map(pdf, pairs, 4),
        )
    )


def make_picture(pdf: pikepdf.Pdf) -> Any:
    """A grey picture of two by two pixels."""
    picture = pdf.make_stream(b"\x40\x80\x80\x40")
    picture.Type = Name.XObject
    picture.Subtype = Name.Image
    picture.Width = picture.Height = 2
    picture.ColorSpace = Name.DeviceGray
    picture.BitsPerComponent = 8
    return picture
