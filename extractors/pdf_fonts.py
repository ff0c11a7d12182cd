"""Whether a PDF's font says which characters its codes stand for.

Belongs here: how many signs a string of codes is, and which of them nothing names. An engine that
gets no name may fall back to the code itself, and then a wrong letter passes as text. Source: ISO
32000-1, 9.10.2. Does not belong here: what the characters are.
"""

from __future__ import annotations

import re
from typing import Any

from pdfminer.encodingdb import name2unicode
from pdfminer.pdfexceptions import PDFKeyError
from pikepdf import Array, Dictionary, Name, Stream

from extractors.pdf_objects import BrokenStream, inflate

_TWO_BYTES = re.compile(r"Identity|UCS2|UTF16|^/(?:(?:78|Add|Ext|GB|GBT|KSC|CNS[12]|Hojo)-)?[HV]$")
"""Names of predefined maps whose codes all have two bytes."""
_CODE_SPACE = re.compile(rb"begincodespacerange(.*?)endcodespacerange", re.DOTALL)
_CODE = re.compile(rb"<([0-9A-Fa-f\s]+)>")
_TO_BLANK = re.compile(rb"<([0-9A-Fa-f]{2,4})>\s*<(?:0020|00[Aa]0|3000)>")
"""In a map to Unicode, a code (or a range of one) that stands for a blank."""
_LEAD = 0x81
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_STANDARD = ("/Helvetica", "/Times", "/Courier", "/Symbol", "/ZapfDingbats")
_NOTHING = frozenset({".notdef", ".null", "nonmarkingreturn"})


class FontNames:
    """What a font says of its codes; made once for each font of a file."""

    def __init__(self, font: Any) -> None:
        self.width = 1
        self.is_mixed = False
        self.has_shapes = _has_shapes(font)
        self._named: frozenset[int] | None = None
        self._blanks: frozenset[bytes] = frozenset()
        if not isinstance(font, Dictionary):
            return
        self._blanks = _list_blanks(font.get("/ToUnicode"))
        if font.get("/Subtype") == "/Type0":
            self._read_code_widths(font.get("/Encoding"))
        elif font.get("/ToUnicode") is None:
            self._named = _list_named_codes(font)

    def _read_code_widths(self, encoding: Any) -> None:
        self.width = 2
        if isinstance(encoding, Name):
            self.is_mixed = _TWO_BYTES.search(str(encoding)) is None
        elif isinstance(encoding, Stream):
            widths = _read_code_space(encoding)
            self.is_mixed = widths == {1, 2}
            self.width = min(widths, default=2) if len(widths) == 1 else 2

    def count_signs(self, codes: bytes) -> int:
        """How many signs the codes are; at least so many, where codes differ in length."""
        if not self.is_mixed:
            return len(codes) // self.width
        count = index = 0
        while index < len(codes):
            index += 2 if codes[index] >= _LEAD else 1
            count += 1
        return count

    def count_blanks(self, codes: bytes) -> int:
        """How many of the signs are blanks, as far as the font says so: engines that draw a row of
        them may give one."""
        if self.is_mixed or not self._blanks:
            return 0
        width = self.width
        signs = (codes[at : at + width] for at in range(0, len(codes), width))
        return sum(sign in self._blanks for sign in signs)

    def count_unnamed(self, codes: bytes) -> int:
        """How many of the signs nothing names."""
        if self._named is None:
            return 0
        return sum(code not in self._named for code in codes)


def _has_shapes(font: Any) -> bool:
    """Whether every viewer has the font's shapes: in the file, or as one of the standard fonts."""
    if not isinstance(font, Dictionary):
        return False
    if font.get("/Subtype") == "/Type3":
        return True
    inner = font.get("/DescendantFonts")
    if isinstance(inner, Array) and len(inner) and isinstance(inner[0], Dictionary):
        font = inner[0]
    descriptor = font.get("/FontDescriptor")
    if isinstance(descriptor, Dictionary):
        return any(descriptor.get(key) is not None for key in _PROGRAMS)
    return str(font.get("/BaseFont", "")).startswith(_STANDARD)


class FontBook:
    """What the fonts of a file say, each read once."""

    def __init__(self) -> None:
        self._by_object: dict[tuple[int, int], FontNames] = {}
        self._by_identity: dict[int, tuple[Any, FontNames]] = {}

    def find(self, font: Any) -> FontNames:
        """What the font says of its codes."""
        held = self._by_identity.get(id(font))
        if held is not None:
            return held[1]
        key = font.objgen if isinstance(font, Dictionary) and font.is_indirect else None
        names = self._by_object.get(key) if key is not None else None
        if names is None:
            names = FontNames(font)
            if key is not None:
                self._by_object[key] = names
        # The font is kept, so that no other can take over its identity.
        self._by_identity[id(font)] = (font, names)
        return names


def _read_code_space(encoding: Any) -> set[int]:
    try:
        data = inflate(encoding)
    except BrokenStream:
        return set()
    return {
        len(b"".join(code.split())) // 2
        for held in _CODE_SPACE.findall(data)
        for code in _CODE.findall(held)
    }


def _list_blanks(to_unicode: Any) -> frozenset[bytes]:
    """The codes that a font's map to Unicode calls blanks."""
    if not isinstance(to_unicode, Stream):
        return frozenset()
    try:
        told = inflate(to_unicode)
    except BrokenStream:
        return frozenset()
    return frozenset(
        bytes.fromhex(code.decode()) for code in _TO_BLANK.findall(told) if not len(code) % 2
    )


def _list_named_codes(font: Any) -> frozenset[int] | None:
    """Codes of a simple font without a map that have a character's name; None: all may have."""
    encoding = font.get("/Encoding")
    if not isinstance(encoding, Dictionary):
        return None
    names = _read_differences(encoding.get("/Differences"))
    named = set(range(256))
    for code, name in names.items():
        if _is_character_name(name):
            named.add(code)
        else:
            named.discard(code)
    return frozenset(named)


def _read_differences(value: Any) -> dict[int, str]:
    names: dict[int, str] = {}
    code = 0
    for item in value if isinstance(value, Array) else ():
        if isinstance(item, Name):
            names[code] = str(item)[1:]
            code += 1
        else:
            try:
                code = int(item)
            except (TypeError, ValueError):
                continue
    return names


def _is_character_name(name: str) -> bool:
    if name in _NOTHING:
        return True
    try:
        return bool(name2unicode(name))
    except (PDFKeyError, KeyError, ValueError):
        return False
