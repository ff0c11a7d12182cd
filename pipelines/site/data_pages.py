"""Data to take away: the tables of the published file as CSV, and the dictionary.

Belongs here: writing tables, and describing them by the comments that the file itself carries.
Does not belong here: choosing columns; every table goes out as it is.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.site.folder import SiteFolder
from pipelines.site.ledger import natural_key
from pipelines.site.shelf import Shelf

if TYPE_CHECKING:
    import duckdb

_DESCRIBED = ("core", "marts", "quality")
_EXPORTED = ("core", "marts")
_PAGE = "data.html"


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """A column as the dictionary shows it."""

    name: str
    type: str
    comment: str


@dataclass(frozen=True, slots=True)
class RelationEntry:
    """A table or view as the dictionary shows it; `csv` is its file within the site."""

    name: str
    comment: str
    columns: tuple[ColumnEntry, ...]
    csv: str


def write_data(
    folder: SiteFolder, shelf: Shelf, connection: duckdb.DuckDBPyConnection, copy: str
) -> None:
    """Write the tables as CSV, and the page that lists and explains them beside the file itself."""
    relations = read_dictionary(connection)
    exported = [one for one in relations if one.name.split(".")[0] in _EXPORTED]
    for relation in exported:
        folder.write(relation.csv, _to_csv(connection, relation, shelf))
    page = shelf.renderer.render(
        "data.html", _PAGE, duckdb=f"data/{copy}", exported=exported, relations=relations
    )
    folder.write_text(_PAGE, page)


def read_dictionary(connection: duckdb.DuckDBPyConnection) -> tuple[RelationEntry, ...]:
    """Tables, views, columns and what they mean, from the comments in the file."""
    relations = connection.execute(
        "SELECT schema_name, table_name, comment FROM duckdb_tables() UNION ALL "
        "SELECT schema_name, view_name, comment FROM duckdb_views() ORDER BY ALL"
    ).fetchall()
    columns: dict[tuple[str, str], list[ColumnEntry]] = {}
    for schema, table, name, type_, comment in connection.execute(
        "SELECT schema_name, table_name, column_name, data_type, comment FROM duckdb_columns() "
        "ORDER BY schema_name, table_name, column_index"
    ).fetchall():
        columns.setdefault((schema, table), []).append(ColumnEntry(name, type_, comment or ""))
    return tuple(
        RelationEntry(
            f"{schema}.{name}",
            comment or "",
            tuple(columns.get((schema, name), ())),
            f"data/csv/{schema}.{name}.csv",
        )
        for schema, name, comment in relations
        if schema in _DESCRIBED
    )


def _to_csv(connection: duckdb.DuckDBPyConnection, relation: RelationEntry, shelf: Shelf) -> bytes:
    """The rows in a fixed order, with a byte order mark: spreadsheets take it for UTF-8 by that."""
    names = [column.name for column in relation.columns]
    rows = connection.execute(f"SELECT * FROM {relation.name}").fetchall()
    rows.sort(key=lambda row: tuple(natural_key(value) for value in row))
    document = names.index("document_id") if "document_id" in names else None
    cover = shelf.markups.telephones.cover
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        document_id = None if document is None else row[document]
        writer.writerow(
            cover(value, document_id) if isinstance(value, str) else value for value in row
        )
    return file.getvalue().encode("utf-8-sig")
