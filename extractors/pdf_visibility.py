"""Text of a PDF that nobody sees: which glyphs change nothing on the page as displayed.

Belongs here: finding pages where text may be covered, clipped, white, in a hidden layer, beside
the paper or set to be invisible, and looking there. The look is one for all causes: the page is
painted with its text and without; a glyph whose place looks the same both times is not shown. Does
not belong here: what is made of it (`pdf_losses`).
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium_c
from PIL import ImageChops

from extractors.drawing import Drawing, Glyph, turn_box
from extractors.pdf_content import Rectangle, ShownText, Sketch
from extractors.pdf_objects import ObjectsOfPage
from extractors.radicals import restore_characters

PIXELS_PER_PT = 2.0
MAX_PIXELS = 6_000_000
FAINT = 6
"""Grey values (of 255) by which text must differ from its ground to be seen."""
INVISIBLE_MODES = frozenset({3, 7})
_BAND_PT = 24.0
_RULE_PT = 2.0
"""Filled shapes no thicker than this are rules; they cover nothing."""
_MARGIN = 0.08
"""Share of a glyph's box on each side that its neighbours may reach into."""
_REACH = 1.5
"""How far, in sizes of its box, a sign may lie from where its font's heights put it."""
_MAX_DEPTH = 12


def may_hide_text(sketch: Sketch, drawing: Drawing) -> bool:
    """Whether anything on the page gives reason to look closer."""
    if any(glyph.is_light for glyph in drawing.glyphs if not glyph.is_space):
        return True
    if any(text.mode in INVISIBLE_MODES or text.is_optional for _, text in sketch.texts):
        return True
    return any(_is_clipped(text) for _, text in sketch.texts) or _has_cover(sketch)


def _is_clipped(text: ShownText) -> bool:
    x0, y0, x1, y1 = text.clip
    slack = 0.5 * text.size
    return not (
        x0 - slack <= text.x <= x1 + slack
        and y0 - slack <= text.y <= y1 + slack
        and x0 - slack <= text.end_x <= x1 + slack
        and y0 - slack <= text.end_y <= y1 + slack
    )


def measure_inside(text: ShownText, page: Rectangle) -> float:
    """The share of the text that lies on the page (0 to 1), as far as its width is known."""
    x0, y0, x1, y1 = page
    if x0 <= text.x <= text.end_x <= x1 and y0 <= text.y == text.end_y <= y1:
        return 1.0
    size = text.size
    if not (y0 - size <= text.y <= y1 or y0 - size <= text.end_y <= y1):
        return 0.0
    return min(
        _measure_overlap(text.x, text.end_x, x0, x1),
        _measure_overlap(text.y, text.end_y, y0 - size, y1),
    )


def _measure_overlap(start: float, end: float, low: float, high: float) -> float:
    start, end = min(start, end), max(start, end)
    if end - start < 0.1:
        return 1.0 if low <= start <= high else 0.0
    return max(0.0, min(end, high) - max(start, low)) / (end - start)


def _has_cover(sketch: Sketch) -> bool:
    """Whether something is painted over a place where text began."""
    covers: dict[int, list[tuple[int, Rectangle]]] = defaultdict(list)
    first = sketch.texts[0][0] if sketch.texts else 0
    for order, box in (*sketch.fills, *sketch.pictures):
        x0, y0, x1, y1 = box
        if order <= first or x1 - x0 <= _RULE_PT or y1 - y0 <= _RULE_PT:
            continue
        for band in range(int(max(y0, -1e4) // _BAND_PT), int(min(y1, 1e4) // _BAND_PT) + 1):
            covers[band].append((order, box))
    for order, text in sketch.texts if covers else ():
        x, y = (text.x + text.end_x) / 2, text.y + 0.3 * text.size
        for later, (x0, y0, x1, y1) in covers.get(int(y // _BAND_PT), ()):
            if later > order and x0 < x < x1 and y0 < y < y1:
                return True
    return False


def find_cropped_glyphs(drawing: Drawing, page: ObjectsOfPage) -> frozenset[int]:
    """Indices of the glyphs that lie on the paper, but beside what is displayed of it."""
    if page.box == page.paper:
        return frozenset()
    x0, y0, x1, y1 = page.paper
    left, bottom, right, top = page.box
    flat = (left - x0, y1 - top, right - x0, y1 - bottom)
    shown = turn_box(flat, page.turn, x1 - x0, y1 - y0)
    return frozenset(
        index
        for index, glyph in enumerate(drawing.glyphs)
        if not (
            shown[0] <= (glyph.place[0] + glyph.place[2]) / 2 <= shown[2]
            and shown[1] <= (glyph.place[1] + glyph.place[3]) / 2 <= shown[3]
        )
    )


def find_unseen_glyphs(path: Path, drawing: Drawing) -> frozenset[int]:
    """Indices of the page's glyphs that nobody sees, the blanks between them included."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        page = pdf[drawing.number - 1]
        # Places count from the corner of the paper, also where less of it is displayed.
        page.set_cropbox(*page.get_mediabox())
        width, height = page.get_size()
        scale = min(PIXELS_PER_PT, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        signs = _list_signs(page, width * scale, height * scale)
        shown = _paint(page, scale)
        for thing in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT], max_depth=_MAX_DEPTH):
            pdfium_c.FPDFTextObj_SetTextRenderMode(
                thing.raw, pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
            )
        bare = _paint(page, scale)
        page.close()
    finally:
        pdf.close()
    seen = ImageChops.difference(shown, bare).point([0] * (FAINT + 1) + [255] * (255 - FAINT))
    unseen = {
        index
        for index, glyph in enumerate(drawing.glyphs)
        if not glyph.is_space
        and not _shows_ink(seen, _scale(glyph.place, scale), _MARGIN)
        and _is_confirmed(seen, glyph, signs, scale)
    }
    return frozenset(_settle_runs(drawing, unseen))


def _list_signs(page: Any, width: float, height: float) -> dict[str, list[Rectangle]]:
    """Where the signs of the page have their ink, in pixels, by character."""
    text_page = page.get_textpage()
    x, y = ctypes.c_int(), ctypes.c_int()
    signs: dict[str, list[Rectangle]] = defaultdict(list)
    for index in range(text_page.count_chars()):
        left, bottom, right, top = text_page.get_charbox(index)
        corners = []
        for across, up in ((left, bottom), (right, top)):
            pdfium_c.FPDF_PageToDevice(page.raw, 0, 0, int(width), int(height), 0, across, up, x, y)
            corners.append((x.value, y.value))
        (x0, y0), (x1, y1) = corners
        code = pdfium_c.FPDFText_GetUnicode(text_page.raw, index)
        box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        signs[restore_characters(chr(code))].append(box)
    text_page.close()
    return signs


def _is_confirmed(seen: Any, glyph: Glyph, signs: dict[str, list[Rectangle]], scale: float) -> bool:
    """Whether the sign's ink, as PDFium places it, cannot be seen either.

    Heights that a font gives for its signs may be wrong, and the glyph's box with them; without a
    sign at the place nothing is confirmed.
    """
    x0, top, x1, bottom = _scale(glyph.place, scale)
    reach = _REACH * max(x1 - x0, bottom - top)
    nearest: tuple[float, Rectangle] | None = None
    for box in signs.get(glyph.text, ()):
        dx = abs((box[0] + box[2]) - (x0 + x1)) / 2
        dy = abs((box[1] + box[3]) - (top + bottom)) / 2
        if dx < reach and dy < reach and (nearest is None or dx + dy < nearest[0]):
            nearest = (dx + dy, box)
    return nearest is not None and not _shows_ink(seen, nearest[1], 0.0)


def _scale(box: Rectangle, scale: float) -> Rectangle:
    return box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale


def _paint(page: Any, scale: float) -> Any:
    return page.render(
        scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False
    ).to_pil()


def _shows_ink(seen: Any, box: Rectangle, margin: float) -> bool:
    x0, top, x1, bottom = box
    dx, dy = margin * (x1 - x0), margin * (bottom - top)
    left, upper = int(x0 + dx), int(top - dy)
    right, lower = max(left + 1, round(x1 - dx)), max(upper + 1, round(bottom + dy))
    return seen.crop((left, upper, right, lower)).getbbox() is not None


def _settle_runs(drawing: Drawing, unseen: set[int]) -> Iterator[int]:
    """Whole stretches of unseen glyphs: blanks inside go along, lone punctuation is seen.

    A comma's ink may lie at the edge of its box, so only letters, digits and characters tell.
    """
    run: list[int] = []
    for index, glyph in enumerate(drawing.glyphs):
        if index in unseen or (glyph.is_space and run):
            run.append(index)
            continue
        yield from _take_run(drawing, run)
        run = []
    yield from _take_run(drawing, run)


def _take_run(drawing: Drawing, run: list[int]) -> list[int]:
    signs = "".join(drawing.glyphs[index].text for index in run)
    return run if any(unicodedata.category(sign)[0] in "LN" for sign in signs) else []


def read_text_outside(path: Path, number: int, page_box: Rectangle) -> str:
    """The words beside the paper of a page, as far as they can be told."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        page = pdf[number - 1]
        text_page = page.get_textpage()
        x0, y0, x1, y1 = page_box
        words: list[str] = []
        for index in range(text_page.count_chars()):
            left, bottom, right, top = text_page.get_charbox(index)
            if right < x0 or left > x1 or top < y0 or bottom > y1:
                words.append(text_page.get_text_range(index, 1))
        text_page.close()
        page.close()
        return "".join(words).strip()
    finally:
        pdf.close()
