"""The value of a numeral: Arabic digits, Chinese numerals and multipliers, always exact.

Belongs here: the characters of the numeral system and digits to `Decimal`, nothing else. What
stands around a numeral is the grammar's, and its words are the vocabulary's.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

HUNDRED: Final = "百"
SMALL_MULTIPLIERS: Final = {"十": Decimal(10), HUNDRED: Decimal(100), "千": Decimal(1000)}
GREAT_MULTIPLIERS: Final = {"万": Decimal(10**4), "亿": Decimal(10**8)}
"""Those that multiply a whole numeral before them, Arabic digits too."""
MULTIPLIERS: Final = SMALL_MULTIPLIERS | GREAT_MULTIPLIERS
ZEROS: Final = "零〇"
ONE: Final = "一"
DECIMAL_POINT: Final = "点"
CHINESE_DIGITS: Final = {
    digit: value
    for value, digits in enumerate((ZEROS, ONE, "二两", "三", "四", "五", "六", "七", "八", "九"))
    for digit in digits
} | {"廿": 20, "卅": 30}
CHINESE_NUMERAL_CHARACTERS: Final = "".join(CHINESE_DIGITS) + "".join(MULTIPLIERS)
NO_BEGINNING: Final = (*(set(MULTIPLIERS) - {"十"}), *ZEROS)
"""A numeral that begins so is rhetoric (千家万户) or a code, not a count."""


def parse_arabic(digits: str) -> Decimal:
    """`1,000.5` → 1000.5. Separators of thousands may be commas or spaces."""
    return Decimal(digits.replace(",", "").replace(" ", ""))


def parse_multiplier(characters: str) -> Decimal:
    """`千万` → 10000000: the product of the characters; 1 for none."""
    product = Decimal(1)
    for character in characters:
        product *= MULTIPLIERS[character]
    return product


def parse_chinese(numeral: str) -> Decimal | None:
    """The value of a Chinese numeral, or None where it is not one well-formed number.

    Vague numerals (两三, 七八) and numerals that begin with 百, 千, 万 or 亿 (千家万户: rhetoric,
    not a count) have no value. `三点五万` and `一百二十` do.
    """
    if DECIMAL_POINT in numeral:
        return _parse_chinese_decimal(numeral)
    if not numeral or numeral.startswith(NO_BEGINNING):
        return None
    total = section = 0
    digit: int | None = None
    ceiling = section_ceiling = 10**16
    last_multiplier = 0
    for position, character in enumerate(numeral):
        if character in CHINESE_DIGITS:
            if character in ZEROS:
                continue
            if digit is not None:
                return None
            digit = CHINESE_DIGITS[character]
            if digit >= 10:
                section, digit = section + digit, None
            continue
        multiplier = int(MULTIPLIERS[character])
        if multiplier < 10**4:
            if multiplier >= section_ceiling or (digit is None and position and multiplier != 10):
                return None
            section += (1 if digit is None else digit) * multiplier
            section_ceiling = multiplier
        else:
            amount = section + (digit or 0)
            if amount == 0 or multiplier >= ceiling:
                return None
            total += amount * multiplier
            ceiling, section, section_ceiling = multiplier, 0, 10**16
        last_multiplier, digit = multiplier, None
    if digit is not None:
        # 一万二 is 12000: a last digit right after a multiplier counts tenths of it.
        is_short = last_multiplier >= 100 and numeral[-2] in MULTIPLIERS
        section += digit * (last_multiplier // 10 if is_short else 1)
    return Decimal(total + section)


def _parse_chinese_decimal(numeral: str) -> Decimal | None:
    whole, _, rest = numeral.partition(DECIMAL_POINT)
    digits = rest.rstrip("".join(MULTIPLIERS))
    if not digits or any(CHINESE_DIGITS.get(character, 10) > 9 for character in digits):
        return None
    units = Decimal(0) if whole in tuple(ZEROS) else parse_chinese(whole)
    if units is None:
        return None
    fraction = "".join(str(CHINESE_DIGITS[character]) for character in digits)
    return (units + Decimal(f"0.{fraction}")) * parse_multiplier(rest[len(digits) :])
