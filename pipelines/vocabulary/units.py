"""Units: which measure word a printed one is, and how it converts to its dimension's base unit.

Belongs here: looking up and converting a unit. Does not belong here: finding units in text.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from pipelines.vocabulary.folding import fold
from pipelines.vocabulary.tables import VocabularyError, read_rows, split_list

UNITS_FILE = "units.csv"
COLUMNS = (
    "unit",
    "name_en",
    "dimension",
    "base_unit",
    "factor",
    "family",
    "aliases",
    "not_before",
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of measure. `factor` × value is the value in `base_unit`, exactly."""

    unit: str
    name_en: str
    dimension: str
    base_unit: str
    factor: Fraction
    family: str
    aliases: tuple[str, ...]
    not_before: tuple[str, ...]

    def to_base(self, value: Decimal) -> Decimal:
        """The value in the base unit; where it has no end as a decimal, to 28 digits."""
        return value * self.factor.numerator / self.factor.denominator


@dataclass(frozen=True)
class Units:
    """All known units."""

    members: tuple[Unit, ...]

    @cached_property
    def _by_name(self) -> dict[str, Unit]:
        names: dict[str, Unit] = {}
        for unit in self.members:
            for name in (*unit.aliases, unit.unit):
                names[fold(name)] = unit
        return names

    def resolve(self, text: str | None) -> Unit | None:
        """The unit that a text is, by name or alias; None where it is none."""
        return self._by_name.get(fold(text)) if text else None

    def is_unit(self, text: str) -> bool:
        """Whether the whole text is a unit, a multiplier before it allowed (万元)."""
        folded = fold(text)
        return (
            self.resolve(folded) is not None or self.resolve(folded.lstrip("万亿千百")) is not None
        )

    def agree(self, one: str | None, other: str | None) -> bool:
        """Whether two units may be compared: the same, or of one family. None agrees with none."""
        if one is None or other is None:
            return False
        left, right = self.resolve(one), self.resolve(other)
        if left is None or right is None:
            return fold(one) == fold(other)
        return left.family == right.family


def load_units(directory: Path) -> Units:
    """Reads the units. Raises `VocabularyError` where a factor is no number."""
    path = directory / UNITS_FILE
    members: list[Unit] = []
    for row in read_rows(path, COLUMNS):
        try:
            factor = Fraction(row["factor"])
        except (ValueError, ZeroDivisionError) as error:
            message = f"the factor of {row['unit']} is no number: {row['factor']}"
            raise VocabularyError("vocabulary_line", message, path) from error
        members.append(
            Unit(
                row["unit"],
                row["name_en"],
                row["dimension"],
                row["base_unit"],
                factor,
                row["family"],
                split_list(row["aliases"]),
                split_list(row["not_before"]),
            )
        )
    return Units(tuple(members))
