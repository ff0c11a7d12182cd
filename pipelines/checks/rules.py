"""The rules as data: what is expected of which table, and how bad it is if it is not so.

Belongs here: loading `rules.yml` and deriving from the declared schema what follows from it.
Does not belong here: looking at any data (see `runner`). Importing this module imports neither
Great Expectations nor pandas nor DuckDB: the asset checks of Dagster are named from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.errors import PipelineError
from pipelines.publishing.schema import fact_tables

RULES_FILE = Path(__file__).with_name("rules.yml")


class Severity(StrEnum):
    """What follows when a rule is broken."""

    CRITICAL = "critical"
    """The document is held back: its last good version stays published."""
    WARNING = "warning"
    """Published all the same, and said loudly."""
    INFO = "info"
    """Worth knowing."""


class Layer(StrEnum):
    """What a rule looks at."""

    STRUCTURE = "structure"
    VOCABULARY = "vocabulary"
    ARITHMETIC = "arithmetic"
    COMPLETENESS = "completeness"


class Expects(StrEnum):
    """What a rule expects of its columns."""

    UNIQUE = "unique"
    PRESENT = "present"
    REFERENCES = "references"
    ONE_OF = "one_of"
    NONE_OF = "none_of"
    BETWEEN = "between"
    EQUAL = "equal"


class InvalidRulesError(PipelineError):
    """`rules.yml` names something that does not exist. An error of ours, not of a document."""

    def __init__(self, message: str) -> None:
        super().__init__("invalid_rules", message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.message,))


@dataclass(frozen=True, slots=True)
class Rule:
    """One expectation of one table of the unpublished file; see the head of `rules.yml`."""

    name: str
    layer: Layer
    severity: Severity
    table: str
    expectation: Expects
    columns: tuple[str, ...]
    says: str
    values: tuple[str | int | float, ...] = ()
    references: str | None = None
    rows: str | None = None
    shown: tuple[str, ...] = ()
    remedy: str | None = None
    about: str | None = None


@cache
def load_rules() -> tuple[Rule, ...]:
    """All rules: those that follow from the schema first, then those of `rules.yml`.

    Raises:
        InvalidRulesError: two rules have one name, or an entry cannot be understood.
    """
    rules = [*_derive_from_schema(), *_read_entries()]
    names = [rule.name for rule in rules]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise InvalidRulesError(f"More than one rule is named {', '.join(repeated)}.")
    return tuple(rules)


def _read_entries() -> Iterator[Rule]:
    # The parser in C where there is one: every start of the web UI and of a refresh pays for it.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content: Any = yaml.load(RULES_FILE.read_text(encoding="utf-8"), Loader=loader)
    for entry in content["rules"]:
        try:
            yield Rule(
                **{
                    **entry,
                    "layer": Layer(entry["layer"]),
                    "severity": Severity(entry["severity"]),
                    "expectation": Expects(entry["expectation"]),
                    "columns": tuple(entry["columns"]),
                    "values": tuple(entry.get("values", ())),
                    "shown": tuple(entry.get("shown", ())),
                }
            )
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidRulesError(f"{entry.get('name', entry)}: {error!r}") from error


def _derive_from_schema() -> Iterator[Rule]:
    """One rule for the key and one for the required columns of each table of facts."""
    for table in fact_tables():
        yield Rule(
            name=f"{table.name}_is_there_once",
            layer=Layer.STRUCTURE,
            severity=Severity.CRITICAL,
            table=table.full_name,
            expectation=Expects.UNIQUE,
            columns=table.key,
            says=f"No two rows of {table.full_name} have the same {' and '.join(table.key)}",
        )
        required = tuple(column.name for column in table.columns if column.is_required)
        yield Rule(
            name=f"{table.name}_is_complete",
            layer=Layer.STRUCTURE,
            severity=Severity.CRITICAL,
            table=table.full_name,
            expectation=Expects.PRESENT,
            columns=required,
            shown=table.key,
            says=f"Every row of {table.full_name} has its {', '.join(required)}",
        )
