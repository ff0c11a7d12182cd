"""Numbers as a word processor's lists print them: `3` → `三`, `③`, `iii`, `丙`, by format name.

Belongs here: the spelling of one number. Source of the formats: ISO/IEC 29500-1, 17.18.59
(ST_NumberFormat). Does not belong here: which number a paragraph has (`word_numbering`).
"""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def spell_marker(number: int, format_name: str) -> str:
    """The number in a list format of Word; plain digits where the format is not known here."""
    spell = _FORMATS.get(format_name)
    return (spell(number) if spell is not None else "") or str(number)


def _spell_chinese(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """Numbers below ten thousand with their units: 12 → 十二, 105 → 一百零五."""
    if not 0 < number < 10_000:
        return ""
    zero = "零"
    spelled = ""
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            spelled += digits[digit] + (units[place - 1] if place else "")
        elif spelled and not spelled.endswith(zero) and number % 10**place:
            spelled += zero
    is_teen = 10 <= number < 20 and digits is _DIGITS
    return spelled[1:] if is_teen else spelled


def _spell_counting(number: int) -> str:
    """As `_spell_chinese` below a hundred, then digit by digit: 105 → 一〇五."""
    return _spell_chinese(number) if number < 100 else _spell_digits(number)


def _spell_digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number)) if number >= 0 else ""


def _spell_letters(number: int) -> str:
    """a … z, then aa … zz."""
    count, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (count + 1) if number > 0 else ""


def _spell_roman(number: int) -> str:
    spelled = ""
    for value, letters in _ROMAN:
        while number >= value:
            spelled += letters
            number -= value
    return spelled


def _count_from(first: str, last: int) -> Callable[[int], str]:
    """Signs that Unicode keeps in a row, from the one for 1 to the one for `last`."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= last else ""


def _spell_enclosed(number: int) -> str:
    """① to ⑳, ㉑ to ㉟ and ㊱ to ㊿ stand in three rows."""
    for first, offset, last in (("①", 0, 20), ("㉑", 20, 35), ("㊱", 35, 50)):
        if offset < number <= last:
            return chr(ord(first) + number - offset - 1)
    return ""


def _spell_full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _repeat(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else ""


_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _spell_counting,
    "chineseCountingThousand": _spell_chinese,
    "chineseLegalSimplified": lambda n: _spell_chinese(n, _LEGAL_SIMPLIFIED, "拾佰仟"),
    "decimalEnclosedCircle": _spell_enclosed,
    "decimalEnclosedCircleChinese": _spell_enclosed,
    "decimalEnclosedFullstop": _count_from("⒈", 20),
    "decimalEnclosedParen": _count_from("⑴", 20),
    "decimalFullWidth": _spell_full_width,
    "decimalFullWidth2": _spell_full_width,
    "decimalZero": lambda n: f"{n:02d}",
    "ideographDigital": _spell_digits,
    "ideographEnclosedCircle": _count_from("㊀", 10),
    "ideographLegalTraditional": lambda n: _spell_chinese(n, _LEGAL_TRADITIONAL, "拾佰仟"),
    "ideographTraditional": _repeat(_STEMS),
    "ideographZodiac": _repeat(_BRANCHES),
    "japaneseCounting": _spell_chinese,
    "japaneseDigitalTenThousand": _spell_digits,
    "lowerLetter": _spell_letters,
    "lowerRoman": _spell_roman,
    "taiwaneseCounting": _spell_counting,
    "taiwaneseCountingThousand": _spell_chinese,
    "upperLetter": lambda n: _spell_letters(n).upper(),
    "upperRoman": lambda n: _spell_roman(n).upper(),
}
