"""The words of the interface, Chinese and English, from one declared table.

Belongs here: reading `words.csv`, and a readable label for whatever code occurs in the file.
Does not belong here: any of the words.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipelines.errors import PipelineError

_FILE = Path(__file__).with_name("words.csv")


@dataclass(frozen=True, slots=True)
class Label:
    """The same in both languages; `en` is empty where only Chinese is known."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Words:
    """Labels by group and key: `status` and `met`, `say` and `overview`."""

    labels: Mapping[tuple[str, str], Label]

    def say(self, key: str) -> Label:
        """Words of the interface. Raises PipelineError for a key that the table lacks."""
        try:
            return self.labels["say", key]
        except KeyError:
            raise PipelineError("unknown_words", f"words.csv has no say,{key}") from None

    def label(self, group: str, code: str | None) -> Label:
        """A readable label of a code that occurs in the file; an undeclared one reads as it is.

        A code that a newer file brings must not be hidden, and not stop the pages either.
        """
        known = self.labels.get((group, code or ""))
        if known is not None:
            return known
        plain = (code or "").replace("_", " ")
        return Label(plain, plain)

    def has(self, group: str, code: str) -> bool:
        """Whether the table declares the code."""
        return (group, code) in self.labels


@cache
def load_words() -> Words:
    """Read the table. Raises PipelineError where a line is not group, key, zh, en, or twice."""
    labels: dict[tuple[str, str], Label] = {}
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(line for line in lines if not line.startswith("#"))
        next(rows)
        for row in rows:
            if len(row) != 4 or (row[0], row[1]) in labels:
                raise PipelineError("invalid_words", f"words.csv: {','.join(row)}")
            labels[row[0], row[1]] = Label(row[2], row[3])
    return Words(labels)
