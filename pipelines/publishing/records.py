"""Rows of the schema `quality`, as frozen records: field names are column names.

Belongs here: what a run, its checks and its discrepancies put into the file. Does not belong here:
facts of documents, their links and notices (`pipelines.facts`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run. Times carry a zone. What it came to is set when it ends.

    `outcome`: `running`, `published`, `held`, `unchanged`, `failed`, `interrupted`, `killed`,
    `rolled_back`.
    """

    run_id: str
    started: datetime
    finished: datetime | None = None
    outcome: str | None = None
    code: str | None = None
    message: str | None = None
    code_version: str | None = None
    documents: int | None = None
    facts: int | None = None
    added: int | None = None
    removed: int | None = None
    changed: int | None = None
    published: bool = False
    fingerprint: str | None = None
    build_id: str | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check of a run. `unexpected_rows` is JSON; `severity` critical, warning or info.

    `build_id` is the build that was looked at. `is_current` is false for a failure of an earlier
    run than the one that built the file.
    """

    run_id: str
    name: str
    layer: str
    severity: str
    success: bool
    observed: str | None = None
    expected: str | None = None
    unexpected_rows: str | None = None
    unexpected_count: int | None = None
    document_id: str | None = None
    message: str | None = None
    build_id: str | None = None
    is_current: bool = True


@dataclass(frozen=True, slots=True)
class Loss:
    """What a document of the version before would lose: see `pipelines.publishing.losses`.

    `loss_id` is a hash of what is lost, which is what a person signs. `cause`: `vanished`, `facts`,
    `identity`; `status`: `held`, `accepted`, `allowed`.
    """

    document_id: str
    file_name: str
    loss_id: str
    cause: str
    facts_before: int
    facts_lost: int
    status: str
    reason: str
    signed_on: date | None = None
    signed_by: str | None = None


@dataclass(frozen=True, slots=True)
class FormerId:
    """An identifier that a fact bore in an earlier version, and the one that it bears now."""

    fact_kind: str
    former_id: str
    fact_id: str
    document_id: str
    changed_by: str


@dataclass(frozen=True, slots=True)
class ContractChange:
    """One line of `sql/schema/contract.yml`: what a version of the tables means for a reader."""

    version: int
    change: str
    subject: str
    says: str


@dataclass(frozen=True, slots=True)
class QuarantinedDocument:
    """A file that could not be read: a stable code, and a sentence that says what to do."""

    document_id: str
    file_name: str
    sha256: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class SignedDiscrepancy:
    """A disagreement that a person signed. `target_id` is the id that the claim is about."""

    document_id: str
    target_id: str
    check_name: str
    expected: Decimal | None
    actual: Decimal | None
    reason: str
    signed_on: date
    signed_by: str | None


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A claim that disagrees, with its verdict: `accepted`, `disagrees` or `stale`."""

    document_id: str
    check_name: str
    subject_id: str
    target_id: str | None
    expected: Decimal | None
    actual: Decimal | None
    expected_on: date | None
    actual_on: date | None
    unit: str | None
    status: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class FactChange:
    """One difference from the file published before; `column_name` only for a changed fact."""

    change: str
    fact_kind: str
    fact_id: str
    column_name: str | None
    previous_value: str | None
    current_value: str | None
    previous_document_id: str | None
    current_document_id: str | None
    previous_figure_id: str | None
    current_figure_id: str | None
    previous_sha256: str | None
    current_sha256: str | None


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What a build wrote: rows by table (`core.target` → 108), and what was left as it was.

    `carried_over`: documents whose last good version was copied. `withheld`: held or quarantined
    documents that never had one. `links_dropped`: joins to facts that this file does not have.
    """

    rows: tuple[tuple[str, int], ...]
    carried_over: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    links_dropped: int = 0
    changes: int = 0

    @property
    def facts(self) -> int:
        """Rows of all fact tables of `core`."""
        return sum(count for _, count in self.rows)
