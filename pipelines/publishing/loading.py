"""Rows into tables: by name, exact, in the order given.

Belongs here: how records and frames become typed rows. Every value goes in as text and is cast by
the database to the declared type, so that no decimal ever passes through a float and no type is
guessed from a sample. Does not belong here: which rows a build loads.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import duckdb
import pandas as pd

from pipelines.errors import PipelineError
from pipelines.publishing.schema import Column, Table


class LoadError(PipelineError):
    """Rows do not fit their table.

    Codes: `unknown_column`, `missing_column`, `inexact_decimal`, `untyped_value`, `row_refused`
    (a value missing where one is required, or the same key twice).
    """


def insert_records(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    records: Iterable[object],
    filled: Mapping[str, Sequence[object]] | None = None,
) -> int:
    """Insert dataclass records whose fields are the table's columns; return how many.

    `filled` gives the columns that are no fields, one value a record.
    """
    rows = tuple(records)
    given = dict(filled or {})
    columns = {
        column.name: given.pop(column.name)
        if column.name in given
        else [getattr(row, column.name) for row in rows]
        for column in table.columns
        if column.name in given or not column.is_filled_by_build
    }
    if given:
        raise LoadError("unknown_column", f"{table.full_name} has no column {sorted(given)}")
    return insert_columns(connection, table, columns)


def insert_frame(connection: duckdb.DuckDBPyConnection, table: Table, frame: pd.DataFrame) -> int:
    """Insert a frame by the names of its columns; NaN and NA are no value. Return how many rows.

    Raises LoadError for a column that the table does not have: nothing is left out silently.
    """
    columns = {
        str(name): [None if pd.isna(value) else value for value in frame[name].tolist()]
        for name in frame.columns
    }
    return insert_columns(connection, table, columns)


def insert_columns(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    columns: Mapping[str, Sequence[object]],
) -> int:
    """Insert columns of equal length by name; return how many rows. Others stay empty."""
    _check_columns(table, columns.keys())
    declared = [column for column in table.columns if column.name in columns]
    count = len(next(iter(columns.values()), ()))
    if count == 0:
        return 0
    frame = pd.DataFrame(
        {
            column.name: pd.Series(
                [_as_text(value, column, table) for value in columns[column.name]], dtype=object
            )
            for column in declared
        }
    )
    names = ", ".join(f'"{column.name}"' for column in declared)
    casts = ", ".join(f'CAST("{column.name}" AS {column.type})' for column in declared)
    connection.register("incoming", frame)
    try:
        connection.execute(f"INSERT INTO {table.full_name} ({names}) SELECT {casts} FROM incoming")
    except (duckdb.ConstraintException, duckdb.ConversionException) as error:
        raise LoadError("row_refused", f"{table.full_name} refuses a row: {error}") from error
    finally:
        connection.unregister("incoming")
    return count


def _check_columns(table: Table, given: Collection[str]) -> None:
    unknown = set(given) - set(table.column_names)
    if unknown:
        raise LoadError(
            "unknown_column",
            f"{table.full_name} has no column {', '.join(sorted(unknown))}: "
            f"declare it in sql/schema/{table.schema}.yml or leave it out",
        )
    missing = {column.name for column in table.columns if column.is_required} - set(given)
    if missing:
        raise LoadError(
            "missing_column", f"{table.full_name} needs column {', '.join(sorted(missing))}"
        )


def _as_text(value: Any, column: Column, table: Table) -> str | None:
    if value is None:
        return None
    # Most values are text, so they are asked about first.
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return _decimal_text(value, column, table)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if column.type.startswith("DECIMAL"):
            raise LoadError(
                "untyped_value",
                f"{table.full_name}.{column.name}: the float {value!r} for an exact quantity",
            )
        # A frame turns whole numbers beside gaps into floats.
        return str(int(value)) if column.type == "INTEGER" and value.is_integer() else repr(value)
    if isinstance(value, datetime):
        if value.tzinfo is None and column.type == "TIMESTAMPTZ":
            raise LoadError(
                "untyped_value", f"{table.full_name}.{column.name}: {value} has no time zone"
            )
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise LoadError(
        "untyped_value",
        f"{table.full_name}.{column.name}: cannot store {value!r} of type {type(value).__name__}",
    )


def _decimal_text(value: Decimal, column: Column, table: Table) -> str:
    if not column.type.startswith("DECIMAL"):
        return format(value, "f")
    places = int(column.type.rstrip(")").split(",")[1])
    try:
        rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    except ArithmeticError as error:
        raise LoadError(
            "inexact_decimal", f"{table.full_name}.{column.name}: {value} is no {column.type}"
        ) from error
    if rounded != value and not column.is_rounded:
        raise LoadError(
            "inexact_decimal",
            f"{table.full_name}.{column.name}: {value} has more than {places} decimal places",
        )
    return format(rounded, "f")
