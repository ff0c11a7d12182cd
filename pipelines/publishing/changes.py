"""What a new file says that the one published before did not.

Belongs here: the comparison of facts, table by table, key by key. A change of place alone (page,
row, figure) is no change: those columns are marked as provenance in the declaration.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb

from pipelines.publishing.carry_over import PREVIOUS, previous_columns
from pipelines.publishing.records import FactChange
from pipelines.publishing.schema import Table, fact_tables

Row = dict[str, Any]


def find_changes(connection: duckdb.DuckDBPyConnection) -> tuple[FactChange, ...]:
    """Every fact that was added, removed or changed against the attached `previous` file.

    A changed fact yields one record for each column. In the order of tables and of their rows.
    """
    current_sha256 = _read_hashes(connection, "")
    previous_sha256 = _read_hashes(connection, f"{PREVIOUS}.")
    changes: list[FactChange] = []
    for table in fact_tables():
        if table.fact_id is None:
            continue
        columns = previous_columns(connection, table)
        if not set(table.key) <= set(columns):
            continue
        current = _read_rows(connection, table, columns, "")
        previous = _read_rows(connection, table, columns, f"{PREVIOUS}.")
        compared = [
            column.name
            for column in table.columns
            if column.name in columns and not column.is_provenance and column.name not in table.key
        ]
        changes.extend(
            _compare(table, compared, previous, current, previous_sha256, current_sha256)
        )
    return tuple(changes)


def _read_hashes(connection: duckdb.DuckDBPyConnection, prefix: str) -> dict[str, str]:
    rows = connection.execute(f"SELECT document_id, sha256 FROM {prefix}core.document").fetchall()
    return dict(rows)


def _read_rows(
    connection: duckdb.DuckDBPyConnection, table: Table, columns: tuple[str, ...], prefix: str
) -> dict[tuple[Any, ...], Row]:
    # As text: what is compared is what a reader sees, and a time needs no zone database.
    names = ", ".join(f'CAST("{name}" AS VARCHAR)' for name in columns)
    order = ", ".join(f'"{name}"' for name in table.key)
    found = connection.execute(
        f"SELECT {names} FROM {prefix}{table.full_name} ORDER BY {order}"
    ).fetchall()
    rows = (dict(zip(columns, values, strict=True)) for values in found)
    return {tuple(row[name] for name in table.key): row for row in rows}


def _compare(
    table: Table,
    compared: list[str],
    previous: dict[tuple[Any, ...], Row],
    current: dict[tuple[Any, ...], Row],
    previous_sha256: dict[str, str],
    current_sha256: dict[str, str],
) -> Iterator[FactChange]:
    def change(
        kind: str, old: Row | None, new: Row | None, column: str | None, text: str
    ) -> FactChange:
        old_document = old.get("document_id") if old else None
        new_document = new.get("document_id") if new else None
        return FactChange(
            change=kind,
            fact_kind=table.name,
            fact_id=str(table.fact_id).format(**(new or old or {})),
            column_name=column,
            previous_value=old.get(text) if old else None,
            current_value=new.get(text) if new else None,
            previous_document_id=old_document,
            current_document_id=new_document,
            previous_figure_id=old.get("figure_id") if old else None,
            current_figure_id=new.get("figure_id") if new else None,
            previous_sha256=previous_sha256.get(old_document or ""),
            current_sha256=current_sha256.get(new_document or ""),
        )

    printed = "as_printed" if "as_printed" in table.column_names else "title"
    for key, new in current.items():
        old = previous.get(key)
        if old is None:
            yield change("added", None, new, None, printed)
            continue
        for name in compared:
            if old[name] != new[name]:
                yield change("changed", old, new, name, name)
    for key, old in previous.items():
        if key not in current:
            yield change("removed", old, None, None, printed)
