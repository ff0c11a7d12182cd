"""English names and themes of indicators, as far as the vocabulary knows the words.

Belongs here: putting a name together, finding a theme. Does not belong here: any word (they are
data), or a guess at a word that is not listed.

An indicator in Chinese is actions and groups of words by turns: 为 群众 | 新建 | 农村 公路, or
老旧小区 | 加装 | 电梯. The last group is what is counted; what stands before the action says for
whom or where. An action that ends the name is itself what is counted (农村 公路 | 养护).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from pipelines.vocabulary.folding import fold
from pipelines.word_files import WordFiles

NAMES_FILE = "indicator_names.csv"
THEMES_FILE = "indicator_themes.csv"
KINDS = ("action", "quality", "thing", "audience", "and", "filler")
MARKS = re.compile(r"[“”\"「」『』《》]")


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word in English, see `indicator_names.csv`."""

    kind: str
    name_en: str
    as_head: str


@dataclass(frozen=True)
class Names:
    """English words and themes."""

    words: Mapping[str, NameWord]
    longest: int
    themes: Mapping[str, str]

    def compose_english(self, name_zh: str) -> str | None:
        """The English name; None unless the listed words cover all of the Chinese one."""
        words = self._cut(MARKS.sub("", fold(name_zh)))
        composed = _compose(words) if words else None
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

    def _cut(self, text: str) -> list[NameWord] | None:
        """The text as listed words, the longest first wherever that covers the rest; or None."""
        rests: list[list[NameWord] | None] = [None] * len(text) + [[]]
        for start in range(len(text) - 1, -1, -1):
            for end in range(min(start + self.longest, len(text)), start, -1):
                word, rest = self.words.get(text[start:end]), rests[end]
                if word is not None and rest is not None:
                    rests[start] = [word, *rest]
                    break
        return rests[0]


@dataclass(slots=True)
class _Group:
    """Words between two actions: what they name, for whom, and what they say of a later thing."""

    things: list[str] = field(default_factory=list)
    audiences: list[str] = field(default_factory=list)
    qualities: list[str] = field(default_factory=list)


def _compose(words: Sequence[NameWord]) -> str | None:
    runs: list[list[NameWord]] = [[]]
    actions: list[NameWord] = []
    for word in words:
        if word.kind == "action":
            actions.append(word)
            runs.append([])
        elif word.kind != "filler":
            runs[-1].append(word)
    closing = actions.pop() if actions and not runs[-1] else None
    done = " and ".join(dict.fromkeys(action.name_en for action in actions if action.name_en))
    if closing is not None:
        runs.pop()
        if done and not runs[-1]:
            return None  # 棚户区改造新开工: one action upon another
        runs[-1].append(closing)
    groups = [group for run in runs if (group := _read_group(run)) is not None]
    if len(groups) < len(runs):
        return None
    counted = groups[-1]
    audiences = [audience for group in groups for audience in group.audiences]
    if not counted.things and not counted.qualities and counted.audiences:
        counted.things = [counted.audiences[-1]]
        audiences.pop()
    if not counted.things:
        return None
    parts = [done, *(quality for group in groups for quality in group.qualities)]
    parts.append(_enumerate(counted.things))
    parts += [f"for {_enumerate(audiences)}"] if audiences else []
    parts += [f"in {_enumerate(group.things)}" for group in groups[:-1] if group.things]
    return " ".join(part for part in parts if part)


def _read_group(run: Sequence[NameWord]) -> _Group | None:
    """The words of one run; None where they stand as they cannot (a thing before 和 alone)."""
    group = _Group()
    said: list[str] = []
    last: NameWord | None = None
    for word in run:
        if word.kind == "and":
            if last is None or last.kind == "and":
                return None
            if last.kind == "thing":
                group.things.append(" ".join([*said[:-1], last.as_head]))
            elif last.kind == "quality":
                group.things.append(" ".join(said))
            said = []
        elif word.kind == "audience":
            if any(group.things) or (last is not None and last.kind == "thing"):
                return None
            whose = f" of {group.audiences.pop()}" if last and last.kind == "audience" else ""
            group.audiences.append(" ".join([*said, word.name_en]) + whose)
            said = []
        else:
            said.append(word.name_en)
        last = word
    if last is not None and last.kind in ("thing", "action"):
        group.things.append(" ".join([*said[:-1], last.as_head]))
    elif last is not None and last.kind == "quality" and not group.things:
        group.qualities = said
    elif last is not None and last.kind != "audience":
        return None
    return group


def _enumerate(things: Sequence[str]) -> str:
    *first, last = things
    return f"{', '.join(first)} and {last}" if first else last


@cache
def load_names(files: WordFiles) -> Names:
    """Reads the names once. Raises `VocabularyError` where a file is missing or wrong."""
    words: dict[str, NameWord] = {}
    for row in files.read_rows(NAMES_FILE, ("kind", "word", "name_en", "as_head")):
        word = fold(row["word"])
        if row["kind"] not in KINDS or not word or word in words:
            raise row.error(f"wrong or repeated line: {dict(row)}")
        is_named = row["kind"] in ("filler", "action") or row["name_en"]
        has_head = row["kind"] not in ("thing", "action") or row["as_head"]
        if not is_named or not has_head:
            raise row.error(f"{row['word']} has no English")
        words[word] = NameWord(row["kind"], row["name_en"], row["as_head"])
    themes: dict[str, str] = {}
    for row in files.read_rows(THEMES_FILE, ("theme", "word"), closed=("theme",)):
        if not row["theme"] or not row["word"] or row["word"] in themes:
            raise row.error(f"wrong or repeated line: {dict(row)}")
        themes[row["word"]] = row["theme"]
    return Names(words=words, longest=max(map(len, words), default=0), themes=themes)
