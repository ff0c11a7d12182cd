"""What a text says of a line in words: its clauses put together, with kind, state and place.

Belongs here: cutting a text into items, sentences and clauses, and what clauses say together. Does
not belong here: judging one clause (`kind_rules`, `state_rules`), or the line (`recording`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from pipelines.reading.clauses.accomplished import split_items
from pipelines.reading.clauses.clause import Clause, Kind, State
from pipelines.reading.clauses.kind_rules import KIND_RULES
from pipelines.reading.clauses.rules import Rule, choose
from pipelines.reading.clauses.state_rules import STATE_RULES
from pipelines.reading.language.dates import DateMention, Precision
from pipelines.reading.language.passage import CLAUSE_ENDS, SENTENCE_ENDS, Passage
from pipelines.reading.language.text import Text

COLON = "："
MARKS = CLAUSE_ENDS + "、"
DONE_STATES = (State.COMPLETED, State.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Saying:
    """Clauses of one sentence that say things of one kind.

    `text` is normalised; `start` and `end` are of the printed text. `item` counts the numbered
    items of the text from 1 (None where nothing is numbered). `as_of` is a day that it names for
    itself (截至3月26日). `is_of_all` says that it calls the whole task done. `kind_rule` and
    `state_rule` name what decided; the latter is None where there is no state.
    """

    kind: Kind
    state: State | None
    is_of_all: bool
    text: str
    start: int
    end: int
    item: int | None
    as_of: date | None
    kind_rule: str
    state_rule: str | None


@dataclass(frozen=True, slots=True)
class _Judged:
    """A clause with what the rules say of it; a label names what the next clauses speak of."""

    clause: Clause
    kind: Kind
    kind_rule: str
    is_label: bool


def read_sayings(
    text: Text, place: Kind, as_of: date | None = None, plan_year: int | None = None
) -> tuple[Saying, ...]:
    """What a text says, in order; nothing where it holds no letter and no digit.

    `place` is the kind of what usually stands there; `as_of` the day that the text speaks for.
    """
    passage, mentions = text.passage, text.dates(plan_year)
    sayings: list[Saying] = []
    for item, low, high in split_items(passage):
        for start, end in passage.split(SENTENCE_ENDS, _after_marker(passage, item, low), high):
            judged = list(_judge_sentence(text, (start, end), place, mentions, as_of))
            for _, run in groupby(judged, key=lambda one: one.kind):
                saying = _put_together(text, list(run), item, mentions)
                if saying is not None:
                    sayings.append(saying)
    return tuple(sayings)


def clauses_of(
    text: Text, plan_year: int | None = None, as_of: date | None = None, place: Kind = Kind.PROGRESS
) -> Iterator[Clause]:
    """Every clause of a text as the rules see it."""
    passage, mentions = text.passage, text.dates(plan_year)
    for span in passage.split(SENTENCE_ENDS):
        for judged in _judge_sentence(text, span, place, mentions, as_of):
            yield judged.clause


def _after_marker(passage: Passage, item: int | None, low: int) -> int:
    marker = passage.language.pattern("item_number").match(passage.text, low)
    return marker.end() if item is not None and marker is not None else low


def _judge_sentence(
    text: Text,
    span: tuple[int, int],
    place: Kind,
    mentions: Sequence[DateMention],
    as_of: date | None,
) -> Iterator[_Judged]:
    """The clauses of a sentence; a label has the kind of what it opens, or else of what it ends."""
    passage, labels = text.passage, []
    kind, after_plan = place, False
    for start, end in passage.split(CLAUSE_ENDS, *span):
        clause = Clause(
            text,
            start,
            end,
            place,
            _names_later_day(passage, (start, end), mentions, as_of),
            after_plan,
        )
        rule: Rule[Clause, Kind | None] = choose(KIND_RULES, clause)
        if passage.text[end : end + 1] == COLON:
            labels.append(_Judged(clause, rule.verdict or place, rule.name, is_label=True))
            after_plan = rule.verdict is Kind.PLAN
            continue
        kind = rule.verdict or place
        after_plan = kind is Kind.PLAN
        yield from (replace(label, kind=kind) for label in labels)
        yield _Judged(clause, kind, rule.name, is_label=False)
        labels = []
    is_alone = len(labels) == len(passage.split(CLAUSE_ENDS, *span))
    yield from (label if is_alone else replace(label, kind=kind) for label in labels)


def _names_later_day(
    passage: Passage,
    span: tuple[int, int],
    mentions: Sequence[DateMention],
    as_of: date | None,
) -> bool:
    return as_of is not None and any(
        mention.ends_on is not None
        and mention.ends_on > as_of
        and mention.precision is not Precision.YEAR
        for mention in mentions
        if span[0] <= passage.in_text(mention.start) < span[1]
    )


def _put_together(
    text: Text, run: Sequence[_Judged], item: int | None, mentions: Sequence[DateMention]
) -> Saying | None:
    passage = text.passage
    low, high = _trim(passage, run[0].clause.start, run[-1].clause.end)
    if not any(character.isalnum() for character in passage.text[low:high]):
        return None
    kind, told = run[0].kind, [one.clause for one in run if not one.is_label]
    found = [choose(STATE_RULES, clause) for clause in told] if kind is Kind.PROGRESS else []
    state = combine(rule.verdict for rule in found)
    decided = [rule.name for rule in found if rule.verdict is state]
    return Saying(
        kind=kind,
        state=state,
        is_of_all=state in DONE_STATES and any(_speaks_of_all(clause) for clause in told),
        text=passage.text[low:high],
        start=passage.in_printed(low),
        end=passage.end_in_printed(high),
        item=item,
        as_of=_own_day(passage, (low, high), mentions),
        kind_rule=next((one for one in run if not one.is_label), run[0]).kind_rule,
        state_rule=(decided[-1] if decided else TOGETHER) if state is not None else None,
    )


TOGETHER = "state:together"
"""Several clauses of a sentence, of which none says it alone: some done, others prepared."""


def combine(states: Iterable[State | None]) -> State | None:
    """The state that the clauses of a sentence tell together, in their order.

    What is late is late. What was prepared and then done is done; things that are at different
    stages are under way. So many that are done say nothing of the whole, not even after what led
    up to them.
    """
    told = [state for state in states if state is not None]
    found = set(told)
    if State.DELAYED in found:
        return State.DELAYED
    if not found or (told[-1] is State.SOME_DONE and found <= {State.SOME_DONE, State.PREPARING}):
        return None
    if told[-1] is State.STOPPED:
        return State.STOPPED
    if State.SOME_DONE in found and found <= {State.SOME_DONE, *DONE_STATES}:
        found.discard(State.SOME_DONE)
    if len(found) == 1 or found <= {State.PREPARING, *DONE_STATES}:
        return next(state for state in reversed(told) if state in found)
    if found == {State.NOT_STARTED, State.PREPARING}:
        return State.PREPARING
    return State.UNDER_WAY


def _speaks_of_all(clause: Clause) -> bool:
    return clause.tells("all_of_it")


def _own_day(
    passage: Passage, span: tuple[int, int], mentions: Sequence[DateMention]
) -> date | None:
    """The day up to which it says that it speaks."""
    cue = passage.language.cue("as_of_cue")
    days = [
        mention.ends_on
        for mention in mentions
        if span[0] <= passage.in_text(mention.start) < span[1]
        and cue.match(passage.text, passage.in_text(mention.start))
    ]
    return days[-1] if days else None


def _trim(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """Without white space and marks at either end."""
    while start < end and (passage.text[start] in MARKS or passage.text[start].isspace()):
        start += 1
    while end > start and (passage.text[end - 1] in MARKS or passage.text[end - 1].isspace()):
        end -= 1
    return start, end
