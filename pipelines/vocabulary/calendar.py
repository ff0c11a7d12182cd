"""How dates are written: the pattern of a date and the meaning of its words.

Belongs here: loading `calendar.yml` and `title_periods.csv`. Does not belong here: placing a date
that was found (`pipelines.reading.language.dates`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.vocabulary.language import compile_pattern
from pipelines.vocabulary.tables import VocabularyError, WordFiles

CALENDAR_FILE = "calendar.yml"
TITLE_PERIODS_FILE = "title_periods.csv"
PLACED = re.compile(r"(?<!\?P)<(?P<name>[a-z_]+)(?::(?P<place>[a-z]_))?>")


@dataclass(frozen=True)
class Calendar:
    """The words of dates. `parts` and `year_parts` say which part of a month or year is meant:
    `first`, `second`, `last` (thirds), `middle`, `end`, `whole`."""

    date: re.Pattern[str]
    dotted_month: re.Pattern[str]
    spoken_years: Mapping[str, int]
    """Word for a year → years after the plan's."""
    halves: Mapping[str, int]
    parts: Mapping[str, str]
    year_parts: Mapping[str, str]
    counts_before: str
    repeats_before: str
    title_periods: tuple[tuple[str, int, int], ...]
    """Word in a title, and the month and day on which the part of the year that it names ends."""


def load_calendar(files: WordFiles) -> Calendar:
    """Read and compile the words of dates. Raises `VocabularyError` where a file is wrong."""
    path, listed = files.path_of(CALENDAR_FILE), files.read_yaml(CALENDAR_FILE)
    try:
        patterns = dict(listed["patterns"])

        def place(text: str, prefix: str) -> str:
            """The text with its parts put in, the groups of each named for where it stands."""

            def put(match: re.Match[str]) -> str:
                own = match["place"] or prefix
                return place(patterns[match["name"]], own)

            return PLACED.sub(put, text).replace("{p}", prefix)

        return Calendar(
            date=compile_pattern(place(patterns["date"], ""), path),
            dotted_month=compile_pattern(patterns["dotted_month"], path),
            spoken_years=dict(listed["spoken_years"]),
            halves=dict(listed["halves"]),
            parts=dict(listed["parts"]),
            year_parts=dict(listed["year_parts"]),
            counts_before=str(listed["counts_before"]),
            repeats_before=str(listed["repeats_before"]),
            title_periods=tuple(
                (row["word"], int(row["month"]), int(row["day"]))
                for row in files.read_rows(TITLE_PERIODS_FILE, ("word", "month", "day"))
            ),
        )
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise VocabularyError("vocabulary_line", f"an entry is wrong: {error!r}", path) from error
