"""The words by which a clause is understood: which open a promise, which only fill, which report.

Belongs here: loading `vocabulary/report_words.csv` once and turning each kind into a pattern.
Does not belong here: any word itself (they are data), or what is concluded from finding one.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pipelines.vocabulary.tables import read_rows

WORDS_FILE = Path(__file__).parents[2] / "vocabulary" / "report_words.csv"


@cache
def list_words(kind: str) -> tuple[str, ...]:
    """The words of one kind, longest first, so that an alternation prefers the longer.

    Raises KeyError when the vocabulary file has no word of that kind: a misspelt kind must not
    pass for an empty one. Raises `VocabularyError` when the file itself is wrong.
    """
    words = _load_words()[kind]
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@cache
def match_words(kind: str) -> re.Pattern[str]:
    """A pattern that finds any word of the kind. Words are literal, never patterns."""
    return re.compile(alternate_words(kind))


@cache
def alternate_words(*kinds: str) -> str:
    """A non-capturing group of all words of the kinds, longest first, for use in a pattern."""
    words = sorted(
        (word for kind in kinds for word in list_words(kind)), key=lambda w: (-len(w), w)
    )
    return "(?:" + "|".join(re.escape(word) for word in words) + ")"


@cache
def _load_words() -> dict[str, tuple[str, ...]]:
    words: dict[str, list[str]] = {}
    for row in read_rows(WORDS_FILE, ("kind", "word")):
        words.setdefault(row["kind"], []).append(row["word"])
    return {kind: tuple(found) for kind, found in words.items()}
