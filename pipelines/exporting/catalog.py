"""What a published file holds, by its own account: relations, columns, types and comments.

Belongs here: asking the file for them, choosing those that a person named, and what an export
leaves behind. Does not belong here: writing any kind of file (`files`, `workbook`).
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.errors import PipelineError

DEFINITIONS = "definitions"
"""What the list of columns is called, beside the relations."""
DEFINITION_COLUMNS = ("relation", "column", "type", "meaning")

USUAL_SCHEMAS = ("core", "marts")
FORMULA_MARKS = "=+-@\t\r"
"""A spreadsheet takes a text for a formula that begins with one of these."""

_LISTED = """
SELECT schema_name || '.' || table_name, column_name, data_type, coalesce(comment, '')
FROM duckdb_columns()
WHERE NOT internal
ORDER BY schema_name, table_name, column_index
"""


class ExportError(PipelineError):
    """Nothing was exported; `code` is `unknown_relation`, `too_many_rows` or `export_failed`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.code, self.message))


@dataclass(frozen=True, slots=True)
class Definition:
    """A column, its SQL type and what it means."""

    name: str
    type: str
    meaning: str

    @property
    def is_text(self) -> bool:
        """Whether it holds text, in which a spreadsheet might see formulas."""
        return self.type.startswith("VARCHAR")


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or view of the file with its columns; `name` is `schema.name`."""

    name: str
    columns: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A relation that was written, and how many rows of it."""

    relation: str
    rows: int


@dataclass(frozen=True, slots=True)
class Exported:
    """Where the export is, what is in it, and what whoever reads it has to know."""

    path: Path
    written: tuple[Written, ...]
    remarks: tuple[str, ...]


def choose_relations(
    connection: duckdb.DuckDBPyConnection, wanted: Sequence[str]
) -> tuple[Relation, ...]:
    """The relations of these names (`marts.attainment`, or `attainment`); without any, the usual.

    Raises:
        ExportError: the file has none of this name, or several.
    """
    known = _list_relations(connection)
    if not wanted:
        return tuple(
            relation for relation in known if relation.name.partition(".")[0] in USUAL_SCHEMAS
        )
    chosen = {relation.name: relation for relation in (_find(known, name) for name in wanted)}
    return tuple(chosen.values())


def list_definitions(relations: Sequence[Relation]) -> tuple[tuple[str, str, str, str], ...]:
    """One row a column, as `DEFINITION_COLUMNS` names them."""
    return tuple(
        (relation.name, column.name, column.type, column.meaning)
        for relation in relations
        for column in relation.columns
    )


def quote(relation: str) -> str:
    """`schema.name` such that no letter of it can be taken for SQL."""
    return ".".join(quote_column(part) for part in relation.split(".", 1))


def quote_column(name: str) -> str:
    """A column's name, whatever letters it is of."""
    return '"' + name.replace('"', '""') + '"'


def _list_relations(connection: duckdb.DuckDBPyConnection) -> tuple[Relation, ...]:
    columns: dict[str, list[Definition]] = {}
    for relation, name, kind, comment in connection.execute(_LISTED).fetchall():
        columns.setdefault(relation, []).append(Definition(name, kind, comment))
    return tuple(Relation(name, tuple(listed)) for name, listed in columns.items())


def _find(known: Sequence[Relation], wanted: str) -> Relation:
    lowered = wanted.lower()
    found = [one for one in known if lowered == one.name.lower()]
    found = found or [one for one in known if lowered == one.name.partition(".")[2].lower()]
    if len(found) == 1:
        return found[0]
    names = [one.name for one in found or known]
    similar = names if found else difflib.get_close_matches(lowered, names, n=3, cutoff=0.5)
    hint = f" Did you mean {', '.join(similar)}?" if similar else f" There are {', '.join(names)}."
    raise ExportError("unknown_relation", f"No one table or view is called {wanted}.{hint}")
