"""Plans without a table: numbered lists and paragraphs → the same facts that a table yields.

Belongs here: reading one item of a list by its labels and sentences. Does not belong here: cutting
a document into items (`listed_items.py`), or results articles (`articles.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.facts import Commitment
from pipelines.reading.builder import FactsBuilder
from pipelines.reading.columns import clean_header
from pipelines.reading.cues import count_plan_cues, count_result_cues
from pipelines.reading.dates import read_due
from pipelines.reading.figures import SourceText
from pipelines.reading.labelled import LabelledSlice, split_labelled
from pipelines.reading.listed_items import Item, read_items
from pipelines.reading.plan_targets import CommitmentTargets, add_promises
from pipelines.reading.progress import add_progress
from pipelines.reading.responsibilities import (
    BODY_ROLES,
    OFFICIAL_ROLES,
    add_bodies,
    add_officials,
    body_role,
)
from pipelines.reading.steps import add_steps

TITLE_END = re.compile(r"[。：:；;\n]|(?<=[^\d０-９])[.．](?![\d０-９])|[ 　]{2,}")
TITLE_MAX_LENGTH = 30
SENTENCE = re.compile(r"[^。；;\n]+[。；;\n]?")
PROMISING_ROLES = (None, "goal", "goal_value", "detail", "title")


def read_prose_plan(builder: FactsBuilder, paragraphs: Sequence[SourceText]) -> None:
    """Record the commitments of a plan that is written as a list or in paragraphs."""
    for item in read_items(paragraphs):
        _read_item(builder, item)


def _read_item(builder: FactsBuilder, item: Item) -> None:
    slices = [s for text in item.texts for s in split_labelled(text, builder.vocabulary)]
    if not slices:
        return
    number = clean_header(item.number) if item.number else None
    commitment_id = builder.identify(number or str(len(builder.commitments) + 1))
    title, title_slice = _title_of(slices)
    found = CommitmentTargets(commitment_id)
    position = len(builder.commitments)
    for piece in slices:
        if piece.role in PROMISING_ROLES:
            _read_promising(builder, piece.text, found)
    due = None
    for piece in slices:
        if piece.role == "due":
            due = read_due(piece.text.text, builder.document.plan_year) or due
        elif piece.role == "schedule":
            add_steps(builder, piece.text, commitment_id, None)
        elif piece.role == "progress":
            add_progress(builder, piece.text, commitment_id, None, None)
        elif piece.role in BODY_ROLES:
            has_lead = any(other.role == "lead" for other in slices)
            add_bodies(builder, commitment_id, None, body_role(piece.role, has_lead), piece.text)
        elif piece.role in OFFICIAL_ROLES:
            add_officials(builder, commitment_id, None, piece.role, piece.text)
        elif piece.role not in PROMISING_ROLES:
            builder.ledger.claim_rest(piece.text, "scope")
    detail = "".join(
        clean_header(piece.text.text) for piece in slices if piece.role in PROMISING_ROLES
    )
    builder.commitments.insert(
        position,
        Commitment(
            commitment_id=commitment_id,
            document_id=builder.document.document_id,
            item_no=number,
            category=item.category,
            title=title,
            detail=detail if detail != title else None,
            region_code=builder.document.region_code,
            plan_year=builder.document.plan_year,
            due_on=due,
            page=title_slice.page,
            table_no=None,
            row_no=title_slice.row_no,
            as_printed="".join(text.text for text in item.texts),
        ),
    )


def _title_of(slices: Sequence[LabelledSlice]) -> tuple[str, SourceText]:
    """The words before the first stop where they are short enough to be a title, or else all."""
    piece = next((s for s in slices if s.role in PROMISING_ROLES), slices[0])
    text = piece.text.text
    stop = TITLE_END.search(text)
    head = clean_header(text[: stop.start()]) if stop else ""
    if head and len(head) <= TITLE_MAX_LENGTH:
        return head, piece.text
    return clean_header(text).rstrip("。；"), piece.text


def _read_promising(builder: FactsBuilder, text: SourceText, found: CommitmentTargets) -> None:
    """Promises of a slice; a sentence that says what was done already is progress instead."""
    for match in SENTENCE.finditer(text.text):
        sentence = text.part(match.start(), match.end())
        if count_result_cues(sentence.simplified) > count_plan_cues(sentence.simplified):
            add_progress(builder, sentence, found.commitment_id, None, None)
        else:
            add_promises(builder, 0, sentence, found)
