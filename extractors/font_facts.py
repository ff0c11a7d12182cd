"""Fonts of a PDF page by name: what the boxes and the weight of their characters depend on.

Belongs here: what font dictionaries say (with pikepdf), and whether two engines would read the font
alike. Does not belong here: the characters printed in it (`pdfium_text`).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from extractors.printing import is_bold_name

_NAMED_ENCODINGS = frozenset({"/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding"})
_STANDARD_DESCENTS = {
    "Courier": -0.194,
    "CourierNew": -0.194,
    "Helvetica": -0.207,
    "Arial": -0.207,
    "Times": -0.217,
    "TimesNewRoman": -0.217,
}
"""From the metrics (AFM) of the fonts that every reader knows, in em; all styles share one."""
_STYLES = frozenset({"", "Bold", "Italic", "BoldItalic", "Oblique", "BoldOblique", "Roman"})
_SUBSET_TAG = re.compile("[A-Z]{6}[+]")
_SYMBOLIC = 4
"""The flag of fonts whose shapes are not those of the Latin alphabet."""
_COLLECTIONS = frozenset({"GB1", "CNS1", "Japan1", "Korea1"})
_FONT_OPERATORS = "q Q Tf Tj TJ ' \""
DEEPEST_TREE = 50
MOST_FORMS = 500
"""Forms in forms are followed no further than this many on a page."""


class PageInDoubt(Exception):
    """The page holds something that engines read differently; the message names it."""


@dataclass(frozen=True, slots=True)
class FontFacts:
    """A font's descent in em (zero or negative), its weight, and why it is in doubt, if it is."""

    descent: float
    is_bold: bool
    doubt: str = ""


FontsByName = dict[str, frozenset[FontFacts]]
"""Facts by base font name; several where a page uses several fonts of one name."""


class FontBook:
    """Fonts of the pages of one file; dictionaries that pages share are read once."""

    def __init__(self) -> None:
        self._facts: dict[tuple[int, int], tuple[str, FontFacts]] = {}
        self._pages: dict[tuple[int, int], FontsByName] = {}

    def collect(self, page: pikepdf.Page) -> FontsByName:
        """All fonts that a page and the forms on it may use."""
        resources = inherit(page.obj, "/Resources")
        if resources is None:
            return {}
        key = resources.objgen
        if key != (0, 0) and key in self._pages:
            return self._pages[key]
        found: dict[str, set[FontFacts]] = {}
        for font in _walk_fonts(resources):
            name, facts = self._read(font)
            found.setdefault(name, set()).add(facts)
            if _SUBSET_TAG.match(name):
                # PDFium leaves the tag of a subset out where the font is a simple one.
                found.setdefault(name[7:], set()).add(facts)
        fonts = {name: frozenset(facts) for name, facts in found.items()}
        if key != (0, 0):
            self._pages[key] = fonts
        return fonts

    def list_shown(self, page: pikepdf.Page) -> list[FontFacts]:
        """The fonts of all texts that the page itself shows (forms aside), in order.

        Fonts without a name of their own can be told apart by this order alone.
        """
        resources = inherit(page.obj, "/Resources")
        fonts = {name: self._read(font)[1] for name, font in resources["/Font"].items()}
        shown: list[FontFacts] = []
        current, kept = "", []
        for step in pikepdf.parse_content_stream(page, _FONT_OPERATORS):
            match str(step.operator):
                case "Tf":
                    current = str(step.operands[0])
                case "q":
                    kept.append(current)
                case "Q":
                    current = kept.pop() if kept else ""
                case _:
                    shown.append(fonts[current])
        return shown

    def _read(self, font: Any) -> tuple[str, FontFacts]:
        key = font.objgen
        if key == (0, 0):
            return read_font(font)
        if key not in self._facts:
            self._facts[key] = read_font(font)
        return self._facts[key]


def is_sound(stream: Any) -> bool:
    """Whether a stream can be unpacked whole, its checksum included where it has one.

    Neither engine looks at the checksum, and what they make of damaged data differs.
    """
    if stream.get("/Filter") != "/FlateDecode":
        stream.read_bytes()  # raises where it cannot be unpacked
        return True
    unpacking = zlib.decompressobj()
    try:
        unpacking.decompress(stream.read_raw_bytes())
    except zlib.error:
        return False
    return unpacking.eof


def _find_streams(font: Any, inner: Any) -> Iterator[Any]:
    yield from inner.get("/CharProcs", {}).values()
    descriptor = inner.get("/FontDescriptor", {})
    for holder, keys in (
        (font, ("/ToUnicode", "/Encoding")),
        (inner, ("/CIDToGIDMap",)),
        (descriptor, ("/FontFile", "/FontFile2", "/FontFile3")),
    ):
        for key in keys:
            value = holder.get(key)
            if isinstance(value, pikepdf.Stream):
                yield value


def inherit(page: Any, key: str) -> Any:
    """A page's attribute, its own or that of the nearest node above it; None where none has it."""
    for _ in range(DEEPEST_TREE):
        value = page.get(key)
        if value is not None:
            return value
        page = page.get("/Parent")
        if page is None:
            return None
    raise ValueError("The page tree never ends.")


def _walk_fonts(resources: Any) -> Iterator[Any]:
    waiting = [resources]
    seen: set[tuple[int, int]] = set()
    while waiting and len(seen) < MOST_FORMS:
        resources = waiting.pop()
        fonts = resources.get("/Font")
        if fonts is not None:
            yield from (font for _, font in fonts.items() if isinstance(font, pikepdf.Dictionary))
        for _, form in (resources.get("/XObject") or pikepdf.Dictionary()).items():
            if form.objgen in seen or form.get("/Subtype") != "/Form":
                continue
            seen.add(form.objgen)
            if not is_sound(form):
                raise PageInDoubt("damaged stream")
            inner = form.get("/Resources")
            if inner is not None:
                waiting.append(inner)


def read_font(font: Any) -> tuple[str, FontFacts]:
    """A font dictionary as its base name (empty where it has none) and its facts."""
    kind = str(font.get("/Subtype"))
    inner = font["/DescendantFonts"][0] if kind == "/Type0" else font
    name = str(inner.get("/BaseFont", ""))
    if not all(map(is_sound, _find_streams(font, inner))):
        return name[1:], FontFacts(0.0, False, "damaged stream")
    descriptor = inner.get("/FontDescriptor")
    family, _, style = name[1:].replace(",", "-").partition("-")
    if family in _STANDARD_DESCENTS and style in _STYLES and kind in ("/Type1", "/TrueType"):
        doubt = "" if "/ToUnicode" in font or _has_named_encoding(font) else "encoding"
        facts = FontFacts(_STANDARD_DESCENTS[family], is_bold_name(name), doubt)
        return name[1:], facts
    if descriptor is None:
        return name[1:], FontFacts(0.0, is_bold_name(name), "font without descriptor")
    descent = -abs(float(descriptor.get("/Descent", 0))) / 1000
    if kind == "/Type3":
        descent = 0.0 if "/FontBBox" not in descriptor else float("nan")
    is_bold = is_bold_name(str(descriptor.get("/FontName", "/unknown")))
    return name[1:], FontFacts(descent, is_bold, _find_doubt(kind, font, inner))


def _find_doubt(kind: str, font: Any, inner: Any) -> str:
    """Why engines may read the font's characters or widths differently; empty where they agree."""
    if kind == "/Type0":
        encoding = font.get("/Encoding")
        if not isinstance(encoding, pikepdf.Name):
            return "embedded character map"
        if str(encoding).endswith("V"):
            return "vertical writing"
        ordering = str(inner.get("/CIDSystemInfo", {}).get("/Ordering", ""))
        is_mapped = isinstance(font.get("/ToUnicode"), pikepdf.Stream)
        is_known = ordering in _COLLECTIONS and not str(encoding).startswith("/Identity")
        return "" if is_mapped or is_known else "font without character map"
    if "/Widths" not in font:
        return "font without widths"
    if isinstance(font.get("/ToUnicode"), pikepdf.Stream):
        return ""
    is_symbolic = int(inner.get("/FontDescriptor", {}).get("/Flags", 0)) & _SYMBOLIC
    return "" if _has_named_encoding(font) and not is_symbolic else "encoding"


def _has_named_encoding(font: Any) -> bool:
    return str(font.get("/Encoding", "")) in _NAMED_ENCODINGS
