"""The facts of one document while they are being gathered.

Belongs here: identifiers, the queue of what was not understood, and the lists that become
`DocumentFacts`. Does not belong here: any reading of text, or what a line yields (`lines`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from pipelines.facts import (
    Allocation,
    Commitment,
    DocumentFact,
    DocumentFacts,
    Milestone,
    Notice,
    Report,
    Responsibility,
    Statement,
    Target,
)
from pipelines.reading.recognition import Doubt
from pipelines.reading.recording.ledger import Ledger
from pipelines.vocabulary import RegionMatch, Vocabulary

QUOTED = "quoted"
"""The origin of a target, and the standing of a line, that only a report names."""


@dataclass(slots=True)
class Book:
    """Collects the facts of `document`; the ledger holds its numbers."""

    document: DocumentFact
    ledger: Ledger
    vocabulary: Vocabulary
    commitments: list[Commitment] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    responsibilities: list[Responsibility] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    _identifiers: set[str] = field(default_factory=set)

    @property
    def plan_year(self) -> int | None:
        """The year of the plan."""
        return self.document.plan_year

    def identify(self, *parts: str) -> str:
        """A readable id under the document's, made unique where the source repeats a number."""
        base = "/".join((self.document.document_id, ".".join(part for part in parts if part)))
        identifier, count = base, 2
        while identifier in self._identifiers:
            identifier, count = f"{base}-{count}", count + 1
        self._identifiers.add(identifier)
        return identifier

    def identify_under(self, commitment_id: str | None, mark: str) -> str:
        """A readable id under a commitment's, or under the document's where there is none."""
        suffix = (commitment_id or "").removeprefix(self.document.document_id + "/")
        return self.identify(suffix, mark)

    def replace_target(self, target: Target, **changes: object) -> Target:
        """Exchange a recorded target for one with these fields changed; returns the new one."""
        index = next(i for i, t in enumerate(self.targets) if t.target_id == target.target_id)
        changed: Target = replace(target, **changes)  # type: ignore[arg-type]  # field names vary
        self.targets[index] = changed
        return changed

    def in_base_unit(
        self, value: Decimal | None, unit: str | None
    ) -> tuple[Decimal | None, str | None]:
        """The quantity in its dimension's base unit, to four decimals; None where unknown."""
        return (
            self.vocabulary.units.convert_to_base(value, unit)
            if value is not None
            else (None, None)
        )

    def targets_of(self, commitment_id: str) -> tuple[Target, ...]:
        """The targets of a commitment so far, in order."""
        return tuple(t for t in self.targets if t.commitment_id == commitment_id)

    def quoted_lines(self) -> set[str]:
        """The ids of the lines that no plan of the document holds."""
        return {line.commitment_id for line in self.commitments if line.standing == QUOTED}

    def targets_by_id(self, target_ids: list[str]) -> list[Target]:
        """The targets with these ids, in the order of the document."""
        return [t for t in self.targets if t.target_id in target_ids]

    def doubt(self, doubt: Doubt, page: int | None = None) -> None:
        """Queue something for a person; the same thing at the same place is queued once."""
        text = doubt.text
        notice = Notice(
            document_id=self.document.document_id,
            code=doubt.code,
            message=doubt.message,
            as_printed=doubt.as_printed or (text.printed if text else ""),
            page=text.page if text else page,
            table_no=text.table_no if text else None,
            row_no=text.row_no if text else None,
            col_no=text.col_no if text else None,
            vocabulary=doubt.vocabulary,
            suggestion=doubt.suggestion,
        )
        if notice not in self.notices:
            self.notices.append(notice)

    def doubt_region(self, region: RegionMatch) -> None:
        """Queue a region that the vocabulary lacks, once for each document."""
        self.doubt(
            Doubt(
                "unknown_region",
                f"“{region.name}” is not in the vocabulary of regions; its shares are kept under "
                f"the provisional code {region.region_code}.",
                as_printed=region.name,
                vocabulary="regions.csv",
                suggestion=f"{region.region_code},{region.name}",
            )
        )

    def finish(self) -> DocumentFacts:
        """The facts, complete with the ledger."""
        return DocumentFacts(
            document=self.document,
            commitments=tuple(self.commitments),
            targets=tuple(self.targets),
            allocations=tuple(self.allocations),
            milestones=tuple(self.milestones),
            reports=tuple(self.reports),
            statements=tuple(self.statements),
            responsibilities=tuple(self.responsibilities),
            figures=self.ledger.figures(),
            notices=tuple(self.notices),
        )
