"""Every number of a Chinese text: where it stands, its value, unit, comparator and kind.

Belongs here: the grammar, digits or Chinese numerals × multiplier × measure word with comparators
on either side, and the choice between a quantity and a label (a year, an age, a name, a code).
Does not belong here: words (vocabulary files, see `words`), the value of a numeral (`numerals`),
and what a quantity is for (target, scope, report): that is the reader's to decide.

Every Arabic digit of a text belongs to exactly one `Number`; a digit that nothing explains becomes
`unresolved`. Chinese numerals are reported only where they count: before a measure word, and not
in an idiom, an ordinal or a name.

A number that is all of its text (a table cell: `1400`, `9.1`) is a quantity without a unit: only
the column that it stands in can say whether it counts, measures or numbers something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache

from pipelines.quantities.numerals import (
    CHINESE_NUMERAL_CHARACTERS,
    parse_arabic,
    parse_chinese,
    parse_multiplier,
)
from pipelines.quantities.text import CACHED_TEXTS, NormalizedText, normalize
from pipelines.quantities.words import NumberWords, Unit, load_words

COMPARATOR_REACH = 6
"""How many characters before a number may hold one comparator word."""
YEAR_DIGITS = 4
SHORT_QUOTE = 18
"""Up to so many characters between quotation marks are a name; longer ones are quoted prose."""


class NumberKind(StrEnum):
    """What a printed number is."""

    QUANTITY = "quantity"
    ORDINAL = "ordinal"
    YEAR = "year"
    DATE = "date"
    AGE = "age"
    NAME = "name"
    CODE = "code"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Number:
    """One number. All offsets count characters of the printed text, half open.

    `[start, end)` covers numeral, multiplier and unit (`as_printed` is that slice),
    `[number_start, number_end)` the numeral with its multiplier, `[span_start, span_end)` the
    comparators on either side as well. `value` has its multiplier resolved; a percentage keeps 83
    with unit `%`. `comparator` is one of `= >= > <= < ~`. In a range (3~5层) the first number
    takes unit and multiplier of the second, with `>=` and `<=`.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    as_printed: str
    value: Decimal | None
    unit: str | None
    comparator: str
    kind: NumberKind
    span_start: int
    span_end: int


@dataclass(frozen=True, slots=True)
class _Token:
    """A number in the normalised text, before it is put back into the printed one."""

    start: int
    number_end: int
    end: int
    span_start: int
    span_end: int
    value: Decimal | None
    unit: str | None
    comparator: str
    kind: NumberKind
    multiplier: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class _Patterns:
    arabic: re.Pattern[str]
    chinese: re.Pattern[str]
    code: re.Pattern[str]
    candidate: re.Pattern[str]


_DIGIT_RUN = re.compile(r"\d+(?:\.\d+)?")
_DATE_PART = re.compile(r"(\d+)([年月日号]|个?季度|时|点)?")
_LIST_MARK = re.compile(r"(\d{1,2})(?=[.．、）)]|，(?=[^\d\s]))")
_DECIMAL_START = re.compile(r"(\d{1,2})\.(\d+)")
_QUOTES = re.compile(r"“[^“”]*”|‘[^‘’]*’|《[^《》]*》|「[^「」]*」|『[^『』]*』|\"[^\"]*\"")
_PROSE_MARK = re.compile("[，。；]")


@cache
def _patterns() -> _Patterns:
    words = load_words()
    unit = words.unit_pattern
    beginnings = sorted({s for s in words.units if s[0] in "十百千万亿"}, key=len, reverse=True)
    not_unit = f"(?!{'|'.join(map(re.escape, beginnings))})" if beginnings else ""
    multiplier = f"{not_unit}(?:[十百千](?:万亿|[万亿])?|万亿|[万亿])"
    within = "".join(words.within_symbols)
    digits = (
        r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?"
        rf"|\d{{1,3}}(?: \d{{3}})+(?![\d.]) ?(?=[{within}]?(?:{multiplier}|{unit}))"
        r"|\d+(?:\.\d+)?"
    )
    more = rf"[{within}](?=(?:{multiplier})?(?:{unit}))|余"
    arabic = (
        rf"(?P<digits>{digits})(?:(?P<more>[{within}])?(?P<multiplier>{multiplier})"
        rf"(?P<groups>(?:\d+(?:\.\d+)?{multiplier})*))?"
        rf"(?P<more_after>{more})? ?(?P<unit>{unit}|{words.tenths_pattern})?"
    )
    numeral = f"[{CHINESE_NUMERAL_CHARACTERS}]"
    chinese = (
        rf"(?P<digits>{numeral}+(?:点{numeral}+)?)(?:(?P<more>[{within}])(?P<multiplier>[万亿]+)?)?"
        rf"(?P<unit>{unit}|{words.tenths_pattern})"
    )
    latin_unit = "|".join(
        re.escape(s) for s in sorted(words.units, key=len, reverse=True) if s[0].isascii()
    )
    code = (
        rf"(?!\d+(?:\.\d+)? ?(?:{latin_unit})(?![A-Za-z0-9]))"
        r"(?=[A-Za-z0-9.#_/·-]*[A-Za-z])(?=[A-Za-z.#_/·-]*\d)"
        r"[A-Za-z0-9]+(?:[.#_/·-]+[A-Za-z0-9]+)*"
    )
    candidate = rf"[0-9A-Za-z①-⒛㈠-㈩{CHINESE_NUMERAL_CHARACTERS}]"
    return _Patterns(
        re.compile(arabic), re.compile(chinese), re.compile(code), re.compile(candidate)
    )


@lru_cache(maxsize=CACHED_TEXTS)
def find_numbers(printed: str) -> tuple[Number, ...]:
    """Every number of the text, in order, each exactly once; see the module for what counts."""
    normalized = normalize(printed)
    tokens = _join_ranges(list(_scan(normalized, printed)), normalized.text)
    return tuple(_place(token, normalized, printed) for token in tokens)


def _place(token: _Token, normalized: NormalizedText, printed: str) -> Number:
    offsets = normalized.offsets

    def stop(position: int) -> int:
        return offsets[position - 1] + 1

    start, end = offsets[token.start], stop(token.end)
    return Number(
        start=start,
        end=end,
        number_start=start,
        number_end=stop(token.number_end),
        as_printed=printed[start:end],
        value=token.value,
        unit=token.unit,
        comparator=token.comparator,
        kind=token.kind,
        span_start=offsets[token.span_start],
        span_end=stop(token.span_end),
    )


def _scan(normalized: NormalizedText, printed: str) -> Iterator[_Token]:
    text, words, patterns = normalized.text, load_words(), _patterns()
    quotes = _find_name_quotes(text)
    last_item = 0
    position = 0
    while candidate := patterns.candidate.search(text, position):
        at = candidate.start()
        character = text[at]
        if character in CHINESE_NUMERAL_CHARACTERS:
            idiom = words.idioms.match(text, at)
            token = None if idiom else _read_chinese(text, at, words, quotes)
            if token is None and not idiom:
                token = next(_read_label(text, at, words), None)
            if token is not None:
                yield token
                position = token.end
            else:
                position = idiom.end() if idiom else _skip_numeral(text, at)
            continue
        if character.isdigit() and (item := _read_item(normalized, printed, at, last_item)):
            last_item = int(item.value or 0)
            yield item
            position = item.end
            continue
        found = tuple(_read_label(text, at, words)) or tuple(_read_code(text, at))
        if not found and character.isdigit():
            found = (_read_arabic(text, at, words, quotes),)
        yield from found
        position = found[-1].end if found else _skip_word(text, at)


def _skip_numeral(text: str, at: int) -> int:
    while at < len(text) and text[at] in CHINESE_NUMERAL_CHARACTERS:
        at += 1
    return at


def _skip_word(text: str, at: int) -> int:
    """Past Latin letters, up to the next digit or the end of the word."""
    at += 1
    while at < len(text) and text[at].isascii() and text[at].isalpha():
        at += 1
    return at


def _find_name_quotes(text: str) -> tuple[tuple[int, int], ...]:
    """Quotations that name something (“15分钟生活圈”), not prose that is quoted."""
    return tuple(
        (match.start() + 1, match.end() - 1)
        for match in _QUOTES.finditer(text)
        if match.end() - match.start() - 2 <= SHORT_QUOTE and not _PROSE_MARK.search(match.group())
    )


def _find_quote(quotes: tuple[tuple[int, int], ...], at: int) -> tuple[int, int] | None:
    return next((quote for quote in quotes if quote[0] <= at < quote[1]), None)


def _label(start: int, end: int, kind: NumberKind, value: Decimal | None) -> _Token:
    return _Token(start, end, end, start, end, value, None, "=", kind)


def _read_item(
    normalized: NormalizedText, printed: str, at: int, last_item: int
) -> _Token | None:
    """A list number at the start of a clause: `1.…；2.…`, `3、…`, `7.3完成…`."""
    text = normalized.text
    if not _starts_clause(normalized, printed, at):
        return None
    mark = _LIST_MARK.match(text, at)
    if mark is None:
        return None
    number, rest = Decimal(mark[1]), text[mark.end() + 1 :]
    token = _label(at, mark.end(), NumberKind.ORDINAL, number)
    if text[mark.end()] not in ".．":
        return token if rest and not (text[mark.end()] == "、" and rest[0].isdigit()) else None
    decimal = _DECIMAL_START.match(text, at)
    if decimal is None:
        return token
    return _split_decimal_item(text, at, decimal, last_item)


def _split_decimal_item(
    text: str, at: int, decimal: re.Match[str], last_item: int
) -> _Token | None:
    """`1.3月初` is item 1 and March; `7.3完成` is item 7.3; `1.5公里` is a length."""
    words, patterns = load_words(), _patterns()
    if words.labels.match(text, at):
        return None
    number = Decimal(decimal[1])
    whole = _label(at, decimal.end(1), NumberKind.ORDINAL, number)
    rest = next(_read_label(text[decimal.start(2) :], 0, words), None)
    if rest is not None and rest.kind in (NumberKind.DATE, NumberKind.YEAR):
        return whole
    match = patterns.arabic.match(text, at)
    if match and match["multiplier"]:
        return None
    if match is None or not match["unit"]:
        if decimal.end() < len(text) and not text[decimal.end()].isascii():
            return _label(at, decimal.end(), NumberKind.ORDINAL, Decimal(decimal.group()))
        return None
    unit = words.units.get(match["unit"])
    is_next = int(number) == last_item + 1 and (
        last_item > 0 or re.search(rf"[；。;]\s*{int(number) + 1}\.", text[at:]) is not None
    )
    is_countable = unit is not None and unit.dimension == "count"
    return whole if is_countable or is_next else None


def _starts_clause(normalized: NormalizedText, printed: str, at: int) -> bool:
    if at == 0:
        return True
    if normalized.text[at - 1] in load_words().clause_marks:
        return True
    offsets = normalized.offsets
    return "\n" in printed[offsets[at - 1] + 1 : offsets[at]] and normalized.text[at - 1] == " "


def _read_label(text: str, at: int, words: NumberWords) -> Iterator[_Token]:
    """The tokens of the label that begins here, if one does: one for each run of digits."""
    match = words.labels.match(text, at)
    if match is None or match.lastgroup is None:
        return
    rule = words.label_rules[match.lastgroup]
    kind = NumberKind(rule.kind)
    parts = _DATE_PART if kind in (NumberKind.DATE, NumberKind.YEAR) else _DIGIT_RUN
    found = False
    for part in parts.finditer(text, match.start(), match.end()):
        found = True
        value = Decimal(part[1] if parts is _DATE_PART else part.group()) if rule.has_value else None
        token = _label(part.start(), part.end(), kind, value)
        if kind is NumberKind.DATE and part.end() - part.start() == YEAR_DIGITS:
            token = replace(token, kind=NumberKind.YEAR)
        if parts is _DATE_PART and part[2]:
            token = replace(token, number_end=part.end(1), unit=part[2])
        elif kind is NumberKind.NAME:
            token = _attach_unit(token, text, words, match.end())
        yield token
    if not found:
        yield _label(match.start(), match.end(), kind, _value_of_sign(match.group()))


def _value_of_sign(sign: str) -> Decimal | None:
    """Of a Chinese digit or a circled number."""
    import unicodedata

    if len(sign) != 1:
        return parse_chinese(sign)
    number = unicodedata.numeric(sign, None)
    return None if number is None else Decimal(int(number))


def _attach_unit(token: _Token, text: str, words: NumberWords, limit: int) -> _Token:
    for length in range(min(4, limit - token.end), 0, -1):
        unit = words.units.get(text[token.end : token.end + length])
        if unit is not None:
            end = token.end + length
            return replace(token, end=end, span_end=end, unit=unit.unit)
    return token


def _read_code(text: str, at: int) -> Iterator[_Token]:
    """Digits that hang together with Latin letters: plot numbers, roads, models (J-R21-12, 5G)."""
    match = _patterns().code.match(text, at)
    if match is None:
        return
    counted = re.fullmatch(r"([A-Za-z]{2,})(\d+(?:\.\d+)?)", match.group())
    if counted and _patterns().arabic.match(text, at + len(counted[1])):
        quantity = _patterns().arabic.match(text, at + len(counted[1]))
        if quantity and quantity["unit"]:
            return  # AED1000台: a word, then a quantity
    for part in _DIGIT_RUN.finditer(text, match.start(), match.end()):
        yield _label(part.start(), part.end(), NumberKind.CODE, None)


def _read_arabic(
    text: str, at: int, words: NumberWords, quotes: tuple[tuple[int, int], ...]
) -> _Token:
    match = _patterns().arabic.match(text, at)
    assert match is not None, "every digit begins an Arabic number"
    multiplier = parse_multiplier(match["multiplier"] or "")
    value = parse_arabic(match["digits"].strip()) * multiplier
    groups = match["groups"] or ""
    for group in re.finditer(r"(\d+(?:\.\d+)?)(\D+)", groups):
        value += parse_arabic(group[1]) * parse_multiplier(group[2])
    number_end = max(match.end(name) for name in ("digits", "multiplier", "groups", "more_after"))
    number_end -= match.group().endswith(" ") and number_end == match.end()
    token = _Token(
        at, number_end, match.end("unit") if match["unit"] else number_end, at, match.end(),
        value, None, "=", NumberKind.UNRESOLVED, multiplier,
    )
    return _finish(token, match, text, words, quotes)


def _finish(
    token: _Token,
    match: re.Match[str],
    text: str,
    words: NumberWords,
    quotes: tuple[tuple[int, int], ...],
) -> _Token:
    """Unit, comparators and kind of a numeral that is not a label."""
    unit = words.units.get(match["unit"] or "")
    name = unit.unit if unit else None
    value = token.value
    if match["unit"] == words.tenths_word and value is not None:
        name, value = words.tenths_unit, value * words.tenths_factor
    before, span_start, percent_start = _read_before(text, token.start, unit, words)
    start = token.start
    if percent_start is not None:
        name, start = words.percent_unit, percent_start
    after, span_end = _read_after(text, token.end, unit, words)
    groups = match.groupdict()
    within = next((words.within_symbols[s] for g in ("more", "more_after") if (s := groups.get(g))), "=")
    comparator = next((symbol for symbol in (before, within, after) if symbol != "="), "=")
    quote = _find_quote(quotes, token.start)
    is_resolved = bool(
        name or groups.get("multiplier") or comparator != "=" or "," in match["digits"]
        or len(text) == token.end - start
    )
    if quote and not (token.end == quote[1] and token.start > quote[0] and name):
        kind = NumberKind.NAME
    elif unit and unit.dimension == "age":
        kind = NumberKind.AGE
    else:
        kind = NumberKind.QUANTITY if is_resolved else NumberKind.UNRESOLVED
    return replace(
        token, start=start, span_start=span_start, span_end=span_end, value=value, unit=name,
        comparator=comparator, kind=kind,
    )


def _read_before(
    text: str, at: int, unit: Unit | None, words: NumberWords
) -> tuple[str, int, int | None]:
    """Comparators before `at`: symbol, where they begin, and where a 百分之 begins, if any."""
    percent_start = None
    if text.endswith(words.percent_before, 0, at):
        at = percent_start = at - len(words.percent_before)
    symbol, start = "=", at
    while match := words.before.search(text[max(0, start - COMPARATOR_REACH) : start]):
        comparator = words.comparators[match.group()]
        begin = start - len(match.group())
        if text[:begin].endswith(comparator.not_after or ("\0",)):
            break
        if unit is not None and unit.dimension in comparator.not_before_dimensions:
            break
        symbol = symbol if symbol != "=" else comparator.symbol
        start = begin
    return symbol, start, percent_start


def _read_after(
    text: str, at: int, unit: Unit | None, words: NumberWords
) -> tuple[str, int]:
    is_time = unit is not None and unit.dimension == "time"
    match = (words.after_time if is_time else words.after).match(text, at)
    return (words.after_symbols[match[1]], match.end()) if match else ("=", at)


def _read_chinese(
    text: str, at: int, words: NumberWords, quotes: tuple[tuple[int, int], ...]
) -> _Token | None:
    """A Chinese numeral that counts something, or None."""
    is_percent = text.endswith(words.percent_before, 0, at)
    match = _patterns().chinese.match(text, at)
    if is_percent:
        match = re.compile(
            rf"(?P<digits>[{CHINESE_NUMERAL_CHARACTERS}点]+)(?P<unit>)"
        ).match(text, at)
    if match is None or _find_quote(quotes, at):
        return None
    numeral, spelling = match["digits"], match["unit"]
    value = Decimal(100) if is_percent and numeral == "百" else parse_chinese(numeral)
    if value is None:
        return None
    value *= parse_multiplier(match.groupdict().get("multiplier") or "")
    if not is_percent and not _counts(text, at, numeral, spelling, match.end(), words):
        return None
    number_end = match.start("unit")
    token = _Token(
        at, number_end, match.end(), at, match.end(), value, None, "=", NumberKind.QUANTITY
    )
    return _finish(token, match, text, words, quotes)


def _counts(
    text: str, at: int, numeral: str, spelling: str, end: int, words: NumberWords
) -> bool:
    if numeral in words.never_counts or text.startswith(spelling, end):
        return False  # 一项项: a doubled measure word means every single one
    before = text[max(0, at - 4) : at]
    if words.chinese_not_after.search(before):
        return False
    name = words.units[spelling].unit if spelling in words.units else spelling
    if numeral == "一" and (words.one_not_after.search(before) or name in words.one_not_before):
        return False
    return not (name in words.arabic_only and not set(numeral) & set("万亿"))


def _join_ranges(tokens: list[_Token], text: str) -> list[_Token]:
    """Give the first number of a range (50-74周岁) what only the second one prints."""
    signs = load_words().range_signs
    for index in range(len(tokens) - 2, -1, -1):
        first, second = tokens[index], tokens[index + 1]
        if text[first.end : second.start] not in signs or second.unit is None:
            continue
        if second.kind not in (NumberKind.QUANTITY, NumberKind.AGE):
            continue
        if first.kind is NumberKind.UNRESOLVED or (
            first.kind is NumberKind.QUANTITY and first.unit in (None, second.unit)
        ):
            value = first.value
            if value is not None and first.multiplier == 1 and first.unit is None:
                value *= second.multiplier
            tokens[index] = replace(
                first, value=value, unit=second.unit, kind=second.kind, comparator=">="
            )
            tokens[index + 1] = replace(second, comparator="<=")
    return tokens
