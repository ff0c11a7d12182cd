"""Words by which a quantity in a plan is known to qualify another one.

Belongs here: `scope_cues.csv` as patterns. Does not belong here: weighing a quantity by them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.word_files import WordFiles

SCOPE_FILE = "scope_cues.csv"


@dataclass(frozen=True)
class ScopeCues:
    """The cues of each kind, see the header of `scope_cues.csv`. `per_piece`, `after`, `places` and
    `parts` are for `match`, `before` and `beneficiaries` for `search`, `attributes` for
    `fullmatch`."""

    dimensions: frozenset[str]
    people: frozenset[str]
    per_piece: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    attributes: re.Pattern[str]
    places: re.Pattern[str]
    beneficiaries: re.Pattern[str]
    parts: re.Pattern[str]


def load_scope_cues(files: WordFiles) -> ScopeCues:
    """Reads the cues. Raises `VocabularyError` on a kind that nobody knows."""
    words: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for row in files.read_rows(SCOPE_FILE, ("kind", "word")):
        if row["kind"] not in words:
            raise row.error(f"no such kind of scope cue: {row['kind']}")
        words[row["kind"]].append(row["word"])
    return ScopeCues(
        dimensions=frozenset(words["dimension"]),
        people=frozenset(words["people"]),
        per_piece=re.compile(_any(words["per_piece"])),
        before=re.compile(_any(words["before"]) + "$"),
        after=re.compile(_any(words["after"])),
        attributes=re.compile(_any(words["attribute"])),
        places=re.compile(_any(words["place"])),
        beneficiaries=re.compile(_any(words["beneficiary"]) + "$"),
        parts=re.compile(_any(words["part"])),
    )


KINDS = (
    "dimension",
    "people",
    "per_piece",
    "before",
    "after",
    "attribute",
    "place",
    "beneficiary",
    "part",
)


def _any(words: list[str]) -> str:
    return "(?:" + "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) + ")"
