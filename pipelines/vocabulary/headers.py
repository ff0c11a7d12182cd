"""Header words: what role a column (or row) has by the words that stand over it.

Belongs here: looking up one header text. Does not belong here: joining the storeys of a header, or
settling by the cells below what the words leave open.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from pipelines.vocabulary.folding import fold, fold_word
from pipelines.word_files import WordFiles

HEADERS_FILE = "headers.csv"
PERIODS_FILE = "header_periods.csv"
BRACKETED = re.compile(r"[（(\[【〔]([^（）()\[\]【】〔〕]*)[)）\]】〕]")
YEAR = re.compile(r"20\d\d")
PARENT_ROLES_OF_PARTS = frozenset({"goal", "goal_value"})
"""A goal for a part of the year is a step towards the year's goal, not the goal itself."""

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


@dataclass(frozen=True, slots=True)
class HeaderPeriod:
    """A time that a header names: `kind` is `year`, `part` or `as_of`; `text` is folded."""

    kind: str
    text: str
    year: int | None


@dataclass(frozen=True)
class Headers:
    """The header words. `is_unit` says whether a bracket's content is a unit of measure."""

    words: tuple[tuple[str, str, bool], ...]
    """Folded word, role, whether it counts only as the whole header."""
    period_patterns: tuple[tuple[str, re.Pattern[str]], ...]
    is_unit: Callable[[str], bool]

    @cached_property
    def roles(self) -> frozenset[str]:
        """Every role that some word has."""
        return frozenset(role for _, role, _ in self.words)

    @cached_property
    def _role_by_word(self) -> dict[str, str]:
        return {word: role for word, role, _ in self.words}

    @cached_property
    def _containable(self) -> tuple[tuple[str, str], ...]:
        parts = [(word, role) for word, role, exact_only in self.words if not exact_only]
        return tuple(sorted(parts, key=lambda part: (-len(part[0]), part[0])))

    def role_of(self, text: str) -> RoleMatch | None:
        """The role of a header text, or None where it is unknown or could be two things.

        First the whole text, then the text without unit, year and period, then the longest known
        word in it. A word of another role that is as long, or that ends the header (the head of a
        Chinese compound stands last: 责任单位 负责人), makes it ambiguous.
        """
        whole = fold_word(text)
        if whole in self._role_by_word:
            return RoleMatch(self._role_by_word[whole], whole, "exact")
        stripped, unit_hint = self._take_unit(fold(text))
        period, rest = self._take_periods(stripped)
        year = period.year if period else None
        period_text = period.text if period and period.kind != "year" else None
        found = self._look_up(fold_word(rest))
        if found is None:
            found = self._look_up(fold_word(BRACKETED.sub("", rest)))
        if found is None:
            return None
        role, word, kind = found
        if period and period.kind == "part" and role in PARENT_ROLES_OF_PARTS:
            role = "quarter_goal"
        if unit_hint == PERCENT and role in ROLES_OF_AMOUNTS:
            role = "percent"
        return RoleMatch(role, word, kind, unit_hint, period_text, year)

    def words_of(self, role: str) -> frozenset[str]:
        """The folded words of a role."""
        return frozenset(word for word, other, _ in self.words if other == role)

    def is_total(self, text: str) -> bool:
        """Whether the text is a word for a total (合计, 小计), by itself."""
        return self._role_by_word.get(fold_word(text)) in ("total", "subtotal")

    def is_subtotal(self, text: str) -> bool:
        """Whether the text is a word for a total of some rows only (小计)."""
        return self._role_by_word.get(fold_word(text)) == "subtotal"

    def find_period(self, text: str) -> HeaderPeriod | None:
        """The time that a header names, if any: the most telling kind, then the longest."""
        return self._take_periods(fold(text))[0]

    def _take_unit(self, folded: str) -> tuple[str, str | None]:
        for match in BRACKETED.finditer(folded):
            content = match.group(1).removeprefix("单位：").removeprefix("单位:")
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
        if word in self._role_by_word:
            return self._role_by_word[word], word, "exact"
        inside = [(known, role) for known, role in self._containable if known in word]
        if not inside:
            return None
        longest, role = inside[0]
        # A word that ends the header is its head, unless the longest word does so itself.
        is_head = word.endswith(longest)
        rivals = {
            other
            for known, other, _ in self.words
            if other != role
            and known in word
            and (
                len(known) >= len(longest)
                or (len(known) > 1 and word.endswith(known) and not is_head)
            )
        }
        return None if rivals else (role, longest, "contained")


def load_headers(files: WordFiles, is_unit: Callable[[str], bool]) -> Headers:
    """Reads the header words and periods. Raises `VocabularyError` where a word has two roles."""
    words: dict[str, tuple[str, str, bool]] = {}
    for row in files.read_rows(HEADERS_FILE, ("role", "word", "match", "note")):
        word = fold_word(row["word"])
        if not word or row["match"] not in ("", "exact"):
            raise row.error(f"not a header line: {dict(row)}")
        if word in words and words[word][1] != row["role"]:
            raise row.error(f"{row['word']} has two roles: {words[word][1]}, {row['role']}")
        words[word] = (word, row["role"], row["match"] == "exact")
    patterns = tuple(
        (row["kind"], row.pattern_of("pattern"))
        for row in files.read_rows(PERIODS_FILE, ("kind", "pattern", "note"))
    )
    return Headers(tuple(words.values()), patterns, is_unit)
