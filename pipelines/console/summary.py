"""What a published file says of the run that made it.

Belongs here: reading back documents, counts, checks and discrepancies from the file, which is what
the closing words of a refresh and `minsheng status` tell. The file is the one source: nothing is
told that an analyst who opens it could not see.
Does not belong here: how it is shown (`narration`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.checks.rules import Severity
from pipelines.errors import PipelineError
from pipelines.publishing.account import read_run
from pipelines.publishing.records import RunRecord
from pipelines.publishing.schema import fact_tables

if TYPE_CHECKING:
    import duckdb

_DOCUMENT = "document"

_LOSS_RULE = "losses_are_accepted"
"""Of this rule the table of losses says more than its result: what would go, and how to let it."""

SENSE_RULE = "documents_make_sense"
"""Of this rule the rows say what makes no sense, and what to sign."""

_EXIT_PUBLISHED = 0
_EXIT_HELD = 2


class UnreadableWarehouseError(PipelineError):
    """The published file is there and cannot be asked."""

    def __init__(self, message: str) -> None:
        super().__init__("unreadable_published", message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.message,))


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One source file and what became of it; `reasons` say why, where it was not published."""

    document_id: str
    file_name: str
    kind: str | None
    pages: int | None
    status: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """A check that failed, for one document (or for the whole file: None)."""

    name: str
    severity: str
    document_id: str | None
    rows: int
    message: str
    shown: str = "[]"
    """The rows that fail, as JSON."""


@dataclass(frozen=True, slots=True)
class HeldLineShown:
    """A line that is kept back, why, and the hash to sign it by."""

    commitment_id: str
    document_id: str
    reasons: str
    reading: str


@dataclass(frozen=True, slots=True)
class DiscrepancyLine:
    """A claim of the sources that does not hold, signed (`accepted`) or not; numbers as shown."""

    check_name: str
    subject_id: str
    document_id: str
    expected: str
    actual: str
    status: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class LossLine:
    """A document that loses published facts: `held`, `accepted` or `allowed`, and why."""

    document_id: str
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A printed number that nobody understood yet."""

    figure_id: str
    document_id: str
    page: int | None
    as_printed: str
    context: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word that the vocabulary lacks: the line to add, and the file to add it to."""

    document_id: str
    code: str
    message: str
    as_printed: str
    vocabulary: str | None
    line: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """All that the closing words tell. `notices` counts what was queued for a person."""

    warehouse: Path
    finished: str | None
    documents: tuple[DocumentLine, ...]
    facts: tuple[tuple[str, int], ...]
    checks_passed: int
    checks_failed: tuple[FailedCheck, ...]
    discrepancies: tuple[DiscrepancyLine, ...]
    unresolved: int
    notices: int
    losses: tuple[LossLine, ...] = ()
    held_lines: tuple[HeldLineShown, ...] = ()
    run: RunRecord | None = None

    @property
    def held(self) -> tuple[DocumentLine, ...]:
        """The documents whose newest version is not published."""
        return tuple(line for line in self.documents if line.status != "published")

    @property
    def exit_status(self) -> int:
        """0: all is published; 2: a document or a line was held back, a file quarantined, or
        something is wrongly signed."""
        critical = any(check.severity == "critical" for check in self.checks_failed)
        waits = self.held or self.held_lines or critical
        return _EXIT_HELD if waits else _EXIT_PUBLISHED


@contextmanager
def open_published(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published file for reading.

    Raises:
        UnreadableWarehouseError: another program writes to it, or it is no warehouse.
    """
    import duckdb

    from pipelines.publishing.opening import open_read_only

    try:
        connection = open_read_only(warehouse)
    except duckdb.Error as error:
        raise UnreadableWarehouseError(
            f"{warehouse} cannot be opened: close the program that writes to it, or move the file "
            f"away and refresh ({error})"
        ) from error
    with connection:
        try:
            connection.execute("SELECT 1 FROM core.document LIMIT 1")
        except duckdb.CatalogException as error:
            raise UnreadableWarehouseError(
                f"{warehouse} is a database, but no warehouse: move it away and refresh"
            ) from error
        try:
            yield connection
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise UnreadableWarehouseError(
                f"{warehouse} was published by another version of the software: refresh first "
                f"({_first_line(error)})"
            ) from error
        except duckdb.IOException as error:
            raise UnreadableWarehouseError(
                f"{warehouse} is damaged: refresh, and the run sets it aside ({_first_line(error)})"
            ) from error


def _first_line(error: Exception) -> str:
    """What is wrong; what follows is the database's view of our own query."""
    return str(error).partition("\n")[0]


def read_summary(warehouse: Path) -> Summary:
    """Read a published file's account of itself; `run` is the one that published it."""
    run = read_run(warehouse)
    with open_published(warehouse) as connection:
        failed = _read_failed_checks(connection)
        return Summary(
            warehouse=warehouse,
            finished=show_time(run.finished) if run and run.finished else None,
            documents=_read_documents(connection, failed),
            facts=tuple(
                (table.name, _count(connection, table.full_name))
                for table in fact_tables()
                if table.name != _DOCUMENT
            ),
            checks_passed=_count(
                connection,
                "(SELECT name FROM quality.check_result WHERE is_current "
                "GROUP BY name HAVING bool_and(success))",
            ),
            checks_failed=failed,
            discrepancies=_read_discrepancies(connection),
            unresolved=_count(connection, "(FROM core.figure WHERE role = 'unresolved')"),
            notices=_count(connection, "quality.notice"),
            losses=_read_losses(connection),
            held_lines=_read_held_lines(connection),
            run=run,
        )


def show_time(moment: datetime) -> str:
    """A time as it is told to a person: in the zone of this machine, to the minute."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def tell_failures(severities: Iterable[str]) -> str:
    """Of checks that did not pass: how many failed, how many merely warn, or are worth knowing."""
    tally = Counter(severities)
    warnings, remarks = tally[Severity.WARNING], tally[Severity.INFO]
    told = []
    if tally[Severity.CRITICAL] or not tally:
        told.append(f"{tally[Severity.CRITICAL]} failed")
    if warnings:
        told.append(f"{warnings} {'warns' if warnings == 1 else 'warn'}")
    if remarks:
        told.append(f"{remarks} to know")
    return ", ".join(told)


def read_unresolved(warehouse: Path) -> tuple[Unresolved, ...]:
    """The printed numbers without a role, in the order of the documents."""
    with open_published(warehouse) as connection:
        rows = connection.execute(
            "SELECT figure_id, document_id, page, as_printed, context FROM core.figure "
            "WHERE role = 'unresolved' ORDER BY document_id, page, table_no, row_no, char_start"
        ).fetchall()
    return tuple(Unresolved(*row) for row in rows)


def read_suggestions(warehouse: Path) -> tuple[Suggestion, ...]:
    """What was queued for a person, vocabulary files together, each line once."""
    with open_published(warehouse) as connection:
        rows = connection.execute(
            "SELECT DISTINCT ON (code, as_printed, vocabulary, suggestion) document_id, code, "
            "message, as_printed, vocabulary, suggestion FROM quality.notice ORDER BY notice_id"
        ).fetchall()
    suggestions = (Suggestion(*row) for row in rows)
    return tuple(sorted(suggestions, key=lambda found: (found.vocabulary or "~", found.code)))


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0


def _read_failed_checks(connection: duckdb.DuckDBPyConnection) -> tuple[FailedCheck, ...]:
    rows = connection.execute(
        "SELECT name, severity, document_id, coalesce(unexpected_count, 0), coalesce(message, ''), "
        "coalesce(unexpected_rows, '[]') "
        "FROM quality.check_result WHERE is_current AND NOT success "
        "ORDER BY severity, name, document_id"
    ).fetchall()
    return tuple(FailedCheck(*row) for row in rows)


def _read_documents(
    connection: duckdb.DuckDBPyConnection, failed: tuple[FailedCheck, ...]
) -> tuple[DocumentLine, ...]:
    reasons: dict[str, list[str]] = {}
    refused = connection.execute("SELECT document_id, code, message FROM quality.quarantine")
    for document_id, code, message in refused.fetchall():
        reasons.setdefault(document_id, []).append(f"{code}: {message}")
    losses = {line.document_id: line.reason for line in _read_losses(connection)}
    for check in failed:
        if check.severity == "critical" and check.document_id is not None:
            said = losses.get(check.document_id) if check.name == _LOSS_RULE else check.message
            if check.name == SENSE_RULE:
                said = f"{_tell_doubts(check)} {said}"
            reasons.setdefault(check.document_id, []).append(f"{check.name}: {said}")
    rows = connection.execute(
        "SELECT document_id, file_name, kind, pages, status FROM core.document ORDER BY document_id"
    ).fetchall()
    return tuple(
        DocumentLine(
            document_id, file_name, kind, pages, status, tuple(reasons.get(document_id, ()))
        )
        for document_id, file_name, kind, pages, status in rows
    )


def _tell_doubts(check: FailedCheck) -> str:
    """What makes no sense of a document, and the reading that a person could sign."""
    rows: list[dict[str, str]] = json.loads(check.shown)
    return " ".join(f"{row['message']} (reading {row['reading']})." for row in rows)


def _read_held_lines(connection: duckdb.DuckDBPyConnection) -> tuple[HeldLineShown, ...]:
    rows = connection.execute(
        "SELECT commitment_id, document_id, reasons, reading FROM quality.held_line "
        "ORDER BY document_id, page, table_no, row_no, commitment_id"
    ).fetchall()
    return tuple(HeldLineShown(*row) for row in rows)


def _read_losses(connection: duckdb.DuckDBPyConnection) -> tuple[LossLine, ...]:
    rows = connection.execute(
        "SELECT document_id, status, reason FROM quality.loss ORDER BY document_id"
    ).fetchall()
    return tuple(LossLine(*row) for row in rows)


def _read_discrepancies(
    connection: duckdb.DuckDBPyConnection,
) -> tuple[DiscrepancyLine, ...]:
    rows = connection.execute(
        "SELECT check_name, subject_id, document_id, expected, actual, expected_on, actual_on, "
        "unit, status, reason FROM quality.discrepancy ORDER BY status DESC, subject_id"
    ).fetchall()
    return tuple(
        DiscrepancyLine(
            check_name=check_name,
            subject_id=subject_id,
            document_id=document_id,
            expected=_show_quantity(expected, expected_on, unit),
            actual=_show_quantity(actual, actual_on, unit),
            status=status,
            reason=reason,
        )
        for (
            check_name,
            subject_id,
            document_id,
            expected,
            actual,
            expected_on,
            actual_on,
            unit,
            status,
            reason,
        ) in rows
    )


def _show_quantity(value: object, on: object, unit: str | None) -> str:
    """A number with its unit; for a claim about dates the date, and the number that is signed."""
    text = "none" if value is None else str(value)
    number = (text.rstrip("0").rstrip(".") if "." in text else text) + (unit or "")
    return f"{on} ({number})" if on else number
