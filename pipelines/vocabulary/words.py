"""Small vocabularies for the readers: verbs, nothing done, yes and no, blanks, kinds.

Belongs here: word lists that need no more than a look-up. Does not belong here: what a reader
concludes from a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipelines.vocabulary.folding import WHITE_SPACE, fold
from pipelines.vocabulary.tables import VocabularyError, read_rows

DOCUMENT_KINDS_FILE = "document_kinds.csv"
VERBS_FILE = "generic_verbs.csv"
NOTHING_DONE_FILE = "nothing_done.csv"
YES_NO_FILE = "yes_no.csv"
BLANKS_FILE = "blank_words.csv"
FULL_STOP = re.compile(r"[。；;！!]$")


@dataclass(frozen=True)
class DocumentKinds:
    """Words in titles, and the kind of document that they hint at."""

    words: tuple[tuple[str, str], ...]
    """Folded word and kind."""

    def hint(self, title: str) -> str | None:
        """The kind that the longest known word of a title hints at; None without one, or at a tie
        between kinds."""
        folded = fold(title)
        found = [(len(word), kind) for word, kind in self.words if word in folded]
        if not found:
            return None
        longest = max(length for length, _ in found)
        kinds = {kind for length, kind in found if length == longest}
        return kinds.pop() if len(kinds) == 1 else None


@dataclass(frozen=True)
class Verbs:
    """Verbs that say what is done to the thing counted, with the class of the action."""

    actions: tuple[tuple[str, str], ...]
    """Verb and action, longest verb first."""

    @cached_property
    def _by_verb(self) -> dict[str, str]:
        return dict(self.actions)

    def action_of(self, verb: str) -> str | None:
        """The action of a verb by itself."""
        return self._by_verb.get(fold(verb))

    def opening(self, text: str) -> tuple[str, str] | None:
        """The longest verb that a text begins with, and its action."""
        folded = fold(text)
        for verb, action in self.actions:
            if folded.startswith(verb):
                return verb, action
        return None


@dataclass(frozen=True)
class Answers:
    """Words for nothing done, for yes and no, and for cells that say nothing."""

    nothing_done: tuple[str, ...]
    nothing_done_at_start: tuple[str, ...]
    yes_no: tuple[tuple[str, str], ...]
    blanks: frozenset[str]

    @cached_property
    def _answer_by_word(self) -> dict[str, str]:
        return dict(self.yes_no)

    def is_nothing_done(self, clause: str) -> bool:
        """Whether a clause of a report says that nothing has been done."""
        folded = fold(clause)
        return folded.startswith(self.nothing_done_at_start) or any(
            word in folded for word in self.nothing_done
        )

    def answer_of(self, text: str) -> str | None:
        """`yes`, `no` or `partly` where the whole text is such an answer, else None."""
        return self._answer_by_word.get(fold(FULL_STOP.sub("", fold(text))).lower())

    def is_blank(self, text: str) -> bool:
        """Whether a cell is empty or holds only a mark for "nothing"."""
        return WHITE_SPACE.sub("", text) in self.blanks or fold(text) in self.blanks


def load_document_kinds(directory: Path) -> DocumentKinds:
    """Reads the words of titles."""
    rows = read_rows(directory / DOCUMENT_KINDS_FILE, ("kind", "word", "note"))
    return DocumentKinds(tuple((fold(row["word"]), row["kind"]) for row in rows))


def load_verbs(directory: Path) -> Verbs:
    """Reads the verbs. Raises `VocabularyError` where one has two actions."""
    path = directory / VERBS_FILE
    rows = read_rows(path, ("action", "verb", "note"))
    actions = _map_once(((fold(row["verb"]), row["action"]) for row in rows), path)
    return Verbs(tuple((verb, actions[verb]) for verb in _longest_first(list(actions))))


def load_answers(directory: Path) -> Answers:
    """Reads the words for nothing done, yes and no, and blanks."""
    nothing = list(read_rows(directory / NOTHING_DONE_FILE, ("word", "match", "note")))
    path = directory / YES_NO_FILE
    rows = read_rows(path, ("answer", "word", "note"))
    answers = _map_once(((fold(row["word"]).lower(), row["answer"]) for row in rows), path)
    blanks = [row["word"] for row in read_rows(directory / BLANKS_FILE, ("word", "note"))]
    return Answers(
        nothing_done=tuple(fold(row["word"]) for row in nothing if not row["match"]),
        nothing_done_at_start=tuple(fold(row["word"]) for row in nothing if row["match"]),
        yes_no=tuple(answers.items()),
        blanks=frozenset({"", *blanks, *(fold(word) for word in blanks)}),
    )


def _longest_first(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _map_once(pairs: Iterable[tuple[str, str]], path: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for word, meaning in pairs:
        if found.setdefault(word, meaning) != meaning:
            message = f"{word} stands for two things: {found[word]}, {meaning}"
            raise VocabularyError("vocabulary_line", message, path)
    return found
