"""Labelled pieces of a text, in a card or in an item of a list, as the fields of one line.

Belongs here: which piece becomes which field, and the title of a line that has no column for it.
Does not belong here: finding the pieces (`outline.labels`, `lists.items`, `tables.cards`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from pipelines.reading.clauses.tense import (
    count_plan_cues,
    count_result_cues,
    tells_done,
    tells_plan_beside_result,
)
from pipelines.reading.language.dates import Relation
from pipelines.reading.language.text import Text
from pipelines.reading.language.units import PERCENT
from pipelines.reading.lists.named_shares import find_named_shares
from pipelines.reading.outline.labels import LabelledPiece
from pipelines.reading.recognition import Setting
from pipelines.reading.rows import BODY_ROLES, GOAL_ROLES, Field, Heading, Line, Row

TITLE_END = re.compile(r"[。：:；;\n]|(?<=[^\d０-９])[.．](?![\d０-９])|[ 　]{2,}")
TITLE_MAX_LENGTH = 30
SENTENCE = re.compile(r"[^。；;\n]+[。；;\n]?")
CLAUSE = re.compile(r"[^，,]+[，,]?")
COLONS = ("：", ":")
PROMISING_ROLES = (None, "goal", "goal_value", "detail", "title")
FIELD_ROLES = frozenset(
    {
        "schedule",
        "quarter_goal",
        "step_due",
        "progress",
        "due",
        "item_no",
        "city_leader",
        "lead_official",
        *BODY_ROLES,
    }
)
"""Roles that a label gives its text as a column would; any other label describes."""
DESCRIBING = "remark"


def line_of_pieces(
    pieces: Sequence[LabelledPiece], number: str | None, category: str | None, setting: Setting
) -> Line:
    """One line from the pieces of its text, each by its role."""
    numbering = next((p for p in pieces if p.role == "item_no"), None)
    if number is None and numbering is not None:
        number = numbering.text.words
    pieces = _with_goal_first(pieces, setting)
    named, place = _title_of(pieces)
    title = named.words.rstrip("。；")
    detail = "".join(p.text.words for p in pieces if p.role in PROMISING_ROLES)
    return Line(
        suffix=number or "",
        number=number,
        category=category,
        heading=Heading(
            title=title,
            detail=detail if detail != title else None,
            place=place,
            as_printed=" ".join(dict.fromkeys(piece.text.whole for piece in pieces)),
        ),
        rows=tuple(_rows_of(pieces, named, setting)),
        roles=frozenset(piece.role for piece in pieces if piece.role),
    )


def _with_goal_first(pieces: Sequence[LabelledPiece], setting: Setting) -> Sequence[LabelledPiece]:
    """In a report, words before the bodies that answer for a line are its promise, and what follows
    these is what became of it (`新增床位400张（责任单位：…）。实际新增416张。`)."""
    bodies = [at for at, piece in enumerate(pieces) if piece.role in BODY_ROLES]
    if not setting.is_report or not bodies or pieces[0].role is not None:
        return pieces
    if not any(piece.role is None for piece in pieces[bodies[0] :]):
        return pieces
    told = [
        replace(piece, role="progress") if piece.role is None else piece for piece in pieces[1:]
    ]
    return [LabelledPiece("goal", pieces[0].text), *told]


def _rows_of(pieces: Sequence[LabelledPiece], title: Text, setting: Setting) -> Iterator[Row]:
    """The fields of a line in rows: a row for each goal whose bodies are its own, and for each
    sentence that gives shares by region."""
    names_apart = _names_bodies_apart(pieces)
    fields: list[Field] = []
    index = 0
    for piece in pieces:
        for found in _fields_of(piece, title.words, setting):
            opens_part = names_apart and piece.role in GOAL_ROLES and found[0].role in GOAL_ROLES
            if fields and (opens_part or _gives_shares(found) or _gives_shares(fields)):
                yield _row(index, fields, title)
                fields, index = [], index + 1
            for field in found:
                is_own = names_apart and field.role in BODY_ROLES
                fields.append(replace(field, covers=(index,)) if is_own else field)
    yield _row(index, fields, title)


def _row(index: int, fields: Sequence[Field], title: Text) -> Row:
    """A row; shares without a promise before them in their sentence go on with the one above."""
    promises = any(f.text.quantities for f in fields if f.role in GOAL_ROLES)
    return Row(index, tuple(fields), title=title, states=promises or not _gives_shares(fields))


def _gives_shares(fields: Sequence[Field]) -> bool:
    return any(field.role == "allocation" for field in fields)


def _fields_of(piece: LabelledPiece, title: str, setting: Setting) -> Iterator[tuple[Field, ...]]:
    """The fields of one piece: its promises and what it tells as done, or what its label says."""
    if piece.role in PROMISING_ROLES:
        if piece.role is not None:
            # Its label says that it promises, whatever the document reports.
            setting = replace(setting, is_report=False)
        for text in _part_title(piece.text, title):
            yield from _sentences(text, setting)
    else:
        role = piece.role if piece.role in FIELD_ROLES else DESCRIBING
        yield (Field(role, piece.text, piece.header),)
        if role == "due" and len(piece.text.dates(setting.plan_year)) > 1:
            # Several days also say what is done by each of them, whatever the label.
            yield (Field("schedule", piece.text, piece.header),)


def _sentences(text: Text, setting: Setting) -> Iterator[tuple[Field, ...]]:
    """Promises of a text; what says that it was done already is progress instead, and what only
    says by when, after a promise, its steps."""
    promised: list[Text] = []
    steps = False
    for match in SENTENCE.finditer(text.printed):
        sentence = text.part(match.start(), match.end())
        if (
            (promised and _is_schedule(sentence, setting))
            or (_opens_with_last_day(sentence, setting) and _goes_towards(sentence, promised))
            or (steps and _opens_with_last_day(sentence, setting))
            or (match.start() > 0 and _names_only_days(sentence, setting))
        ):
            steps = True
            yield (_steps_field([sentence], setting),)
            continue
        is_report = _tells_results(sentence, setting)
        parts = [(is_report, sentence)]
        if tells_done(sentence) and (is_report or tells_plan_beside_result(sentence)):
            parts = _split_by_tense(sentence)
        for is_done, part in parts:
            if is_done:
                yield (Field("progress", part),)
            else:
                if part.quantities:
                    promised.append(part)
                yield from _promising(part, setting)


def _tells_results(sentence: Text, setting: Setting) -> bool:
    """Whether a sentence tells more of results than of plans; in a report, whether it plans
    nothing."""
    results, plans = count_result_cues(sentence), count_plan_cues(sentence)
    if setting.is_report and not plans and not tells_plan_beside_result(sentence):
        return True
    return results > plans


def _is_schedule(sentence: Text, setting: Setting) -> bool:
    """Whether every clause of a sentence opens with a date, or several dates share its figures."""
    clauses = [sentence.part(m.start(), m.end()) for m in CLAUSE.finditer(sentence.printed)]
    if all(_opens_with_date(clause, setting) for clause in clauses):
        return True
    several = len(sentence.dates(setting.plan_year)) > 1
    return several and sentence.language.has("each_of_them", sentence.simplified)


def _opens_with_date(clause: Text, setting: Setting) -> bool:
    mentions = clause.dates(setting.plan_year)
    return bool(mentions) and not clause.printed[: mentions[0].start].strip()


def _opens_with_last_day(sentence: Text, setting: Setting) -> bool:
    """Whether a sentence opens with a day by which something is to be done."""
    mentions = sentence.dates(setting.plan_year)
    return _opens_with_date(sentence, setting) and mentions[0].relation is Relation.BY


def _goes_towards(sentence: Text, promised: Sequence[Text]) -> bool:
    """Whether all that a sentence counts is some of what was promised before it, in its units."""
    most: dict[str | None, Decimal] = {}
    for number in (number for text in promised for number in text.quantities):
        most[number.unit] = max(most.get(number.unit, Decimal(0)), number.value or Decimal(0))
    own = [n for n in sentence.quantities if n.unit != PERCENT]
    return bool(own) and all(
        n.unit in most and n.value is not None and n.value <= most[n.unit] for n in own
    )


def _names_only_days(sentence: Text, setting: Setting) -> bool:
    """Whether several clauses each open with a day, and none counts anything: steps in words."""
    clauses = [sentence.part(m.start(), m.end()) for m in CLAUSE.finditer(sentence.printed)]
    if len(clauses) < 2 or sentence.quantities:
        return False
    return all(_opens_with_last_day(clause, setting) for clause in clauses)


def _promising(text: Text, setting: Setting) -> Iterator[tuple[Field, ...]]:
    """The goal of a text, and the shares of it that the text gives by region.

    A share belongs to the goal before it; what stands after the last share is a goal of its own.
    """
    shares = find_named_shares(text, setting.region_code)
    if not shares:
        yield from _goal_and_steps(text, setting)
        return
    first, last = shares[0].number.start, shares[-1].number.end
    yield (
        Field("goal", text.part(0, first)),
        *(
            Field("allocation", text.part(s.number.start, s.number.end), region=region)
            for s in shares
            for region in s.regions
        ),
    )
    given = [share.number for share in shares]
    for number in text.quantities:
        if first < number.start < last and number not in given:
            yield (Field("goal", text.part(number.start, number.end)),)
    rest = text.part(last, len(text.printed))
    if rest.quantities:
        yield (Field("goal", rest),)


def _goal_and_steps(text: Text, setting: Setting) -> Iterator[tuple[Field, ...]]:
    """What a text promises, and the dated clauses behind it that only say by when."""
    clauses = [text.part(m.start(), m.end()) for m in CLAUSE.finditer(text.printed)]
    counting = [at for at, clause in enumerate(clauses) if clause.quantities]
    steps = clauses[counting[-1] + 1 :] if counting else []
    if not steps or not all(_is_dated_step(clause, setting) for clause in steps):
        yield (Field("goal", text),)
        return
    yield (Field("goal", replace(text, end=clauses[counting[-1]].end)),)
    yield (_steps_field(steps, setting),)


def _steps_field(steps: Sequence[Text], setting: Setting) -> Field:
    """The steps of a text as its schedule; one that only says that all is done, as its due day."""
    role = "due" if len(steps) == 1 and _only_finishes(steps[0], setting) else "schedule"
    return Field(role, replace(steps[0], end=steps[-1].end))


def _only_finishes(step: Text, setting: Setting) -> bool:
    """Whether a dated clause says no more than that its line is done by then."""
    end = step.passage.in_text(step.dates(setting.plan_year)[0].end)
    return step.language.pattern("only_finishes").fullmatch(step.simplified[end:]) is not None


def _is_dated_step(clause: Text, setting: Setting) -> bool:
    """Whether a clause opens with a last day and goes on with something to be done by it."""
    mentions = clause.dates(setting.plan_year)
    opens = _opens_with_date(clause, setting)
    acts = clause.language.has("action", clause.simplified) or clause.language.has(
        "start_cue", clause.simplified
    )
    return opens and mentions[0].relation is Relation.BY and acts


def _split_by_tense(sentence: Text) -> list[tuple[bool, Text]]:
    """Neighbouring clauses that all tell what is planned, or all what was done, as one part.

    A clause with neither cue goes on with the one before; before any cue, what is told is done
    where the first cue is of a result.
    """
    clauses = [sentence.part(m.start(), m.end()) for m in CLAUSE.finditer(sentence.printed)]
    states: list[bool | None] = []
    for clause in clauses:
        own = True if tells_done(clause) else False if tells_plan_beside_result(clause) else None
        states.append(own if own is not None else (states[-1] if states else None))
    first = next((state for state in states if state is not None), False)
    parts: list[tuple[bool, Text]] = []
    for clause, state in zip(clauses, states, strict=True):
        is_done = first if state is None else state
        if parts and parts[-1][0] == is_done:
            begun = parts[-1][1]
            clause = replace(begun, end=clause.end)
            parts[-1] = (is_done, clause)
        else:
            parts.append((is_done, clause))
    return parts


def _names_bodies_apart(pieces: Sequence[LabelledPiece]) -> bool:
    """Whether an item has several goals and names other bodies for one than for another."""
    parts: list[set[str]] = []
    for piece in pieces:
        if piece.role in GOAL_ROLES:
            parts.append(set())
        elif piece.role in BODY_ROLES and parts:
            parts[-1].add(piece.text.words)
    named = [part for part in parts if part]
    return len(named) > 1 and any(part != named[0] for part in named)


def _part_title(text: Text, title: str) -> tuple[Text, ...]:
    """A text that opens with its title and a colon, cut after it: the title begins no sentence."""
    stop = TITLE_END.search(text.printed)
    if stop is None or stop.group() not in COLONS:
        return (text,)
    head = text.part(0, stop.start())
    return (head, text.part(stop.end(), len(text.printed))) if head.words == title else (text,)


def _title_of(pieces: Sequence[LabelledPiece]) -> tuple[Text, Text]:
    """The words before the first stop where they are short enough to be a title, or else all; and
    the whole text that they open."""
    named = next((p for p in pieces if p.role == "title"), None)
    piece = named or next((p for p in pieces if p.role in PROMISING_ROLES), pieces[0])
    stop = TITLE_END.search(piece.text.printed)
    head = piece.text.part(0, stop.start()) if stop else None
    if head is not None and 0 < len(head.words) <= TITLE_MAX_LENGTH:
        return head, piece.text
    return piece.text, piece.text
