"""What the checks found of a build, written into it and read back, and what follows.

Belongs here: outcomes and misfits as rows of `quality.check_result`, whether a build has a result
of every rule, which documents have to be held. Does not belong here: the checks (`checks`), or the
order of a run (`release`).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pipelines.checks import Outcome, Severity
from pipelines.checks.preflight import Misfit
from pipelines.checks.runner import find_rules_without_result
from pipelines.errors import PipelineError
from pipelines.publishing.opening import open_read_only
from pipelines.publishing.records import CheckResult, Discrepancy
from pipelines.publishing.schema import find_table


class UnsoundBuildError(PipelineError):
    """The new file breaks a critical rule that is no document's own; nothing was published."""

    def __init__(self, message: str) -> None:
        super().__init__("unsound_build", message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.message,))


class UncheckedBuildError(PipelineError):
    """The build lacks the result of a rule, so nothing was published. `missing` names the rules."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        self.missing = missing
        named = ", ".join(missing[:3]) + (" and others" if len(missing) > 3 else "")
        super().__init__(
            "unchecked_build",
            f"Nothing was published: this build has no result of {len(missing)} rules ({named}). "
            "A file goes out only once all rules looked at that very build: run the whole job, or "
            "`minsheng refresh`.",
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.missing,))


class OtherRefreshError(PipelineError):
    """The build that was checked is not there any more: another refresh replaced it."""

    def __init__(self) -> None:
        super().__init__(
            "refresh_running", "Another refresh built over this one. Run it again when it is done."
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), ())


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What this run recorded of a build (`own`), and of its earlier builds (`told`)."""

    build_id: str
    own: tuple[CheckResult, ...]
    told: tuple[CheckResult, ...]

    @property
    def all(self) -> tuple[CheckResult, ...]:
        """Of this build first."""
        return (*self.own, *self.told)


@dataclass(frozen=True, slots=True)
class Holding:
    """Documents that are held back, the failures that were the reason, and what disagreed."""

    reasons: tuple[CheckResult, ...] = ()
    disagreements: tuple[Discrepancy, ...] = ()

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that a reason names."""
        return tuple(sorted({row.document_id for row in self.reasons if row.document_id}))


def write_results(path: Path, results: Sequence[CheckResult]) -> None:
    """Add rows to what is recorded of a build."""
    import duckdb

    from pipelines.publishing.loading import insert_records

    with duckdb.connect(str(path)) as connection:
        insert_records(connection, find_table("quality.check_result"), results)


def read_verdicts(path: Path, run_id: str) -> Verdicts:
    """What this run recorded in the new file.

    Raises OtherRefreshError where another run built at the same path meanwhile, or the build was
    cut short before it was complete.
    """
    import duckdb

    names = ", ".join(part.name for part in fields(CheckResult))
    try:
        with open_read_only(path) as connection:
            own = connection.execute(
                "SELECT build_id FROM quality.run WHERE run_id = ? AND build_id IS NOT NULL",
                [run_id],
            ).fetchone()
            rows = connection.execute(
                f"SELECT {names} FROM quality.check_result WHERE is_current"
            ).fetchall()
    except duckdb.Error as error:
        raise OtherRefreshError from error
    if own is None:
        raise OtherRefreshError
    results = [CheckResult(*row) for row in rows]
    return Verdicts(
        own[0],
        tuple(row for row in results if row.build_id == own[0]),
        tuple(row for row in results if row.build_id != own[0]),
    )


def require_every_result(verdicts: Verdicts) -> None:
    """Raises UncheckedBuildError where a rule has not looked at this very build."""
    missing = find_rules_without_result(row.name for row in verdicts.own)
    if missing:
        raise UncheckedBuildError(missing)


def find_critical(results: Iterable[CheckResult], in_build: Collection[str]) -> list[CheckResult]:
    """Critical failures of documents whose newest version is in the build."""
    return [
        row
        for row in results
        if not row.success and row.severity == Severity.CRITICAL and row.document_id in in_build
    ]


def find_faults_of_the_file(results: Iterable[CheckResult]) -> list[CheckResult]:
    """Critical failures that are no document's own: holding one back cannot mend them."""
    return [
        row
        for row in results
        if not row.success and row.severity == Severity.CRITICAL and row.document_id is None
    ]


def describe_faults(faults: Iterable[CheckResult]) -> str:
    """In one sentence, why a file was not published."""
    named = "; ".join(f"{row.name} ({row.expected})" for row in faults)
    return f"The new file is not sound, so nothing was published: {named}."


def drop_repeated(
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


def record_outcome(outcome: Outcome, run_id: str, build_id: str) -> list[CheckResult]:
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
                run_id=run_id,
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
                build_id=build_id,
            )
        )
    return rows


def record_misfit(misfit: Misfit, run_id: str, build_id: str) -> CheckResult:
    """A document's rows that no table could take, as the failure of a rule."""
    return CheckResult(
        run_id=run_id,
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
        build_id=build_id,
    )


def record_moved_original(
    document_id: str, file_name: str, run_id: str, build_id: str
) -> CheckResult:
    """A source whose bytes changed between reading and keeping them, as the failure of a rule."""
    return CheckResult(
        run_id=run_id,
        name="originals_are_kept",
        layer="completeness",
        severity=str(Severity.CRITICAL),
        success=False,
        expected="Every file that facts were read from is kept",
        document_id=document_id,
        message=f"{file_name} was written to or removed while the run was at work. The next run "
        "reads it.",
        build_id=build_id,
    )


def _count_rows(count: int) -> str:
    return "one row does not" if count == 1 else f"{count} rows do not"
