"""CSV and Parquet: one file a relation, and one with what the columns mean.

Belongs here: writing these files by the database itself, which can reach no other folder meanwhile.
Does not belong here: workbooks (`workbook`).

Parquet keeps types and texts as they are. CSV has no types; a text in it that a spreadsheet would
take for a formula gets a ' in front, and the export says of how many it did.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb

from pipelines.exporting.catalog import (
    DEFINITION_COLUMNS,
    DEFINITIONS,
    FORMULA_MARKS,
    Exported,
    ExportError,
    Relation,
    Written,
    choose_relations,
    list_definitions,
    quote,
    quote_column,
)
from pipelines.publishing.opening import open_for_export

CSV = "csv"
_OPTIONS = {CSV: "FORMAT csv, HEADER", "parquet": "FORMAT parquet, COMPRESSION zstd"}
_IS_NUMBER = r"[-+]?[0-9][0-9.,]*[%‰]?"


def export_files(
    warehouse: Path, wanted: Sequence[str], folder: Path, file_format: str
) -> Exported:
    """Write each relation to `folder/schema.name.<format>`, and `definitions.<format>`.

    Files of these names are replaced, each in one step; others stay.

    Raises:
        ExportError: a relation is unknown, or the database could not write.
        OSError: the folder refuses.
    """
    folder.mkdir(parents=True, exist_ok=True)
    incoming = Path(tempfile.mkdtemp(prefix=".minsheng-", dir=folder)).absolute()
    try:
        with open_for_export(warehouse, incoming) as connection:
            relations = choose_relations(connection, wanted)
            marked = 0
            written = []
            for relation in relations:
                rows, texts = _write(connection, relation, incoming, file_format)
                written.append(Written(relation.name, rows))
                marked += texts
            _write_definitions(connection, relations, incoming, file_format)
        for path in incoming.iterdir():
            os.replace(path, folder / path.name)
    except duckdb.Error as error:
        raise ExportError("export_failed", f"Nothing was written: {error}") from error
    finally:
        shutil.rmtree(incoming, ignore_errors=True)
    remark = (
        f"{marked} texts begin like a formula and have a ' in front here; Parquet has them to the "
        "letter."
    )
    return Exported(folder, tuple(written), (remark,) if marked else ())


def _write(
    connection: duckdb.DuckDBPyConnection, relation: Relation, folder: Path, file_format: str
) -> tuple[int, int]:
    """Write one relation; its rows, and how many texts were kept from being formulas."""
    path = folder / f"{relation.name}.{file_format}"
    source = quote(relation.name)
    selected, marked = "*", 0
    texts = [column.name for column in relation.columns if column.is_text]
    if file_format == CSV and texts:
        counts = " + ".join(f"count(*) FILTER ({_is_formula(name)})" for name in texts)
        row = connection.execute(f"SELECT {counts} FROM {source}").fetchone()
        marked = int(row[0]) if row else 0
        guarded = ", ".join(f"{_guard(name)} AS {quote_column(name)}" for name in texts)
        selected = f"* REPLACE ({guarded})"
    rows = _copy(connection, f"SELECT {selected} FROM {source}", path, file_format)
    return rows, marked


def _write_definitions(
    connection: duckdb.DuckDBPyConnection,
    relations: Sequence[Relation],
    folder: Path,
    file_format: str,
) -> None:
    columns = ", ".join(f"{quote_column(name)} VARCHAR" for name in DEFINITION_COLUMNS)
    connection.execute(f"CREATE TEMP TABLE {DEFINITIONS} ({columns})")
    rows = list_definitions(relations)
    if rows:
        places = ", ".join("?" for _ in DEFINITION_COLUMNS)
        connection.executemany(f"INSERT INTO {DEFINITIONS} VALUES ({places})", rows)
    path = folder / f"{DEFINITIONS}.{file_format}"
    _copy(connection, f"SELECT * FROM temp.{DEFINITIONS}", path, file_format)


def _copy(connection: duckdb.DuckDBPyConnection, select: str, path: Path, file_format: str) -> int:
    copied = connection.execute(
        f"COPY ({select}) TO {_literal(str(path))} ({_OPTIONS[file_format]})"
    ).fetchone()
    return int(copied[0]) if copied else 0


def _is_formula(name: str) -> str:
    """SQL: whether a text begins like a formula, and is more than a mark (`=`) or a number."""
    column = quote_column(name)
    marks = ", ".join(f"chr({ord(mark)})" for mark in FORMULA_MARKS)
    return (
        f"(left({column}, 1) IN ({marks}) AND length({column}) > 1 "
        f"AND NOT regexp_full_match({column}, {_literal(_IS_NUMBER)}))"
    )


def _guard(name: str) -> str:
    column = quote_column(name)
    return f"CASE WHEN {_is_formula(name)} THEN '''' || {column} ELSE {column} END"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
