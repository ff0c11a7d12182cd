"""How often each rule of the reading decided in the published file.

Belongs here: counting names in `core.figure`. Does not belong here: the rules
(`pipelines.reading.clauses`), or how they are shown (`narration`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipelines.console.summary import open_published
from pipelines.reading.clauses.registry import describe_other, describe_rules


@dataclass(frozen=True, slots=True)
class RuleCount:
    """A rule, what it says, an example, and how many figures it gave their role."""

    name: str
    says: str
    example: str | None
    figures: int


def count_rules(warehouse: Path) -> list[RuleCount]:
    """Every rule of the reading with its count, in order; then the other names of the ledger."""
    with open_published(warehouse) as connection:
        found = connection.execute(
            "SELECT rule, count(*) FROM core.figure WHERE rule IS NOT NULL GROUP BY rule"
        ).fetchall()
    counts = {str(name): int(count) for name, count in found}
    listed = list(describe_rules())
    known = {rule.name for rule in listed}
    others = [describe_other(name) for name in sorted(counts) if name not in known]
    return [
        RuleCount(rule.name, rule.says, rule.example, counts.get(rule.name, 0))
        for rule in (*listed, *others)
    ]
