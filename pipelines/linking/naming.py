"""English names and themes of indicators, as far as the vocabulary knows the words.

Belongs here: composing a name, finding a theme. Does not belong here: any word (they are data), or
a guess at a word that is not listed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from pipelines.vocabulary.folding import fold
from pipelines.word_files import WordFiles

NAMES_FILE = "indicator_names.csv"
THEMES_FILE = "indicator_themes.csv"
MARKS = re.compile(r"[“”\"「」『』《》]")


@dataclass(frozen=True)
class Names:
    """English words and themes, compiled."""

    english: dict[str, str]
    pattern: re.Pattern[str]
    themes: dict[str, str]

    def compose_english(self, name_zh: str) -> str | None:
        """The English name, None unless the listed words cover all of the Chinese one."""
        rest = MARKS.sub("", fold(name_zh))
        words: list[str] = []
        while rest:
            match = self.pattern.match(rest)
            if match is None:
                return None
            words.append(self.english[match.group()])
            rest = rest[match.end() :]
        composed = " ".join(word for word in words if word)
        return composed[:1].upper() + composed[1:] if composed else None

    def find_theme(self, name_zh: str, category: str | None) -> str | None:
        """The theme of most of the words; by the category where the name has none."""
        for text in (name_zh, category or ""):
            votes: Counter[str] = Counter()
            folded = fold(text)
            for word, theme in self.themes.items():
                if word in folded:
                    votes[theme] += len(word)
            if votes:
                return min(votes, key=lambda theme: (-votes[theme], theme))
        return None


@cache
def load_names(files: WordFiles) -> Names:
    """Reads the names once. Raises `VocabularyError` where a file is missing or wrong."""
    english = {
        fold(row["word"]): row["name_en"]
        for row in files.read_rows(NAMES_FILE, ("word", "name_en"))
    }
    ordered = sorted(english, key=lambda word: (-len(word), word))
    return Names(
        english=english,
        pattern=re.compile("|".join(re.escape(word) for word in ordered)),
        themes={
            row["word"]: row["theme"] for row in files.read_rows(THEMES_FILE, ("theme", "word"))
        },
    )
