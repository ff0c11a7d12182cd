"""All rules by name: what `minsheng rules` lists.

Belongs here: the lists of rules in the order in which they are tried, and the names under which the
ledger keeps roles that no rule of a list gave. Does not belong here: any rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipelines.reading.clauses.goal_rules import GOAL_RULES
from pipelines.reading.clauses.kind_rules import KIND_RULES
from pipelines.reading.clauses.result_rules import RESULT_RULES
from pipelines.reading.clauses.rules import Rule
from pipelines.reading.clauses.state_rules import STATE_RULES
from pipelines.reading.clauses.step_rules import STEP_RULES

NUMBER_RULES: tuple[tuple[Rule[Any, Any], ...], ...] = (GOAL_RULES, STEP_RULES, RESULT_RULES)
"""Lists that look at a number."""
CLAUSE_RULES: tuple[tuple[Rule[Any, Any], ...], ...] = (KIND_RULES, STATE_RULES)
"""Lists that look at a clause."""
RULE_LISTS = (*NUMBER_RULES, *CLAUSE_RULES)
BY_PLACE = {
    "column": "the header of its column, or the label before it, says what the number is, or what "
    "kind of words stand there",
    "grammar": "the words around the number make it a label: a date, an ordinal, an age, a name",
    "line": "what else its line says tells what the number is: an echo of a target, a headline",
    "row": "the row is a header, a band, a total or a note",
    "table": "the place of its cell in the table tells what the number is",
    "outline": "the text stands outside all lines: a title, a note, the furniture of a page",
    "step": "the steps of its schedule, taken together, tell what the number is",
    "result": "the report that it stands in, as a whole, tells what the number is",
    "state": "several clauses of a sentence tell its state together",
}
"""What a name says that is of no list, by its first part."""


@dataclass(frozen=True, slots=True)
class Described:
    """A rule as it is shown: its name, what it says, and an example where it has one."""

    name: str
    says: str
    example: str | None


def describe_rules() -> Iterator[Described]:
    """All rules of the lists, in the order in which they are tried."""
    for rules in RULE_LISTS:
        for rule in rules:
            yield Described(rule.name, rule.says, rule.fires[0])


def describe_other(name: str) -> Described:
    """A name of the ledger that is of no list."""
    return Described(name, BY_PLACE.get(name.split(":")[0], ""), None)
