"""The words of indicators: which say what is counted, which say little, which shut one another out.

Belongs here: loading `vocabulary/indicator_words.csv` and cutting a phrase into weighted pieces.
Does not belong here: any word itself (they are data), or comparing two phrases (`comparing`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipelines.vocabulary.folding import fold
from pipelines.word_files import WordFiles, split_list

WORDS_FILE = "indicator_words.csv"
PATTERNS_FILE = "indicator_patterns.yml"
KINDS = frozenset(
    (
        "action_pair",
        "all",
        "audience",
        "before_region",
        "capacity",
        "effect",
        "exclusive",
        "filler",
        "generic",
        "kin",
        "plain_unit",
        "synonym",
        "verb",
    )
)
GENERIC_WEIGHT = 0.3
AUDIENCE_WEIGHT = 0.4
"""Words that tell little tell something: enough to break a tie, too little to carry a join."""
BRACKET_WEIGHT = 0.5
"""What stands in brackets explains; a source may as well leave it out."""

QUOTED = re.compile(r"[“\"「『《]([^“”\"「」『』《》]{2,})[”\"」』》]")
MARKS = re.compile(r"[“”\"「」『』《》]")
BREAKS = re.compile(r"[，。；：、,;:·/（）()\[\]【】〔〕\s+-]+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words that say what is counted, made comparable.

    `segments` are runs of characters that stood together, `weights` one number for each character
    of each. `members` are the members of an enumeration as phrases of their own, none where there
    is no enumeration. `marks` are the members of exclusive sets it names, as set and member. `kin`
    are the words that a person would compare, each with its family.
    """

    segments: tuple[str, ...]
    weights: tuple[tuple[float, ...], ...]
    members: tuple[Phrase, ...]
    quoted: frozenset[str]
    actions: frozenset[str]
    marks: frozenset[tuple[str, str]]
    capacities: frozenset[str]
    has_effect: bool
    bigrams: frozenset[str]
    kin: tuple[tuple[str, str], ...]

    @property
    def core(self) -> str:
        """All characters that are compared, in one run."""
        return "".join(self.segments)

    @property
    def weight(self) -> float:
        """How much the phrase says, in characters of full weight."""
        return sum(sum(weights) for weights in self.weights)


@dataclass(frozen=True)
class IndicatorWords:
    """The word lists, compiled."""

    pattern: re.Pattern[str]
    kinds: dict[str, str]
    actions: dict[str, str]
    synonyms: re.Pattern[str]
    canonical: dict[str, str]
    exclusive: re.Pattern[str]
    sets: dict[str, tuple[tuple[str, str], ...]]
    marked: frozenset[tuple[str, str]]
    capacities: dict[str, str]
    effects: re.Pattern[str]
    all_words: re.Pattern[str]
    action_pairs: frozenset[frozenset[str]]
    soft_pairs: frozenset[frozenset[str]]
    plain_units: frozenset[str]
    kin: re.Pattern[str]
    families: dict[str, str]
    joined_verbs: re.Pattern[str]
    numbers: re.Pattern[str]
    enumeration: re.Pattern[str]
    before_region: tuple[str, ...]

    def read_phrase(self, printed: str) -> Phrase:
        """The phrase of an indicator as a source words it."""
        text = fold(printed).lower()
        quoted = frozenset(self._fold_synonyms(match) for match in QUOTED.findall(text))
        text = self.joined_verbs.sub("", text)
        text = self.numbers.sub("", MARKS.sub("", text))
        text = self._fold_synonyms(text)
        bare = re.sub(r"[（(][^（）()]*[）)]", "", text)
        parts = [part for part in self.enumeration.split(bare) if part]
        members = tuple(self._cut(part, quoted, ()) for part in parts) if len(parts) > 1 else ()
        members = tuple(member for member in members if member.weight > 1)
        return self._cut(text, quoted, members if len(members) > 1 else ())

    def says_all(self, text: str | None) -> bool:
        """Whether a clause says that every one of them was reached."""
        return bool(text) and self.all_words.search(fold(text or "")) is not None

    def _fold_synonyms(self, text: str) -> str:
        return self.synonyms.sub(lambda match: self.canonical[match.group()], text)

    def _cut(self, text: str, quoted: frozenset[str], members: tuple[Phrase, ...]) -> Phrase:
        segments, weights, actions = self._split(text)
        core = "".join(segments)
        return Phrase(
            segments=segments,
            weights=weights,
            members=members,
            quoted=quoted,
            actions=actions,
            marks=frozenset(
                mark for word in self.exclusive.findall(text) for mark in self.sets[word]
            ),
            capacities=frozenset(held for word, held in self.capacities.items() if word in core),
            kin=tuple((word, self.families[word]) for word in self.kin.findall(core)),
            has_effect=self.effects.search(text) is not None,
            bigrams=frozenset(
                segment[start : start + 2]
                for segment in segments
                for start in range(len(segment) - 1)
            ),
        )

    def _split(
        self, text: str
    ) -> tuple[tuple[str, ...], tuple[tuple[float, ...], ...], frozenset[str]]:
        """The stretches between verbs, fillers and marks, the weight of each of their characters,
        and what the verbs do."""
        segments: list[str] = []
        weights: list[tuple[float, ...]] = []
        actions: set[str] = set()
        letters: list[str] = []
        values: list[float] = []

        def close() -> None:
            if letters:
                segments.append("".join(letters))
                weights.append(tuple(values))
                letters.clear()
                values.clear()

        depth = 0
        position = 0
        while position < len(text):
            character = text[position]
            if character in "（()）":
                depth += 1 if character in "（(" else -1
            if BREAKS.match(character):
                close()
                position += 1
                continue
            match = self.pattern.match(text, position)
            word = match.group() if match else character
            kind = self.kinds.get(word, "")
            position += len(word)
            if kind in ("verb", "filler"):
                close()
                if kind == "verb":
                    actions.add(self.actions[word])
                continue
            weight = {"generic": GENERIC_WEIGHT, "audience": AUDIENCE_WEIGHT}.get(kind, 1.0)
            letters.extend(word)
            values.extend([weight * BRACKET_WEIGHT if depth > 0 else weight] * len(word))
        close()
        return tuple(segments), tuple(weights), frozenset(actions)


@cache
def load_indicator_words(files: WordFiles) -> IndicatorWords:
    """Reads the words once. Raises `VocabularyError` where a line is wrong."""
    found: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    marked: set[tuple[str, str]] = set()
    pairs: dict[str, set[frozenset[str]]] = {"": set(), "soft": set()}
    for row in files.read_rows(WORDS_FILE, ("kind", "word", "group", "note")):
        kind, word, group = row["kind"], row["word"], row["group"]
        if kind == "action_pair" and row["note"] in pairs:
            pairs[row["note"]].add(frozenset((word, group)))
            continue
        if kind not in KINDS or not word or word in found[kind]:
            raise row.error(f"wrong or repeated line: {dict(row)}")
        if kind == "exclusive" and any(one.count("/") != 1 for one in split_list(group)):
            raise row.error(f"{word}: not set/member: {group}")
        found[kind][word] = group
        if kind == "exclusive" and row["note"] == "marked":
            marked.update(_read_marks(group))
    patterns = files.read_patterns(PATTERNS_FILE, ("joined_verbs", "number", "enumeration"))
    kinds = {
        word: kind for kind in ("audience", "generic", "filler", "verb") for word in found[kind]
    }
    return IndicatorWords(
        pattern=_any_of(kinds),
        kinds=kinds,
        actions=found["verb"],
        synonyms=_any_of(found["synonym"]),
        canonical=found["synonym"],
        exclusive=_any_of(found["exclusive"]),
        sets={word: _read_marks(group) for word, group in found["exclusive"].items()},
        marked=frozenset(marked),
        capacities=found["capacity"],
        effects=_any_of(found["effect"]),
        all_words=_any_of(found["all"]),
        kin=_any_of(found["kin"]),
        families=found["kin"],
        joined_verbs=patterns["joined_verbs"],
        numbers=patterns["number"],
        enumeration=patterns["enumeration"],
        before_region=tuple(found["before_region"]),
        plain_units=frozenset(found["plain_unit"]),
        action_pairs=frozenset(pairs[""]),
        soft_pairs=frozenset(pairs["soft"]),
    )


def _read_marks(group: str) -> tuple[tuple[str, str], ...]:
    pairs = (one.split("/") for one in split_list(group))
    return tuple((name, member) for name, member in pairs)


def _any_of(words: dict[str, str]) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(re.escape(word) for word in ordered))
