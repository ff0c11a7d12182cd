"""What a line, and a document as a whole, must satisfy to be believed.

Belongs here: the guards, as named questions with an answer in words. Does not belong here: what
becomes of a line that fails one (`holding`), or arithmetic that a source may fail by its own fault
(`sql/claims`).

A guard speaks of our reading, never of the source: what fails one was, most likely, misread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipelines.doubting.line_facts import LineFacts
from pipelines.facts import DocumentFacts, Target
from pipelines.vocabulary import Vocabulary

PERCENT = "%"
MONEY = "investment"
"""A header that is a name too: funds may be what is promised."""
WHOLE = Decimal(100)
YEARS_BEFORE, YEARS_AFTER = 1, 3
"""How far from its plan's year a day may lie: work goes on over years, plans reach back one."""
FEWEST_SHARED = 2
"""Of a single target, a wrong sum says little about the reading."""
FEWEST_LOST = 10
MOST_LOST_SHARE = Decimal("0.5")
STATING_ROLES = ("target", "allocation", "milestone", "report")


@dataclass(frozen=True, slots=True)
class LineGuard:
    """Why a line may be misread, in a sentence, or None where it looks right."""

    name: str
    says: str
    find: Callable[[LineFacts, Vocabulary], str | None]


@dataclass(frozen=True, slots=True)
class DocumentGuard:
    """The same of a document as a whole."""

    name: str
    says: str
    find: Callable[[DocumentFacts], str | None]


# ----------------------------------------------------------------------------------- of a line


def _names_nothing(line: LineFacts, vocabulary: Vocabulary) -> str | None:
    for target in line.targets:
        if not _is_name(target.indicator, vocabulary):
            return f"“{target.as_printed}” counts “{target.indicator}”, which names nothing"
    return None


def _is_name(words: str, vocabulary: Vocabulary) -> bool:
    """Whether words can name what is counted: letters that are no header, no note of units and more
    than a verb."""
    if not any(character.isalpha() for character in words):
        return False
    if vocabulary.language.pattern("unit_line").fullmatch(words) is not None:
        return False
    if words in vocabulary.language.words("action"):
        return False
    header = vocabulary.headers.role_of(words)
    return header is None or header.kind != "exact" or header.role == MONEY


def _has_no_unit(line: LineFacts, vocabulary: Vocabulary) -> str | None:
    for target in line.targets:
        if target.value is not None and target.unit is None:
            return f"nobody knows in which unit “{target.as_printed}” counts {target.indicator}"
    return None


def _says_twice(line: LineFacts, vocabulary: Vocabulary) -> str | None:
    alone = [t for t in line.targets if t.value is not None and t.headline_figure_id is None]
    names = Counter((t.indicator, t.context, t.unit, t.plan_year, t.comparator) for t in alone)
    for target in alone:
        key = (target.indicator, target.context, target.unit, target.plan_year, target.comparator)
        if names[key] > 1:
            values = ", ".join(t.as_printed for t in alone if t.indicator == target.indicator)
            return f"{target.indicator} has several goals: {values}"
    return None


def _passes_the_whole(line: LineFacts, vocabulary: Vocabulary) -> str | None:
    for target in line.targets:
        if target.unit == PERCENT and target.value is not None and target.value > WHOLE:
            return f"“{target.as_printed}” is promised of {target.indicator}: more than the whole"
    return None


def _promises_a_share_of_itself(line: LineFacts, vocabulary: Vocabulary) -> str | None:
    of_task = vocabulary.language.pattern("against_goal")
    for target in line.targets:
        if target.unit == PERCENT and of_task.search(target.indicator) is not None:
            return f"“{target.as_printed}” of “{target.indicator}” is a share of a goal, not a goal"
    return None


def _is_out_of_time(line: LineFacts, vocabulary: Vocabulary) -> str | None:
    year = line.commitment.plan_year
    days = [line.commitment.due_on, *(step.due_on for step in line.milestones)]
    for day in days:
        if day is not None and year is not None and not _is_near(day, year):
            return f"{day} is far from the plan's year {year}"
    return None


def _is_near(day: date, year: int) -> bool:
    return year - YEARS_BEFORE <= day.year <= year + YEARS_AFTER


def _has_no_title(line: LineFacts, vocabulary: Vocabulary) -> str | None:
    title = line.commitment.title
    if not _is_name(title, vocabulary):
        return f"“{title}” is no title of a line"
    return None


LINE_GUARDS = (
    LineGuard("title_is_a_name", "A line is called by words of its own", _has_no_title),
    LineGuard("target_names_a_thing", "A target says what it counts", _names_nothing),
    LineGuard("target_has_a_unit", "A target says in which unit it counts", _has_no_unit),
    LineGuard("goal_is_said_once", "A line has one goal for a thing and year", _says_twice),
    LineGuard("rate_is_of_a_whole", "No rate that is promised passes the whole", _passes_the_whole),
    LineGuard(
        "share_of_a_goal_is_no_goal",
        "A share of a goal is no goal itself",
        _promises_a_share_of_itself,
    ),
    LineGuard("days_are_near", "Days lie about the plan's year", _is_out_of_time),
)


# ------------------------------------------------------------------------------- of a document


def _never_adds_up(facts: DocumentFacts) -> str | None:
    shared = list(_compare_shares(facts))
    if len(shared) < FEWEST_SHARED or any(target.value == total for target, total in shared):
        return None
    return (
        f"the shares of none of {len(shared)} targets add up to the target; so it is not the "
        "source that is wrong, but the columns or rows were taken for others"
    )


def _compare_shares(facts: DocumentFacts) -> Iterator[tuple[Target, Decimal]]:
    for target in facts.targets:
        shares = [s.value for s in facts.allocations if s.target_id == target.target_id]
        units = {s.unit for s in facts.allocations if s.target_id == target.target_id}
        if shares and target.value is not None and units == {target.unit}:
            yield target, sum(shares, Decimal(0))


def _is_mostly_unread(facts: DocumentFacts) -> str | None:
    roles = Counter(figure.role for figure in facts.figures)
    stated = sum(roles[role] for role in STATING_ROLES)
    lost = roles["unresolved"]
    if lost < FEWEST_LOST or Decimal(lost) / (lost + stated) <= MOST_LOST_SHARE:
        return None
    return f"of {lost + stated} numbers that count something, {lost} were not understood"


DOCUMENT_GUARDS = (
    DocumentGuard(
        "shares_add_up_somewhere", "The shares of some target add up to it", _never_adds_up
    ),
    DocumentGuard(
        "most_is_understood", "Most numbers that count something are understood", _is_mostly_unread
    ),
)
