"""The second half of a refresh: from facts to a published file, or to a build that is kept back.

Belongs here: building beside the published file, checking the build, holding documents back, and
publishing what is sound. Does not belong here: how each is done (`publishing`, `checks`).

A document that breaks a critical rule is held back: the file is built again without it, its last
good version stays, and all others go out. A fault that is no document's own fails the run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.checks import Outcome, Severity, run_checks
from pipelines.checks.preflight import Misfit, find_misfits
from pipelines.console.summary import Summary, read_summary
from pipelines.errors import PipelineError
from pipelines.publishing.publish import new_path, publish, reject, run_lock
from pipelines.publishing.records import (
    BuildSummary,
    CheckResult,
    Discrepancy,
    QuarantinedDocument,
    RunRecord,
)
from pipelines.publishing.schema import find_table
from pipelines.run.intake import Folders, Meaning, Stock
from pipelines.run.progress import Progress, Silence

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


def build_candidate(
    folders: Folders,
    stock: Stock,
    meaning: Meaning,
    *,
    held: Sequence[str] = (),
    progress: Progress | None = None,
) -> BuildSummary:
    """Build a new file beside the published one, without the facts of the documents held back.

    Documents that no table could take (`find_misfits`) are left out too; that is recorded.

    Raises:
        PublishError: another refresh is at work. LoadError: a table refuses a row.
    """
    from pipelines.publishing.build import build_warehouse
    from pipelines.publishing.dimensions import build_dimensions
    from pipelines.publishing.discrepancies import signed_discrepancies
    from pipelines.vocabulary import load_vocabulary

    progress = progress or Silence()
    progress.begin("Building the warehouse")
    misfits = find_misfits(meaning.facts)
    left_out = tuple(sorted({*held, *(misfit.document_id for misfit in misfits)}))
    path = new_path(folders.warehouse)
    with run_lock(folders.warehouse), _kept_on_failure(folders):
        build = build_warehouse(
            path,
            meaning.facts,
            run=RunRecord(
                run_id=stock.run_id,
                started=stock.started,
                code_version=stock.code_version,
                fingerprint=stock.fingerprint,
            ),
            dimensions=build_dimensions(meaning.facts, meaning.indicators, load_vocabulary()),
            links=meaning.links,
            candidates=meaning.candidates,
            accepted=signed_discrepancies(stock.accepted),
            quarantined=[QuarantinedDocument(**asdict(refusal)) for refusal in meaning.refusals],
            held=left_out,
            previous=folders.warehouse if folders.warehouse.exists() else None,
        )
        _write_results(path, [_record_misfit(misfit, stock) for misfit in misfits])
    progress.end(f"{build.facts} facts")
    return build


def check_candidate(
    folders: Folders, stock: Stock, meaning: Meaning, progress: Progress | None = None
) -> tuple[CheckResult, ...]:
    """Hold the new file against all rules, and write into it what came of them.

    Returns everything that is recorded of the new file, misfits included.
    """
    progress = progress or Silence()
    progress.begin("Checking")
    path = new_path(folders.warehouse)
    with run_lock(folders.warehouse):
        _read_results(path, stock)
        with _kept_on_failure(folders):
            outcomes = run_checks(path, observed=_observe(path, stock, meaning))
            _write_results(path, [row for outcome in outcomes for row in _record(outcome, stock)])
            results = _read_results(path, stock)
    failed = {row.name for row in results if not row.success}
    progress.end(f"{len({row.name for row in results} - failed)} passed, {len(failed)} failed")
    return results


def publish_candidate(
    folders: Folders, stock: Stock, meaning: Meaning, progress: Progress | None = None
) -> Summary:
    """Hold back what has to be, build again if so, and replace the published file.

    Only a document whose newest version is in the build can be held; a critical failure of another
    one (its last good version was carried over, or it is gone) is recorded and told.

    Raises:
        UnsoundBuildError: a critical failure is no document's own. The build is kept as rejected.
        OtherRefreshError, PublishError: another refresh is at work, or the disk failed.
    """
    from pipelines.publishing.build import finish_build
    from pipelines.publishing.discrepancies import read_discrepancies

    progress = progress or Silence()
    path = new_path(folders.warehouse)
    told: list[CheckResult] = []
    disagreements: dict[tuple[str, str, str], Discrepancy] = {}
    held: set[str] = set()
    with run_lock(folders.warehouse), _kept_on_failure(folders):
        for _ in range(_MOST_PASSES):
            results = _read_results(path, stock)
            _refuse_faults_of_the_file(results)
            for found in read_discrepancies(path):
                key = (found.document_id, found.check_name, found.subject_id)
                disagreements.setdefault(key, found)
            failures = _find_critical(results, _list_documents(path, "published"))
            if not failures:
                break
            told += failures
            held |= {row.document_id for row in failures if row.document_id is not None}
            progress.begin("Holding back")
            progress.end(", ".join(sorted(held)))
            build_candidate(folders, stock, meaning, held=sorted(held), progress=progress)
            check_candidate(folders, stock, meaning, progress)
        else:
            raise UnsoundBuildError(
                f"Holding back {', '.join(sorted(held))} breaks other documents without end. "
                "This is an error of ours: please report it with the files."
            )
        progress.begin("Publishing")
        finish_build(
            path,
            stock.run_id,
            datetime.now(UTC),
            is_published=True,
            check_results=_drop_repeated(told, results),
            discrepancies=list(disagreements.values()),
        )
        publish(path, folders.warehouse)
    progress.end(str(folders.warehouse))
    return read_summary(folders.warehouse)


def _observe(path: Path, stock: Stock, meaning: Meaning) -> dict[str, list[dict[str, Any]]]:
    """What the rules look at and no table holds."""
    counted = _list_documents(path, "published")
    return {
        "observed.digits": [
            asdict(count) for count in meaning.digits if count.document_id in counted
        ],
        "observed.source_entries": [
            {"file_name": name, "status": "missing"} for name in stock.entries_without_file
        ],
        "observed.copies": [
            {"document_id": file.document_id, "copy_of": file.copy_of, "status": "copy"}
            for file in stock.files
            if file.copy_of is not None and file.document_id in counted
        ],
        "observed.stale_links": [
            {"code": found.code, "message": found.message, "from_id": found.accepted.from_id}
            for found in meaning.stale_links
        ],
    }


@contextmanager
def _kept_on_failure(folders: Folders) -> Iterator[None]:
    """Whatever goes wrong, the build is kept as the rejected one, for a look.

    Not so where it is another refresh's build: that one is not ours to turn down.
    """
    try:
        yield
    except OtherRefreshError:
        raise
    except BaseException:
        with suppress(OSError):
            reject(new_path(folders.warehouse), folders.warehouse)
        raise


def _find_critical(results: Sequence[CheckResult], in_build: set[str]) -> list[CheckResult]:
    """Critical failures of documents whose newest version is in the build."""
    return [
        row
        for row in results
        if not row.success and row.severity == Severity.CRITICAL and row.document_id in in_build
    ]


def _drop_repeated(
    told: Sequence[CheckResult], recorded: Sequence[CheckResult]
) -> list[CheckResult]:
    """Failures of versions that are not in the file, save those that the file's own rows repeat.

    The last good version of a held document may fail of the very same rows as the new one.
    """
    known = {(row.name, row.document_id, row.unexpected_rows) for row in recorded}
    kept: list[CheckResult] = []
    for row in told:
        key = (row.name, row.document_id, row.unexpected_rows)
        if key not in known:
            kept.append(row)
        known.add(key)
    return kept


def _refuse_faults_of_the_file(results: Sequence[CheckResult]) -> None:
    faults = [
        f"{row.name} ({row.expected})"
        for row in results
        if not row.success and row.severity == Severity.CRITICAL and row.document_id is None
    ]
    if faults:
        raise UnsoundBuildError(
            f"The new file is not sound, so nothing was published: {'; '.join(faults)}."
        )


def _list_documents(path: Path, status: str) -> set[str]:
    from pipelines.publishing.opening import open_read_only

    with open_read_only(path) as connection:
        rows = connection.execute(
            "SELECT document_id FROM core.document WHERE status = ?", [status]
        ).fetchall()
    return {document_id for (document_id,) in rows}


def _write_results(path: Path, results: Sequence[CheckResult]) -> None:
    import duckdb

    from pipelines.publishing.loading import insert_records

    with duckdb.connect(str(path)) as connection:
        insert_records(connection, find_table("quality.check_result"), results)


def _read_results(path: Path, stock: Stock) -> tuple[CheckResult, ...]:
    """What this run recorded in the new file.

    Raises OtherRefreshError where another run built at the same path meanwhile.
    """
    import duckdb

    from pipelines.publishing.opening import open_read_only

    names = ", ".join(field.name for field in fields(CheckResult))
    try:
        with open_read_only(path) as connection:
            own = connection.execute(
                "SELECT 1 FROM quality.run WHERE run_id = ?", [stock.run_id]
            ).fetchone()
            rows = connection.execute(f"SELECT {names} FROM quality.check_result").fetchall()
    except duckdb.Error as error:
        raise OtherRefreshError from error
    if own is None:
        raise OtherRefreshError
    return tuple(CheckResult(*row) for row in rows)


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
                observed=f"{len(offending)} of {outcome.checked} rows break it",
                expected=rule.says,
                unexpected_rows=outcome.describe_rows(document_id),
                unexpected_count=len(offending),
                document_id=document_id,
                message=None
                if outcome.success
                else f"{rule.says}; {_count_rows(len(offending))}.{remedy}",
            )
        )
    return rows


def _count_rows(count: int) -> str:
    return "one row does not" if count == 1 else f"{count} rows do not"


def _record_misfit(misfit: Misfit, stock: Stock) -> CheckResult:
    return CheckResult(
        run_id=stock.run_id,
        name=misfit.check,
        layer="structure",
        severity=str(Severity.CRITICAL),
        success=False,
        observed=f"{len(misfit.rows)} rows break it",
        expected=f"Every row fits {misfit.table}",
        unexpected_rows=json.dumps(misfit.rows, ensure_ascii=False),
        unexpected_count=len(misfit.rows),
        document_id=misfit.document_id,
        message=misfit.message,
    )
