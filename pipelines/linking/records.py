"""The records that linking yields: canonical indicators, and the outcome of joining all documents.

Belongs here: plain records. Does not belong here: how a join is found (`weighing`, `joining`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.facts import DocumentFacts, Link, LinkCandidate
from pipelines.linking.accepted import StaleSignature


@dataclass(frozen=True, slots=True)
class Indicator:
    """A canonical indicator: what targets of several documents and years count alike.

    `founded_by` is the target that it was named after. `name_en` is None where the vocabulary has
    no words for it, `unit_family` where no target has a unit, `theme` where none is recognised.
    """

    indicator_id: str
    name_zh: str
    name_en: str | None
    unit_family: str | None
    theme: str | None
    founded_by: str


@dataclass(frozen=True, slots=True)
class Linking:
    """All documents joined.

    `documents` are those given, in the same order, with `indicator_id` set on every target, and
    `target_id` and `commitment_id` on every report that was joined. `stale` are signatures that no
    longer fit what was read: an error of the run, not of a document.
    """

    documents: tuple[DocumentFacts, ...]
    indicators: tuple[Indicator, ...]
    links: tuple[Link, ...]
    candidates: tuple[LinkCandidate, ...]
    stale: tuple[StaleSignature, ...] = ()
