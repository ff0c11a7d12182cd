"""How many promises stand where: the counts of the overview, each of rows that a reader can list.

Belongs here: counting rows of `marts.attainment` by their own columns and what they belong to.
Does not belong here: what a status means, or which applies (`marts.attainment` says so).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipelines.site.ledger import Ledger
from pipelines.site.markup import Counted
from pipelines.site.records import CommitmentRow, DocumentRow, TargetRow
from pipelines.site.words import Words

RELATION = "marts.attainment"
PROPOSED = "proposed"
_VOTING_LIST = "voting_list"


@dataclass(frozen=True, slots=True)
class Share:
    """Targets of one status within a tally; `fraction` is of the whole, from 0 to 1."""

    status: str
    targets: int
    fraction: float
    counted: Counted


@dataclass(frozen=True, slots=True)
class Tally:
    """Targets that have one value, by status."""

    dimension: str
    value: str | None
    targets: int
    counted: Counted
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Unrated:
    """Targets that have no verdict, and why: the file's own word for the reason."""

    status: str
    reason: str
    targets: int
    counted: Counted


def order_statuses(ledger: Ledger, words: Words) -> tuple[str, ...]:
    """The statuses that occur: those of the table in its order, then any other."""
    occurring = {target.status for target in ledger.targets}
    declared = [code for group, code in words.labels if group == "status"]
    known = tuple(status for status in declared if status in occurring)
    return known + tuple(sorted(occurring - set(known)))


def is_proposal(commitment: CommitmentRow | None, document: DocumentRow | None) -> bool:
    """Whether a line was put to a vote, and so is no promise yet."""
    if commitment is not None and commitment.standing is not None:
        return commitment.standing == PROPOSED
    return document is not None and document.kind == _VOTING_LIST


def list_promised(ledger: Ledger) -> tuple[TargetRow, ...]:
    """The targets of lines that are promises, not proposals."""
    commitments = {row.commitment_id: row for row in ledger.commitments}
    documents = {row.document_id: row for row in ledger.documents}
    return tuple(
        target
        for target in ledger.targets
        if not is_proposal(commitments.get(target.commitment_id), documents.get(target.document_id))
    )


def tally(
    targets: Iterable[TargetRow],
    dimension: str,
    values_of: Callable[[TargetRow], Sequence[str | None]],
    statuses: Sequence[str],
) -> tuple[Tally, ...]:
    """Count targets by value and status, the value with most targets first.

    A target with several values (two leading bodies) counts with each of them.
    """
    counts: dict[str | None, Counter[str]] = {}
    for target in targets:
        for value in dict.fromkeys(values_of(target)):
            counts.setdefault(value, Counter())[target.status] += 1
    found = [
        _make_tally(dimension, value, by_status, statuses) for value, by_status in counts.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.targets, one.value or "")))


def _make_tally(
    dimension: str, value: str | None, by_status: Counter[str], statuses: Sequence[str]
) -> Tally:
    whole = by_status.total()
    having = ((dimension, value), ("promised", "yes"))
    shares = tuple(
        Share(
            status,
            by_status[status],
            by_status[status] / whole,
            Counted(RELATION, (*having, ("status", status))),
        )
        for status in statuses
        if by_status[status]
    )
    return Tally(dimension, value, whole, Counted(RELATION, having), shares)


def explain_unrated(targets: Iterable[TargetRow], rated: Sequence[str]) -> tuple[Unrated, ...]:
    """Count the targets without a verdict by the reason that the file gives.

    The reason is `status_reason`; a file without that column says `basis` instead.
    """
    counts = Counter(
        (target.status, target.status_reason or target.basis)
        for target in targets
        if target.status not in rated
    )
    return tuple(
        Unrated(
            status,
            reason,
            number,
            Counted(RELATION, (("promised", "yes"), ("status", status), ("reason", reason))),
        )
        for (status, reason), number in sorted(counts.items(), key=lambda found: -found[1])
    )


def find_themes(ledger: Ledger) -> Mapping[str, str | None]:
    """The theme of each target, by the canonical indicator that it is linked to."""
    themes = {row.indicator_id: row.theme for row in ledger.indicators}
    return {target.target_id: themes.get(target.indicator_id or "") for target in ledger.targets}


def find_leads(ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """The bodies that lead each target: those of its line, unless they are for another target."""
    by_commitment: dict[str, list[tuple[str | None, str]]] = {}
    for duty in ledger.duties:
        if duty.role == "lead" and duty.organization:
            found = by_commitment.setdefault(duty.commitment_id, [])
            found.append((duty.target_id, duty.organization))
    return {
        target.target_id: tuple(
            dict.fromkeys(
                organization
                for target_id, organization in by_commitment.get(target.commitment_id, ())
                if target_id in (None, target.target_id)
            )
        )
        for target in ledger.targets
    }
