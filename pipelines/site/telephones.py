"""Telephone numbers, which sources print beside officials and no page shows.

Belongs here: telling them by the ledger and by their form, and covering them in texts.
Does not belong here: covering them in pictures (`pictures`), which asks here what to cover.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.site.records import FigureRow

COVER = "●"
_LABEL_ROLES = ("code", "unresolved")
_FEWEST_DIGITS = 5
_FORM = re.compile(
    r"(?<![\d.])(?:\+?86[- ]?)?(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|[(（]?0\d{2,3}[)）]?[-－— ]?\d{7,8})"
    r"(?![\d.])"
)
"""Mobile numbers, and numbers with an area code. The form is that of the country's number plan."""


@dataclass(frozen=True, slots=True)
class Telephones:
    """By document, numbers that its ledger calls a code and that are long enough to call."""

    printed: dict[str, tuple[str, ...]]

    def cover(self, text: str, document_id: str | None) -> str:
        """The text with every telephone number replaced by dots."""
        for number in self.printed.get(document_id or "", ()):
            text = re.sub(rf"(?<!\d){re.escape(number)}(?!\d)", COVER * len(number), text)
        return _FORM.sub(lambda found: COVER * len(found[0]), text)


def find_telephones(figures: Iterable[FigureRow]) -> Telephones:
    """Collect what the ledger knows of them, the longest first."""
    printed: dict[str, set[str]] = {}
    for figure in figures:
        if is_telephone(figure):
            printed.setdefault(figure.document_id, set()).add(figure.as_printed)
    return Telephones(
        {name: tuple(sorted(found, key=lambda n: (-len(n), n))) for name, found in printed.items()}
    )


def is_telephone(figure: FigureRow) -> bool:
    """Whether a printed number is, or may be, one that can be called."""
    digits = sum(character.isdigit() for character in figure.as_printed)
    is_label = figure.role in _LABEL_ROLES and figure.unit is None
    return (is_label and digits >= _FEWEST_DIGITS) or has_telephone(figure.as_printed)


def has_telephone(text: str) -> bool:
    """Whether the text holds a number in the form of a telephone number."""
    return _FORM.search(text) is not None


def locate(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each telephone number of a text."""
    return tuple(found.span() for found in _FORM.finditer(text))
