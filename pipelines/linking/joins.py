"""Joins of facts to targets while they are being chosen.

Belongs here: the records that choosing passes on. Does not belong here: any choice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipelines.linking import weighing
from pipelines.linking.profiles import Profile
from pipelines.linking.weighing import Verdict


@dataclass(frozen=True, slots=True)
class Join:
    """A fact, the target it may speak of, and why."""

    fact: Profile
    target: Profile
    relation: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Joins:
    """What is certain, and what a person is asked about, in the order of the facts."""

    certain: tuple[Join, ...]
    possible: tuple[Join, ...]


Rejected = frozenset[tuple[str, str]]


def doubt(join: Join, reason: str) -> Join:
    """The join as one that a person is asked about."""
    verdict = join.verdict
    score = min(verdict.score, weighing.CERTAIN - weighing.JUST_BELOW)
    return replace(join, verdict=Verdict(score, "similarity", (*verdict.reasons, reason)))


def in_order(joins: Iterable[Join]) -> tuple[Join, ...]:
    """In the order of the documents and of the facts in them, the best target first."""
    return tuple(
        sorted(
            joins,
            key=lambda join: (
                join.fact.document_id,
                join.fact.kind,
                join.fact.order,
                -join.verdict.score,
                join.target.fact_id,
            ),
        )
    )
