"""Questions to a warehouse file: where a fact comes from, how much there is, what disagrees.

Belongs here: read-only look-ups for the command line and the checks. Imports duckdb alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import duckdb

from pipelines.errors import PipelineError
from pipelines.publishing.records import Discrepancy
from pipelines.publishing.schema import sql_directory


class ReadError(PipelineError):
    """A question has no answer. Codes: `not_published`, `unreadable_warehouse`, `unknown_fact`."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a source says so. Rows, columns and tables count from 1; the box is in points."""

    fact_id: str
    fact_kind: str
    document_id: str
    file_name: str
    page: int | None
    table_no: int | None
    row_no: int | None
    col_no: int | None
    char_start: int | None
    char_end: int | None
    x0: float | None
    top: float | None
    x1: float | None
    bottom: float | None
    as_printed: str
    figure_as_printed: str | None
    context: str | None
    sha256: str
    figure_id: str | None


@dataclass(frozen=True, slots=True)
class DocumentStatus:
    """A document of the file, and why it is not the newest version, if it is not."""

    document_id: str
    kind: str | None
    status: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class WarehouseStatus:
    """What a file holds: rows by table, documents, checks failed, what waits for a person.

    `finished` is ISO 8601 text in the zone of this machine.
    """

    run_id: str | None
    finished: str | None
    counts: tuple[tuple[str, int], ...]
    documents: tuple[DocumentStatus, ...]
    checks_passed: int
    checks_failed: int
    notices: int
    candidates: int
    unresolved: int
    changes: int


@contextmanager
def open_warehouse(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a file read-only. Raises ReadError: `not_published`, `unreadable_warehouse`."""
    if not path.exists():
        raise ReadError("not_published", f"there is no {path}: run a refresh first")
    try:
        connection = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise ReadError("unreadable_warehouse", f"{path} cannot be opened ({error})") from error
    try:
        yield connection
    finally:
        connection.close()


def trace(path: Path, fact_id: str) -> tuple[Trace, ...]:
    """The places of a fact: one, unless the same id names facts of two kinds.

    Raises ReadError (`unknown_fact`) for an id that the file does not have.
    """
    names = [field.name for field in fields(Trace)]
    columns = ", ".join(names)
    with open_warehouse(path) as connection:
        rows = connection.execute(
            f"SELECT {columns} FROM marts.source WHERE fact_id = ? ORDER BY fact_kind", [fact_id]
        ).fetchall()
    if not rows:
        raise ReadError("unknown_fact", f"{path.name} has no fact with the id {fact_id}")
    return tuple(Trace(**dict(zip(names, row, strict=True))) for row in rows)


def read_status(path: Path) -> WarehouseStatus:
    """What the file holds and what waits. Raises ReadError if it cannot be opened."""
    with open_warehouse(path) as connection:
        run = connection.execute(
            "SELECT run_id, CAST(finished AS VARCHAR) FROM quality.run "
            "ORDER BY started DESC, run_id DESC LIMIT 1"
        ).fetchone()
        documents = connection.execute(_statement("document_status")).fetchall()
        counts = connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() "
            "WHERE schema_name = 'core' ORDER BY table_oid"
        ).fetchall()
        return WarehouseStatus(
            run_id=run[0] if run else None,
            finished=run[1] if run else None,
            counts=tuple(
                (f"{schema}.{table}", _count(connection, f"{schema}.{table}"))
                for schema, table in counts
            ),
            documents=tuple(DocumentStatus(*row) for row in documents),
            checks_passed=_count(connection, "quality.check_result WHERE success"),
            checks_failed=_count(connection, "quality.check_result WHERE NOT success"),
            notices=_count(connection, "quality.notice"),
            candidates=_count(connection, "quality.link_candidate"),
            unresolved=_count(connection, "core.figure WHERE role = 'unresolved'"),
            changes=_count(connection, "quality.fact_change"),
        )


def read_discrepancies(path: Path) -> tuple[Discrepancy, ...]:
    """Every claim of a built file that disagrees, signed (`accepted`) or not (`disagrees`), and
    every signature that matches nothing found (`stale`): what `quality.discrepancy` is filled with,
    and what holds a document back.
    """
    with open_warehouse(path) as connection:
        rows: list[tuple[Any, ...]] = connection.execute(_statement("discrepancies")).fetchall()
    return tuple(Discrepancy(*row) for row in rows)


def _statement(name: str) -> str:
    return (sql_directory() / "build" / f"{name}.sql").read_text(encoding="utf-8")


def _count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {relation}").fetchone()
    return int(row[0]) if row else 0
