"""Characters of a page as PDFium tells them: what they are, where they begin, how wide they are.

Belongs here: one sweep of questions over all characters, and the width of each. Does not belong
here: the text objects that they stand in and the glyphs that they become (`pdfium_text`).
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import repeat

from extractors import pdfium
from extractors.font_facts import FontFacts, PageInDoubt
from extractors.pdfium_paths import Point
from extractors.radicals import find_radicals

WIDTH_TOLERANCE_EM = 0.003
"""PDFium counts widths in whole thousandths of an em."""
SAME_EM = 0.0015
"""Boxes of one shape end at the same place, to within the rounding of single precision."""
LEVEL_SHARE = 0.01
"""Text that rises by less than this share of its length is level."""
LINE_END_HYPHEN = 2
"""PDFium's code for a hyphen at the end of a line."""
RIGHT_TO_LEFT = frozenset(range(0x0590, 0x0900))
"""Hebrew, Arabic and their neighbours, which PDFium puts into reading order."""

_floats = (ctypes.c_float * 4)()
_FLOATS = ctypes.addressof(_floats)
_doubles = (ctypes.c_double * 4)()
_DOUBLES = ctypes.addressof(_doubles)


@dataclass(slots=True)
class Font:
    """A font of one page: its facts, the width of its blank in em, and what was asked of it.

    `widths` hold, by character, where PDFium says that its box ends and how wide it is, in em, as
    last seen: a font may have two shapes of one name, such as digits for tables and for text.
    """

    handle: int
    facts: FontFacts
    blank: float
    widths: dict[int, tuple[float, float]] = field(default_factory=dict)


@dataclass(slots=True)
class Shapes:
    """What PDFium tells of each character of a page, one list each, in points.

    `owners` are the text objects that they stand in: none for blanks and line ends that PDFium adds
    where words stand apart. `text` is the page's text, for questions about single characters.
    """

    text: int
    owners: list[int | None]
    codes: list[int]
    xs: list[float]
    ys: list[float]
    ends_x: list[float]


def read_shapes(text: int) -> Shapes:
    """All characters of a page; raises `PageInDoubt` where one has no certain character.

    Asked one question after the other, each in one sweep: that costs half of what a loop does.
    """
    count = pdfium.count_characters(text)
    every = range(count)
    origins = (ctypes.c_double * (2 * count))()
    boxes = (ctypes.c_float * (4 * count))()
    x, box = ctypes.addressof(origins), ctypes.addressof(boxes)
    page = repeat(text)
    if 1 in map(pdfium.has_map_error, page, every):
        raise PageInDoubt("shape without character")
    owners = list(map(pdfium.get_text_object, page, every))
    codes = list(map(pdfium.get_unicode, page, every))
    if not RIGHT_TO_LEFT.isdisjoint(codes):
        raise PageInDoubt("right-to-left text")
    end = x + 16 * count
    deque(map(pdfium.get_origin, page, every, range(x, end, 16), range(x + 8, end + 8, 16)), 0)
    deque(map(pdfium.get_loose_box, page, every, range(box, box + 16 * count, 16)), 0)
    return Shapes(text, owners, codes, origins[::2], origins[1::2], boxes[2::4])


def find_width(shapes: Shapes, index: int, font: Font, along: Point) -> float:
    """Width in em of a character; raises `PageInDoubt` where PDFium does not tell.

    `along` is the way from one character to the next, in points an em. Two answers that agree are
    the font's width. Where they do not, a box that runs on beyond the ink shows it; the other
    answer is that of another shape where the font has two of one name.
    """
    code = shapes.codes[index]
    start = shapes.xs[index], shapes.ys[index]
    if along[0] > 0 and not along[1]:
        end = (shapes.ends_x[index] - start[0]) / along[0]
    else:
        pdfium.get_loose_box(shapes.text, index, _FLOATS)
        end = _measure_along(start, along, _floats[:])
    name = ord("-") if code == LINE_END_HYPHEN else code
    pdfium.get_glyph_width(font.handle, name, 1.0, _FLOATS)
    width = named = _floats[0]
    if abs(end - named) >= WIDTH_TOLERANCE_EM:
        places = (_DOUBLES, _DOUBLES + 8, _DOUBLES + 16, _DOUBLES + 24)
        pdfium.get_ink_box(shapes.text, index, *places)
        left, right, bottom, top = _doubles
        if end > _measure_along(start, along, [left, top, right, bottom]) + 0.001:
            width = end
        elif not (named > 0 and (not end or named <= end + WIDTH_TOLERANCE_EM)):
            raise PageInDoubt("character width")
    font.widths[code] = (end, width)
    return width


def _measure_along(start: Point, along: Point, box: Sequence[float]) -> float:
    """How far a box (left, top, right, bottom) reaches in the text's direction, in em."""
    left, top, right, bottom = box
    x, y = start
    a, b = along
    if abs(b) < LEVEL_SHARE * abs(a):
        return ((right if a > 0 else left) - x) / a
    if abs(a) < LEVEL_SHARE * abs(b):
        return ((top if b > 0 else bottom) - y) / b
    return 0.0


def measure_radical(character: str, font: Font) -> float:
    """The width of a shape that the font calls a radical and the file a character."""
    widths = set()
    for name in (character, *find_radicals(character)):
        pdfium.get_glyph_width(font.handle, ord(name), 1.0, _FLOATS)
        widths.add(round(_floats[0], 3))
    if len(widths) > 1:
        raise PageInDoubt("character width")
    return widths.pop()
