"""All that the file says of one commitment, put together for its page.

Belongs here: gathering rows by the ids that they carry. Does not belong here: judging them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipelines.site import records as r
from pipelines.site.ledger import Ledger, group, natural_key
from pipelines.site.tallies import find_themes, is_proposal

_SHARES_CHECK = "shares_add_up"
_OWN_SCHEDULE = "own"


@dataclass(frozen=True, slots=True)
class TargetDossier:
    """A target with its shares (largest first), and the check of their sum."""

    row: r.TargetRow
    upper: r.PromiseRow | None
    theme: str | None
    reported: r.ReportRow | None
    shares: tuple[r.ShareRow, ...]
    sum_check: r.FindingRow | None
    borrowed: tuple[r.PaceRow, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A dated step, and the pace that was judged by it, where the file judged one."""

    row: r.MilestoneRow
    pace: r.PaceRow | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """A commitment with all that belongs to it."""

    row: r.CommitmentRow
    document: r.DocumentRow
    is_proposal: bool
    targets: tuple[TargetDossier, ...]
    reports: tuple[r.ReportRow, ...]
    steps: tuple[Step, ...]
    statements: tuple[r.StatementRow, ...]
    duties: Mapping[str, tuple[r.DutyRow, ...]]
    findings: tuple[r.FindingRow, ...]

    @property
    def themes(self) -> tuple[str, ...]:
        """Themes of its targets."""
        return tuple(dict.fromkeys(one.theme for one in self.targets if one.theme))

    @property
    def statuses(self) -> tuple[str, ...]:
        """Statuses of its targets."""
        return tuple(dict.fromkeys(one.row.status for one in self.targets))


def gather(ledger: Ledger) -> Iterator[Dossier]:
    """One dossier a commitment, in the order of the documents."""
    documents = {row.document_id: row for row in ledger.documents}
    targets = group(_gather_targets(ledger), lambda one: one.row.commitment_id)
    reports = group(ledger.reports, lambda row: row.commitment_id)
    steps = group(_gather_steps(ledger), lambda step: step.row.commitment_id)
    statements = group(ledger.statements, lambda row: row.commitment_id)
    duties = group(ledger.duties, lambda row: row.commitment_id)
    findings = group(
        [row for row in ledger.findings if row.status in ("accepted", "disagrees")],
        lambda row: row.commitment_id,
    )
    for commitment in sorted(ledger.commitments, key=lambda row: natural_key(row.commitment_id)):
        key = commitment.commitment_id
        document = documents[commitment.document_id]
        yield Dossier(
            row=commitment,
            document=document,
            is_proposal=is_proposal(commitment, document),
            targets=targets[key],
            reports=reports[key],
            steps=steps[key],
            statements=statements[key],
            duties=group(sorted(duties[key], key=lambda duty: duty.position), lambda d: d.role),
            findings=findings[key],
        )


def _gather_targets(ledger: Ledger) -> Iterator[TargetDossier]:
    shares = group(ledger.shares, lambda row: row.target_id)
    themes = find_themes(ledger)
    reports = {row.report_id: row for row in ledger.reports}
    bounds = {row.target_id: row for row in ledger.promises}
    checks = {row.subject_id: row for row in ledger.findings if row.check_name == _SHARES_CHECK}
    borrowed = group(
        [row for row in ledger.paces if row.schedule_of != _OWN_SCHEDULE],
        lambda row: row.target_id,
    )
    for target in ledger.targets:
        yield TargetDossier(
            row=target,
            upper=bounds.get(target.target_id),
            theme=themes.get(target.target_id),
            reported=reports.get(target.report_id or ""),
            shares=tuple(
                sorted(shares[target.target_id], key=lambda row: (-row.value, row.region_code))
            ),
            sum_check=checks.get(target.target_id),
            borrowed=tuple(sorted(borrowed[target.target_id], key=lambda row: str(row.due_on))),
        )


def _gather_steps(ledger: Ledger) -> Iterator[Step]:
    own = {
        (row.target_id, row.milestone_id): row
        for row in ledger.paces
        if row.schedule_of == _OWN_SCHEDULE
    }
    ordered = sorted(
        ledger.milestones, key=lambda row: (str(row.due_on), natural_key(row.milestone_id))
    )
    for milestone in ordered:
        yield Step(milestone, own.get((milestone.target_id or "", milestone.milestone_id)))
