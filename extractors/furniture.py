"""Page numbers, running headers and footers, watermarks: what is printed on a page but not said.

Belongs here: recognising page furniture among segments and glyphs of all pages. What is recognised
stays in the document as a paragraph of its own kind; nothing is dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from extractors.drawing import OBLIQUE, Drawing, Glyph
from extractors.lattice import Grid
from extractors.lines import PrintedLine
from extractors.records import ParagraphKind

MARGIN_SHARE = 0.14
"""Furniture stands in this share of the page's height, at the top or the bottom."""
REPEATED_SHARE = 0.6
"""A running header or footer stands on more than this share of the pages."""
LEVEL_TOLERANCE_PT = 6.0
"""Running headers stand at the same height on each page, give or take this."""
WATERMARK_SCALE = 2.2
"""Watermarks are set at least this much larger than the body."""

_DASHES = r"[-—–―－_~·•.\s]*"
_BARE = re.compile(rf"^{_DASHES}(\d{{1,4}}){_DASHES}$")
_COUNTED = re.compile(
    rf"^{_DASHES}(?:第\s*\d{{1,4}}\s*[页頁]|(?:page\s*)?\d{{1,4}}\s*(?:/|of)\s*\d{{1,4}}\s*[页頁]?)"
    rf"(?:\s*[,，、/（(]?\s*共\s*\d{{1,4}}\s*[页頁][)）]?)?{_DASHES}$",
    re.IGNORECASE,
)


def name_furniture(
    pages: Sequence[tuple[Drawing, Sequence[PrintedLine]]],
) -> dict[tuple[int, int], ParagraphKind]:
    """Kinds of the segments that are furniture, by (index of page, index of segment)."""
    named = _find_page_numbers(pages)
    counts: Counter[str] = Counter()
    places: dict[str, list[tuple[int, int, float]]] = {}
    for page_index, (drawing, segments) in enumerate(pages):
        for index, segment in enumerate(segments):
            if (page_index, index) in named or not _zone(segment, drawing):
                continue
            # As printed too: the issue number in a header equals some page's number by chance.
            printed = re.sub(r"\s+", "", segment.text)
            for key in {printed, _reduce(printed, drawing.number, len(pages))}:
                places.setdefault(key, []).append((page_index, index, segment.top))
    for key, found in places.items():
        counts[key] = len({page for page, _, _ in found})
    for key, found in places.items():
        if len(pages) < 2 or counts[key] <= REPEATED_SHARE * len(pages):
            continue
        heights = sorted(top for _, _, top in found)
        usual = heights[len(heights) // 2]
        for page_index, index, top in found:
            if abs(top - usual) <= LEVEL_TOLERANCE_PT:
                drawing, segments = pages[page_index]
                named[page_index, index] = (
                    ParagraphKind.PAGE_HEADER
                    if _zone(segments[index], drawing) == "top"
                    else ParagraphKind.PAGE_FOOTER
                )
    return named


def _find_page_numbers(
    pages: Sequence[tuple[Drawing, Sequence[PrintedLine]]],
) -> dict[tuple[int, int], ParagraphKind]:
    named: dict[tuple[int, int], ParagraphKind] = {}
    bare: list[tuple[int, int, int, bool]] = []
    for page_index, (drawing, segments) in enumerate(pages):
        lowest = max((segment.top for segment in segments), default=0.0)
        for index, segment in enumerate(segments):
            # A short page may carry its number high up, but nothing stands below it.
            if not _zone(segment, drawing) and segment.top < lowest:
                continue
            text = unicodedata.normalize("NFKC", segment.text).strip()
            if _COUNTED.match(text):
                named[page_index, index] = ParagraphKind.PAGE_NUMBER
            elif match := _BARE.match(text):
                offset = int(match[1]) - drawing.number
                is_dressed = text != match[1]
                if _zone(segment, drawing) or (is_dressed and offset == 0):
                    bare.append((page_index, index, offset, is_dressed))
    # A bare number is a page number when it counts with the pages; on one page alone it must be
    # dressed with dashes or be the page's own number.
    offsets = Counter(offset for _, _, offset, _ in bare)
    for page_index, index, offset, is_dressed in bare:
        if is_dressed or offset == 0 or (offsets[offset] > 1 and offsets[offset] >= len(pages) / 2):
            named[page_index, index] = ParagraphKind.PAGE_NUMBER
    return named


def _zone(segment: PrintedLine, drawing: Drawing) -> str:
    if segment.bottom <= MARGIN_SHARE * drawing.height:
        return "top"
    if segment.top >= (1 - MARGIN_SHARE) * drawing.height:
        return "bottom"
    return ""


def _reduce(text: str, page: int, pages: int) -> str:
    """The text with the numbers that count pages taken out, so that pages can be compared."""
    return re.sub(
        r"\d+", lambda match: "#" if match[0] in (str(page), str(pages)) else match[0], text
    )


def find_watermark(drawing: Drawing, grids: Sequence[Grid]) -> set[int]:
    """Indexes of the page's glyphs that belong to a watermark.

    Oblique text always does, and so does text across the reading direction unless it is of body
    size and inside a table (a header cell set sideways). Upright text does when it is huge and
    either pale or lying over other text or over the rules of a table.
    """
    glyphs = drawing.glyphs
    sizes = sorted(glyph.size for glyph in glyphs if not glyph.is_space and glyph.direction == 0)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    marked: set[int] = set()
    styles: set[tuple[float, bool, int]] = set()
    for index, glyph in enumerate(glyphs):
        if glyph.direction == OBLIQUE:
            marked.add(index)
        elif glyph.direction != 0:
            if glyph.size > 1.6 * usual or not _is_inside(glyph, grids):
                marked.add(index)
        elif (
            usual
            and glyph.size >= WATERMARK_SCALE * usual
            and not glyph.is_space
            and _lies_over(glyph, drawing, grids, usual)
        ):
            styles.add(_style(glyph))
    if styles:
        marked.update(index for index, glyph in enumerate(glyphs) if _style(glyph) in styles)
    return marked


def _style(glyph: Glyph) -> tuple[float, bool, int]:
    return (round(glyph.size), glyph.is_light, glyph.direction)


def _is_inside(glyph: Glyph, grids: Sequence[Grid]) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, glyph.middle
    return any(
        len(grid.cells) > 1 and grid.xs[0] <= x <= grid.xs[-1] and grid.ys[0] <= y <= grid.ys[-1]
        for grid in grids
    )


def _lies_over(glyph: Glyph, drawing: Drawing, grids: Sequence[Grid], usual: float) -> bool:
    covered = sum(
        other.size < WATERMARK_SCALE * usual
        and not other.is_space
        and glyph.x0 < (other.x0 + other.x1) / 2 < glyph.x1
        and glyph.top < other.middle < glyph.bottom
        for other in drawing.glyphs
    )
    if covered >= 2 or (covered and glyph.is_light):
        return True
    if not _is_inside(glyph, grids):
        return False
    x, y, reach = (glyph.x0 + glyph.x1) / 2, glyph.middle, glyph.size / 4
    is_on_rule = any(
        abs(rule.at - (y if rule.is_horizontal else x)) < reach
        and rule.start < (x if rule.is_horizontal else y) < rule.end
        for rule in drawing.rules
    )
    return glyph.is_light or is_on_rule
