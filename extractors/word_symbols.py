"""Symbol fonts: which character a code of Symbol or Wingdings shows.

Belongs here: tables from a font's codes to Unicode. Such fonts number their shapes in one byte;
Word writes the byte itself or adds U+F000 to it. Sources: the Symbol encoding of the PDF Reference
(annex D.5), and the mappings with which Unicode took in the Wingdings. Signs without a plain
counterpart are left out: an unknown sign is told, never guessed.
"""

from __future__ import annotations

import unicodedata

UNKNOWN_SIGN = "\ufffd"
_PRIVATE = 0xF000


def _lay(first: int, signs: str) -> dict[int, str]:
    """Signs that follow each other from code `first`; a blank leaves its code out."""
    return {first + place: sign for place, sign in enumerate(signs) if sign != " "}


_SYMBOL = {
    **_lay(0x21, "!∀#∃%&∋()∗+,−./0123456789:;<=>?"),
    **_lay(0x40, "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    **_lay(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    **_lay(0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"),
    **_lay(0xC0, "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"),
    **_lay(0xE0, "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"),
}
_WINGDINGS = {
    **_lay(0x22, "✂✁"), 0x29: "✆", 0x36: "⌛", 0x3F: "✍", 0x41: "✌",
    **_lay(0x45, "☜☞☝☟"), 0x4A: "☺", 0x4C: "☹", 0x4E: "☠", 0x51: "✈", 0x52: "☼", 0x54: "❄",
    **_lay(0x6C, "●❍■□"), **_lay(0x71, "❑❒◆◆◆❖◆⌧"), 0x7A: "⌘",
    **_lay(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"), **_lay(0x9E, "·•"),
    **_lay(0xA1, "○"), **_lay(0xA7, "▪□"), **_lay(0xAA, "✦★✶✴✹✵"), 0xB5: "✪", 0xB6: "✰",
    **_lay(0xD8, "➢"), **_lay(0xDF, "←→↑↓↖↗↙↘←→↑↓↖↗↙↘⇦⇨⇧⇩"), **_lay(0xFB, "✗✓☒☑"),
}  # fmt: skip
_WINGDINGS_2 = {
    **_lay(0x4F, "✗✓☒☑☒☒"), **_lay(0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"), 0x97: "●",
    **_lay(0xA2, "■□"),
}  # fmt: skip
_WEBDINGS = {0x61: "✓", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✗"}
_FONTS = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": {},
    "webdings": _WEBDINGS,
    "mt extra": {},
}


def is_symbol_font(font: str) -> bool:
    """Whether the font's codes are shapes of its own, not characters."""
    return font.strip().lower() in _FONTS


def spell_symbol(code: int, font: str) -> str:
    """The character that a font shows for a code; `UNKNOWN_SIGN` where nobody can tell.

    Outside the symbol fonts, a code that is a character of Unicode stands for itself.
    """
    table = _FONTS.get(font.strip().lower())
    byte = code - _PRIVATE if _PRIVATE < code <= _PRIVATE + 0xFF else code
    if table is not None and byte <= 0xFF:
        return table.get(byte, " " if byte == 0x20 else UNKNOWN_SIGN)
    if code <= 0x10FFFF and unicodedata.category(chr(code))[0] not in "C":
        return chr(code)
    return UNKNOWN_SIGN


def spell_text(text: str, font: str) -> str:
    """Text of a run as its font shows it: symbol fonts change it, all others leave it alone."""
    if not is_symbol_font(font):
        return text
    return "".join(
        spell_symbol(ord(sign), font) if _is_font_code(ord(sign)) else sign for sign in text
    )


def _is_font_code(code: int) -> bool:
    return 0x20 < code <= 0xFF or _PRIVATE < code <= _PRIVATE + 0xFF
