"""One line of a plan with all that was read of it.

Belongs here: gathering a line's facts, taking them out of a document, and the hash by which a
person signs a reading. Does not belong here: whether they make sense (`guards`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipelines.facts import (
    Allocation,
    Commitment,
    DocumentFacts,
    Milestone,
    Report,
    Responsibility,
    Statement,
    Target,
)

HELD = "held"
READING_CHARACTERS = 12


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A commitment and what belongs to it, in the order of the source."""

    commitment: Commitment
    targets: tuple[Target, ...]
    allocations: tuple[Allocation, ...]
    milestones: tuple[Milestone, ...]
    reports: tuple[Report, ...]
    statements: tuple[Statement, ...]
    responsibilities: tuple[Responsibility, ...]

    def describe(self) -> dict[str, object]:
        """What was read, as plain values: what a person holds against the page."""
        line = self.commitment
        return {
            "item_no": line.item_no,
            "title": line.title,
            "due_on": line.due_on,
            "targets": [
                {
                    "indicator": target.indicator,
                    "comparator": target.comparator,
                    "value": target.value,
                    "unit": target.unit,
                    "shares": self._shares_of(target),
                }
                for target in self.targets
            ],
            "steps": [
                [step.due_on, step.expected_value, step.expected_share, step.text]
                for step in self.milestones
            ],
            "reports": [
                [report.indicator, report.value, report.unit, report.as_of]
                for report in self.reports
            ],
            "words": [statement.text for statement in self.statements],
            "bodies": [duty.as_printed for duty in self.responsibilities],
        }

    def _shares_of(self, target: Target) -> dict[str, object]:
        own = (share for share in self.allocations if share.target_id == target.target_id)
        return {share.region: share.value for share in own}

    @property
    def as_read(self) -> str:
        """The same as JSON."""
        return json.dumps(self.describe(), ensure_ascii=False, default=str)

    @property
    def reading(self) -> str:
        """The hash of what was read: another reading is another hash."""
        return hash_reading(self.as_read)


def hash_reading(as_read: str) -> str:
    """A short hash that a person can copy."""
    return hashlib.sha256(as_read.encode()).hexdigest()[:READING_CHARACTERS]


def list_lines(facts: DocumentFacts) -> Iterator[LineFacts]:
    """The lines of a document, in order."""
    for commitment in facts.commitments:
        line = commitment.commitment_id
        targets = tuple(t for t in facts.targets if t.commitment_id == line)
        ids = {target.target_id for target in targets}
        yield LineFacts(
            commitment=commitment,
            targets=targets,
            allocations=tuple(a for a in facts.allocations if a.target_id in ids),
            milestones=tuple(m for m in facts.milestones if m.commitment_id == line),
            reports=tuple(
                r for r in facts.reports if r.commitment_id == line or r.target_id in ids
            ),
            statements=tuple(s for s in facts.statements if s.commitment_id == line),
            responsibilities=tuple(r for r in facts.responsibilities if r.commitment_id == line),
        )


def take_out(facts: DocumentFacts, lines: Iterable[LineFacts]) -> DocumentFacts:
    """The document without these lines; their numbers stay in the ledger as held."""
    lines = tuple(lines)
    if not lines:
        return facts
    ids = {line.commitment.commitment_id for line in lines}
    targets = {target.target_id for line in lines for target in line.targets}
    reports = {report.report_id for line in lines for report in line.reports}
    steps = {step.milestone_id for line in lines for step in line.milestones}
    gone = ids | targets | reports | steps
    return replace(
        facts,
        commitments=tuple(c for c in facts.commitments if c.commitment_id not in ids),
        targets=tuple(t for t in facts.targets if t.target_id not in targets),
        allocations=tuple(a for a in facts.allocations if a.target_id not in targets),
        milestones=tuple(m for m in facts.milestones if m.milestone_id not in steps),
        reports=tuple(r for r in facts.reports if r.report_id not in reports),
        statements=tuple(s for s in facts.statements if s.commitment_id not in ids),
        responsibilities=tuple(r for r in facts.responsibilities if r.commitment_id not in ids),
        figures=tuple(
            replace(figure, role=HELD, fact_id=None) if figure.fact_id in gone else figure
            for figure in facts.figures
        ),
    )
