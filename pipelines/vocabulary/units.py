"""Units: which measure word a printed one is, and which may be compared.

Belongs here: looking up a unit by any spelling. Does not belong here: finding units in text
(`pipelines.quantities`, which owns the records and the reading of `units.csv`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from pipelines.quantities.numerals import MULTIPLIERS
from pipelines.quantities.words import Unit
from pipelines.quantities.words import load_units as load_unit_records
from pipelines.vocabulary.folding import fold
from pipelines.word_files import WordFiles


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

    def convert_to_base(
        self, value: Decimal, unit: str | None
    ) -> tuple[Decimal | None, str | None]:
        """The same quantity in its base unit, to 4 places: (8, 亩) → (5333.3333, 平方米).

        An unknown unit has no base: (None, None).
        """
        known = self.resolve(unit)
        return known.convert(value) if known else (None, None)

    def is_unit(self, text: str) -> bool:
        """Whether the whole text is a unit, a multiplier before it allowed (万元)."""
        return self.resolve(text) is not None or (
            self.resolve(fold(text).lstrip("".join(MULTIPLIERS))) is not None
        )

    def agree(self, one: str | None, other: str | None) -> bool:
        """Whether two units may be compared: the same, or of one family. None agrees with none."""
        if one is None or other is None:
            return False
        left, right = self.resolve(one), self.resolve(other)
        if left is None or right is None:
            return fold(one) == fold(other)
        return left.family == right.family


def load_units(files: WordFiles) -> Units:
    """The units that the files know."""
    return Units(tuple(load_unit_records(files).values()))
