"""What an engine finds on a page → clean glyphs and rules: what holds whichever engine found it.

Belongs here: control characters and radicals, directions, pale colours, text printed twice, thin
shapes taken for lines, turning a page upright. Does not belong here: how a PDF library is asked
(`reference_engine`, `fast_engine`).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from extractors.drawing import OBLIQUE, Drawing, Glyph, Rule, turn_drawing
from extractors.radicals import restore_characters

THIN_PT = 3.0
"""A filled rectangle no thicker than this is a line."""
PALE = 0.6
"""Colours lighter than this (0 black, 1 white) are too pale for body text."""
UNMAPPED = "\ufffd"
"""Stands for a printed shape that no character is assigned to."""
TURNED_SHARE = 0.8
"""The page is turned when more than this share of its text runs in another direction."""
_CELL_PT = 48
"""Characters that could be one printed twice are looked for in squares of this side."""
_BOLD_NAMES = ("bold", "black", "heavy", "simhei")


@lru_cache(maxsize=65536)
def clean_text(text: str) -> str:
    """The characters of one shape; radicals become characters. One whose character is a control
    code was printed all the same: it has no character."""
    if any(unicodedata.category(character) == "Cc" for character in text):
        text = "".join(_as_shown(character) for character in text)
    return restore_characters(text)


def is_bold_name(font_name: str) -> bool:
    """Whether a font's name says that its characters are bold."""
    name = font_name.lower()
    return any(word in name for word in _BOLD_NAMES)


def read_direction(a: float, b: float) -> int:
    """The direction of text whose baseline runs along (a, b), y pointing up; see `Glyph`."""
    scale = max(abs(a), abs(b))
    if scale == 0:
        return 0
    # Slanted imitation italics keep b at 0, so they stay upright.
    if abs(b) < 0.05 * scale:
        return 0 if a > 0 else 180
    if abs(a) < 0.05 * scale:
        return 270 if b > 0 else 90
    return OBLIQUE


def is_pale(color: object) -> bool:
    """Whether a colour (grey, RGB or CMYK parts from 0 to 1) is too pale for body text."""
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
        if glyph.is_space:
            kept.append(glyph)
            continue
        text, x0, top, x1, _, size = glyph[:6]
        column, row = int(x0 // _CELL_PT), int(top // _CELL_PT)
        key = (text, column, row)
        here = seen.get(key)
        reach = 0.2 * size
        near: Iterable[Glyph] = here or ()
        if not (
            reach < x0 - column * _CELL_PT < _CELL_PT - reach
            and reach < top - row * _CELL_PT < _CELL_PT - reach
        ):
            near = [
                other
                for dx in (-1, 0, 1)
                for dy in (-1, 0, 1)
                for other in seen.get((text, column + dx, row + dy), ())
            ]
        if near and _is_double(x0, top, size, min(reach, 0.4 * (x1 - x0)), near):
            continue
        if here is None:
            seen[key] = [glyph]
        else:
            here.append(glyph)
        kept.append(glyph)
    return kept


def _is_double(x0: float, top: float, size: float, reach_x: float, near: Iterable[Glyph]) -> bool:
    reach = 0.2 * size
    return any(
        abs(other.x0 - x0) < reach_x
        and abs(other.top - top) < reach
        and abs(other.size - size) < reach
        for other in near
    )


def read_straight(x0: float, top: float, x1: float, bottom: float) -> Iterator[Rule]:
    """The rule that a thin shape is; a dot may be a piece of a dotted rule either way."""
    width, height = x1 - x0, bottom - top
    if height <= THIN_PT:
        yield Rule(True, (top + bottom) / 2, x0, x1)
    if width <= THIN_PT:
        yield Rule(False, (x0 + x1) / 2, top, bottom)


def turn_upright(drawing: Drawing) -> Drawing:
    """The page turned so that its text reads from left to right."""
    directions = Counter(glyph.direction for glyph in drawing.glyphs if not glyph.is_space)
    if directions:
        usual, count = directions.most_common(1)[0]
        if usual not in (0, OBLIQUE) and count > TURNED_SHARE * directions.total():
            return turn_drawing(drawing, 360 - usual)
    return drawing


def share_of_page(areas: Sequence[float], width: float, height: float) -> float:
    """Which share of the page's area (0 to 1) pictures of the given areas cover."""
    return min(1.0, sum(areas) / (width * height)) if width and height else 0.0


def _as_shown(character: str) -> str:
    if character in "\t\n\r":
        return " "
    return UNMAPPED if unicodedata.category(character) == "Cc" else character
