"""The shapes of numbers: digits × multiplier × measure word, compiled from the vocabulary.

Belongs here: regular expressions that need both digits and words. Does not belong here: words
(vocabulary files), and what a match means (`grammar`, `labels`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.quantities.numerals import (
    CHINESE_NUMERAL_CHARACTERS,
    DECIMAL_POINT,
    GREAT_MULTIPLIERS,
    MULTIPLIERS,
    SMALL_MULTIPLIERS,
)
from pipelines.quantities.words import NumberWords, alternatives

ARABIC_DIGITS = "0123456789"
ENCLOSED_NUMBERS = "①-⒛㈠-㈩"
"""Numbers that one character holds with a ring, brackets or a full stop: list marks."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """Compiled patterns over normalised text, and the words that they were compiled from.

    `arabic` and `chinese` name their groups `digits`, `more`, `multiplier`, `unit` (`arabic` has
    `groups`, for 1万2千, and `more_after` as well). `fraction` has `below` for what it divides by.
    """

    words: NumberWords
    arabic: re.Pattern[str]
    chinese: re.Pattern[str]
    chinese_percent: re.Pattern[str]
    fraction: re.Pattern[str]
    code: re.Pattern[str]
    candidate: re.Pattern[str]
    """Where a number or a code may begin."""


def compile_patterns(words: NumberWords) -> Patterns:
    """The patterns for the words of one directory."""
    numeral = f"[{CHINESE_NUMERAL_CHARACTERS}]"
    digits = f"(?P<digits>{numeral}+(?:{DECIMAL_POINT}{numeral}+)?)"
    great = "".join(GREAT_MULTIPLIERS)
    candidate = f"[{ARABIC_DIGITS}A-Za-z{ENCLOSED_NUMBERS}{CHINESE_NUMERAL_CHARACTERS}]"
    return Patterns(
        words=words,
        arabic=_compile_arabic(words),
        chinese=re.compile(
            rf"{digits}(?:(?P<more>[{''.join(words.within_symbols)}])(?P<multiplier>[{great}]+)?)?"
            rf"(?P<unit>{words.unit_pattern}|{words.tenths_pattern})"
        ),
        chinese_percent=re.compile(f"{digits}(?P<unit>)"),
        fraction=re.compile(
            rf"(?P<below>{numeral}+){words.fraction_sign}"
            rf"(?P<digits>{numeral}+(?:{DECIMAL_POINT}{numeral}+)?|\d+(?:\.\d+)?)(?P<unit>)"
        ),
        code=_compile_code(words),
        candidate=re.compile(candidate),
    )


def _compile_arabic(words: NumberWords) -> re.Pattern[str]:
    unit, within = words.unit_pattern, "".join(words.within_symbols)
    alone = alternatives(words.within_alone)
    # 5千米 is five kilometres: where a unit begins with a multiplier character, the unit wins.
    units_first = [spelling for spelling in words.units if spelling[0] in MULTIPLIERS]
    not_unit = f"(?!{'|'.join(map(re.escape, units_first))})" if units_first else ""
    small, great = "".join(SMALL_MULTIPLIERS), "".join(GREAT_MULTIPLIERS)
    # 5千万, 5万亿: the greater stand last.
    multiplier = f"{not_unit}(?:[{small}]?(?:{great}|[{great}])|[{small}])"
    digits = (
        r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"
        rf"|\d{{1,3}}(?: \d{{3}})+(?![\d.]) ?(?=[{within}]?(?:{multiplier}|{unit}))"
        r"|\d+(?:\.\d+)?"
    )
    return re.compile(
        rf"(?P<digits>{digits})"
        rf"(?:(?P<more>[{within}])?(?P<multiplier>{multiplier})"
        rf"(?P<groups>(?:\d+(?:\.\d+)?{multiplier})*))?"
        rf"(?P<more_after>[{within}](?={unit})|{alone})? ?(?P<unit>{unit}|{words.tenths_pattern})?"
    )


def _compile_code(words: NumberWords) -> re.Pattern[str]:
    """Latin letters and digits in one word (J-R21-12, 5G, H7N9), save numbers with a Latin unit."""
    latin = sorted((s for s in words.units if s[0].isascii()), key=len, reverse=True)
    units = "|".join(map(re.escape, latin))
    return re.compile(
        rf"(?!\d+(?:[.,]\d+)*(?:{units})(?![A-Za-z0-9]))"
        r"(?=[A-Za-z0-9.#_/·-]*[A-Za-z])(?=[A-Za-z.#_/·-]*\d)"
        r"[A-Za-z0-9]+(?:[.#_/·-]+[A-Za-z0-9]+)*"
    )
