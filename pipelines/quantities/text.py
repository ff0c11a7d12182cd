"""Printed text in one form: Simplified characters, one width, no layout white space.

Belongs here: folding of scripts, widths and spaces, and the way back to the printed character.
Does not belong here: what the words or numbers mean.

Punctuation that belongs to Chinese prose (`，；：！？（）`) is full width afterwards, digits,
Latin letters and signs are half width. White space is a matter of layout and goes, except between
two Latin letters or digits, where it tells two words or numbers apart.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from opencc import OpenCC

CACHED_TEXTS = 65_536
"""How many texts are remembered; cells and clauses repeat, and are asked for by several readers."""

_FULL_WIDTH = dict(zip(range(0xFF01, 0xFF5F), range(0x21, 0x7F), strict=True))
_PROSE_PUNCTUATION = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}
# Dashes that a typesetter prints for a hyphen, a minus or "to". The long dash stays: it also opens
# an aside, and page numbers stand between two of them.
_SIGNS = {"〜": "~", "∼": "~", "～": "~", "﹣": "-", "‐": "-", "‑": "-", "–": "-", "−": "-"}
_SIGNS |= {"﹪": "%", "﹢": "+", "•": "·", "・": "·", "〇": "〇", "○": "〇"}
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """Normalised text and, for each of its characters, where that was printed.

    `offsets` has one entry more than `text` has characters: the last is the length of the printed
    text. The printed slice of `text[i:j]` (j > i) is `printed[offsets[i] : offsets[j - 1] + 1]`.
    """

    text: str
    offsets: tuple[int, ...]


class _Folding(dict[int, str]):
    """Table for `str.translate`, filled as characters are met: always one character for one."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = _SIGNS.get(character) or chr(_FULL_WIDTH.get(code, code))
        if folded in _INVISIBLE:
            folded = "\u00ad"
        elif not folded.isascii() and folded.isspace():
            folded = " "
        elif not folded.isascii() and unicodedata.category(folded) == "Nd":
            folded = str(unicodedata.decimal(folded))
        folded = _PROSE_PUNCTUATION.get(folded, folded)
        self[code] = folded
        return folded


_FOLDING = _Folding()
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])\s*([，：])\s*(?=[0-9])")
_HALF_WIDTH = {"，": ",", "：": ":"}
_LAYOUT = re.compile(r"[\s\u00ad]+")


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=CACHED_TEXTS)
def _simplify_character(character: str) -> str:
    simplified: str = _converter().convert(character)
    return simplified if len(simplified) == 1 else character


def _convert_script(printed: str) -> str:
    """Traditional to Simplified, always as many characters as before."""
    if printed.isascii():
        return printed
    simplified: str = _converter().convert(_encodable(printed))
    if len(simplified) != len(printed):
        # A phrase whose other spelling is longer or shorter would put every later offset wrong.
        return "".join(_simplify_character(character) for character in _encodable(printed))
    return simplified


def _encodable(printed: str) -> str:
    """Lone surrogates, which some broken fonts yield, as the replacement character."""
    if any("\ud800" <= character <= "\udfff" for character in printed):
        return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in printed)
    return printed


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


@lru_cache(maxsize=CACHED_TEXTS)
def normalize(printed: str) -> NormalizedText:
    """The text in its one form, with the printed place of each character."""
    folded = _convert_script(printed).translate(_FOLDING)
    folded = _BETWEEN_DIGITS.sub(
        lambda match: match.group().replace(match[1], _HALF_WIDTH[match[1]]), folded
    )
    if not _LAYOUT.search(folded):
        return NormalizedText(folded, tuple(range(len(printed) + 1)))
    parts: list[str] = []
    offsets: list[int] = []
    position = 0
    for gap in _LAYOUT.finditer(folded):
        parts.append(folded[position : gap.start()])
        offsets.extend(range(position, gap.start()))
        position = gap.end()
        before = folded[gap.start() - 1] if gap.start() else ""
        after = folded[position] if position < len(folded) else ""
        is_only_invisible = not gap.group().strip("\u00ad")
        if before and after and _is_word(before) and _is_word(after) and not is_only_invisible:
            parts.append(" ")
            offsets.append(gap.start())
    parts.append(folded[position:])
    offsets.extend(range(position, len(printed) + 1))
    return NormalizedText("".join(parts), tuple(offsets))


def simplify(printed: str) -> str:
    """The text in its one form, for comparing and for publishing."""
    return normalize(printed).text
