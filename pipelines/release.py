"""The second half of a refresh: from facts to a published file, or to a build that is kept back.

Belongs here: building beside the published file, checking the build, holding documents back, and
publishing what is sound. Does not belong here: how each is done (`publishing`, `checks`).

A document that breaks a critical rule is held back: the file is built again without it, its last
good version stays, and all others go out. A fault that is no document's own fails the run.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.checks import (
    Outcome,
    Severity,
    find_documents_to_hold,
    find_faults_of_the_file,
    run_checks,
)
from pipelines.checks.preflight import Misfit, find_misfits
from pipelines.errors import PipelineError
from pipelines.intake import Folders, Meaning, Stock
from pipelines.progress import Progress, Silence
from pipelines.publishing.publish import new_path, publish, refresh_lock, reject
from pipelines.publishing.records import (
    BuildSummary,
    CheckResult,
    QuarantinedDocument,
    RunRecord,
    SignedDiscrepancy,
)
from pipelines.sources import AcceptedDiscrepancy
from pipelines.summary import Summary, read_summary

_MOST_PASSES = 5
"""Holding one document back can leave another dangling; each pass holds those too."""


class UnsoundBuildError(PipelineError):
    """The new file breaks a critical rule that is no document's own; nothing was published."""

    def __init__(self, message: str) -> None:
        super().__init__("unsound_build", message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.message,))


class OtherRefreshError(PipelineError):
    """The build that was checked is not there any more: another refresh replaced it."""

    def __init__(self) -> None:
        super().__init__(
            "refresh_running", "Another refresh built over this one. Run it again when it is done."
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), ())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A built, closed, unpublished file. `misfits` were found before the build, and left out."""

    path: Path
    build: BuildSummary
    misfits: tuple[Misfit, ...] = ()
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks found: rows for `quality.check_result`, and who is to be held for what."""

    results: tuple[CheckResult, ...]
    to_hold: dict[str, tuple[str, ...]] = field(default_factory=dict)


def build_candidate(
    folders: Folders,
    stock: Stock,
    meaning: Meaning,
    *,
    held: Sequence[str] = (),
    progress: Progress | None = None,
) -> Candidate:
    """Build a new file beside the published one, without the documents held back.

    Raises:
        PublishError: another refresh is at work. LoadError: a table refuses a row.
    """
    from pipelines.dimensions import build_dimensions
    from pipelines.publishing.build import build_warehouse
    from pipelines.vocabulary import load_vocabulary

    progress = progress or Silence()
    progress.begin("Building the warehouse")
    misfits = find_misfits(meaning.facts)
    left_out = tuple(sorted({*held, *(misfit.document_id for misfit in misfits)}))
    with refresh_lock(folders.warehouse):
        path = new_path(folders.warehouse)
        build = build_warehouse(
            path,
            meaning.facts,
            run=RunRecord(
                run_id=stock.run_id,
                started=stock.started,
                code_version=stock.code_version,
                fingerprint=stock.fingerprint,
            ),
            dimensions=build_dimensions(meaning.facts, load_vocabulary()),
            accepted=[_as_signed(accepted) for accepted in stock.accepted],
            quarantined=[QuarantinedDocument(**asdict(refusal)) for refusal in meaning.refusals],
            held=left_out,
            previous=folders.warehouse if folders.warehouse.exists() else None,
        )
    progress.end(f"{build.facts} facts")
    return Candidate(path, build, misfits, left_out)


def check_candidate(
    candidate: Candidate, stock: Stock, meaning: Meaning, progress: Progress | None = None
) -> tuple[Outcome, ...]:
    """Hold a build against all rules."""
    progress = progress or Silence()
    progress.begin("Checking")
    digits = [asdict(count) for count in meaning.digits if count.document_id not in candidate.held]
    outcomes = run_checks(candidate.path, observed={"observed.digits": digits})
    failed = sum(not outcome.success for outcome in outcomes)
    progress.end(f"{len(outcomes) - failed} passed, {failed} failed")
    return outcomes


def judge(
    candidate: Candidate, outcomes: Sequence[Outcome], stock: Stock, meaning: Meaning
) -> Verdict:
    """What follows from the outcomes: which documents are held back, and the rows to record.

    Only a document whose newest version is in the build can be held; a critical failure of one
    that is not (its last good version was carried over, or it is gone) is recorded all the same.
    """
    can_hold = (
        {item.document.document_id for item in meaning.facts}
        - {refusal.document_id for refusal in meaning.refusals}
        - set(candidate.held)
    )
    results = [_record_misfit(misfit, stock) for misfit in candidate.misfits]
    results += [row for outcome in outcomes for row in _record(outcome, stock)]
    broken = find_documents_to_hold(outcomes)
    return Verdict(tuple(results), {name: broken[name] for name in broken if name in can_hold})


def publish_candidate(
    folders: Folders,
    stock: Stock,
    meaning: Meaning,
    candidate: Candidate,
    outcomes: Sequence[Outcome],
    progress: Progress | None = None,
) -> Summary:
    """Hold back what has to be, build again if so, and replace the published file.

    Raises:
        UnsoundBuildError: a critical failure is no document's own. The build is kept as rejected.
        PublishError: the file could not be replaced.
    """
    from pipelines.publishing.build import finish_build
    from pipelines.publishing.reader import read_discrepancies

    progress = progress or Silence()
    results: dict[tuple[str, str | None], CheckResult] = {}
    discrepancies = {}
    held: dict[str, tuple[str, ...]] = {}
    try:
        for _ in range(_MOST_PASSES):
            _refuse_faults_of_the_file(outcomes)
            _require_own(candidate, stock)
            verdict = judge(candidate, outcomes, stock, meaning)
            _merge(results, verdict.results, set(held))
            for found in read_discrepancies(candidate.path):
                key = (found.document_id, found.check_name, found.subject_id)
                discrepancies.setdefault(key, found)
            if not verdict.to_hold:
                break
            held.update(verdict.to_hold)
            candidate = build_candidate(
                folders, stock, meaning, held=tuple(held), progress=progress
            )
            outcomes = check_candidate(candidate, stock, meaning, progress)
        else:
            raise UnsoundBuildError(
                f"Holding back {', '.join(held)} breaks other documents without end. "
                "This is an error of ours: please report it with the files."
            )
        progress.begin("Publishing")
        with refresh_lock(folders.warehouse):
            _require_own(candidate, stock)
            finish_build(
                candidate.path,
                stock.run_id,
                datetime.now(UTC),
                is_published=True,
                check_results=list(results.values()),
                discrepancies=list(discrepancies.values()),
            )
            publish(candidate.path, folders.warehouse)
    except OtherRefreshError:
        raise
    except BaseException:
        with suppress(OSError):
            reject(candidate.path, folders.warehouse)
        raise
    progress.end(str(folders.warehouse.name))
    return read_summary(folders.warehouse)


def _merge(
    results: dict[tuple[str, str | None], CheckResult],
    new: Sequence[CheckResult],
    held: set[str],
) -> None:
    """Keep what a held document broke, and let the later pass speak for all others."""
    kept = {key: row for key, row in results.items() if key[1] in held and not row.success}
    broken = {name for name, _ in kept}
    results.clear()
    results.update(kept)
    for row in new:
        if row.success and row.name in broken:
            continue
        results.setdefault((row.name, row.document_id), row)


def _refuse_faults_of_the_file(outcomes: Sequence[Outcome]) -> None:
    faults = find_faults_of_the_file(outcomes)
    if faults:
        told = "; ".join(f"{fault.rule.name} ({fault.rule.says})" for fault in faults)
        raise UnsoundBuildError(f"The new file is not sound, so nothing was published: {told}.")


def _require_own(candidate: Candidate, stock: Stock) -> None:
    """Another refresh may have built at the same path between two steps."""
    import duckdb

    try:
        with duckdb.connect(str(candidate.path), read_only=True) as connection:
            found = connection.execute(
                "SELECT 1 FROM quality.run WHERE run_id = ?", [stock.run_id]
            ).fetchone()
    except duckdb.Error as error:
        raise OtherRefreshError from error
    if found is None:
        raise OtherRefreshError


def _record(outcome: Outcome, stock: Stock) -> list[CheckResult]:
    """One row for each document that breaks the rule, or one for the rule where none does."""
    rule = outcome.rule
    where: list[str | None] = [*outcome.documents]
    if outcome.is_nobodys or not where:
        where.append(None)
    rows: list[CheckResult] = []
    for document_id in where:
        offending = outcome.rows_of(document_id) if document_id else outcome.offending
        remedy = f" {rule.remedy}" if rule.remedy else ""
        rows.append(
            CheckResult(
                run_id=stock.run_id,
                name=rule.name,
                layer=str(rule.layer),
                severity=str(rule.severity),
                success=outcome.success,
                observed=f"{len(offending)} of {outcome.checked} rows do not",
                expected=rule.says,
                unexpected_rows=outcome.describe_rows(document_id),
                unexpected_count=len(offending),
                document_id=document_id,
                message=None
                if outcome.success
                else f"{rule.says}; {len(offending)} rows do not.{remedy}",
            )
        )
    return rows


def _record_misfit(misfit: Misfit, stock: Stock) -> CheckResult:
    return CheckResult(
        run_id=stock.run_id,
        name=misfit.check,
        layer="structure",
        severity=str(Severity.CRITICAL),
        success=False,
        observed=f"{len(misfit.rows)} rows do not",
        expected=f"Every row fits {misfit.table}",
        unexpected_rows=json.dumps(misfit.rows, ensure_ascii=False),
        unexpected_count=len(misfit.rows),
        document_id=misfit.document_id,
        message=misfit.message,
    )


def _as_signed(accepted: AcceptedDiscrepancy) -> SignedDiscrepancy:
    return SignedDiscrepancy(
        document_id=accepted.document,
        target_id=accepted.target,
        check_name=accepted.check,
        expected=accepted.expected,
        actual=accepted.actual,
        reason=accepted.reason,
        signed_on=accepted.signed_on,
        signed_by=accepted.signed_by,
    )
