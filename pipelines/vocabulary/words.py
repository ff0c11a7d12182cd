"""Small vocabularies for the readers: blanks, and words in titles.

Belongs here: word lists that need no more than a look-up. Does not belong here: what a reader
concludes from a word.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.vocabulary.folding import WHITE_SPACE, fold
from pipelines.word_files import WordFiles

DOCUMENT_KINDS_FILE = "document_kinds.csv"
BLANKS_FILE = "blank_words.csv"


PUT_TO_A_VOTE = "voting_list"
PLANS = {PUT_TO_A_VOTE, "responsibility_list"}


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
        if kinds == PLANS:
            # 候选项目清单: a list of what is to be voted on is a list, and to be voted on.
            return PUT_TO_A_VOTE
        return kinds.pop() if len(kinds) == 1 else None


def load_document_kinds(files: WordFiles) -> DocumentKinds:
    """Reads the words of titles."""
    rows = files.read_rows(DOCUMENT_KINDS_FILE, ("kind", "word", "note"), closed=("kind",))
    return DocumentKinds(tuple((fold(row["word"]), row["kind"]) for row in rows))


@dataclass(frozen=True)
class Blanks:
    """Words and marks with which a cell says that it says nothing."""

    words: frozenset[str]

    def is_blank(self, text: str) -> bool:
        """Whether a cell is empty or holds only a mark for "nothing"."""
        return WHITE_SPACE.sub("", text) in self.words or fold(text) in self.words


def load_blanks(files: WordFiles) -> Blanks:
    """Reads the blanks."""
    words = [row["word"] for row in files.read_rows(BLANKS_FILE, ("word", "note"))]
    return Blanks(frozenset({"", *words, *(fold(word) for word in words)}))
