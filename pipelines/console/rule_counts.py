"""How often each rule of the reading decided in the published file.

Belongs here: counting names in `core.figure` and `core.statement`. Does not belong here: the rules
(`pipelines.reading.clauses`), or how they are shown (`narration`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.console.summary import open_published
from pipelines.reading.clauses.registry import describe_other, describe_rules

if TYPE_CHECKING:
    import duckdb


DECIDING = (("figure", "rule"), ("statement", "kind_rule"), ("statement", "state_rule"))
"""Tables of `core` and their columns that name the rule which decided."""


@dataclass(frozen=True, slots=True)
class RuleCount:
    """A rule, what it says, an example, and how many figures or statements it decided."""

    name: str
    says: str
    example: str | None
    decided: int


def count_rules(warehouse: Path) -> list[RuleCount]:
    """Every rule of the reading with its count, in order; then the other names of the ledger."""
    with open_published(warehouse) as connection:
        counts = _count_names(connection)
    listed = list(describe_rules())
    known = {rule.name for rule in listed}
    others = [describe_other(name) for name in sorted(counts) if name not in known]
    return [
        RuleCount(rule.name, rule.says, rule.example, counts[rule.name])
        for rule in (*listed, *others)
    ]


def _count_names(connection: duckdb.DuckDBPyConnection) -> Counter[str]:
    """How often each name stands in a file; one of an earlier version may lack a table."""
    columns = connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'core'"
    ).fetchall()
    counts: Counter[str] = Counter()
    for table, column in DECIDING:
        if (table, column) in columns:
            found = connection.execute(
                f"SELECT {column}, count(*) FROM core.{table} WHERE {column} IS NOT NULL GROUP BY 1"
            ).fetchall()
            counts.update({str(name): int(count) for name, count in found})
    return counts
