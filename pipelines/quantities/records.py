"""What a printed number is, as records.

Belongs here: the shapes that leave the grammar, and the one that its parts hand each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


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
    takes unit and multiplier of the second, and its value is that one's `upper`; the second, a
    number of its own, `ends_range`. No comparator is printed, so both have `=`. A fraction
    (三分之二) is a percentage. Dates and years have 年, 月 or 日 for a unit where it is printed;
    codes have no value.
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
    upper: Decimal | None = None
    ends_range: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """A number in the normalised text, before it is put back into the printed one.

    Offsets as in `Number`, but in the normalised text; `multiplier` is the one that was printed
    (a range shares it).
    """

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
    upper: Decimal | None = None
    ends_range: bool = False


def make_label(start: int, end: int, kind: NumberKind, value: Decimal | None) -> Token:
    """A token without unit and comparator."""
    return Token(start, end, end, start, end, value, None, "=", kind)
