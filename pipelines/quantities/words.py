"""The words around numbers, loaded from the vocabulary and compiled for the grammar.

Belongs here: reading `units.csv` and `number_words.yml`, and turning their words into patterns.
Does not belong here: any word itself (those are data), and what a match means (`grammar`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from pipelines.quantities.text import simplify
from pipelines.word_files import Row, VocabularyError, WordFiles

PROJECT_FILES: Final = WordFiles(Path(__file__).parents[1] / "vocabulary")
UNITS_FILE: Final = "units.csv"
NUMBER_WORDS_FILE: Final = "number_words.yml"
UNIT_COLUMNS: Final = (
    "unit",
    "name_en",
    "dimension",
    "base_unit",
    "factor",
    "family",
    "aliases",
    "not_before",
)
BASE_PLACES: Final = Decimal("0.0001")
"""The precision of a quantity in the warehouse, DECIMAL(20,4)."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure word. `value × factor` is the same quantity in `base_unit`, exactly.

    Units of one `family` may be compared as they stand; units of one `dimension` and `base_unit`
    may be compared after conversion.
    """

    unit: str
    name_en: str
    dimension: str
    base_unit: str
    factor: Fraction
    family: str
    aliases: tuple[str, ...]
    not_before: tuple[str, ...]

    def convert(self, value: Decimal) -> tuple[Decimal, str]:
        """So many of the unit in its base unit, to 4 places: 8 亩 → (5333.3333, 平方米)."""
        scaled = Fraction(value) * self.factor
        base = Decimal(scaled.numerator) / Decimal(scaled.denominator)
        return base.quantize(BASE_PLACES), self.base_unit


@dataclass(frozen=True, slots=True)
class Comparator:
    """A comparator word: its symbol, and what keeps it from being one."""

    symbol: str
    not_after: tuple[str, ...] = ()
    not_before_dimensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelRule:
    """What the digits of a match are, and whether they keep a value."""

    kind: str
    has_value: bool


@dataclass(frozen=True, slots=True)
class NumberWords:
    """All that the grammar knows of words, compiled."""

    units: Mapping[str, Unit]
    """Every spelling of a unit → the unit."""
    unit_pattern: str
    other_unit: re.Pattern[str]
    """A second unit in brackets behind one that counts: 300套（户）."""
    before: re.Pattern[str]
    comparators: Mapping[str, Comparator]
    after: re.Pattern[str]
    after_time: re.Pattern[str]
    after_symbols: Mapping[str, str]
    within_symbols: Mapping[str, str]
    within_alone: frozenset[str]
    range_signs: frozenset[str]
    growth_before: tuple[str, ...]
    clause_marks: frozenset[str]
    negative: re.Pattern[str]
    date_part: re.Pattern[str]
    tenths_word: str
    tenths_unit: str
    tenths_factor: Decimal
    tenths_pattern: str
    fraction_sign: str
    percent_before: str
    percent_unit: str
    idioms: re.Pattern[str]
    labels: re.Pattern[str]
    label_rules: Mapping[str, LabelRule]
    chinese_not_after: re.Pattern[str]
    one_not_after: re.Pattern[str]
    one_not_before: frozenset[str]
    never_counts: frozenset[str]
    arabic_only: frozenset[str]


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def load_units(files: WordFiles = PROJECT_FILES) -> Mapping[str, Unit]:
    """The units by canonical name, in the order of `units.csv`.

    Raises:
        VocabularyError: the file, or a line of it, cannot be used.
    """
    units: dict[str, Unit] = {}
    rows = files.read_entries(UNITS_FILE, UNIT_COLUMNS, ("aliases", "not_before"))
    for row in rows:
        units[row["unit"]] = Unit(
            unit=row["unit"],
            name_en=row["name_en"],
            dimension=row["dimension"],
            base_unit=row["base_unit"],
            factor=_read_factor(row),
            family=row["family"],
            aliases=tuple(simplify(alias) for alias in row.list_of("aliases")),
            not_before=row.list_of("not_before"),
        )
    _check_units(units, rows)
    return MappingProxyType(units)


def _check_units(units: Mapping[str, Unit], rows: Iterable[Row]) -> None:
    """Raises `VocabularyError` where a spelling is of two units, or a base is none."""
    owners: dict[str, str] = {}
    for row in rows:
        unit = units[row["unit"]]
        for spelling in dict.fromkeys((unit.unit, *unit.aliases)):
            owner = owners.setdefault(spelling, unit.unit)
            if owner != unit.unit:
                raise row.error(f"{spelling} is a spelling of {owner}, too")
        base = units.get(unit.base_unit)
        if base is None or (base.dimension, base.base_unit) != (unit.dimension, unit.base_unit):
            raise row.error(f"{unit.base_unit} is no base unit of {unit.dimension or 'nothing'}")
        if not unit.family:
            raise row.error(
                f"{unit.unit} has no family; its own name, if it compares with no other"
            )


def _read_factor(row: Row) -> Fraction:
    try:
        factor = Fraction(row["factor"])
    except (ValueError, ZeroDivisionError):
        factor = Fraction(0)
    if factor <= 0:
        raise row.error(f"the factor of {row['unit']} is no number above 0: {row['factor']!r}")
    return factor


def convert_to_base(value: Decimal, unit: str | None) -> tuple[Decimal | None, str | None]:
    """As `Units.convert_to_base` of the vocabulary, by the project's own units."""
    known = load_units().get(unit or "")
    return known.convert(value) if known else (None, None)


@cache
def load_words(files: WordFiles = PROJECT_FILES) -> NumberWords:
    """The words of `units.csv` and `number_words.yml`, compiled once.

    Raises:
        VocabularyError: one of the two files cannot be used.
    """
    units, words = load_units(files), files.read_yaml(NUMBER_WORDS_FILE)
    try:
        return _compile_words(words, units)
    except (AttributeError, KeyError, TypeError, ArithmeticError, re.error) as error:
        message = f"an entry is missing or misshapen: {error!r}"
        path = files.path_of(NUMBER_WORDS_FILE)
        raise VocabularyError("vocabulary_line", message, path) from error


def _compile_words(words: Mapping[str, Any], units: Mapping[str, Unit]) -> NumberWords:
    spellings = {
        spelling: unit for unit in units.values() for spelling in (unit.unit, *unit.aliases)
    }
    comparators = _compile_comparators(words)
    after = _symbols(words["comparators_after"])
    after_time = _symbols(words["comparators_after_time"])
    chinese, tenths, percent = words["chinese"], words["tenths"], words["percent_words"]
    labels, rules = _compile_labels(words["labels"])
    included = f"(?:{words['between_unit_and_comparator']})?"
    unit_pattern = _compile_units(spellings, after)
    return NumberWords(
        units=MappingProxyType(spellings),
        unit_pattern=unit_pattern,
        other_unit=re.compile(f"（({unit_pattern})）"),
        before=re.compile(f"(?:{alternatives(comparators)})$"),
        comparators=MappingProxyType(comparators),
        after=re.compile(f"{included}({alternatives(after)})"),
        after_time=re.compile(f"{included}({alternatives([*after, *after_time])})"),
        after_symbols=MappingProxyType(after | after_time),
        within_symbols=MappingProxyType(_symbols(words["comparators_within"])),
        within_alone=frozenset(words["comparators_within_alone"]),
        range_signs=frozenset(words["range_signs"]),
        growth_before=tuple(words["growth_before"]),
        clause_marks=frozenset(words["clause_marks"]),
        negative=re.compile(f"(?<![A-Za-z0-9{''.join(words['no_minus_after'])}-])-$"),
        date_part=re.compile(rf"(\d+)({alternatives(words['date_parts'])})?"),
        tenths_word=tenths["word"],
        tenths_unit=tenths["unit"],
        tenths_factor=Decimal(tenths["factor"]),
        tenths_pattern=f"{re.escape(tenths['word'])}(?!{alternatives(tenths['not_before'])})",
        fraction_sign=re.escape(words["fraction_sign"]),
        percent_before=percent["before"],
        percent_unit=percent["unit"],
        idioms=re.compile("|".join(words["idioms"])),
        labels=labels,
        label_rules=MappingProxyType(rules),
        chinese_not_after=re.compile(f"(?:{alternatives(chinese['not_after'])})$"),
        one_not_after=re.compile(f"(?:{alternatives(chinese['one_not_after'])})$"),
        one_not_before=frozenset(chinese["one_not_before"]),
        never_counts=frozenset(chinese["never_counts"]),
        arabic_only=frozenset(chinese["arabic_only"]),
    )


def _compile_comparators(words: Mapping[str, Any]) -> dict[str, Comparator]:
    return {
        word: Comparator(
            symbol,
            tuple(words["not_a_comparator_after"].get(word, ())),
            tuple(words["not_before_dimension"].get(word, ())),
        )
        for symbol, group in words["comparators_before"].items()
        for word in group
    }


def _symbols(groups: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {word: symbol for symbol, group in groups.items() for word in group}


def _compile_units(spellings: Mapping[str, Unit], after: Iterable[str]) -> str:
    """One alternative a spelling, the longest first, none where it begins another word.

    Grouped by their first character, so that the others are passed over at once. A comparator
    behind the unit is no other word: 所 does not stand before 以, but before 以上.
    """
    comparators = alternatives(after)
    parts: dict[str, list[str]] = {}
    for spelling in sorted(spellings, key=lambda word: (-len(word), word)):
        following = spellings[spelling].not_before if len(spelling) == 1 else ()
        guard = f"(?!(?!{comparators})(?:{alternatives(following)}))" if following else ""
        if spelling.isascii() and spelling[-1].isalpha():
            guard = "(?![A-Za-z0-9])"
        parts.setdefault(spelling[0], []).append(re.escape(spelling[1:]) + guard)
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in parts.items())


def _compile_labels(
    rules: Iterable[Mapping[str, Any]],
) -> tuple[re.Pattern[str], dict[str, LabelRule]]:
    patterns: list[str] = []
    named: dict[str, LabelRule] = {}
    for position, rule in enumerate(rules):
        name = f"label_{position}"
        patterns.append(f"(?P<{name}>{rule['pattern']})")
        named[name] = LabelRule(rule["kind"], bool(rule.get("value")))
    return re.compile("|".join(patterns)), named
