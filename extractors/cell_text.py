"""The text of a cell as it is compared: folded, as a bare quantity, by the digits in it.

Belongs here: what the text of a cell or of one row says by itself. Does not belong here: what rows
say of each other (`continuation`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence, Set

from extractors.lines import FINAL_MARKS
from extractors.records import Cell

_QUANTITY = re.compile(r"^[^\d]{0,3}\d[\d.,]*[^\d]{0,8}$")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def simplify(text: str) -> str:
    """Text for comparison: width and kind of punctuation folded, white space dropped."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def is_quantity(text: str) -> bool:
    """Whether a cell holds a bare figure such as `600 人` or `12.5%`: it never runs over a page."""
    return _QUANTITY.match(simplify(text)) is not None


def find_digits(text: str) -> frozenset[str]:
    """The numbers in a text, as digits."""
    return frozenset(_DIGITS.findall(simplify(text)))


def has_digits(text: str) -> bool:
    """Whether any digit stands in the text."""
    return _DIGITS.search(text) is not None


def mentions(text: str, figures: Set[str]) -> bool:
    """Whether one of the figures stands in the text, with or without marks between thousands."""
    return bool(figures & set(_DIGITS.findall(simplify(text).replace(",", ""))))


def is_heading_like(cells: Sequence[Cell]) -> bool:
    """A row that could be a header: several short, different words, no figure and no end mark."""
    texts = [simplify(cell.text) for cell in cells]
    return (
        len(texts) > 1
        and all(texts)
        and len(set(texts)) == len(texts)
        and all(len(text) <= 12 and not has_digits(text) for text in texts)
        and not any(text[-1] in FINAL_MARKS for text in texts)
    )
