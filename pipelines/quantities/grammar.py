"""Every number of a Chinese text: where it stands, its value, unit, comparator and kind.

Belongs here: the grammar, digits or Chinese numerals × multiplier × measure word with comparators
on either side. Does not belong here: words (vocabulary files, see `words`), the value of a numeral
(`numerals`), numbers that count nothing (`labels`), and what a quantity is for (target, scope,
report): that is the reader's to decide.

Every Arabic digit of a text belongs to exactly one `Number`; a digit that nothing explains becomes
`unresolved`. Chinese numerals are reported only where they count: before a measure word, and not
in an idiom, an ordinal or a name.

A number that is all of its text (a table cell: `1400`, `9.1`) is a quantity without a unit: only
the column that it stands in can say whether it counts, measures or numbers something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache

from pipelines.quantities.labels import (
    find_name_quotes,
    find_quote,
    read_code,
    read_item,
    read_label,
)
from pipelines.quantities.numerals import (
    CHINESE_NUMERAL_CHARACTERS,
    GREAT_MULTIPLIERS,
    HUNDRED,
    MULTIPLIERS,
    ONE,
    parse_arabic,
    parse_chinese,
    parse_multiplier,
)
from pipelines.quantities.patterns import ARABIC_DIGITS, Patterns, compile_patterns
from pipelines.quantities.records import Number, NumberKind, Token
from pipelines.quantities.surroundings import (
    COMPARATOR_REACH,
    COUNT,
    join_ranges,
    read_after,
    read_before,
    take_other_unit,
)
from pipelines.quantities.text import CACHED_TEXTS, NormalizedText, normalize
from pipelines.quantities.words import BASE_PLACES, PROJECT_FILES, NumberWords, load_words
from pipelines.word_files import WordFiles

__all__ = ["Number", "NumberGrammar", "NumberKind", "find_numbers", "load_grammar"]

_Quotes = tuple[tuple[int, int], ...]
_GROUP = re.compile(r"(\d+(?:\.\d+)?)(\D+)")


@dataclass(frozen=True, eq=False)
class NumberGrammar:
    """The grammar by the words of one directory. Two are equal only where they are the same."""

    words: NumberWords
    patterns: Patterns

    def find_numbers(self, printed: str) -> tuple[Number, ...]:
        """Every number of the text, in order, each exactly once; see the module for what counts.

        Remembered: cells and clauses repeat, and several readers ask for the same one.
        """
        return self._remembered(printed)

    def read(self, printed: str) -> tuple[Number, ...]:
        """As `find_numbers`, without remembering."""
        normalized = normalize(printed)
        tokens = list(_scan(normalized, printed, self.patterns))
        tokens = join_ranges(tokens, normalized.text, self.words)
        return tuple(_place(token, normalized, printed) for token in tokens)

    @cached_property
    def _remembered(self) -> Callable[[str], tuple[Number, ...]]:
        return lru_cache(maxsize=CACHED_TEXTS)(self.read)


@cache
def load_grammar(files: WordFiles = PROJECT_FILES) -> NumberGrammar:
    """The grammar by the words of a folder, compiled once.

    Raises:
        VocabularyError: `units.csv` or `number_words.yml` cannot be used.
    """
    words = load_words(files)
    return NumberGrammar(words, compile_patterns(words))


def find_numbers(printed: str) -> tuple[Number, ...]:
    """Every number of the text by the project's own words."""
    return load_grammar().find_numbers(printed)


def _place(token: Token, normalized: NormalizedText, printed: str) -> Number:
    offsets = normalized.offsets
    start, end = offsets[token.start], offsets[token.end - 1] + 1
    return Number(
        start=start,
        end=end,
        number_start=start,
        number_end=offsets[token.number_end - 1] + 1,
        as_printed=printed[start:end],
        value=token.value,
        unit=token.unit,
        comparator=token.comparator,
        kind=token.kind,
        span_start=offsets[token.span_start],
        span_end=offsets[token.span_end - 1] + 1,
        upper=token.upper,
        ends_range=token.ends_range,
    )


def _scan(normalized: NormalizedText, printed: str, patterns: Patterns) -> Iterator[Token]:
    text, candidate = normalized.text, patterns.candidate
    quotes = find_name_quotes(text)
    last_item = position = 0
    while found := candidate.search(text, position):
        at = found.start()
        if text[at] in CHINESE_NUMERAL_CHARACTERS:
            tokens, position = _read_chinese_word(text, at, quotes, patterns)
            yield from tokens
            continue
        is_digit = text[at] in ARABIC_DIGITS
        if is_digit and (item := read_item(normalized, printed, at, last_item, patterns)):
            last_item, position = int(item.value or 0), item.end
            yield item
            continue
        tokens = read_label(text, at, patterns.words) or read_code(text, at, patterns)
        if not tokens and is_digit:
            tokens = (_read_arabic(text, at, quotes, patterns),)
        yield from tokens
        position = tokens[-1].end if tokens else _skip_word(text, at)


def _skip_word(text: str, at: int) -> int:
    """Past Latin letters, up to the next digit or the end of the word."""
    at += 1
    while at < len(text) and text[at].isascii() and text[at].isalpha():
        at += 1
    return at


def _read_chinese_word(
    text: str, at: int, quotes: _Quotes, patterns: Patterns
) -> tuple[tuple[Token, ...], int]:
    """What a Chinese numeral yields, and where to read on."""
    idiom = patterns.words.idioms.match(text, at)
    # 一馆一策 is a fixed phrase; 一0一 holds a digit that must not be lost with it.
    if idiom and not any(character in ARABIC_DIGITS for character in idiom[0]):
        return (), idiom.end()
    token = _read_fraction(text, at, quotes, patterns) or _read_chinese(text, at, quotes, patterns)
    tokens = (token,) if token else read_label(text, at, patterns.words)
    if tokens:
        return tokens, tokens[-1].end
    while at < len(text) and text[at] in CHINESE_NUMERAL_CHARACTERS:
        at += 1
    return (), at


def _read_arabic(text: str, at: int, quotes: _Quotes, patterns: Patterns) -> Token:
    match = patterns.arabic.match(text, at)
    assert match is not None, "every digit begins an Arabic number"
    multiplier = parse_multiplier(match["multiplier"] or "")
    value = parse_arabic(match["digits"].strip()) * multiplier
    for group in _GROUP.finditer(match["groups"] or ""):
        value += parse_arabic(group[1]) * parse_multiplier(group[2])
    start = at
    is_percent = match["unit"] == patterns.words.percent_unit
    if is_percent and patterns.words.negative.search(text[max(0, at - 2) : at]):
        start, value = at - 1, -value
    number_end = max(match.end(name) for name in ("digits", "multiplier", "groups", "more_after"))
    number_end -= text[number_end - 1] == " "
    token = Token(
        start=start,
        number_end=number_end,
        end=match.end() if match["unit"] else number_end,
        span_start=start,
        span_end=match.end(),
        value=value,
        unit=None,
        comparator="=",
        kind=NumberKind.UNRESOLVED,
        multiplier=multiplier,
    )
    return _finish(token, match, text, quotes, patterns.words)


def _read_fraction(text: str, at: int, quotes: _Quotes, patterns: Patterns) -> Token | None:
    """三分之二 as a share, in per cent; a whole or more (百分之百) is none."""
    words, match = patterns.words, patterns.fraction.match(text, at)
    if match is None or find_quote(quotes, at):
        return None
    if words.chinese_not_after.search(text[max(0, at - COMPARATOR_REACH) : at]):
        return None
    is_power = set(match["below"]) <= MULTIPLIERS.keys()
    below = parse_multiplier(match["below"]) if is_power else parse_chinese(match["below"])
    is_arabic = match["digits"][0] in ARABIC_DIGITS
    above = parse_arabic(match["digits"]) if is_arabic else parse_chinese(match["digits"])
    if below is None or above is None or above >= below:
        return None
    token = Token(
        start=at,
        number_end=match.end(),
        end=match.end(),
        span_start=at,
        span_end=match.end(),
        value=(above * 100 / below).quantize(BASE_PLACES),
        unit=words.percent_unit,
        comparator="=",
        kind=NumberKind.QUANTITY,
    )
    return _finish(token, match, text, quotes, patterns.words)


def _read_chinese(text: str, at: int, quotes: _Quotes, patterns: Patterns) -> Token | None:
    """A Chinese numeral that counts something, or None."""
    words = patterns.words
    is_percent = text.endswith(words.percent_before, 0, at)
    match = (patterns.chinese_percent if is_percent else patterns.chinese).match(text, at)
    if match is None or find_quote(quotes, at):
        return None
    is_whole = is_percent and match["digits"] == HUNDRED
    value = Decimal(100) if is_whole else parse_chinese(match["digits"])
    if value is None or not (is_percent or _counts(text, match, words)):
        return None
    value *= parse_multiplier(match.groupdict().get("multiplier") or "")
    number_end = match.start("unit")
    token = Token(
        start=at,
        number_end=number_end,
        end=match.end(),
        span_start=at,
        span_end=match.end(),
        value=value,
        unit=None,
        comparator="=",
        kind=NumberKind.QUANTITY,
    )
    return _finish(token, match, text, quotes, patterns.words)


def _counts(text: str, match: re.Match[str], words: NumberWords) -> bool:
    """Whether a Chinese numeral before a measure word is a count, not part of a word."""
    numeral, spelling = match["digits"], match["unit"]
    if numeral in words.never_counts or text.startswith(spelling, match.end()):
        return False  # 一项项: a doubled measure word means every single one
    before = text[max(0, match.start() - COMPARATOR_REACH) : match.start()]
    if words.chinese_not_after.search(before):
        return False
    unit = words.units.get(spelling)
    name = unit.unit if unit else spelling
    if numeral == ONE and (words.one_not_after.search(before) or name in words.one_not_before):
        return False
    return name not in words.arabic_only or not GREAT_MULTIPLIERS.keys().isdisjoint(numeral)


def _finish(
    token: Token, match: re.Match[str], text: str, quotes: _Quotes, words: NumberWords
) -> Token:
    """Unit, comparators and kind of a numeral that is not a label."""
    groups = match.groupdict()
    unit = words.units.get(match["unit"] or "")
    name, value, start = (unit.unit if unit else token.unit), token.value, token.start
    if unit and unit.dimension == COUNT:
        token = take_other_unit(token, text, words)
    if match["unit"] == words.tenths_word and value is not None:
        name, value = words.tenths_unit, value * words.tenths_factor
    if text.endswith(words.percent_before, 0, start):
        name, start = words.percent_unit, start - len(words.percent_before)
    before, span_start = read_before(text, start, unit, words)
    after, span_end = read_after(text, token.end, unit, words)
    within = words.within_symbols.get(groups.get("more") or groups.get("more_after") or "", "=")
    symbols = [symbol for symbol in (before, within, after) if symbol != "="]
    quote = find_quote(quotes, token.start)
    if quote and not (name and token.end == quote[1] and token.start > quote[0]):
        kind = NumberKind.NAME
    elif unit and unit.dimension == "age":
        kind = NumberKind.AGE
    elif name or symbols or groups.get("multiplier") or "," in match["digits"]:
        kind = NumberKind.QUANTITY
    else:
        is_alone = token.end - start == len(text)
        kind = NumberKind.QUANTITY if is_alone else NumberKind.UNRESOLVED
    # Not by `replace`, which takes a tenth of all the time.
    return Token(
        start=start,
        number_end=token.number_end,
        end=token.end,
        span_start=span_start,
        span_end=span_end,
        value=value,
        unit=name,
        comparator=symbols[0] if symbols else "=",
        kind=kind,
        multiplier=token.multiplier,
    )
