"""Text objects of PDFium → glyphs, as the reference engine would have found them.

Belongs here: which characters a text object shows, in what order, and the box of each. Does not
belong here: rules and pictures (`pdfium_paths`), fonts as the file describes them (`font_facts`).

The reference's box of a character is as high as the font's size, begins at the font's descent below
the baseline and is as wide as the font says. PDFium gives the origin and, in em, the width.
"""

from __future__ import annotations

import codecs
import ctypes
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import repeat, zip_longest

from extractors import pdfium
from extractors.drawing import Glyph
from extractors.font_facts import FontFacts, FontsByName
from extractors.pdfium_paths import Matrix, Point, multiply, read_matrix
from extractors.printing import PALE, clean_text, read_direction
from extractors.radicals import find_radicals

LINE_END_HYPHEN = 2
"""PDFium's code for a hyphen at the end of a line."""
PALE_SUM = PALE * 3 * 255
WIDTH_TOLERANCE_EM = 0.003
"""PDFium counts widths in whole thousandths of an em."""
SAME_EM = 0.0015
"""Boxes of one shape end at the same place, to within the rounding of single precision."""
BLANK_EM = 0.25
"""Width of a blank where the font does not tell."""
MOST_BLANKS = 200
BLANK_TOLERANCE = 0.04
"""Producers place text to a tenth of a point, so gaps are not quite whole numbers of blanks."""
WIDE_GAP_EM = 1.0
"""A gap up to this parts no columns, whatever it consists of."""
LEVEL_SHARE = 0.01
"""Text that rises by less than this share of its length is level."""
RIGHT_TO_LEFT = frozenset(range(0x0590, 0x0900))
"""Hebrew, Arabic and their neighbours, which PDFium puts into reading order."""

_floats = (ctypes.c_float * 8)()
_FLOATS = ctypes.addressof(_floats)
_integers = (ctypes.c_uint * 4)()
_INTEGERS = ctypes.addressof(_integers)
_name = ctypes.create_string_buffer(256)
_NAME = ctypes.addressof(_name)
_doubles = (ctypes.c_double * 4)()
_DOUBLES = ctypes.addressof(_doubles)


# A named tuple's own constructor is a Python function around this one.
_make_glyph = tuple.__new__


class PageInDoubt(Exception):
    """The page holds something that engines read differently; the message names it."""


@dataclass(slots=True)
class Font:
    """A font of one page: its facts, and what was asked of it already.

    `widths` hold, by character, where PDFium says that its box ends and how wide it is, in em, as
    last seen: a font may have two shapes of one name, such as digits for tables and for text.
    """

    handle: int
    facts: FontFacts
    blank: float
    widths: dict[int, tuple[float, float]] = field(default_factory=dict)


@dataclass(slots=True)
class Run:
    """One text object: where and in what it is set; its shapes' characters, origins and widths.

    `is_named` says that the file names the character which its one shape looks like; `along` is the
    way from one character to the next, in points an em. Origins are in points, widths in em.
    """

    handle: int
    matrix: Matrix
    size: float
    font: Font
    is_light: bool
    is_named: bool
    along: Point
    is_level: bool
    texts: list[str] = field(default_factory=list)
    origins: list[Point] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Shapes:
    """What PDFium tells of each character of a page, one list each, in points."""

    handles: list[int | None]
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
    handles = list(map(pdfium.get_text_object, page, every))
    codes = list(map(pdfium.get_unicode, page, every))
    if not RIGHT_TO_LEFT.isdisjoint(codes):
        raise PageInDoubt("right-to-left text")
    end = x + 16 * count
    deque(map(pdfium.get_origin, page, every, range(x, end, 16), range(x + 8, end + 8, 16)), 0)
    deque(map(pdfium.get_loose_box, page, every, range(box, box + 16 * count, 16)), 0)
    return Shapes(handles, codes, origins[::2], origins[1::2], boxes[2::4])


class TextReader:
    """Text of one page: first its objects in the file's order, then their characters."""

    def __init__(self, fonts: FontsByName) -> None:
        self._facts = fonts
        self._fonts: dict[int, Font] = {}
        self._replaces: dict[int, bool] = {}
        self.runs: dict[int, Run] = {}

    def add_object(self, handle: int, outer: Matrix | None) -> None:
        """A text object; `outer` is the matrix of the form that it stands in."""
        is_named = self._check_marks(handle)
        matrix = read_matrix(handle)
        if outer is not None:
            matrix = multiply(matrix, outer)
        font_handle = pdfium.get_font(handle)
        font = self._fonts.get(font_handle)
        if font is None:
            font = self._fonts[font_handle] = self._find_font(font_handle)
        pdfium.get_font_size(handle, _FLOATS)
        size = _floats[0]
        pdfium.get_fill_color(handle, _INTEGERS, _INTEGERS + 4, _INTEGERS + 8, _INTEGERS + 12)
        red, green, blue, _ = _integers
        is_light = red + green + blue > PALE_SUM
        along = (matrix[0] * size, matrix[1] * size)
        is_level = along[0] > 0 and abs(along[1]) < LEVEL_SHARE * along[0] and not is_named
        self.runs[handle] = Run(handle, matrix, size, font, is_light, is_named, along, is_level)

    def _check_marks(self, handle: int) -> bool:
        """Whether the file names the one shape of an object; refuses text that it replaces.

        Browsers mark a shape that a font calls a radical with the character that it looks like,
        which is what `restore_characters` makes of the radical.
        """
        is_named = False
        for index in range(pdfium.count_marks(handle)):
            mark = pdfium.get_mark(handle, index)
            if mark not in self._replaces:
                self._replaces[mark] = bool(pdfium.get_mark_value_type(mark, b"ActualText"))
                if self._replaces[mark] and not find_radicals(_read_replacement(mark)):
                    raise PageInDoubt("replacement text")
                is_named |= self._replaces[mark]
            elif self._replaces[mark]:
                raise PageInDoubt("replacement text")  # one text for several objects
        return is_named

    def _find_font(self, handle: int) -> Font:
        length = pdfium.get_font_name(handle, _NAME, len(_name))
        name = _name.raw[: max(length - 1, 0)].decode("utf-8", "replace")
        candidates = self._facts.get(name, frozenset())
        if len(candidates) != 1:
            raise PageInDoubt("fonts of one name" if candidates else "font not found by name")
        (facts,) = candidates
        if facts.doubt:
            raise PageInDoubt(facts.doubt)
        pdfium.get_glyph_width(handle, ord(" "), 1.0, _FLOATS)
        return Font(handle, facts, _floats[0])

    def read_characters(self, text: int) -> None:
        """Give every run its characters; `text` is the page's text as PDFium reads it."""
        shapes = read_shapes(text)
        run: Run | None = None
        for index, (handle, code, x, y) in enumerate(
            zip(shapes.handles, shapes.codes, shapes.xs, shapes.ys, strict=True)
        ):
            if not handle:
                continue  # a blank or line end that PDFium adds where words stand apart
            if run is None or run.handle != handle:
                run = self.runs.get(handle)
                if run is None:
                    raise PageInDoubt("text outside the page's objects")
            character = "-" if code == LINE_END_HYPHEN else chr(code)
            origin = (x, y)
            if run.origins and origin == run.origins[-1]:
                run.texts[-1] += character  # one shape that stands for several characters
                continue
            run.texts.append(character)
            run.origins.append(origin)
            end = shapes.ends_x[index] - x if run.is_level else 0.0
            known = run.font.widths.get(code)
            if known is not None and run.is_level and abs(end / run.along[0] - known[0]) < SAME_EM:
                run.widths.append(known[1])
            else:
                run.widths.append(find_width(text, index, code, run))

    def print_glyphs(self, base: Matrix, width: float, height: float) -> list[Glyph]:
        """All glyphs that lie on a page of the given size, in the file's order.

        `base` leads from the file's coordinates to those of the displayed page, y pointing up.
        """
        runs = list(self.runs.values())
        restore_blanks(runs)
        glyphs: list[Glyph] = []
        for run in runs:
            if run.texts:
                glyphs.extend(_print_run(run, base, width, height))
        return glyphs


def _read_replacement(mark: int) -> str:
    length = ctypes.c_ulong()
    pdfium.get_mark_text(mark, b"ActualText", _NAME, len(_name), ctypes.addressof(length))
    value = _name.raw[: min(length.value, len(_name))]
    if value.startswith(codecs.BOM_UTF16_BE):
        return value[2:].decode("utf-16-be", "replace")
    return value.decode("latin-1")


def _print_run(run: Run, base: Matrix, width: float, height: float) -> list[Glyph]:
    a, b, c, d = multiply(run.matrix, base)[:4]
    along_x, along_y = a * run.size, b * run.size
    facts, is_light = run.font.facts, run.is_light
    low, high = facts.descent * run.size, (facts.descent + 1) * run.size
    left, right = sorted((low * c, high * c))
    below, above = sorted((low * d, high * d))
    direction = read_direction(a, b)
    is_level = direction in (0, 180)
    a2, b2, c2, d2, e2, f2 = base
    glyphs: list[Glyph] = []
    for text, (x, y), em in zip(run.texts, run.origins, run.widths, strict=True):
        text = clean_text(text)
        step_x, step_y = em * along_x, em * along_y
        at = x * a2 + y * c2 + e2
        line = height - (x * b2 + y * d2 + f2)
        x0, x1 = (
            (at + left, at + right + step_x) if step_x > 0 else (at + left + step_x, at + right)
        )
        top, bottom = (
            (line - above - step_y, line - below)
            if step_y > 0
            else (line - above, line - below - step_y)
        )
        # Hidden notes of some producers lie beside the paper.
        if not text or x1 <= 0 or x0 >= width or bottom <= 0 or top >= height:
            continue
        size = bottom - top if is_level else x1 - x0
        place = (x0, top, x1, bottom)
        glyphs.append(
            _make_glyph(
                Glyph,
                (
                    text,
                    x0,
                    top,
                    x1,
                    bottom,
                    size,
                    direction,
                    facts.is_bold,
                    is_light,
                    place,
                    text.isspace(),
                    (top + bottom) / 2,
                ),
            )
        )
    return glyphs


def find_width(text: int, index: int, code: int, run: Run) -> float:
    """Width in em of a character; raises `PageInDoubt` where PDFium does not tell.

    Two answers that agree are the font's width. Where they do not, a box that runs on beyond the
    ink shows it; the other answer is that of another shape where the font has two of one name.
    """
    if run.is_named:
        return _measure_radical(chr(code), run)
    pdfium.get_loose_box(text, index, _FLOATS)
    left, top, right, bottom = _floats[:4]
    end = _measure_along(run, left, top, right, bottom)
    pdfium.get_glyph_width(run.font.handle, code, 1.0, _FLOATS)
    width = named = _floats[0]
    if abs(end - named) >= WIDTH_TOLERANCE_EM:
        pdfium.get_ink_box(text, index, _DOUBLES, _DOUBLES + 8, _DOUBLES + 16, _DOUBLES + 24)
        left, right, bottom, top = _doubles
        if end > _measure_along(run, left, top, right, bottom) + 0.001:
            width = end
        elif not (named > 0 and (not end or named <= end + WIDTH_TOLERANCE_EM)):
            raise PageInDoubt("character width")
    run.font.widths[code] = (end, width)
    return width


def _measure_along(run: Run, left: float, top: float, right: float, bottom: float) -> float:
    """How far a box reaches from the last character's origin in the text's direction, in em."""
    x, y = run.origins[-1]
    a, b = run.along
    if abs(b) < LEVEL_SHARE * abs(a):
        return ((right if a > 0 else left) - x) / a
    if abs(a) < LEVEL_SHARE * abs(b):
        return ((top if b > 0 else bottom) - y) / b
    return 0.0


def _measure_radical(character: str, run: Run) -> float:
    """The width of a shape that the font calls a radical and the file a character."""
    widths = set()
    for name in (character, *find_radicals(character)):
        pdfium.get_glyph_width(run.font.handle, ord(name), 1.0, _FLOATS)
        widths.add(round(_floats[0], 3))
    if len(widths) > 1:
        raise PageInDoubt("character width")
    return widths.pop()


def restore_blanks(runs: Sequence[Run]) -> None:
    """Put blanks back where PDFium leaves out all but the first of several.

    A gap counts as blanks when it is as wide as a whole number of them and begins where a blank was
    or could have been: at the start of an object, after a blank in it, or in an object without
    characters. Between two objects a gap is anything, so a wide one is left to the reference.
    """
    for run, following in zip_longest(runs, runs[1:]):
        length = run.along[0] ** 2 + run.along[1] ** 2
        if not length:
            continue
        start = (run.matrix[4], run.matrix[5])
        if not run.texts:
            if not _has_ink(run):
                goal = following.matrix[4:] if following is not None else start
                _insert_blanks(run, 0, start, max(1, _count_blanks(run, start, goal)))
            continue
        if run.origins[0] != start:
            _insert_blanks(run, 0, start, _count_blanks(run, start, run.origins[0]))
        if " " not in run.texts:
            continue
        for index in range(len(run.texts) - 1, 0, -1):
            if run.texts[index - 1] == " ":
                x, y = run.origins[index - 1]
                count = _count_blanks(run, (x, y), run.origins[index]) - 1
                step = run.font.blank
                after = (x + step * run.along[0], y + step * run.along[1])
                _insert_blanks(run, index, after, count)
        if run.texts[-1] == " " and following is not None:
            _close_gap(run, following)


def _close_gap(run: Run, following: Run) -> None:
    x, y = run.origins[-1]
    count = _count_blanks(run, (x, y), following.matrix[4:]) - 1
    if count < 1:
        return
    if count * run.font.blank > WIDE_GAP_EM:
        raise PageInDoubt("several blanks")
    step = run.font.blank
    after = (x + step * run.along[0], y + step * run.along[1])
    _insert_blanks(run, len(run.texts), after, count)


def _has_ink(run: Run) -> bool:
    """Whether an object without characters shows something: the second print of a bold text."""
    pdfium.get_bounds(run.handle, _FLOATS, _FLOATS + 4, _FLOATS + 8, _FLOATS + 12)
    left, bottom, right, top = _floats[:4]
    return right > left or top > bottom


def _count_blanks(run: Run, start: Point, goal: tuple[float, ...]) -> int:
    """How many blanks reach exactly from one point to the other; 0 where none do."""
    step_x, step_y = run.along[0] * run.font.blank, run.along[1] * run.font.blank
    length = step_x**2 + step_y**2
    gap_x, gap_y = goal[0] - start[0], goal[1] - start[1]
    if not length or abs(gap_x * step_y - gap_y * step_x) > LEVEL_SHARE * length:
        return 0
    steps = (gap_x * step_x + gap_y * step_y) / length
    is_whole = abs(steps - round(steps)) < BLANK_TOLERANCE
    return round(steps) if is_whole and 0 < steps < MOST_BLANKS else 0


def _insert_blanks(run: Run, index: int, start: Point, count: int) -> None:
    step = run.font.blank or BLANK_EM
    x, y = start
    places = [(x + k * step * run.along[0], y + k * step * run.along[1]) for k in range(count)]
    run.texts[index:index] = [" "] * count
    run.origins[index:index] = places
    run.widths[index:index] = [step] * count
