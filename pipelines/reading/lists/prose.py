"""Plans without a table: numbered lists and paragraphs → the same facts that a table yields.

Belongs here: reading one item of a list by its labels and sentences. Does not belong here: cutting
a document into items (`listed_items.py`), or results articles (`articles.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.facts import Commitment
from pipelines.reading.language.dates import read_due
from pipelines.reading.language.tense import (
    count_plan_cues,
    count_result_cues,
    tells_done,
    tells_plan_beside_result,
)
from pipelines.reading.language.units import UnitHint
from pipelines.reading.lists.named_shares import find_prose_shares
from pipelines.reading.lists.trailing_bodies import find_trailing_bodies
from pipelines.reading.outline.items import read_items
from pipelines.reading.outline.labels import LabelledSlice, split_labelled
from pipelines.reading.recording.allocations import add_share
from pipelines.reading.recording.builder import FactsBuilder
from pipelines.reading.recording.ledger import SourceText
from pipelines.reading.recording.milestones import add_steps
from pipelines.reading.recording.responsibilities import (
    BODY_ROLES,
    OFFICIAL_ROLES,
    add_bodies,
    add_officials,
    body_role,
)
from pipelines.reading.recording.results import add_progress
from pipelines.reading.recording.targets import CommitmentTargets, add_promises
from pipelines.reading.tables.layout import clean_header

TITLE_END = re.compile(r"[。：:；;\n]|(?<=[^\d０-９])[.．](?![\d０-９])|[ 　]{2,}")
TITLE_MAX_LENGTH = 30
SENTENCE = re.compile(r"[^。；;\n]+[。；;\n]?")
CLAUSE = re.compile(r"[^，,]+[，,]?")
COLONS = ("：", ":")
PART_ROLES = ("goal", "goal_value")
"""Labels that begin the parts of an item, where it has several."""
PROMISING_ROLES = (None, "goal", "goal_value", "detail", "title")


def read_prose_plan(builder: FactsBuilder, paragraphs: Sequence[SourceText]) -> None:
    """Record the commitments of a plan that is written as a list or in paragraphs."""
    for item in read_items(paragraphs):
        slices = [s for text in item.texts for s in _slices_of(builder, text)]
        if slices:
            number = clean_header(item.number) if item.number else None
            read_slices(builder, number, item.category, slices)


def _slices_of(builder: FactsBuilder, text: SourceText) -> list[LabelledSlice]:
    """The text by its labels, and by the bodies in brackets at its end."""
    pieces = split_labelled(text, builder.vocabulary)
    is_labelled = any(piece.role in BODY_ROLES for piece in pieces)
    bodies = None if is_labelled else find_trailing_bodies(text, builder.vocabulary)
    if bodies is None:
        return list(pieces)
    before = split_labelled(text.part(0, bodies.start), builder.vocabulary)
    return [*before, *(LabelledSlice(role, part) for role, part in bodies.parts)]


def read_slices(
    builder: FactsBuilder,
    number: str | None,
    category: str | None,
    slices: Sequence[LabelledSlice],
) -> None:
    """Record one commitment from the slices of its text, each by its role."""
    numbering = next((s for s in slices if s.role == "item_no"), None)
    if number is None and numbering is not None:
        number = clean_header(numbering.text.text)
    commitment_id = builder.identify(number or str(len(builder.commitments) + 1))
    title, title_slice = _title_of(slices)
    found = CommitmentTargets(commitment_id)
    position = len(builder.commitments)
    targets: list[str | None] = []
    for piece in slices:
        if piece.role in PROMISING_ROLES:
            for text in _part_title(piece.text, title):
                _read_promising(builder, text, found)
        targets.append(_latest_target(builder, piece, found, targets))
    if not _names_bodies_apart(slices):
        targets = [None] * len(slices)
    due = None
    for piece, target_id in zip(slices, targets, strict=True):
        if piece.role == "due":
            due = read_due(piece.text.text, builder.document.plan_year) or due
        elif piece.role not in PROMISING_ROLES:
            _read_described(builder, piece, slices, commitment_id, target_id)
    detail = "".join(
        clean_header(piece.text.text) for piece in slices if piece.role in PROMISING_ROLES
    )
    builder.commitments.insert(
        position,
        Commitment(
            commitment_id=commitment_id,
            document_id=builder.document.document_id,
            item_no=number,
            category=category,
            title=title,
            detail=detail if detail != title else None,
            region_code=builder.document.region_code,
            plan_year=builder.document.plan_year,
            due_on=due,
            page=title_slice.page,
            table_no=title_slice.table_no,
            row_no=title_slice.row_no,
            as_printed=" ".join(dict.fromkeys(piece.text.whole for piece in slices)),
        ),
    )


def _read_described(
    builder: FactsBuilder,
    piece: LabelledSlice,
    slices: Sequence[LabelledSlice],
    commitment_id: str,
    target_id: str | None,
) -> None:
    """Record what a labelled slice says of a commitment whose targets are known.

    Bodies answer for the target alone where one is given.
    """
    if piece.role == "schedule":
        add_steps(builder, piece.text, commitment_id, None)
    elif piece.role == "progress":
        add_progress(builder, piece.text, commitment_id, None, None)
    elif piece.role in BODY_ROLES:
        has_lead = any(other.role == "lead" for other in slices)
        add_bodies(builder, commitment_id, target_id, body_role(piece.role, has_lead), piece.text)
    elif piece.role in OFFICIAL_ROLES:
        add_officials(builder, commitment_id, target_id, piece.role, piece.text)
    elif piece.role == "item_no":
        builder.ledger.claim_rest(piece.text, "ordinal")
    else:
        builder.ledger.claim_rest(piece.text, "scope")


def _latest_target(
    builder: FactsBuilder,
    piece: LabelledSlice,
    found: CommitmentTargets,
    before: Sequence[str | None],
) -> str | None:
    """The one target that a goal states, for the slices up to the next goal; None where it states
    none or several."""
    if piece.role not in PART_ROLES:
        return before[-1] if before else None
    stated = found.by_text.get(piece.text.key, [])
    return stated[0] if len(stated) == 1 else None


def _names_bodies_apart(slices: Sequence[LabelledSlice]) -> bool:
    """Whether an item has several goals and names other bodies for one than for another."""
    parts: list[set[str]] = []
    for piece in slices:
        if piece.role in PART_ROLES:
            parts.append(set())
        elif piece.role in BODY_ROLES and parts:
            parts[-1].add(clean_header(piece.text.text))
    named = [part for part in parts if part]
    return len(named) > 1 and any(part != named[0] for part in named)


def _part_title(text: SourceText, title: str) -> tuple[SourceText, ...]:
    """A text that opens with its title and a colon, cut after it: the title begins no sentence."""
    stop = TITLE_END.search(text.text)
    if (
        stop is None
        or stop.group() not in COLONS
        or clean_header(text.text[: stop.start()]) != title
    ):
        return (text,)
    return (text.part(0, stop.start()), text.part(stop.end(), len(text.text)))


def _title_of(slices: Sequence[LabelledSlice]) -> tuple[str, SourceText]:
    """The words before the first stop where they are short enough to be a title, or else all."""
    named = next((s for s in slices if s.role == "title"), None)
    piece = named or next((s for s in slices if s.role in PROMISING_ROLES), slices[0])
    text = piece.text.text
    stop = TITLE_END.search(text)
    head = clean_header(text[: stop.start()]) if stop else ""
    if head and len(head) <= TITLE_MAX_LENGTH:
        return head, piece.text
    return clean_header(text).rstrip("。；"), piece.text


def _read_promising(builder: FactsBuilder, text: SourceText, found: CommitmentTargets) -> None:
    """Promises of a slice; what says that it was done already is progress instead."""
    for match in SENTENCE.finditer(text.text):
        sentence = text.part(match.start(), match.end())
        is_report = count_result_cues(sentence.simplified) > count_plan_cues(sentence.simplified)
        parts = [(is_report, sentence)]
        if tells_done(sentence.simplified) and (is_report or _tells_both(sentence)):
            parts = _split_by_tense(sentence)
        for is_done, part in parts:
            if is_done:
                add_progress(builder, part, found.commitment_id, None, None)
            else:
                _read_shares(builder, part, found)
                add_promises(builder, 0, part, found)


def _tells_both(sentence: SourceText) -> bool:
    return tells_plan_beside_result(sentence.simplified)


def _split_by_tense(sentence: SourceText) -> list[tuple[bool, SourceText]]:
    """Neighbouring clauses that all tell what is planned, or all what was done, as one part.

    A clause with neither cue goes on with the one before; before any cue, what is told is done
    where the first cue is of a result.
    """
    clauses = [
        (m.start(), m.end(), sentence.part(m.start(), m.end()).simplified)
        for m in CLAUSE.finditer(sentence.text)
    ]
    states: list[bool | None] = []
    for _, _, words in clauses:
        own = True if tells_done(words) else False if tells_plan_beside_result(words) else None
        states.append(own if own is not None else (states[-1] if states else None))
    known = [state for state in states if state is not None]
    first = known[0] if known else False
    parts: list[tuple[bool, SourceText]] = []
    start, state = clauses[0][0], first if states[0] is None else states[0]
    for (low, _, _), own in zip(clauses[1:], states[1:], strict=True):
        if own is not None and own != state:
            parts.append((bool(state), sentence.part(start, low)))
            start, state = low, own
    parts.append((bool(state), sentence.part(start, clauses[-1][1])))
    return parts


def _read_shares(builder: FactsBuilder, text: SourceText, found: CommitmentTargets) -> None:
    """Shares that a sentence gives by region belong to the promise before them in it."""
    shares = find_prose_shares(text, builder.document.region_code, builder.vocabulary)
    if not shares:
        return
    first = shares[0].number.start
    add_promises(builder, 0, text.part(0, first), found)
    promised = [t for t in builder.targets_of(found.commitment_id) if t.value is not None]
    for share in shares:
        fitting = [
            t
            for t in promised
            if share.number.unit is None
            or t.unit is None
            or builder.vocabulary.units.agree(t.unit, share.number.unit)
        ]
        if not fitting:
            continue
        hint = UnitHint(fitting[-1].unit) if fitting[-1].unit else None
        for region in share.regions:
            add_share(builder, text, share.number, region, fitting[-1], hint)
