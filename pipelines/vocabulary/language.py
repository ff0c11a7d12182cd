"""The words and shapes of the language that documents are written in, compiled once.

Belongs here: loading `phrases.csv` (words by kind), `patterns.yml` (regular expressions composed of
them) and the marks of list items. Does not belong here: what follows from finding a word, dates
(`calendar.py`), or the grammar of numbers (`pipelines.quantities`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.vocabulary.tables import VocabularyError, WordFiles

PHRASES_FILE = "phrases.csv"
PATTERNS_FILE = "patterns.yml"
PLACEHOLDER = re.compile(r"(?<!\?P)<(?P<name>[a-z_]+)(?:-(?P<without>[a-z_]+))?>")
DEEPEST = 8
"""Patterns are composed of others, and these of others, hardly ever more than four deep."""


@dataclass(frozen=True, slots=True)
class Marker:
    """How items of one level of a list are marked: its name is the first mark of such a list."""

    level: str
    pattern: re.Pattern[str]
    is_arabic: bool
    is_inline: bool
    """Whether it may open an item in the middle of a paragraph."""


@dataclass(frozen=True, eq=False)
class Language:
    """Words by kind and patterns by name. A name that no file has is a `KeyError`, never empty."""

    phrases: Mapping[str, tuple[str, ...]]
    """The words of each kind, the longest first, so that an alternation prefers the longer."""
    patterns: Mapping[str, re.Pattern[str]]
    markers: tuple[Marker, ...]
    _cues: dict[tuple[str, ...], re.Pattern[str]] = field(default_factory=dict, repr=False)

    def words(self, kind: str) -> tuple[str, ...]:
        """The words of a kind, the longest first."""
        return self.phrases[kind]

    def cue(self, *kinds: str) -> re.Pattern[str]:
        """A pattern that finds any word of the kinds. Words are literal, never patterns."""
        found = self._cues.get(kinds)
        if found is None:
            words = {word for kind in kinds for word in self.phrases[kind]}
            found = self._cues[kinds] = re.compile(any_of(words))
        return found

    def pattern(self, name: str) -> re.Pattern[str]:
        """A named pattern of `patterns.yml`."""
        return self.patterns[name]

    def has(self, kind: str, text: str) -> bool:
        """Whether a word of the kind stands anywhere in the text."""
        return self.cue(kind).search(text) is not None


def any_of(words: Any) -> str:
    """A non-capturing group of all words, longest first, for use in a pattern."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in ordered) + ")"


def compose(text: str, look_up: Callable[[re.Match[str]], str], path: Path) -> str:
    """A pattern with every placeholder replaced. Raises `VocabularyError` where they circle."""
    for _ in range(DEEPEST):
        composed = PLACEHOLDER.sub(look_up, text)
        if composed == text:
            return text
        text = composed
    raise VocabularyError("vocabulary_line", f"patterns name each other in a circle: {text}", path)


def load_language(files: WordFiles) -> Language:
    """Read and compile the words and patterns.

    Raises `VocabularyError` where a file is missing or a pattern is none.
    """
    phrases = _read_phrases(files)
    path, listed = files.path_of(PATTERNS_FILE), files.read_yaml(PATTERNS_FILE)
    try:
        markers = listed.pop("markers")
        arabic, inline = set(listed.pop("arabic_markers")), set(listed.pop("inline_markers"))
    except (AttributeError, KeyError, TypeError) as error:
        raise VocabularyError("vocabulary_line", f"an entry is missing: {error}", path) from error

    def look_up(match: re.Match[str]) -> str:
        name, without = match["name"], match["without"]
        if name in listed and without is None:
            return f"(?:{listed[name]})"
        if name not in phrases or (without is not None and without not in phrases):
            raise VocabularyError("vocabulary_line", f"no kind or pattern: {match[0]}", path)
        left_out = set(phrases[without]) if without is not None else set()
        return any_of(set(phrases[name]) - left_out)

    return Language(
        phrases=phrases,
        patterns={
            name: compile_pattern(compose(text, look_up, path), path)
            for name, text in listed.items()
        },
        markers=tuple(
            Marker(level, compile_pattern(text, path), level in arabic, level in inline)
            for level, text in markers.items()
        ),
    )


def _read_phrases(files: WordFiles) -> dict[str, tuple[str, ...]]:
    words: dict[str, set[str]] = {}
    for row in files.read_rows(PHRASES_FILE, ("kind", "word")):
        words.setdefault(row["kind"], set()).add(row["word"])
    return {
        kind: tuple(sorted(found, key=lambda word: (-len(word), word)))
        for kind, found in words.items()
    }


def compile_pattern(text: str, path: Path) -> re.Pattern[str]:
    """A compiled pattern. Raises `VocabularyError` where the text is none."""
    try:
        return re.compile(text)
    except (re.error, TypeError) as error:
        message = f"not a pattern: {text} ({error})"
        raise VocabularyError("vocabulary_line", message, path) from error
