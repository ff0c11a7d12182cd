"""What the rules look at, read from the unpublished file into pandas.

Belongs here: one frame for each table (and condition) that any rule names, with the columns that
its rules need. Does not belong here: judging what is in it.

Every value is a text or an integer: a `DECIMAL` or a date is read as its text, so that nothing is
compared as a float, and an empty value is None, never NaN.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.checks.rules import Expects, Rule

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

DOCUMENT = "document_id"
"""The column that says whose row it is; a table without it belongs to the whole file."""

OBSERVED = "observed."
"""Tables of this schema are not in the file: the run hands them over as records."""

THERE = "there"
MISSING = "missing"

_AS_THEY_ARE = ("VARCHAR", "INTEGER", "BIGINT", "BOOLEAN")
_NUMERIC = ("DECIMAL", "DOUBLE", "FLOAT")

Observed = Mapping[str, Sequence[Mapping[str, Any]]]
"""Records by the name of their table, such as `observed.digits`."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows that some rules look at."""

    table: str
    rules: tuple[Rule, ...]
    frame: pd.DataFrame

    def tell(self, rule: Rule, positions: Sequence[int]) -> tuple[dict[str, Any], ...]:
        """What the rows at some positions hold of interest: document, key, what was checked."""
        wanted = dict.fromkeys((DOCUMENT, *rule.shown, *rule.columns))
        columns = [column for column in wanted if column in self.frame.columns]
        rows = self.frame.loc[list(positions), columns]
        return tuple(
            dict(zip(columns, row, strict=True)) for row in rows.itertuples(index=False, name=None)
        )


def read_batches(
    connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule], observed: Observed
) -> list[Batch]:
    """One batch for each table and condition, in the order in which the rules first name it."""
    groups: dict[tuple[str, str | None], list[Rule]] = {}
    for rule in rules:
        groups.setdefault((rule.table, rule.rows), []).append(rule)
    return [
        _read_batch(connection, table, rows, tuple(group), observed)
        for (table, rows), group in groups.items()
    ]


def name_found(rule: Rule) -> str:
    """The column that says whether what a `references` rule looks at is there, or missing."""
    return f"{rule.name}__found"


def _read_batch(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    rows: str | None,
    rules: tuple[Rule, ...],
    observed: Observed,
) -> Batch:
    import pandas as pd

    if table.startswith(OBSERVED):
        records = observed.get(table, ())
        columns = list(
            dict.fromkeys((DOCUMENT, *(c for rule in rules for c in (*rule.columns, *rule.shown))))
        )
        told = [[record.get(column) for column in columns] for record in records]
        frame = pd.DataFrame(told, columns=columns, dtype=object)
        return Batch(table, rules, frame)

    types = {
        name: str(type_) for name, type_, *_ in connection.execute(f"DESCRIBE {table}").fetchall()
    }
    wanted = dict.fromkeys(c for rule in rules for c in (*rule.columns, *rule.shown))
    columns = [*wanted]
    if DOCUMENT in types and DOCUMENT not in wanted:
        columns.append(DOCUMENT)
    numbers = {c for rule in rules if rule.expectation is Expects.BETWEEN for c in rule.columns}
    selected = [_select(column, types[column], column in numbers) for column in columns]
    for rule in rules:
        if rule.expectation is Expects.REFERENCES:
            selected.append(_select_found(rule))
            columns.append(name_found(rule))
    # Both parts come from our own rules and schema, not from a document.
    where = f" WHERE {rows}" if rows else ""
    content = connection.execute(f"SELECT {', '.join(selected)} FROM {table}{where}").fetchall()
    frame = pd.DataFrame(content, columns=columns, dtype=object)
    return Batch(table, rules, frame)


def _select(column: str, type_: str, is_compared: bool) -> str:
    if type_.startswith(_AS_THEY_ARE) or (is_compared and type_.startswith(_NUMERIC)):
        return column
    return f"CAST({column} AS VARCHAR) AS {column}"


def _select_found(rule: Rule) -> str:
    """`there` or `missing`, empty for an empty value. The database looks, not the check engine:
    that one would copy the whole list of known values some hundred times."""
    (column,) = rule.columns
    table, _, key = (rule.references or "").rpartition(".")
    known = f"SELECT {key} FROM {table}"
    return (
        f"CASE WHEN {column} IN ({known}) THEN '{THERE}' "
        f"WHEN {column} IS NOT NULL THEN '{MISSING}' END AS {name_found(rule)}"
    )
