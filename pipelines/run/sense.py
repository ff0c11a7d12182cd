"""What of a run's documents makes sense: what is of another genre, and what is to be held.

Belongs here: asking of each document, once its meaning is read, before anything is joined to it.
Does not belong here: the evidence for the genre (`reading.documents.genre`), or the guards
(`doubting`).
"""

from __future__ import annotations

from dataclasses import replace

from pipelines.doubting import hold_doubtful, list_readings
from pipelines.reading.documents.genre import NOT_OF_THE_GENRE
from pipelines.run.extraction import Refusal
from pipelines.run.intake import Meaning, Stock
from pipelines.vocabulary import load_vocabulary


def refuse_other_genres(meaning: Meaning) -> Meaning:
    """Quarantine what was read well and speaks of something else than commitments."""
    refusals = tuple(
        Refusal(
            document_id=item.document.document_id,
            file_name=item.document.file_name,
            sha256=item.document.sha256,
            code=notice.code,
            message=notice.message,
        )
        for item in meaning.facts
        for notice in item.notices
        if notice.code == NOT_OF_THE_GENRE
    )
    others = {refusal.document_id for refusal in refusals}
    return replace(
        meaning,
        facts=tuple(item for item in meaning.facts if item.document.document_id not in others),
        digits=tuple(count for count in meaning.digits if count.document_id not in others),
        refusals=(*meaning.refusals, *refusals),
    )


def hold_doubtful_lines(stock: Stock, meaning: Meaning) -> Meaning:
    """Take the lines that make no sense out of the facts, before anything is joined to them."""
    vocabulary = load_vocabulary(stock.own_words)
    signed = {(one.document, one.reading) for one in stock.accepted_readings}
    signing = {one.document for one in stock.accepted_readings}
    current = {
        (document_id, reading)
        for item in meaning.facts
        if (document_id := item.document.document_id) in signing
        for reading in list_readings(item)
    }
    looked_at = [hold_doubtful(item, vocabulary, signed) for item in meaning.facts]
    return replace(
        meaning,
        facts=tuple(one.facts for one in looked_at),
        held_lines=tuple(line for one in looked_at for line in one.lines),
        doubted=tuple(document for one in looked_at for document in one.documents),
        stale_readings=tuple(
            one for one in stock.accepted_readings if (one.document, one.reading) not in current
        ),
    )
