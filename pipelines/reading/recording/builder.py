"""The facts of one document while they are being gathered.

Belongs here: identifiers, the queue of what was not understood, and the lists that become
`DocumentFacts`. Does not belong here: any reading of text.
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
    Target,
)
from pipelines.quantities import convert_to_base
from pipelines.quantities.grammar import Number
from pipelines.reading.language.units import Quantity, UnitHint, measure
from pipelines.reading.recording.ledger import Ledger, SourceText
from pipelines.vocabulary import Vocabulary

UNIT_MAX_LENGTH = 4
"""Characters shown after a number whose unit is not known."""


@dataclass(slots=True)
class FactsBuilder:
    """Collects the facts of `document`; the ledger holds its numbers."""

    document: DocumentFact
    ledger: Ledger
    vocabulary: Vocabulary
    commitments: list[Commitment] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    responsibilities: list[Responsibility] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    _identifiers: set[str] = field(default_factory=set)

    def identify(self, *parts: str) -> str:
        """A readable id under the document's, made unique where the source repeats a number."""
        base = "/".join((self.document.document_id, ".".join(part for part in parts if part)))
        identifier, count = base, 2
        while identifier in self._identifiers:
            identifier, count = f"{base}-{count}", count + 1
        self._identifiers.add(identifier)
        return identifier

    def add_target(
        self,
        commitment_id: str,
        indicator: str,
        text: SourceText | None,
        number: Number | None,
        hint: UnitHint | None,
        as_printed: str,
        context: str = "",
    ) -> Target:
        """Record a promise and claim its number; without one it promises a thing unmeasured."""
        count = sum(1 for target in self.targets if target.commitment_id == commitment_id)
        suffix = commitment_id.removeprefix(self.document.document_id + "/")
        target_id = self.identify(suffix, str(count + 1))
        quantity = Quantity(None, hint.unit if hint is not None else None)
        if number is not None:
            quantity = measure(number, hint)
            if quantity.unit is None and quantity.value is not None:
                self._queue_missing_unit(text, number)
        base_value, base_unit = self.in_base_unit(quantity)
        figure_id = None
        if text is not None and number is not None:
            figure_id = self.ledger.claim(text, number, "target", target_id, quantity)
        target = Target(
            target_id=target_id,
            commitment_id=commitment_id,
            document_id=self.document.document_id,
            region_code=self.document.region_code,
            plan_year=self.document.plan_year,
            indicator=indicator,
            indicator_id=None,
            value=quantity.value,
            unit=quantity.unit,
            comparator=number.comparator if number is not None else "=",
            base_value=base_value,
            base_unit=base_unit,
            as_printed=as_printed,
            figure_id=figure_id,
            context=context,
        )
        self.targets.append(target)
        return target

    def _queue_missing_unit(self, text: SourceText | None, number: Number) -> None:
        after = text.text[number.end : number.end + UNIT_MAX_LENGTH] if text is not None else ""
        self.notice(
            "unknown_unit",
            f"No unit is known for “{number.as_printed}” before “{after}”; the figure has none.",
            text,
            as_printed=f"{number.as_printed}{after}",
            vocabulary="units.csv",
            suggestion=after[:1],
        )

    def replace_target(self, target: Target, **changes: object) -> Target:
        """Exchange a recorded target for one with these fields changed; returns the new one."""
        index = next(i for i, t in enumerate(self.targets) if t.target_id == target.target_id)
        changed: Target = replace(target, **changes)  # type: ignore[arg-type]  # field names vary
        self.targets[index] = changed
        return changed

    def in_base_unit(self, quantity: Quantity) -> tuple[Decimal | None, str | None]:
        """The quantity in its dimension's base unit, to four decimals; None where unknown."""
        if quantity.value is None:
            return None, None
        return convert_to_base(quantity.value, quantity.unit)

    def targets_of(self, commitment_id: str) -> tuple[Target, ...]:
        """The targets of a commitment so far, in order."""
        return tuple(t for t in self.targets if t.commitment_id == commitment_id)

    def notice(
        self,
        code: str,
        message: str,
        text: SourceText | None,
        as_printed: str = "",
        vocabulary: str | None = None,
        suggestion: str | None = None,
        page: int | None = None,
    ) -> None:
        """Queue something for a person; the same thing at the same place is queued once."""
        notice = Notice(
            document_id=self.document.document_id,
            code=code,
            message=message,
            as_printed=as_printed or (text.text if text else ""),
            page=text.page if text else page,
            table_no=text.table_no if text else None,
            row_no=text.row_no if text else None,
            col_no=text.col_no if text else None,
            vocabulary=vocabulary,
            suggestion=suggestion,
        )
        if notice not in self.notices:
            self.notices.append(notice)

    def finish(self) -> DocumentFacts:
        """The facts, complete with the ledger."""
        return DocumentFacts(
            document=self.document,
            commitments=tuple(self.commitments),
            targets=tuple(self.targets),
            allocations=tuple(self.allocations),
            milestones=tuple(self.milestones),
            reports=tuple(self.reports),
            responsibilities=tuple(self.responsibilities),
            figures=self.ledger.figures(),
            notices=tuple(self.notices),
        )
