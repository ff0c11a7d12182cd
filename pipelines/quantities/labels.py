"""Numbers that count nothing: years, dates, list numbers, codes and names.

Belongs here: reading a label at a place in normalised text, by the rules of the vocabulary and,
for list numbers, by their place in the text. Does not belong here: quantities (`grammar`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from pipelines.quantities.numerals import parse_chinese
from pipelines.quantities.patterns import Patterns
from pipelines.quantities.records import NumberKind, Token, make_label
from pipelines.quantities.text import NormalizedText
from pipelines.quantities.words import NumberWords

YEAR_DIGITS = 4
SHORT_QUOTE = 18
"""Up to so many characters between quotation marks are a name; longer ones are quoted prose."""
LONGEST_UNIT = 4
"""How many characters after the digits of a name may be its unit (15分钟)."""

_DIGIT_RUN = re.compile(r"\d+(?:\.\d+)?")
_LIST_MARK = re.compile(r"(\d{1,2})(?=[.．、）)](?!$)|，(?=[^\d\s]))")
_DECIMAL_START = re.compile(r"(\d{1,2})\.(\d+)")
_QUOTES = re.compile(r"“[^“”]*”|‘[^‘’]*’|《[^《》]*》|「[^「」]*」|『[^『』]*』|\"[^\"]*\"")
_PROSE_MARK = re.compile("[，。；]")


def read_label(text: str, at: int, words: NumberWords) -> tuple[Token, ...]:
    """The tokens of the label that begins here, one for each run of digits; none if none does."""
    match = words.labels.match(text, at)
    if match is None or match.lastgroup is None:
        return ()
    rule = words.label_rules[match.lastgroup]
    kind = NumberKind(rule.kind)
    if kind in (NumberKind.DATE, NumberKind.YEAR):
        return tuple(_read_date_parts(text, match, kind, words.date_part))
    runs = tuple(_DIGIT_RUN.finditer(text, match.start(), match.end()))
    if not runs:
        value = _value_of_sign(match.group())
        return (make_label(match.start(), match.end(), kind, value),)
    tokens: list[Token] = []
    for run in runs:
        value = Decimal(run.group()) if rule.has_value else None
        token = make_label(run.start(), run.end(), kind, value)
        is_name = kind is NumberKind.NAME
        tokens.append(_attach_unit(token, text, words, match.end()) if is_name else token)
    return tuple(tokens)


def _read_date_parts(
    text: str, match: re.Match[str], kind: NumberKind, date_part: re.Pattern[str]
) -> Iterator[Token]:
    for part in date_part.finditer(text, match.start(), match.end()):
        is_year = part.end(1) - part.start() == YEAR_DIGITS
        token = make_label(
            part.start(), part.end(), NumberKind.YEAR if is_year else kind, Decimal(part[1])
        )
        yield replace(token, number_end=part.end(1), unit=part[2])


def _value_of_sign(sign: str) -> Decimal | None:
    """Of a Chinese digit or of a number that one character holds (①)."""
    if len(sign) != 1:
        return parse_chinese(sign)
    number = unicodedata.numeric(sign, None)
    return None if number is None else Decimal(int(number))


def _attach_unit(token: Token, text: str, words: NumberWords, limit: int) -> Token:
    for length in range(min(LONGEST_UNIT, limit - token.end), 0, -1):
        unit = words.units.get(text[token.end : token.end + length])
        if unit is not None:
            end = token.end + length
            return replace(token, end=end, span_end=end, unit=unit.unit)
    return token


def read_code(text: str, at: int, patterns: Patterns) -> tuple[Token, ...]:
    """Digits that hang together with Latin letters: plot numbers, roads, models."""
    match = patterns.code.match(text, at)
    if match is None:
        return ()
    word = re.fullmatch(r"([A-Za-z]{2,})\d+(?:\.\d+)?", match.group())
    quantity = patterns.arabic.match(text, at + len(word[1])) if word else None
    if quantity and quantity["unit"]:
        return ()  # AED1000台: a word, then a quantity
    runs = _DIGIT_RUN.finditer(text, match.start(), match.end())
    return tuple(make_label(run.start(), run.end(), NumberKind.CODE, None) for run in runs)


def read_item(
    normalized: NormalizedText, printed: str, at: int, last_item: int, patterns: Patterns
) -> Token | None:
    """A list number at the start of a clause: `1.…；2.…`, `3、…`, `7.3完成…`.

    `last_item` is the list number read before in the same text, 0 if none was: where a full stop
    could be a decimal point, a list that goes on decides.
    """
    text = normalized.text
    mark = _LIST_MARK.match(text, at)
    if mark is None:
        return None
    opens_clause = at == 0 or text[at - 1] in patterns.words.clause_marks
    if not opens_clause and not _opens_line(normalized, printed, at):
        return None
    decimal = _DECIMAL_START.match(text, at)
    if decimal is not None:
        return _split_decimal(text, decimal, last_item, opens_clause, patterns)
    if text[mark.end()] == "、" and text[mark.end() + 1].isdigit():
        return None  # 3、6、9月底前
    return make_label(at, mark.end(), NumberKind.ORDINAL, Decimal(mark[1]))


def _opens_line(normalized: NormalizedText, printed: str, at: int) -> bool:
    before = normalized.offsets[at - 1]
    return "\n" in printed[before : normalized.offsets[at]]


def _split_decimal(
    text: str, decimal: re.Match[str], last_item: int, opens_clause: bool, patterns: Patterns
) -> Token | None:
    """`1.3月初` is item 1 and March; `7.3完成` is item 7.3; `1.5公里` is a length."""
    at, words = decimal.start(), patterns.words
    if words.labels.match(text, at):
        return None
    item = make_label(at, decimal.end(1), NumberKind.ORDINAL, Decimal(decimal[1]))
    rest = read_label(text[decimal.start(2) :], 0, words)
    if rest and rest[0].kind in (NumberKind.DATE, NumberKind.YEAR):
        return item
    match = patterns.arabic.match(text, at)
    if match is None or match["multiplier"]:
        return None
    if not match["unit"]:
        goes_on = decimal.end() < len(text) and not text[decimal.end()].isascii()
        whole = make_label(at, decimal.end(), NumberKind.ORDINAL, Decimal(decimal.group()))
        return whole if opens_clause and goes_on else None
    number = int(decimal[1])
    following = re.compile(rf"[；。\n]{number + 1}[.、]")
    is_next = number == last_item + 1 and (last_item > 0 or following.search(text, at) is not None)
    unit = words.units.get(match["unit"])
    is_countable = unit is not None and unit.dimension == "count"
    return item if is_next or (is_countable and opens_clause) else None


def find_name_quotes(text: str) -> tuple[tuple[int, int], ...]:
    """Insides of quotations that name something (“15分钟生活圈”), not of prose that is quoted."""
    return tuple(
        (match.start() + 1, match.end() - 1)
        for match in _QUOTES.finditer(text)
        if len(match.group()) - 2 <= SHORT_QUOTE and not _PROSE_MARK.search(match.group())
    )


def find_quote(quotes: tuple[tuple[int, int], ...], at: int) -> tuple[int, int] | None:
    """The quotation that holds the position."""
    return next((quote for quote in quotes if quote[0] <= at < quote[1]), None)
