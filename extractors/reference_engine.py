"""PDF pages → drawings with pdfplumber: the reference that any faster engine is held against.

Belongs here: everything that knows pdfplumber and the order in which it hands things out. Does not
belong here: which engine draws a page (`pdf`), and what holds for all engines (`printing`).
"""

from __future__ import annotations

import logging
from collections.abc import Container, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdftypes import resolve1
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

from extractors.drawing import Drawing, DrawnPages, Glyph, Rule, print_glyph
from extractors.errors import PasswordProtectedDocument, UnreadableDocument
from extractors.printing import (
    THIN_PT,
    UNMAPPED,
    clean_text,
    is_bold_name,
    is_pale,
    read_direction,
    read_straight,
    remove_doubles,
    share_of_page,
    turn_upright,
)

# What pdfminer grumbles about is either harmless or raised here as an error with a name.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def draw_by_reference(path: Path, numbers: Container[int | None] | None = None) -> DrawnPages:
    """The pages of the given numbers (default: all); raises a `DocumentError` on damage."""
    drawings: list[Drawing] = []
    n_pages = 0
    try:
        with pdfplumber.open(path) as pdf:
            properties = {
                str(key): value for key, value in pdf.metadata.items() if isinstance(value, str)
            }
            for page in pdf.pages:
                if numbers is None or page.page_number in numbers:
                    drawings.append(draw_page(page))
                    page.close()
                n_pages += 1
            promised = _count_promised_pages(pdf)
    except (PdfminerException, PDFException, PSException) as error:
        if _is_about_password(error):
            raise PasswordProtectedDocument(path, "The file is protected by a password.") from error
        raise UnreadableDocument(path, f"The PDF is damaged ({_say(error)}).") from error
    except Exception as error:  # pdfminer lets plain Python errors through on damaged files
        raise UnreadableDocument(
            path, f"The PDF is damaged ({_say(error)}).", page=n_pages + 1
        ) from error
    if not n_pages or promised > n_pages:
        raise UnreadableDocument(
            path, f"The PDF is damaged: {n_pages} of {promised} pages can be found."
        )
    return DrawnPages(tuple(drawings), properties)


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


def draw_page(page: Any) -> Drawing:
    """One pdfplumber page as a drawing, turned so that its text reads from left to right."""
    _order_corners(page)
    left, top, right, bottom = page.bbox
    width, height = float(right - left), float(bottom - top)
    glyphs = remove_doubles(_read_glyphs(page.chars, left, top, width, height))
    rules = tuple(_read_rules(page, left, top))
    pictures = [
        max(0.0, min(image["x1"], right) - max(image["x0"], left))
        * max(0.0, min(image["bottom"], bottom) - max(image["top"], top))
        for image in page.images
    ]
    drawing = Drawing(
        page.page_number,
        width,
        height,
        tuple(glyphs),
        rules,
        picture_share=share_of_page(pictures, width, height),
    )
    return turn_upright(drawing)


def _read_glyphs(
    chars: Iterable[dict[str, Any]], left: float, top: float, width: float, height: float
) -> Iterator[Glyph]:
    for char in chars:
        text = UNMAPPED if char["text"].startswith("(cid:") else clean_text(char["text"])
        if not text:
            continue
        x0, x1 = char["x0"] - left, char["x1"] - left
        upper, lower = char["top"] - top, char["bottom"] - top
        # Hidden notes of some producers lie beside the paper.
        if x1 <= 0 or x0 >= width or lower <= 0 or upper >= height:
            continue
        direction = read_direction(*char["matrix"][:2])
        yield print_glyph(
            text,
            (x0, upper, x1, lower),
            (lower - upper) if direction in (0, 180) else (x1 - x0),
            direction=direction,
            is_bold=is_bold_name(char["fontname"]),
            is_light=is_pale(char.get("non_stroking_color")),
        )


def _read_rules(page: Any, left: float, top: float) -> Iterator[Rule]:
    for line in page.lines:
        yield from read_straight(
            line["x0"] - left, line["top"] - top, line["x1"] - left, line["bottom"] - top
        )
    for rect in page.rects:
        x0, x1 = rect["x0"] - left, rect["x1"] - left
        upper, lower = rect["top"] - top, rect["bottom"] - top
        if lower - upper <= THIN_PT or x1 - x0 <= THIN_PT:
            yield from read_straight(x0, upper, x1, lower)
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
            yield from read_straight(x0, upper, x1, lower)
        elif curve["stroke"]:
            points = [(x - left, y - top) for x, y in curve["pts"]]
            for (x0, y0), (x1, y1) in pairwise(points):
                yield from read_straight(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _order_corners(page: Any) -> None:
    """Any two opposite corners may give the paper; pdfminer counts from the first."""
    x0, y0, x1, y1 = page.page_obj.mediabox
    page.page_obj.mediabox = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
