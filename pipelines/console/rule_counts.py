"""How often each rule of the reading decided in the published file.

Belongs here: counting names in `core.figure` and `core.statement`, and of the guards those in
`quality.held_line` and `quality.check_result`. Does not belong here: the rules
(`reading.clauses`, `doubting`), or how they are shown (`narration`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.console.summary import SENSE_RULE, open_published
from pipelines.doubting import DOCUMENT_GUARDS, LINE_GUARDS
from pipelines.reading.clauses.registry import describe_other, describe_rules

if TYPE_CHECKING:
    import duckdb


DECIDING = (("figure", "rule"), ("statement", "kind_rule"), ("statement", "state_rule"))
"""Tables of `core` and their columns that name the rule which decided."""


@dataclass(frozen=True, slots=True)
class RuleCount:
    """A rule, what it says, an example, and what it decided: so many figures, statements, lines or
    documents."""

    name: str
    says: str
    example: str | None
    decided: int


def count_rules(warehouse: Path) -> list[RuleCount]:
    """Every rule of the reading with its count, in order; then the other names of the ledger, and
    what each guard held back."""
    with open_published(warehouse) as connection:
        counts = _count_names(connection)
        held = _list_reasons(connection)
    listed = list(describe_rules())
    known = {rule.name for rule in listed}
    others = [describe_other(name) for name in sorted(counts) if name not in known]
    decided = [
        RuleCount(rule.name, rule.says, rule.example, counts[rule.name])
        for rule in (*listed, *others)
    ]
    return decided + [
        RuleCount(guard.name, guard.says, None, sum(guard.name in said for said in held))
        for guard in (*LINE_GUARDS, *DOCUMENT_GUARDS)
    ]


def _list_reasons(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Why each line and document was held back; none in a file of an earlier version."""
    there = connection.execute(
        "SELECT 1 FROM duckdb_tables() WHERE schema_name = 'quality' AND table_name = 'held_line'"
    ).fetchone()
    if there is None:
        return []
    rows = connection.execute(
        "SELECT reasons FROM quality.held_line UNION ALL "
        "SELECT unexpected_rows FROM quality.check_result "
        f"WHERE is_current AND NOT success AND name = '{SENSE_RULE}'"
    ).fetchall()
    return [str(reasons) for (reasons,) in rows]


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
