"""Rules as values: which part a number plays, and what a clause says, by the words.

Belongs here: the record of a rule, choosing the one that applies, and the roles of the ledger. Does
not belong here: the rules themselves (`goal_rules`, `step_rules`, `result_rules`, `kind_rules`,
`state_rules`), or what becomes of a number or a clause (`recording`).

The rules of a list are tried in order; the first that applies wins, and its name is kept with the
figure or statement. In an example, what it is about stands between `‹` and `›`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from pipelines.quantities.grammar import Number, NumberKind

Subject = TypeVar("Subject")
"""What a rule looks at: a number in its clause (`frame`), or a clause by itself (`clause`)."""
Verdict = TypeVar("Verdict")

LABEL = "grammar:{}"
"""The rule of a number that the grammar itself tells to be no quantity."""


class NumberRole(StrEnum):
    """What became of a number, in the words of the ledger."""

    MILESTONE = "milestone"
    REPORT = "report"
    TARGET = "target"
    SCOPE = "scope"
    ORDINAL = "ordinal"
    YEAR = "year"
    DATE = "date"
    AGE = "age"
    NAME = "name"
    CODE = "code"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Rule(Generic[Subject, Verdict]):
    """What follows where it applies.

    `fires` are examples in which this rule decides, and without it the verdict would be another;
    `spares` are examples near by that it must leave to others. `says` is one line for a person.
    """

    name: str
    says: str
    applies: Callable[[Subject], bool]
    verdict: Verdict
    fires: tuple[str, ...]
    spares: tuple[str, ...] = ()


class UnruledError(LookupError):
    """No rule of a list applies: the list lacks the rule that holds for the rest."""


def choose(rules: Sequence[Rule[Subject, Verdict]], subject: Subject) -> Rule[Subject, Verdict]:
    """The first rule that applies. Raises `UnruledError` where none does."""
    for rule in rules:
        if rule.applies(subject):
            return rule
    raise UnruledError(f"no rule for {subject}")


_LABELS = {
    NumberKind.ORDINAL: NumberRole.ORDINAL,
    NumberKind.YEAR: NumberRole.YEAR,
    NumberKind.DATE: NumberRole.DATE,
    NumberKind.AGE: NumberRole.AGE,
    NumberKind.NAME: NumberRole.NAME,
    NumberKind.CODE: NumberRole.CODE,
    NumberKind.UNRESOLVED: NumberRole.UNRESOLVED,
}


def label_of(number: Number) -> NumberRole | None:
    """The role of a number that is a label by itself; None for a quantity."""
    return _LABELS.get(number.kind)


def rule_of_label(number: Number) -> str:
    """The name under which the ledger keeps that the grammar knew a label."""
    return LABEL.format(number.kind)
