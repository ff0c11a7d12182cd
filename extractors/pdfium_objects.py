"""Text objects of a page as PDFium tells them: where and in what each is set.

Belongs here: fonts by name, type size and direction, and text that a file gives in other words than
it prints. Does not belong here: the characters of an object (`pdfium_shapes`, `pdfium_text`).
"""

from __future__ import annotations

import codecs
import ctypes
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from extractors import pdfium
from extractors.font_facts import FontFacts, FontsByName, PageInDoubt
from extractors.pdfium_paths import Matrix, Point, multiply
from extractors.pdfium_shapes import LEVEL_SHARE, Font
from extractors.printing import PALE, read_direction
from extractors.radicals import find_radicals

PALE_SUM = PALE * 3 * 255

_floats = (ctypes.c_float * 4)()
_FLOATS = ctypes.addressof(_floats)
_name = ctypes.create_string_buffer(256)
_NAME = ctypes.addressof(_name)


@dataclass(frozen=True, slots=True)
class Setting:
    """What text objects of one font, size and direction share.

    `along` is the way from one character to the next in the file's coordinates, `step` the same on
    the page with y pointing up, both in points an em. `probe` is `along` where PDFium's boxes show
    how wide characters are, and nothing where they are slanted. `left` to `above` are the sides of
    a character without width, in points from its origin on the page. `is_plain` says that the text
    runs from left to right on a page that is displayed as the file has it.
    """

    font: Font
    along: Point
    step: Point
    probe: Point
    left: float
    right: float
    below: float
    above: float
    direction: int
    is_plain: bool


@dataclass(slots=True)
class Run:
    """One text object: where it begins, in points of the file, and its characters.

    `spans` are the stretches of the page's characters that stand in it. `is_named` says that the
    file names the character which its one shape looks like. The lists are filled only where blanks
    must be looked for, or the text does not run plainly; origins are in points, widths in em.
    """

    handle: int
    setting: Setting
    start: Point
    is_light: bool
    is_named: bool
    spans: list[tuple[int, int]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    origins: list[Point] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)


class RunReader:
    """Text objects of one page.

    `base` leads from the file's coordinates to the page's, y up; `list_shown` gives the fonts of
    all texts that the page itself shows, and is asked where several fonts have one name.
    """

    def __init__(
        self, fonts: FontsByName, list_shown: Callable[[], list[FontFacts]], base: Matrix
    ) -> None:
        self._facts = fonts
        self._list_shown = list_shown
        self._base = base
        self._told_apart: dict[int, FontFacts] = {}
        self._fonts: dict[int, Font] = {}
        self._settings: dict[tuple[float, ...], Setting] = {}
        self._replaces: dict[int, bool] = {}

    def read(self, handles: Sequence[int], forms: Sequence[Matrix | None]) -> dict[int, Run]:
        """Runs by handle, in the order given; `forms` are the matrices of the forms around them."""
        count = len(handles)
        matrices, sizes = (ctypes.c_float * (6 * count))(), (ctypes.c_float * count)()
        colors = (ctypes.c_uint * (4 * count))()
        matrix, size = ctypes.addressof(matrices), ctypes.addressof(sizes)
        color = ctypes.addressof(colors)
        places = [range(color + at, color + at + 16 * count, 16) for at in (0, 4, 8, 12)]
        deque(map(pdfium.get_matrix, handles, range(matrix, matrix + 24 * count, 24)), 0)
        deque(map(pdfium.get_font_size, handles, range(size, size + 4 * count, 4)), 0)
        deque(map(pdfium.get_fill_color, handles, *places), 0)
        fonts = list(map(pdfium.get_font, handles))
        marks = list(map(pdfium.count_marks, handles))
        if any(len(self._facts.get(_read_name(font), ())) > 1 for font in set(fonts)):
            self._tell_apart([font for font, form in zip(fonts, forms, strict=True) if not form])
        values, shades = matrices[:], colors[:]
        runs: dict[int, Run] = {}
        for index, (handle, form) in enumerate(zip(handles, forms, strict=True)):
            a, b, c, d, e, f = values[6 * index : 6 * index + 6]
            if form is not None:
                a, b, c, d, e, f = multiply((a, b, c, d, e, f), form)
            key = (fonts[index], sizes[index], a, b, c, d)
            setting = self._settings.get(key)
            if setting is None:
                setting = self._settings[key] = self._set(*key)
            runs[handle] = Run(
                handle,
                setting,
                (e, f),
                sum(shades[4 * index : 4 * index + 3]) > PALE_SUM,
                self._check_marks(handle, marks[index]) if marks[index] else False,
            )
        return runs

    def _set(
        self, font_handle: int, size: float, a: float, b: float, c: float, d: float
    ) -> Setting:
        font = self._fonts.get(font_handle)
        if font is None:
            font = self._fonts[font_handle] = self._find_font(font_handle)
        along = (a * size, b * size)
        is_slanted = abs(a * c + b * d) > LEVEL_SHARE * (a * a + b * b)
        a, b, c, d, _, _ = multiply((a, b, c, d, 0, 0), self._base)
        low, high = font.facts.descent * size, (font.facts.descent + 1) * size
        left, right = sorted((low * c, high * c))
        below, above = sorted((low * d, high * d))
        is_plain = self._base[:4] == (1, 0, 0, 1) and along[0] > 0 and b == c == 0
        return Setting(
            font,
            along,
            (a * size, b * size),
            (0.0, 0.0) if is_slanted else along,
            left,
            right,
            below,
            above,
            read_direction(a, b),
            is_plain,
        )

    def _check_marks(self, handle: int, count: int) -> bool:
        """Whether the file names the one shape of an object; refuses text that it replaces.

        Browsers mark a shape that a font calls a radical with the character that it looks like,
        which is what `restore_characters` makes of the radical.
        """
        is_named = False
        for index in range(count):
            mark = pdfium.get_mark(handle, index)
            if mark not in self._replaces:
                self._replaces[mark] = bool(pdfium.get_mark_value_type(mark, b"ActualText"))
                if self._replaces[mark] and not find_radicals(_read_replacement(mark)):
                    raise PageInDoubt("replacement text")
                is_named |= self._replaces[mark]
            elif self._replaces[mark]:
                raise PageInDoubt("replacement text")  # one text for several objects
        return is_named

    def _tell_apart(self, fonts: list[int]) -> None:
        """Know fonts of one name by the order in which the page shows text in them."""
        shown = self._list_shown()
        if len(shown) != len(fonts):
            raise PageInDoubt("fonts of one name")
        for handle, facts in zip(fonts, shown, strict=True):
            if self._told_apart.setdefault(handle, facts) != facts:
                raise PageInDoubt("fonts of one name")

    def _find_font(self, handle: int) -> Font:
        candidates = self._facts.get(_read_name(handle), frozenset())
        if handle in self._told_apart:
            candidates &= {self._told_apart[handle]}
        if len(candidates) != 1:
            raise PageInDoubt("fonts of one name" if candidates else "font not found by name")
        (facts,) = candidates
        if facts.doubt:
            raise PageInDoubt(facts.doubt)
        pdfium.get_glyph_width(handle, ord(" "), 1.0, _FLOATS)
        return Font(handle, facts, _floats[0])


def _read_name(font: int) -> str:
    length = pdfium.get_font_name(font, _NAME, len(_name))
    return _name.raw[: max(length - 1, 0)].decode("utf-8", "replace")


def _read_replacement(mark: int) -> str:
    length = ctypes.c_ulong()
    pdfium.get_mark_text(mark, b"ActualText", _NAME, len(_name), ctypes.addressof(length))
    value = _name.raw[: min(length.value, len(_name))]
    if value.startswith(codecs.BOM_UTF16_BE):
        return value[2:].decode("utf-16-be", "replace")
    return value.decode("latin-1")
