"""A bare number and the unit that stands elsewhere: in a unit column, a header, a caption.

Belongs here: units printed apart from their numbers, with the multiplier they may carry (万亩).
Does not belong here: units printed right after a number (the grammar reads those).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pipelines.quantities.grammar import Number
from pipelines.quantities.numerals import MULTIPLIERS
from pipelines.quantities.text import simplify
from pipelines.vocabulary import Vocabulary

PERCENT = "%"
BRACKETED_UNIT = re.compile(r"[（(][^（）()]{1,8}[)）]$")
"""What stands in brackets at the end of a name or header: perhaps a unit."""


@dataclass(frozen=True, slots=True)
class UnitHint:
    """A unit and the multiplier printed with it: 万亩 is (亩, 10000)."""

    unit: str
    scale: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value with its multiplier resolved, and its unit."""

    value: Decimal | None
    unit: str | None


def read_unit(printed: str, vocabulary: Vocabulary) -> UnitHint | None:
    """The unit that a text is, multiplier included; None where it is no known unit."""
    text = re.sub(r"\s", "", simplify(printed))
    if text[:1] in "（(" and text[-1:] in "）)":
        text = text[1:-1]
    known = vocabulary.units.resolve(text)
    if known is not None:
        return UnitHint(known.unit)
    # Read as the unit of one piece, the grammar tells multiplier and unit apart.
    if not text or re.search(r"\d", text):
        return None
    numbers = vocabulary.grammar.find_numbers(f"1{text}")
    if len(numbers) == 1 and numbers[0].end == len(text) + 1 and numbers[0].unit:
        value = numbers[0].value
        if value is not None and vocabulary.units.resolve(numbers[0].unit) is not None:
            return UnitHint(numbers[0].unit, value)
    return None


def measure(number: Number, hint: UnitHint | None) -> Quantity:
    """The quantity that a number states where a unit may stand apart from it.

    A unit of its own goes before the hint's; a multiplier of its own keeps the hint's from being
    taken a second time (`4.2万` under 万人 is 42000 people).
    """
    if number.unit is not None or hint is None:
        return Quantity(number.value, number.unit)
    has_multiplier = not MULTIPLIERS.keys().isdisjoint(simplify(number.as_printed))
    if number.value is None or has_multiplier:
        return Quantity(number.value, hint.unit)
    return Quantity(number.value * hint.scale, hint.unit)


def is_figure_only(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text without white space is one number with its unit, and nothing else."""
    numbers = vocabulary.grammar.find_numbers(text)
    return len(numbers) == 1 and numbers[0].end - numbers[0].start == len(text)
