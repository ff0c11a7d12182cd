"""The last good version of a document, copied from the published file into the next one.

Belongs here: attaching the published file for reading, and copying a document's rows. Does not
belong here: deciding which documents are held back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipelines.errors import PipelineError
from pipelines.publishing.schema import Table, dimension_tables, fact_tables, find_table

PREVIOUS = "previous"
"""Name under which the published file is attached while the next one is built."""


class PreviousFileError(PipelineError):
    """The published file cannot be read (`unreadable_published`)."""


def unreadable(published: Path, error: Exception) -> PreviousFileError:
    """The error to raise for a published file that the database does not open."""
    return PreviousFileError(
        "unreadable_published",
        f"{published} cannot be read, so nothing can be compared with it: close the program "
        f"that writes to it, or move the file away to start anew ({error})",
    )


@contextmanager
def attached_previous(
    connection: duckdb.DuckDBPyConnection, published: Path | None
) -> Iterator[bool]:
    """Attach the published file read-only as `previous`; False where there is none yet.

    Raises PreviousFileError if it is there but is no warehouse, or another process writes to it.
    """
    if published is None or not published.exists():
        yield False
        return
    try:
        location = str(published).replace("'", "''")
        connection.execute(f"ATTACH '{location}' AS {PREVIOUS} (READ_ONLY)")
    except duckdb.Error as error:
        raise unreadable(published, error) from error
    try:
        if not previous_columns(connection, find_table("core.document")):
            raise PreviousFileError(
                "unreadable_published",
                f"{published} is a database, but no warehouse: move it away to start anew",
            )
        yield True
    finally:
        connection.execute(f"DETACH {PREVIOUS}")


def previous_columns(connection: duckdb.DuckDBPyConnection, table: Table) -> tuple[str, ...]:
    """The declared columns that the attached file has too, in the order of declaration."""
    found = {
        row[0]
        for row in connection.execute(
            "SELECT column_name FROM duckdb_columns() "
            "WHERE database_name = ? AND schema_name = ? AND table_name = ?",
            [PREVIOUS, table.schema, table.name],
        ).fetchall()
    }
    return tuple(name for name in table.column_names if name in found)


def carry_over(
    connection: duckdb.DuckDBPyConnection, document_ids: Sequence[str], statuses: dict[str, str]
) -> tuple[str, ...]:
    """Copy these documents' rows of every fact table from `previous`; return those that it had.

    `statuses` gives the new status of each. Dimension members that only the old facts refer to come
    with them.
    """
    carried = tuple(
        document_id
        for document_id in document_ids
        if connection.execute(
            f"SELECT 1 FROM {PREVIOUS}.core.commitment WHERE document_id = $1 "
            f"UNION ALL SELECT 1 FROM {PREVIOUS}.core.report WHERE document_id = $1 LIMIT 1",
            [document_id],
        ).fetchone()
    )
    for table in fact_tables():
        columns = previous_columns(connection, table)
        if "document_id" not in columns:
            continue
        names = ", ".join(f'"{name}"' for name in columns)
        for document_id in carried:
            connection.execute(
                f"INSERT INTO {table.full_name} ({names}) "
                f"SELECT {names} FROM {PREVIOUS}.{table.full_name} WHERE document_id = ?",
                [document_id],
            )
    if carried:
        _copy_missing_members(connection)
    for document_id in carried:
        connection.execute(
            "UPDATE core.document SET status = ? WHERE document_id = ?",
            [statuses[document_id], document_id],
        )
    return carried


def _copy_missing_members(connection: duckdb.DuckDBPyConnection) -> None:
    for table in dimension_tables():
        columns = previous_columns(connection, table)
        if not set(table.key) <= set(columns):
            continue
        names = ", ".join(f'"{name}"' for name in columns)
        key = ", ".join(f'"{name}"' for name in table.key)
        connection.execute(
            f"INSERT INTO {table.full_name} ({names}) SELECT {names} "
            f"FROM {PREVIOUS}.{table.full_name} ANTI JOIN {table.full_name} USING ({key})"
        )
