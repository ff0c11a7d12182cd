"""PDF pages → drawings with pdfplumber: the reference that any faster engine is held against.

Belongs here: everything that knows pdfplumber and the order in which it hands things out. Does not
belong here: which engine draws a page and what becomes of its errors (`pdf`), and what holds for
all engines (`printing`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from extractors.drawing import Drawing, Glyph, Rule
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

# What pdfminer grumbles about is either harmless or raised by `pdf` as an error with a name.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def draw_page(page: Any) -> Drawing:
    """One pdfplumber page as a drawing, turned so that its text reads from left to right."""
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
        yield Glyph(
            text=text,
            x0=x0,
            top=upper,
            x1=x1,
            bottom=lower,
            size=(lower - upper) if direction in (0, 180) else (x1 - x0),
            direction=direction,
            is_bold=is_bold_name(char["fontname"]),
            is_light=is_pale(char.get("non_stroking_color")),
            place=(x0, upper, x1, lower),
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
