"""Holding back what a guard doubts: the line, or the document where that does not stand by itself.

Belongs here: which lines and documents are held, and who has signed them. Does not belong here: the
guards, or what holding a document means to a run (`pipelines.run`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipelines.doubting.guards import DOCUMENT_GUARDS, LINE_GUARDS
from pipelines.doubting.line_facts import LineFacts, hash_reading, list_lines, take_out
from pipelines.facts import DocumentFacts, HeldLine
from pipelines.vocabulary import Vocabulary

MOST_HELD_SHARE = 0.5
"""Where more of its lines than this are doubtful, the rest does not stand on its own."""
MOST_LINES = "most_lines_stand"

Signed = Collection[tuple[str, str]]
"""Document and the hash of a reading that a person has called right."""


@dataclass(frozen=True, slots=True)
class DoubtedDocument:
    """A document that makes no sense as a whole; `reading` is the hash to sign it by."""

    document_id: str
    guard: str
    message: str
    reading: str


@dataclass(frozen=True, slots=True)
class Doubted:
    """A document without its doubtful lines, these lines, and what is wrong with the whole."""

    facts: DocumentFacts
    lines: tuple[HeldLine, ...] = ()
    documents: tuple[DoubtedDocument, ...] = ()


def hold_doubtful(facts: DocumentFacts, vocabulary: Vocabulary, signed: Signed = ()) -> Doubted:
    """Take out the lines of a document that a guard doubts, unless a person signed the reading.

    A document that fails as a whole keeps its lines, so that all of what was read can be looked at;
    it is for the run to hold it.
    """
    document = facts.document.document_id
    lines = list(list_lines(facts))
    whole = _hash_whole(lines)
    if (document, whole) in signed:
        return Doubted(facts)
    doubtful = [
        (line, reasons)
        for line in lines
        if (reasons := _doubts(line, vocabulary)) and (document, line.reading) not in signed
    ]
    wrong = [
        DoubtedDocument(document, guard.name, message, whole)
        for guard in DOCUMENT_GUARDS
        if (message := guard.find(facts)) is not None
    ]
    if len(doubtful) > MOST_HELD_SHARE * len(lines):
        [(_, first), *_] = doubtful
        message = f"{len(doubtful)} of its {len(lines)} lines are doubtful; the first: {first[0]}"
        wrong.append(DoubtedDocument(document, MOST_LINES, message, whole))
    if wrong:
        return Doubted(facts, (), tuple(wrong))
    return Doubted(
        take_out(facts, [line for line, _ in doubtful]),
        tuple(_held(line, reasons) for line, reasons in doubtful),
    )


def list_readings(facts: DocumentFacts) -> frozenset[str]:
    """The hashes by which what was read of a document may be signed."""
    lines = list(list_lines(facts))
    return frozenset((_hash_whole(lines), *(line.reading for line in lines)))


def _hash_whole(lines: Sequence[LineFacts]) -> str:
    return hash_reading("".join(line.as_read for line in lines))


def _doubts(line: LineFacts, vocabulary: Vocabulary) -> list[str]:
    return [
        f"{found} ({guard.name})"
        for guard in LINE_GUARDS
        if (found := guard.find(line, vocabulary)) is not None
    ]


def _held(line: LineFacts, reasons: Sequence[str]) -> HeldLine:
    commitment = line.commitment
    return HeldLine(
        document_id=commitment.document_id,
        commitment_id=commitment.commitment_id,
        item_no=commitment.item_no,
        reasons="; ".join(reasons),
        as_read=line.as_read,
        reading=line.reading,
        page=commitment.page,
        table_no=commitment.table_no,
        row_no=commitment.row_no,
    )
