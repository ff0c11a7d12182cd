"""Goals that a report quotes beside its results, and which result answers which.

Belongs here: the lines and targets of a document that only reports, and pairing its figures with
them. Does not belong here: which figures are goals (`clauses.result_rules`), or whether a plan that
stands in another document promises the same (`pipelines.linking`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.facts import Commitment, Target
from pipelines.reading.clauses.accomplished import Reported
from pipelines.reading.clauses.rules import NumberRole
from pipelines.reading.language.passage import SENTENCE_ENDS
from pipelines.reading.language.text import Text
from pipelines.reading.language.verbs import names_nothing
from pipelines.reading.recording.book import QUOTED, Book
from pipelines.reading.recording.line_record import LineRecord, Stated
from pipelines.reading.recording.matching import Claimant, Matcher
from pipelines.reading.recording.targets import ECHO
from pipelines.reading.rows import Field, Heading, Line

_MARK = "g"
SHORTEST_NAME = 3
"""Characters of a name that says what is counted; fewer are left over from calling it a goal."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure of a paragraph that states a goal or a result, by its index in the reading."""

    index: int
    reported: Reported
    sentence: int


def record_quoted_goals(
    book: Book, text: Text, reading: Sequence[Reported]
) -> Mapping[int, Target]:
    """Record the goals that a paragraph quotes; returns, by the index of each of its results, the
    target that it is a result on.

    Goals that no result separates are of one line. A goal that a target of the document states
    already, in value and unit, is its echo.
    """
    told = _list_told(text, reading)
    if not any(_is_goal(one.reported) for one in told):
        return {}
    paired = _pair(book, told)
    targets: dict[int, Target] = {}
    record: LineRecord | None = None
    for position, one in enumerate(told):
        if not _is_goal(one.reported):
            record = None
            continue
        known = _known(book, one.reported)
        if known is not None:
            book.ledger.claim(text, one.reported.number, "target", ECHO, known.target_id)
            targets[one.index] = known
            continue
        name = _name(text, one, paired.get(position))
        if not name:
            # A goal of nobody knows what: it stays in the ledger, and is no promise.
            continue
        if record is None:
            record = _open_line(book, text, name)
        targets[one.index] = _add(record, text, one.reported, name)
    return _answer(book, text, told, paired, targets)


def record_goals_of_line(
    record: LineRecord, field: Field, reading: Sequence[Reported]
) -> dict[int, Target]:
    """Record the goals that a field of progress quotes, where its line states none itself; returns
    the goal that stands right beside each result, by the result's index in the reading."""
    if record.targets:
        return {}
    text = field.text
    told = _list_told(text, reading)
    paired = _pair(record.book, told)
    answered: dict[int, Target] = {}
    for position, one in enumerate(told):
        if _is_goal(one.reported):
            result = paired.get(position)
            name = _name(text, one, result) or record.line.heading.title
            target = _add(record, text, one.reported, name)
            for row in field.covers or ():
                record.add(row, text, target.target_id)
            if result is not None:
                answered[result.index] = target
    return answered


def _list_told(text: Text, reading: Sequence[Reported]) -> list[_Told]:
    """The goals and results of a text, in order."""
    return [
        _Told(index, reported, _sentence_of(text, reported))
        for index, reported in enumerate(reading)
        if _is_goal(reported) or _is_result(reported)
    ]


def _is_goal(reported: Reported) -> bool:
    return reported.role is NumberRole.TARGET and reported.number.value is not None


def _is_result(reported: Reported) -> bool:
    return reported.is_result and not reported.is_share and reported.number.value is not None


def _sentence_of(text: Text, reported: Reported) -> int:
    """Where the sentence of a figure begins."""
    passage = text.passage
    start = passage.in_text(reported.number.start)
    return passage.cut_before(start, SENTENCE_ENDS, passage.whole)


def _pair(book: Book, told: Sequence[_Told]) -> dict[int, _Told]:
    """For each goal, by its position, the result that stands right beside it in its sentence.

    After it, where it does (计划5所，已完成3所), else before it (已完成3所（目标5所）). What is
    only begun stands beside no goal, unless that is to begin it: 计划26个，已开工25个、完工19个.
    """
    paired: dict[int, _Told] = {}
    taken: set[int] = set()
    for step in (1, -1):
        for position, one in enumerate(told):
            if position in paired or not _is_goal(one.reported):
                continue
            beside = position + step
            while 0 <= beside < len(told) and _only_begins(book, told[beside], one):
                beside += step
            if (
                0 <= beside < len(told)
                and beside not in taken
                and _answers(book, told[beside], one)
            ):
                paired[position] = told[beside]
                taken.add(beside)
    return paired


def _only_begins(book: Book, result: _Told, goal: _Told) -> bool:
    is_to_begin = book.vocabulary.language.has("start_cue", goal.reported.indicator)
    return result.reported.is_start and not _is_goal(result.reported) and not is_to_begin


def _answers(book: Book, result: _Told, goal: _Told) -> bool:
    """Whether a figure is a result of the sentence and unit of a goal."""
    units = result.reported.number.unit, goal.reported.number.unit
    is_beside = not _is_goal(result.reported) and result.sentence == goal.sentence
    return is_beside and book.vocabulary.units.agree(*units)


def _known(book: Book, reported: Reported) -> Target | None:
    """The target of the document that states this very goal; None where several might."""
    same = [
        target
        for target in book.targets
        if target.value == reported.number.value
        and book.vocabulary.units.agree(target.unit, reported.number.unit)
    ]
    if len(same) > 1:
        same = [target for target in same if target.indicator == reported.indicator]
    return same[0] if len(same) == 1 else None


def _name(text: Text, one: _Told, result: _Told | None) -> str:
    """What a goal counts: in its own words, else in those of its result or of what precedes it.

    Words that only call it a goal (目标任务, 比年初原定) are not its own.
    """
    words = [one.reported.indicator]
    if result is not None:
        words.append(result.reported.indicator)
    called = text.language.pattern("goal_name")
    for word in words:
        own = called.sub("", word)
        is_left_over = own != word and len(own) < SHORTEST_NAME
        if not is_left_over and not names_nothing(own, text.language):
            return own
    return one.reported.context


def _open_line(book: Book, text: Text, name: str) -> LineRecord:
    heading = Heading(name, text.simplified, text, text.printed)
    line = Line("", None, None, heading, ())
    count = len(book.quoted_lines()) + 1
    record = LineRecord(book, line, book.identify(f"{_MARK}{count}"))
    book.commitments.append(
        Commitment(
            commitment_id=record.commitment_id,
            document_id=book.document.document_id,
            item_no=None,
            category=None,
            title=name,
            detail=text.simplified,
            region_code=book.document.region_code,
            plan_year=book.plan_year,
            due_on=None,
            page=text.page,
            table_no=text.table_no,
            row_no=text.row_no,
            as_printed=text.printed,
            standing=QUOTED,
        )
    )
    return record


def _add(record: LineRecord, text: Text, reported: Reported, name: str) -> Target:
    stated = Stated(
        indicator=name,
        as_printed=reported.number.as_printed,
        text=text,
        number=reported.number,
        rule=reported.rule,
        context=reported.context,
        origin=QUOTED,
    )
    return record.add_target(stated)


def _answer(
    book: Book,
    text: Text,
    told: Sequence[_Told],
    paired: Mapping[int, _Told],
    targets: Mapping[int, Target],
) -> dict[int, Target]:
    """The target of each result: of the goal beside it, else the one that its words name."""
    answered = {
        result.index: targets[told[position].index]
        for position, result in paired.items()
        if told[position].index in targets
    }
    taken = {target.target_id for target in answered.values()}
    free = [target for target in targets.values() if target.target_id not in taken]
    rest = [one for one in told if not _is_goal(one.reported) and one.index not in answered]
    claimants = [
        Claimant(
            words=one.reported.indicator,
            value=one.reported.number.value,
            unit=one.reported.number.unit,
            clause=text.clause_around(one.reported.number),
            is_start=one.reported.is_start,
        )
        for one in rest
    ]
    chosen = Matcher(book.vocabulary).results_of(claimants, free, {})
    for one, target in zip(rest, chosen, strict=True):
        if target is not None:
            answered[one.index] = target
    return answered
