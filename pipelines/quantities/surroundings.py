"""What stands around a number and belongs to it: comparators, a second unit, a range's other end.

Belongs here: reading these beside a numeral that is read already. Does not belong here: the numeral
itself (`grammar`), and any word (`words`).
"""

from __future__ import annotations

from dataclasses import replace

from pipelines.quantities.records import NumberKind, Token
from pipelines.quantities.words import NumberWords, Unit

COUNT = "count"
"""The dimension of units that count, in `units.csv`."""
COMPARATOR_REACH = 6
"""How many characters before a number may hold one comparator word."""


def take_other_unit(token: Token, text: str, words: NumberWords) -> Token:
    """300套（户） counts 套: whoever counts one counts the other."""
    match = words.other_unit.match(text, token.end)
    if match is None or words.units[match[1]].dimension != COUNT:
        return token
    return replace(token, end=match.end(), span_end=match.end())


def read_before(text: str, at: int, unit: Unit | None, words: NumberWords) -> tuple[str, int]:
    """The symbol of the comparators before `at`, the nearest first, and where they begin."""
    symbol = "="
    while match := words.before.search(text[max(0, at - COMPARATOR_REACH) : at]):
        comparator = words.comparators[match.group()]
        begin = at - len(match.group())
        if comparator.not_after and text.endswith(comparator.not_after, 0, begin):
            break
        if unit is not None and unit.dimension in comparator.not_before_dimensions:
            break
        symbol = symbol if symbol != "=" else comparator.symbol
        at = begin
    return symbol, at


def read_after(text: str, at: int, unit: Unit | None, words: NumberWords) -> tuple[str, int]:
    """The symbol of a comparator right behind `at`, and where it ends."""
    is_time = unit is not None and unit.dimension == "time"
    match = (words.after_time if is_time else words.after).match(text, at)
    return (words.after_symbols[match[1]], match.end()) if match else ("=", at)


def join_ranges(tokens: list[Token], text: str, words: NumberWords) -> list[Token]:
    """Give the first number of a range (50-74周岁) what only the second one prints."""
    measured = (NumberKind.QUANTITY, NumberKind.AGE)
    for index in range(len(tokens) - 2, -1, -1):
        first, second = tokens[index], tokens[index + 1]
        sign = text[first.end : second.start]
        if sign not in words.range_signs or second.kind not in measured or second.unit is None:
            continue
        if first.kind not in (*measured, NumberKind.UNRESOLVED):
            continue
        value = first.value
        if first.unit is None:
            if value is not None and first.multiplier == 1:
                value *= second.multiplier
            first = replace(first, value=value, unit=second.unit, kind=second.kind)
            tokens[index] = first
        elif first.unit != second.unit:
            continue
        is_growth = text.endswith(words.growth_before, 0, first.span_start)
        if (
            value is not None
            and second.value is not None
            and value < second.value
            and not is_growth
        ):
            tokens[index] = replace(first, upper=second.value)
            tokens[index + 1] = replace(second, ends_range=True)
    return tokens
