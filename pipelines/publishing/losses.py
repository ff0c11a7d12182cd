"""Whether what a run would lose may go out.

Belongs here: judging each document's loss against the settings and what people said of it.
Does not belong here: finding what is lost (`continuity`), keeping the last good version (`build`).

Nothing is asked of the cause: a file that was deleted, a table that was stripped, another document
saved under the old name and a change of our own code all show as facts that are found no more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from pipelines.publishing.continuity import Edition, StatedFact, find_lost
from pipelines.publishing.records import Loss
from pipelines.sources import AcceptedLoss

_HASH_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Words:
    """What people said of losses: signed in a file, or by name as this run was started."""

    signed: Sequence[AcceptedLoss] = ()
    said: Collection[str] = ()
    said_by: str | None = None
    said_on: date | None = None


def find_losses(
    published: Edition,
    run: Edition,
    refused: Collection[str],
    most_lost_share: Decimal,
    words: Words,
) -> tuple[Loss, ...]:
    """One judged loss for each document that has one, by id.

    `refused` are the documents that could not be read: their last good version stays anyhow.
    A run that as a whole loses more than the share may not lose anything without a person's word,
    even where each single loss is small.
    """
    found = [
        loss
        for document_id in sorted(published.stated)
        if document_id not in refused
        and (loss := _look_at(document_id, published, run)) is not None
    ]
    judged = [_accept(loss, words) for loss in found]
    total = sum(len(stated) for stated in published.stated.values())
    unsaid = sum(loss.facts_lost for loss in judged if loss.status != "accepted")
    is_run_held = unsaid > most_lost_share * total
    return tuple(
        loss
        if loss.status == "accepted"
        else _hold(loss, words)
        if _is_large(loss, most_lost_share)
        else _hold(loss, words, f"of all {total} published facts this run loses {unsaid}")
        if is_run_held
        else loss
        for loss in judged
    )


def list_held(losses: Iterable[Loss]) -> tuple[str, ...]:
    """The documents whose last good version stays."""
    return tuple(loss.document_id for loss in losses if loss.status == "held")


def list_vanished(losses: Iterable[Loss]) -> tuple[str, ...]:
    """Of the held ones, those that are not there any more."""
    return tuple(
        loss.document_id for loss in losses if loss.status == "held" and loss.cause == "vanished"
    )


def _look_at(document_id: str, published: Edition, run: Edition) -> Loss | None:
    """The loss of one document, allowed so far; None where it has lost nothing."""
    before = published.stated[document_id]
    identity = published.identities[document_id]
    now = run.identities.get(document_id)
    if not before:
        return None
    if now is None:
        cause, lost = "vanished", list(before)
        moved = sorted(
            other.file_name
            for name, other in run.identities.items()
            if other.sha256 == identity.sha256 and name not in published.stated
        )
        said = "it is not there any more" + (
            f", and {', '.join(moved)} has its very bytes" if moved else ""
        )
        differences: tuple[str, ...] = ()
    else:
        lost = find_lost(before, run.stated.get(document_id, ()))
        differences = identity.differences(now)
        cause = "identity" if differences else "facts"
        said = "; ".join(differences)
    if not lost and not differences:
        return None
    count = f"{len(lost)} of its {len(before)} published facts are found no more"
    return Loss(
        document_id=document_id,
        file_name=identity.file_name,
        loss_id=_hash(cause, lost, differences),
        cause=cause,
        facts_before=len(before),
        facts_lost=len(lost),
        status="allowed",
        reason=f"{identity.file_name}: {'; '.join(part for part in (said, count) if part)}",
    )


def _hash(cause: str, lost: Iterable[StatedFact], differences: Iterable[str]) -> str:
    digest = hashlib.sha256(cause.encode())
    for fact in sorted(lost, key=lambda fact: (fact.kind, fact.fact_id)):
        digest.update(f"\0{fact.kind}\0{fact.fact_id}\0{fact.printed}".encode())
    for difference in differences:
        digest.update(f"\0{difference}".encode())
    # Begins with a word, so that YAML cannot take it for a number.
    return f"loss-{digest.hexdigest()[:_HASH_LENGTH]}"


def _is_large(loss: Loss, most_lost_share: Decimal) -> bool:
    return loss.cause != "facts" or loss.facts_lost > most_lost_share * loss.facts_before


def _accept(loss: Loss, words: Words) -> Loss:
    for entry in words.signed:
        if (entry.document, entry.loss) == (loss.document_id, loss.loss_id):
            return replace(
                loss,
                status="accepted",
                reason=f"{loss.reason}. {entry.reason}",
                signed_on=entry.signed_on,
                signed_by=entry.signed_by,
            )
    if loss.document_id in words.said:
        return replace(
            loss,
            status="accepted",
            reason=f"{loss.reason}. Accepted as the run was started",
            signed_on=words.said_on,
            signed_by=words.said_by,
        )
    return loss


def _hold(loss: Loss, words: Words, why: str = "") -> Loss:
    other = [entry.loss for entry in words.signed if entry.document == loss.document_id]
    parts = [loss.reason + (f"; {why}" if why else "")]
    if other:
        parts.append(f"raw/accepted_losses.yml signs another loss of it ({', '.join(other)})")
    parts.append(
        "The published version stays until a person says that this may go: put the right file in "
        f"its place, or `minsheng refresh --accept-loss {loss.document_id}`, or sign loss "
        f"{loss.loss_id} in raw/accepted_losses.yml."
    )
    return replace(loss, status="held", reason=". ".join(parts))
