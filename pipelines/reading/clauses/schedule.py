"""The dated steps of a 进度安排 cell, and what each expects to be done by then.

Belongs here: where one step ends and the next begins, its dates, the heading it stands under, and
the part that every number of the cell plays. Does not belong here: what the expected share amounts
to (the caller knows the target), and whether the steps make sense in a row (the checks ask that).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipelines.quantities.grammar import Number
from pipelines.reading.clauses.distributed import (
    DatedFigure,
    DistributedSentence,
    find_distributed,
)
from pipelines.reading.clauses.expectations import (
    Expectation,
    StepNumber,
    expect,
    expect_in_words,
    judge_number,
)
from pipelines.reading.clauses.rules import NumberRole, label_of, rule_of_label
from pipelines.reading.clauses.step_rules import ExpectationKind, StepVerdict
from pipelines.reading.language.dates import DateMention, Precision, Relation
from pipelines.reading.language.passage import CLAUSE_ENDS, SENTENCE_ENDS, Passage
from pipelines.reading.language.text import Text
from pipelines.reading.language.units import PERCENT

AFTER_HEADING_DATE = ("，", "：", "、", "（")
DISTRIBUTED = "step:distributed"
HEADING = "step:heading"
"""Rules that need more than one number's clause; they stand in `schedule` itself."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its words, its place in the printed text, its dates and what it expects.

    `text` is Simplified and normalised; `start` and `end` are of the printed text. `due_on` is None
    where no date is printed for these words (an introduction, a closing remark) or where the date
    cannot be placed. `applies_to` is the heading in brackets or before a colon that the step stands
    under. `numbers` holds every number of the step and of the heading that opens before it: over
    all steps of a cell each number of the cell stands exactly once.
    """

    text: str
    start: int
    end: int
    starts_on: date | None
    due_on: date | None
    applies_to: str | None
    expectations: tuple[Expectation, ...]
    numbers: tuple[StepNumber, ...]


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading: the range that it takes up with its marks, and its words."""

    start: int
    end: int
    words: str


def read_schedule(
    text: Text, plan_year: int | None, default_due: date | None = None
) -> tuple[Step, ...]:
    """The steps of a schedule cell in order; words without a date form steps without one.

    `default_due` is the day for words without a date: that of a column for a part of the year.
    A date that opens a clause opens a step, so a sentence that names several dates gives several.
    """
    passage = text.passage
    if not passage.text:
        return ()
    mentions = text.dates(plan_year)
    places = [(passage.in_text(m.start), passage.in_text(m.end)) for m in mentions]
    headings = _find_headings(passage, places)
    breaks = _find_breaks(passage, mentions, places, headings)
    default = None
    if default_due is not None:
        default = DateMention(0, 0, None, default_due, Precision.DAY, Relation.BY)
    if not breaks:
        return _build_steps(text, mentions, (), [_Break(0, None)], default)
    steps = _build_steps(text, mentions, headings, breaks, default)
    return _distribute(passage, find_distributed(passage, mentions, plan_year), steps)


def _distribute(
    passage: Passage, sentences: Sequence[DistributedSentence], steps: tuple[Step, ...]
) -> tuple[Step, ...]:
    """The steps with each sentence that gives several dates their own figures as several steps."""
    for sentence in sentences:
        own = {figure.number.number_start for figure in sentence.figures}
        kept: list[Step] = []
        rest: list[StepNumber] = []
        for step in steps:
            numbers = tuple(n for n in step.numbers if n.number.number_start not in own)
            if sentence.start <= passage.in_text(step.start) < sentence.end:
                # Its words are told again by the steps below; its other numbers must not be lost.
                rest.extend(numbers)
                continue
            expectations = tuple(
                e for e in step.expectations if not e.number or e.number.number_start not in own
            )
            kept.append(replace(step, numbers=numbers, expectations=expectations))
        heading = next(
            (s.applies_to for s in steps if passage.in_text(s.start) >= sentence.start), None
        )
        for figure in sentence.figures:
            rest.append(StepNumber(figure.number, NumberRole.MILESTONE, DISTRIBUTED))
            kept.append(_step_of_figure(passage, sentence, figure, heading, tuple(rest)))
            rest = []
        steps = tuple(sorted(kept, key=lambda step: step.start))
    return steps


def _step_of_figure(
    passage: Passage,
    sentence: DistributedSentence,
    figure: DatedFigure,
    heading: str | None,
    numbers: tuple[StepNumber, ...],
) -> Step:
    kind = ExpectationKind.SHARE if figure.unit == PERCENT else ExpectationKind.VALUE
    verdict = StepVerdict(NumberRole.MILESTONE, kind)
    expectation = expect(figure.number, figure.value, figure.unit, verdict)
    low, high = _trim(passage, sentence.start, sentence.end)
    return Step(
        text=passage.text[low:high],
        start=passage.in_printed(low),
        end=passage.end_in_printed(high),
        starts_on=None,
        due_on=figure.due_on,
        applies_to=heading,
        expectations=(expectation,),
        numbers=numbers,
    )


# -------------------------------------------------------------------------------- headings


def _find_headings(passage: Passage, dates: Sequence[tuple[int, int]]) -> tuple[_Heading, ...]:
    """Bracketed headings, and short words before a colon that a date follows."""
    found: list[_Heading] = []
    for low, high in passage.brackets:
        opens = passage.text[low - 1] in "[【［〔"
        at_start = (
            low == 1 or passage.text[low - 2] in SENTENCE_ENDS or _opens_line(passage, low - 1)
        )
        if opens and at_start:
            end = high + 1
            if passage.text[end : end + 1] == "：":
                end += 1
            found.append(_Heading(low - 1, end, passage.text[low:high]))
    for start, end in _segments(passage, ()):
        cut = passage.cut_after(start, CLAUSE_ENDS, passage.whole)
        words = passage.text[start:cut]
        is_taken = any(h.start <= start < h.end for h in found)
        if cut >= end or passage.text[cut] != "：" or is_taken:
            continue
        if any(low < cut and high > start for low, high in dates):
            continue
        if words.endswith(passage.language.words("schedule_lead")) or not any(
            cut < low <= cut + 4 for low, _ in dates
        ):
            continue
        found.append(_Heading(start, cut + 1, _without_item_number(passage, words)))
    return tuple(sorted(found, key=lambda heading: heading.start))


def _without_item_number(passage: Passage, words: str) -> str:
    marker = passage.language.pattern("item_number").match(words)
    return words[marker.end() :] if marker else words


def _opens_line(passage: Passage, position: int) -> bool:
    return position in passage.line_starts()


def _segments(passage: Passage, cuts: Sequence[int]) -> list[tuple[int, int]]:
    """Stretches between sentence ends and the extra cuts."""
    segments: list[tuple[int, int]] = []
    for low, high in passage.split(SENTENCE_ENDS):
        start = low
        for cut in sorted(cut for cut in cuts if low < cut < high):
            segments.append((start, cut))
            start = cut
        segments.append((start, high))
    return [segment for segment in segments if segment[0] < segment[1]]


# ---------------------------------------------------------------------------------- breaks


@dataclass(frozen=True, slots=True)
class _Break:
    """Where a step begins, and the date that opens it (None: words without a date)."""

    start: int
    mention: int | None


def _find_breaks(
    passage: Passage,
    mentions: Sequence[DateMention],
    dates: Sequence[tuple[int, int]],
    headings: Sequence[_Heading],
) -> list[_Break]:
    line_cuts = [
        low for low, _ in dates if _opens_line(passage, low) or _opens_line(passage, low - 1)
    ]
    heading_cuts = [cut for heading in headings for cut in (heading.start, heading.end)]
    heading_starts = {heading.start for heading in headings}
    breaks: list[_Break] = []
    for start, end in _segments(passage, [*line_cuts, *heading_cuts]):
        if start in heading_starts:
            continue
        opened = False
        for index, (low, high) in enumerate(dates):
            if not (start <= low < end):
                continue
            clause = _opened_clause(passage, start, low, high, mentions[index], opened)
            if clause is None:
                continue
            if not opened and clause > start:
                introduced = _introduction_end(passage, start, clause)
                if introduced is not None:
                    breaks.append(_Break(start, None))
                    clause = introduced
                else:
                    clause = start
            breaks.append(_Break(clause, index))
            opened = True
        if not opened and _is_apart(passage, start, breaks, heading_cuts):
            breaks.append(_Break(start, None))
    return breaks


def _opened_clause(
    passage: Passage, start: int, low: int, high: int, mention: DateMention, opened: bool
) -> int | None:
    """The start of the clause that the date at [low, high) opens; None where it opens none."""
    language = passage.language
    if mention.precision is Precision.YEAR and mention.relation is Relation.IN:
        is_headed = passage.text[high : high + 1] in AFTER_HEADING_DATE
        names_year = language.pattern("names_year").match(passage.text, low, high) is not None
        acts = language.pattern("year_step").match(passage.text, high) is not None
        if not is_headed and not (names_year and acts):
            return None
    clause = max(start, passage.cut_before(low, CLAUSE_ENDS, passage.whole))
    for bracket_low, bracket_high in passage.brackets:
        if bracket_low <= low < bracket_high and bracket_low > clause:
            if passage.text[bracket_low - 1] in "（(" and bracket_low == low and not opened:
                return clause
            return None
    is_head = language.pattern("step_head").fullmatch(passage.text, clause, low) is not None
    return clause if is_head else None


def _introduction_end(passage: Passage, start: int, clause: int) -> int | None:
    """Where words that end in a colon before the first dated clause end; None without such."""
    if passage.text[clause - 1] == "：":
        return clause
    return None


def _is_apart(
    passage: Passage, start: int, breaks: Sequence[_Break], heading_cuts: Sequence[int]
) -> bool:
    """Whether undated words stand by themselves: first of all, or after a full stop.

    After a semicolon they go on with the step before, unless they tell what comes after it
    (验收合格后，…).
    """
    if not breaks or start in heading_cuts or passage.text[start - 1] in "。！？!?":
        return True
    return passage.language.pattern("after_event").match(passage.text, start) is not None


# ----------------------------------------------------------------------------------- steps


def _build_steps(
    text: Text,
    mentions: Sequence[DateMention],
    headings: Sequence[_Heading],
    breaks: Sequence[_Break],
    default: DateMention | None,
) -> tuple[Step, ...]:
    passage = text.passage
    steps: list[Step] = []
    covered = 0
    for position, opening in enumerate(breaks):
        limit = breaks[position + 1].start if position + 1 < len(breaks) else len(passage.text)
        end = min([limit, *(h.start for h in headings if opening.start <= h.start)])
        heading = next((h for h in reversed(headings) if h.end <= opening.start), None)
        is_last = position == len(breaks) - 1
        span = (opening.start, end)
        mention = mentions[opening.mention] if opening.mention is not None else default
        expectations: list[Expectation] = []
        numbers: list[StepNumber] = []
        reach = len(passage.text) + 1 if is_last else end
        for index, number in enumerate(passage.numbers):
            place = passage.spans[index][0]
            if not covered <= place < reach:
                continue
            if place < opening.start or place >= end:
                numbers.append(_number_of_heading(passage, index, headings, number))
                continue
            judged = judge_number(text, index, span, mention)
            numbers.append(judged[0])
            if judged[1] is not None:
                expectations.append(judged[1])
        covered = reach
        expectations.extend(expect_in_words(passage, span, expectations))
        low, high = _trim(passage, opening.start, end)
        steps.append(
            Step(
                text=passage.text[low:high],
                start=passage.in_printed(low),
                end=passage.end_in_printed(high),
                starts_on=mention.starts_on if mention and _is_period(mention) else None,
                due_on=mention.ends_on if mention else None,
                applies_to=heading.words if heading else None,
                expectations=tuple(expectations),
                numbers=tuple(numbers),
            )
        )
    return tuple(steps)


def _is_period(mention: DateMention) -> bool:
    """Whether the date names a first day too (4月-8月, 5月, 上半年), not only a last one."""
    return mention.relation is not Relation.BY


def _number_of_heading(
    passage: Passage, index: int, headings: Sequence[_Heading], number: Number
) -> StepNumber:
    """A number of a heading repeats the target that the steps after it are for."""
    label = label_of(number)
    if label is not None:
        return StepNumber(number, label, rule_of_label(number))
    place = passage.spans[index][0]
    is_of_heading = any(h.start <= place < h.end for h in headings)
    return StepNumber(number, NumberRole.TARGET if is_of_heading else NumberRole.SCOPE, HEADING)


def _trim(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """Without the marks at either end."""
    marks = SENTENCE_ENDS + "，、："
    while start < end and passage.text[start] in marks:
        start += 1
    while end > start and passage.text[end - 1] in marks:
        end -= 1
    return start, end
