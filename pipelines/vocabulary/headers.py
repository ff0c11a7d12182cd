"""Header words: what role a column (or row) has by the words that stand over it.

Belongs here: looking up one header text. Does not belong here: joining the storeys of a header, or
settling by the cells below what the words leave open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pipelines.vocabulary.compositions import Parts
from pipelines.vocabulary.folding import fold, fold_word
from pipelines.word_files import VocabularyError, WordFiles

HEADERS_FILE = "headers.csv"
COMPOSITIONS_FILE = "header_compositions.yml"
PERIODS_FILE = "header_periods.csv"
BRACKETED = re.compile(r"[（(\[【〔]([^（）()\[\]【】〔〕]*)[)）\]】〕]")
YEAR = re.compile(r"20\d\d")
PARENT_ROLES_OF_PARTS = frozenset({"goal", "goal_value"})
"""A goal for a part of the year is a step towards the year's goal, not the goal itself."""

EXACT = "exact"
COMPOSITION_KEYS = frozenset({"role", "words", "match", "except"})

PERCENT = "%"
ROLES_OF_AMOUNTS = frozenset({"progress", "done_value"})
"""What was done, given in per cent, is a share of the goal."""


@dataclass(frozen=True, slots=True)
class RoleMatch:
    """The role of a header and what else the header says.

    `kind` is `exact` (the whole header is a known word) or `contained` (its longest known word).
    `period` is the part of the year as printed (`1-3月`, `截至9月底`), folded; `year` a year in it.
    """

    role: str
    word: str
    kind: str
    unit_hint: str | None = None
    period: str | None = None
    year: int | None = None
    is_own_period: bool = False
    """Whether the column is of `period` alone (三季度新增), not up to its end."""


@dataclass(frozen=True, slots=True)
class HeaderWord:
    """The role of a known word, and whether it counts only as the whole header."""

    role: str
    is_exact_only: bool


@dataclass(frozen=True, slots=True)
class HeaderPeriod:
    """A time that a header names: `kind` is `year`, `part` or `as_of`; `text` is folded."""

    kind: str
    text: str
    year: int | None


@dataclass(frozen=True)
class Headers:
    """The header words. `is_unit` says whether a bracket's content is a unit of measure."""

    words: Mapping[str, HeaderWord]
    """By the folded word."""
    unit_labels: frozenset[str]
    period_patterns: tuple[tuple[str, re.Pattern[str]], ...]
    is_unit: Callable[[str], bool]
    period_stand_in: str = ""
    """The word in whose place a part of the year may stand; empty where there is none."""
    _asked: dict[str, RoleMatch | None] = field(default_factory=dict, repr=False, compare=False)
    """Headers and labels come again and again, over tables and documents."""

    @cached_property
    def roles(self) -> frozenset[str]:
        """Every role that some word has."""
        return frozenset(known.role for known in self.words.values())

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.words), default=0)

    def role_of(self, text: str) -> RoleMatch | None:
        """The role of a header text, or None where it is unknown or could be two things.

        First the whole text, then the text without unit, year and period, then the longest known
        word in it. A word of another role that is as long, or that ends the header (the head of a
        Chinese compound stands last: 责任单位 负责人), makes it ambiguous.
        """
        if text not in self._asked:
            self._asked[text] = self._find_role(text)
        return self._asked[text]

    def _find_role(self, text: str) -> RoleMatch | None:
        whole = fold_word(text)
        if whole in self.words:
            return RoleMatch(self.words[whole].role, whole, EXACT)
        stripped, unit_hint = self._take_unit(fold(text))
        period, rest = self._take_periods(stripped)
        year = period.year if period else None
        period_text = period.text if period and period.kind != "year" else None
        # 本月任务 is known as a whole; what is left of it without its period means something else.
        found = (
            self._look_up_whole(self._drop_years(stripped))
            or self._look_up(fold_word(rest))
            or self._look_up(fold_word(BRACKETED.sub("", rest)))
        )
        if found is None:
            return self._find_own_period(period, rest)
        role, word, kind = found
        if period and period.kind == "part" and role in PARENT_ROLES_OF_PARTS:
            role = "quarter_goal"
        if unit_hint == PERCENT and role in ROLES_OF_AMOUNTS:
            role = "percent"
        return RoleMatch(role, word, kind, unit_hint, period_text, year)

    def _find_own_period(self, period: HeaderPeriod | None, rest: str) -> RoleMatch | None:
        """The role of a header that is known with a word for a part of the year in its place."""
        if period is None or period.kind != "part" or not self.period_stand_in or not rest:
            return None
        found = self._look_up_whole(self.period_stand_in + fold_word(rest))
        if found is None:
            return None
        role, word, kind = found
        return RoleMatch(role, word, kind, None, period.text, period.year, is_own_period=True)

    def words_of(self, role: str) -> frozenset[str]:
        """The folded words of a role."""
        return frozenset(word for word, known in self.words.items() if known.role == role)

    def is_total(self, text: str) -> bool:
        """Whether the text is a word for a total (合计, 小计), by itself."""
        known = self.words.get(fold_word(text))
        return known is not None and known.role in ("total", "subtotal")

    def is_subtotal(self, text: str) -> bool:
        """Whether the text is a word for a total of some rows only (小计)."""
        known = self.words.get(fold_word(text))
        return known is not None and known.role == "subtotal"

    def find_period(self, text: str) -> HeaderPeriod | None:
        """The time that a header names, if any: the most telling kind, then the longest."""
        return self._take_periods(fold(text))[0]

    def _take_unit(self, folded: str) -> tuple[str, str | None]:
        for match in BRACKETED.finditer(folded):
            content = match.group(1)
            label, _, labelled = content.partition("：")
            content = labelled if label in self.unit_labels else content
            if content and self.is_unit(content):
                return folded[: match.start()] + folded[match.end() :], content
        return folded, None

    def _take_periods(self, folded: str) -> tuple[HeaderPeriod | None, str]:
        """The header's time and the header without any time."""
        rest = folded
        found: list[HeaderPeriod] = []
        while True:
            best: re.Match[str] | None = None
            best_kind = ""
            for kind, pattern in self.period_patterns:
                match = pattern.search(rest)
                if match and match.group() and (not best or len(match[0]) > len(best[0])):
                    best, best_kind = match, kind
            if best is None:
                break
            year = YEAR.search(best.group())
            found.append(HeaderPeriod(best_kind, best.group(), int(year[0]) if year else None))
            rest = rest[: best.start()] + rest[best.end() :]
        if not found:
            return None, folded
        telling = min(found, key=lambda period: (period.kind == "year", -len(period.text)))
        years = [period.year for period in found if period.year]
        return HeaderPeriod(telling.kind, telling.text, years[0] if years else None), rest

    def _look_up(self, word: str) -> tuple[str, str, str] | None:
        if not word:
            return None
        whole = self._look_up_whole(word)
        if whole is not None:
            return whole
        inside = self._find_known(word)
        containable = [known for known in inside if not self.words[known].is_exact_only]
        if not containable:
            return None
        longest = min(containable, key=lambda known: (-len(known), known))
        role = self.words[longest].role
        # A word that ends the header is its head, unless the longest word does so itself.
        is_head = word.endswith(longest)
        for known in inside:
            ends = len(known) > 1 and word.endswith(known) and not is_head
            if self.words[known].role != role and (len(known) >= len(longest) or ends):
                return None
        return role, longest, "contained"

    def _look_up_whole(self, word: str) -> tuple[str, str, str] | None:
        known = self.words.get(fold_word(word))
        return None if known is None else (known.role, fold_word(word), EXACT)

    def _drop_years(self, folded: str) -> str:
        for kind, pattern in self.period_patterns:
            folded = pattern.sub("", folded) if kind == "year" else folded
        return folded

    def _find_known(self, text: str) -> set[str]:
        """All known words in a text, whatever they overlap."""
        return {
            text[start:end]
            for start in range(len(text))
            for end in range(start + 1, min(start + self._longest, len(text)) + 1)
            if text[start:end] in self.words
        }


def load_headers(files: WordFiles, is_unit: Callable[[str], bool]) -> Headers:
    """Reads the header words and periods, and puts the composed ones together.

    Raises `VocabularyError` where a word has two roles.
    """
    words, unit_labels, stand_in = _read_compositions(files)
    roles = {known.role for known in words.values()}
    for row in files.read_rows(HEADERS_FILE, ("role", "word", "match", "note")):
        word = fold_word(row["word"])
        if not word or row["match"] not in ("", EXACT):
            raise row.error(f"not a header line: {dict(row)}")
        if row.path == files.path_of(HEADERS_FILE):
            roles.add(row["role"])
        row.require("role", roles)
        if word in words and words[word].role != row["role"]:
            raise row.error(f"{row['word']} has two roles: {words[word].role}, {row['role']}")
        words[word] = HeaderWord(row["role"], row["match"] == EXACT)
    patterns = tuple(
        (row["kind"], row.pattern_of("pattern"))
        for row in files.read_rows(PERIODS_FILE, ("kind", "pattern", "note"), ("kind",))
    )
    return Headers(words, unit_labels, patterns, is_unit, stand_in)


def _read_compositions(files: WordFiles) -> tuple[dict[str, HeaderWord], frozenset[str], str]:
    """The words that `header_compositions.yml` puts together, its labels of units, and the word in
    whose place a part of the year may stand."""
    path, content = files.path_of(COMPOSITIONS_FILE), files.read_yaml(COMPOSITIONS_FILE)
    words: dict[str, HeaderWord] = {}
    try:
        parts, unit_labels = Parts(content["parts"]), frozenset(content["unit_labels"])
        stand_in = fold_word(content.get("period_stand_in", ""))
        for entry in content["compositions"]:
            _add_composition(words, parts, entry)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise VocabularyError("vocabulary_line", str(error), path) from error
    letters = "".join(sorted(set("".join(words))))
    unfolded = set(letters) - set(fold_word(letters))
    if unfolded:
        message = f"not Simplified, or a mark that is dropped before looking up: {unfolded}"
        raise VocabularyError("vocabulary_line", message, path)
    return words, unit_labels, stand_in


def _add_composition(words: dict[str, HeaderWord], parts: Parts, entry: Mapping[str, Any]) -> None:
    role, match, excepted = entry["role"], entry.get("match", ""), set(entry.get("except", ()))
    unknown = set(entry) - COMPOSITION_KEYS
    if unknown or match not in ("", EXACT):
        raise ValueError(f"not a composition: {entry}")
    made = dict.fromkeys(word for template in entry["words"] for word in parts.expand(template))
    if not excepted <= made.keys():
        raise ValueError(f"{role}: excepted, but not made: {sorted(excepted - made.keys())}")
    for word in made:
        if word in excepted or not word:
            continue
        known = words.get(word)
        if known is not None and known.role != role:
            raise ValueError(f"{word} has two roles: {known.role}, {role}")
        is_exact_only = match == EXACT and (known is None or known.is_exact_only)
        words[word] = HeaderWord(role, is_exact_only)
