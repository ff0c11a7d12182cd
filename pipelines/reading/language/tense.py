"""Cues that running text tells what was done, or what is planned.

Belongs here: counting the cues of `vocabulary/prose_cues.csv`. Does not belong here: any cue.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

from pipelines.reading.language.words import match_words
from pipelines.vocabulary.tables import read_rows

CUES_FILE = Path(__file__).parents[2] / "vocabulary" / "prose_cues.csv"


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    words = [row["word"] for row in read_rows(CUES_FILE, ("kind", "word")) if row["kind"] == kind]
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def count_result_cues(simplified: str) -> int:
    """How often a text says that something was done."""
    return len(_pattern("result").findall(simplified))


def count_plan_cues(simplified: str) -> int:
    """How often a text says that something is to be done."""
    return len(_pattern("plan").findall(simplified))


def is_as_of(date_words: str) -> bool:
    """Whether the printed words of a date say up to when something is told (截至…)."""
    return match_words("as_of_cue").match(date_words) is not None


def end_of_titled_period(title: str, year: int | None) -> date | None:
    """The last day of the part of the year that a title names in words (半年度, 年终)."""
    rows = read_rows(CUES_FILE.with_name("title_periods.csv"), ("word", "month", "day"))
    found = [row for row in rows if row["word"] in title]
    if not found or year is None:
        return None
    longest = max(found, key=lambda row: len(row["word"]))
    return date(year, int(longest["month"]), int(longest["day"]))


def introduces_list(simplified: str) -> bool:
    """Whether a text announces what comes after it."""
    return _pattern("intro").search(simplified) is not None


def tells_plan(clause: str) -> bool:
    """Whether a clause of an item that tells plan and result names the plan."""
    return _pattern("plan_clause").search(clause) is not None


def tells_plan_beside_result(clause: str) -> bool:
    """Whether a clause names the plan, seen that another one of its sentence tells the result."""
    return tells_plan(clause) or _pattern("beside_done").search(clause) is not None


def tells_done(clause: str) -> bool:
    """Whether a clause of an item that tells plan and result names the result."""
    return _pattern("done_clause").search(clause) is not None
