"""PDF → pages of glyphs and rules (pdfplumber), then → blocks.

Belongs here: everything that knows pdfplumber, and the order of work on one page. Tables are found
by `lattice`, text outside them is read by `paragraphs`, pages are joined by `stitching`.
"""

from __future__ import annotations

import logging
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdftypes import resolve1
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

from extractors.drawing import OBLIQUE, Drawing, Glyph, Rule, turn_drawing
from extractors.errors import (
    EmptyDocument,
    NoTextMap,
    PasswordProtectedDocument,
    ScannedDocument,
    UnreadableDocument,
)
from extractors.layout import lay_out
from extractors.parts import PartBlock
from extractors.pdf_losses import examine_pages
from extractors.pdf_objects import open_objects
from extractors.radicals import restore_characters
from extractors.records import Omission

# What pdfminer grumbles about is either harmless or raised here as an error with a name.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

THIN_PT = 3.0
"""A filled rectangle no thicker than this is a line."""
PALE = 0.6
"""Colours lighter than this (0 black, 1 white) are too pale for body text."""
UNMAPPED = "\ufffd"
UNMAPPED_SHARE = 0.01
"""Share of shapes without a character above which a page's text cannot be relied on."""
PICTURE_SHARE = 0.5
"""A page whose pictures cover more than this and which shows no text may be a scan."""
PICTURE_TEXT = 10
"""Fewer characters than this beside a picture are no text: a page number, a caption."""
TURNED_SHARE = 0.8
"""The page is turned when more than this share of its text runs in another direction."""


@dataclass(slots=True)
class PdfContent:
    """What a PDF says: blocks by page, raw characters, properties, and what is left out."""

    blocks: list[list[PartBlock]]
    characters: list[str]
    properties: dict[str, str]
    omissions: tuple[Omission, ...]


def read_pdf(path: Path) -> PdfContent:
    """Read every page of a PDF; raises a `DocumentError` that names what is wrong with it."""
    with open_objects(path) as objects:
        drawings, properties = draw_pages(path)
        drawings, found = examine_pages(objects, drawings)
    _refuse_pages_without_text(path, drawings)
    characters = ["".join(glyph.text for glyph in drawing.glyphs) for drawing in drawings]
    pictured = find_picture_pages(drawings)
    omissions = (
        *(each for each in found if each.code != "picture" or each.page not in pictured),
        *(_describe_picture(page) for page in pictured),
    )
    return PdfContent(lay_out(drawings), characters, properties, omissions)


def _describe_picture(page: int) -> Omission:
    return Omission(
        "picture_page",
        f"Page {page} is a picture without text. If words stand on it, get the electronic "
        "original, or run text recognition (OCR) over the file first.",
        page,
    )


def draw_pages(path: Path) -> tuple[list[Drawing], dict[str, str]]:
    """All pages as drawings, and the document's properties as text."""
    _refuse_truncated(path)
    drawings: list[Drawing] = []
    try:
        with pdfplumber.open(path) as pdf:
            properties = {
                str(key): value for key, value in pdf.metadata.items() if isinstance(value, str)
            }
            for page in pdf.pages:
                drawings.append(draw_page(page))
                page.close()
            promised = _count_promised_pages(pdf)
    except (PdfminerException, PDFException, PSException) as error:
        if _is_about_password(error):
            raise PasswordProtectedDocument(path, "The file is protected by a password.") from error
        raise UnreadableDocument(path, f"The PDF is damaged ({_say(error)}).") from error
    except Exception as error:  # pdfminer lets plain Python errors through on damaged files
        page_number = len(drawings) + 1
        raise UnreadableDocument(
            path, f"The PDF is damaged ({_say(error)}).", page=page_number
        ) from error
    if not drawings or promised > len(drawings):
        raise UnreadableDocument(
            path, f"The PDF is damaged: {len(drawings)} of {promised} pages can be found."
        )
    return drawings, properties


def _refuse_truncated(path: Path) -> None:
    with path.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(0, file.tell() - 4096))
        tail = file.read()
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise UnreadableDocument(path, "The PDF is cut short: its end is missing.")


def _count_promised_pages(pdf: Any) -> int:
    pages = resolve1(pdf.doc.catalog.get("Pages"))
    count = resolve1(pages.get("Count")) if isinstance(pages, dict) else None
    return count if isinstance(count, int) else 0


def _is_about_password(error: BaseException) -> bool:
    causes: list[object] = [error, *error.args]
    return any(isinstance(cause, PDFPasswordIncorrect) for cause in causes)


def _say(error: BaseException) -> str:
    inner = error.args[0] if error.args and isinstance(error.args[0], BaseException) else error
    return f"{type(inner).__name__}: {inner}" if str(inner) else type(inner).__name__


def _refuse_pages_without_text(path: Path, drawings: Sequence[Drawing]) -> None:
    texts = ["".join(glyph.text for glyph in drawing.glyphs).strip() for drawing in drawings]
    for drawing, text in zip(drawings, texts, strict=True):
        unmapped = text.count(UNMAPPED)
        if unmapped > UNMAPPED_SHARE * len(text):
            raise NoTextMap(
                path,
                f"{unmapped} of {len(text)} printed shapes have no character assigned.",
                page=drawing.number,
            )
    if not any(texts) and any(drawing.picture_share for drawing in drawings):
        raise ScannedDocument(path, "All pages are pictures without text.")
    if not any(texts):
        raise EmptyDocument(path, "No page shows any text.")
    pictured = find_picture_pages(drawings)
    if len(pictured) > len(drawings) / 2:
        raise ScannedDocument(
            path,
            f"{len(pictured)} of {len(drawings)} pages are pictures without text.",
            page=pictured[0],
        )


def find_picture_pages(drawings: Sequence[Drawing]) -> tuple[int, ...]:
    """Numbers of the pages that show a picture and, a caption or page number aside, no text."""
    return tuple(
        drawing.number
        for drawing in drawings
        if drawing.picture_share > PICTURE_SHARE
        and len("".join(glyph.text for glyph in drawing.glyphs).strip()) < PICTURE_TEXT
    )


def draw_page(page: Any) -> Drawing:
    """One pdfplumber page as a drawing, turned so that its text reads from left to right."""
    _order_corners(page)
    left, top, right, bottom = page.bbox
    width, height = float(right - left), float(bottom - top)
    glyphs = remove_doubles(_read_glyphs(page.chars, left, top, width, height))
    rules = tuple(_read_rules(page, left, top))
    pictures = sum(
        max(0.0, min(image["x1"], right) - max(image["x0"], left))
        * max(0.0, min(image["bottom"], bottom) - max(image["top"], top))
        for image in page.images
    )
    drawing = Drawing(
        page.page_number,
        width,
        height,
        tuple(glyphs),
        rules,
        picture_share=min(1.0, pictures / (width * height)) if width and height else 0.0,
    )
    directions = Counter(glyph.direction for glyph in glyphs if not glyph.is_space)
    if directions:
        usual, count = directions.most_common(1)[0]
        if usual not in (0, OBLIQUE) and count > TURNED_SHARE * directions.total():
            return turn_drawing(drawing, 360 - usual)
    return drawing


def _order_corners(page: Any) -> None:
    """Any two opposite corners may give the paper; pdfminer counts from the first."""
    x0, y0, x1, y1 = page.page_obj.mediabox
    page.page_obj.mediabox = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _read_glyphs(
    chars: Iterable[dict[str, Any]], left: float, top: float, width: float, height: float
) -> Iterator[Glyph]:
    for char in chars:
        text = _clean_text(char["text"])
        if not text:
            continue
        x0, x1 = char["x0"] - left, char["x1"] - left
        upper, lower = char["top"] - top, char["bottom"] - top
        # Hidden notes of some producers lie beside the paper.
        if x1 <= 0 or x0 >= width or lower <= 0 or upper >= height:
            continue
        name = char["fontname"].lower()
        direction = _read_direction(char["matrix"])
        yield Glyph(
            text=text,
            x0=x0,
            top=upper,
            x1=x1,
            bottom=lower,
            size=(lower - upper) if direction in (0, 180) else (x1 - x0),
            direction=direction,
            is_bold="bold" in name or "black" in name or "heavy" in name or "simhei" in name,
            is_light=_is_pale(char.get("non_stroking_color")),
            place=(x0, upper, x1, lower),
        )


def _clean_text(text: str) -> str:
    if text.startswith("(cid:"):
        return UNMAPPED
    if any(unicodedata.category(character) == "Cc" for character in text):
        # A shape whose character is a control code was printed all the same.
        text = "".join(
            " " if character in "\t\n\r" else UNMAPPED
            if unicodedata.category(character) == "Cc" else character
            for character in text
        )  # fmt: skip
    return restore_characters(text)


def _read_direction(matrix: tuple[float, ...]) -> int:
    a, b = matrix[0], matrix[1]
    scale = max(abs(a), abs(b))
    if scale == 0:
        return 0
    # Slanted imitation italics keep b at 0, so they stay upright. y points up in a PDF.
    if abs(b) < 0.05 * scale:
        return 0 if a > 0 else 180
    if abs(a) < 0.05 * scale:
        return 270 if b > 0 else 90
    return OBLIQUE


def _is_pale(color: object) -> bool:
    if isinstance(color, (int, float)):
        return color > PALE
    if not isinstance(color, (tuple, list)) or not color:
        return False
    parts = [part for part in color if isinstance(part, (int, float))]
    if len(parts) == 4:
        return max(parts) < 1 - PALE
    return bool(parts) and sum(parts) / len(parts) > PALE


def remove_doubles(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Without the second print of characters that are printed twice to look bold."""
    kept: list[Glyph] = []
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        reach = 0.2 * glyph.size
        column, row = int(glyph.x0 // 8), int(glyph.top // 8)
        near = (
            other
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in seen.get((glyph.text, column + dx, row + dy), ())
        )
        is_double = any(
            abs(other.x0 - glyph.x0) < min(reach, 0.4 * (glyph.x1 - glyph.x0))
            and abs(other.top - glyph.top) < reach
            and abs(other.size - glyph.size) < reach
            for other in near
        )
        if is_double and not glyph.is_space:
            continue
        seen.setdefault((glyph.text, column, row), []).append(glyph)
        kept.append(glyph)
    return kept


def _read_rules(page: Any, left: float, top: float) -> Iterator[Rule]:
    for line in page.lines:
        yield from _straight(
            line["x0"] - left, line["top"] - top, line["x1"] - left, line["bottom"] - top
        )
    for rect in page.rects:
        x0, x1 = rect["x0"] - left, rect["x1"] - left
        upper, lower = rect["top"] - top, rect["bottom"] - top
        if lower - upper <= THIN_PT or x1 - x0 <= THIN_PT:
            yield from _straight(x0, upper, x1, lower)
        elif rect["stroke"]:
            # Filled rectangles without an outline are shading and part nothing.
            for at in (upper, lower):
                yield Rule(True, at, x0, x1)
            for at in (x0, x1):
                yield Rule(False, at, upper, lower)
    for curve in page.curves:
        x0, x1 = curve["x0"] - left, curve["x1"] - left
        upper, lower = curve["top"] - top, curve["bottom"] - top
        if lower - upper <= THIN_PT or x1 - x0 <= THIN_PT:
            yield from _straight(x0, upper, x1, lower)
        elif curve["stroke"]:
            points = [(x - left, y - top) for x, y in curve["pts"]]
            for (x0, y0), (x1, y1) in pairwise(points):
                yield from _straight(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _straight(x0: float, top: float, x1: float, bottom: float) -> Iterator[Rule]:
    """The rule that a thin shape is; a dot may be a piece of a dotted rule either way."""
    width, height = x1 - x0, bottom - top
    if height <= THIN_PT:
        yield Rule(True, (top + bottom) / 2, x0, x1)
    if width <= THIN_PT:
        yield Rule(False, (x0 + x1) / 2, top, bottom)
