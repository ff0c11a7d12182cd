"""Hold an unpublished file against the rules, with Great Expectations.

Belongs here: turning rules into suites, running them, and turning results into outcomes that say
which document offends. Does not belong here: what is expected (`rules.yml`), or what follows
(`pipelines.run.refresh`).

Great Expectations is imported by the functions that need it only, because that takes seconds;
`imported_meanwhile` lets the import run while documents are being read.
"""

from __future__ import annotations

import importlib
import json
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.checks.frames import DOCUMENT, MISSING, Batch, Observed, name_found, read_batches
from pipelines.checks.rules import Expects, Rule, load_rules
from pipelines.errors import PipelineError

_ENGINE = "great_expectations"
_MOST_ROWS_TOLD = 100

# Set before the import: the engine reads it then.
os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")


class CheckFailedToRunError(PipelineError):
    """A rule could not be evaluated at all. An error of ours, not of a document."""

    def __init__(self, message: str) -> None:
        super().__init__("check_failed_to_run", message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.message,))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one rule. `offending` are the rows that break it, as far as they are told."""

    rule: Rule
    success: bool
    checked: int
    offending: tuple[dict[str, Any], ...] = ()

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that break the rule, by name."""
        found = {str(row[DOCUMENT]) for row in self.offending if row.get(DOCUMENT) is not None}
        return tuple(sorted(found))

    @property
    def is_nobodys(self) -> bool:
        """Whether some offending row belongs to no document, so that none can be held back."""
        return any(row.get(DOCUMENT) is None for row in self.offending)

    def describe_rows(self, document_id: str | None = None) -> str:
        """The offending rows (of one document) as JSON, the first hundred."""
        rows = self.rows_of(document_id) if document_id is not None else self.offending
        return json.dumps(rows[:_MOST_ROWS_TOLD], ensure_ascii=False, default=str)

    def rows_of(self, document_id: str) -> tuple[dict[str, Any], ...]:
        """The offending rows of one document."""
        return tuple(row for row in self.offending if row.get(DOCUMENT) == document_id)


@contextmanager
def imported_meanwhile() -> Iterator[None]:
    """Import Great Expectations while something else waits for other processes.

    It is there at the end. Nobody else may import then: a Ctrl-C in the middle of an import that
    waits for another thread's can leave Python's lock of imports held for ever.
    """
    thread = threading.Thread(
        target=importlib.import_module, args=(_ENGINE,), name="import-checks", daemon=True
    )
    thread.start()
    yield
    thread.join()


def run_checks(
    database: Path, *, observed: Observed | None = None, rules: Sequence[Rule] | None = None
) -> tuple[Outcome, ...]:
    """Evaluate the rules (all of them where not given) on a DuckDB file, in the rules' order.

    `observed` holds the records of tables that the run knows and the file does not.

    Raises:
        CheckFailedToRunError: a rule names what is not there, or its evaluation raised.
    """
    import duckdb

    from pipelines.publishing.opening import open_read_only

    rules = load_rules() if rules is None else rules
    try:
        with open_read_only(database) as connection:
            batches = read_batches(connection, rules, observed or {})
    except (duckdb.Error, KeyError) as error:
        raise CheckFailedToRunError(f"A rule names what is not in the file: {error}") from error
    outcomes = {outcome.rule.name: outcome for outcome in _evaluate_batches(batches)}
    return tuple(outcomes[rule.name] for rule in rules)


def find_rules_without_result(names: Iterable[str]) -> tuple[str, ...]:
    """The rules that none of these results is of, in the rules' order."""
    there = set(names)
    return tuple(rule.name for rule in load_rules() if rule.name not in there)


def _evaluate_batches(batches: Sequence[Batch]) -> Iterator[Outcome]:
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context: Any = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_pandas("unpublished")
    for number, batch in enumerate(batches):
        if batch.frame.empty:
            yield from (Outcome(rule, True, 0) for rule in batch.rules)
            continue
        name = f"{batch.table}-{number}"
        suite = gx.ExpectationSuite(
            name,
            expectations=[expectation for rule in batch.rules for expectation in _express(rule)],
        )
        whole = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("all")
        validation = whole.get_batch({"dataframe": batch.frame}).validate(
            suite,
            # Only the complete format tells all offending rows, and so all their documents.
            result_format={"result_format": "COMPLETE"},
        )
        yield from _collect(batch, validation.results)


def _collect(batch: Batch, results: Sequence[Any]) -> Iterator[Outcome]:
    """Join the results of each rule; a rule of several columns has several."""
    by_rule: dict[str, list[Any]] = {}
    for result in results:
        by_rule.setdefault(result.expectation_config.meta["rule"], []).append(result)
    for rule in batch.rules:
        positions: dict[int, None] = {}
        for result in by_rule[rule.name]:
            if "unexpected_count" not in result.result and not result.success:
                raise CheckFailedToRunError(f"{rule.name}: {_find_message(result.exception_info)}")
            positions.update(dict.fromkeys(result.result.get("unexpected_index_list") or ()))
        success = all(result.success for result in by_rule[rule.name])
        yield Outcome(rule, success, len(batch.frame), batch.tell(rule, sorted(positions)))


def _find_message(exception_info: dict[str, Any]) -> str:
    """The message of a metric that raised: it lies one level deeper where metrics are named."""
    for info in [exception_info, *exception_info.values()]:
        if isinstance(info, dict) and info.get("exception_message"):
            return str(info["exception_message"])
    return "the evaluation raised"


def _express(rule: Rule) -> Iterator[Any]:
    """The rule in the words of Great Expectations: one expectation, or one for each column."""
    # Its package exports nothing explicitly, so the names are looked up untyped.
    gxe: Any = importlib.import_module(f"{_ENGINE}.expectations")
    about: dict[str, Any] = {"severity": str(rule.severity), "meta": {"rule": rule.name}}
    values = list(rule.values)
    match rule.expectation:
        case Expects.UNIQUE if len(rule.columns) > 1:
            yield gxe.ExpectCompoundColumnsToBeUnique(column_list=list(rule.columns), **about)
            return
        case Expects.EQUAL:
            first, second = rule.columns
            yield gxe.ExpectColumnPairValuesToBeEqual(column_A=first, column_B=second, **about)
            return
        case _:
            pass
    for column in rule.columns:
        match rule.expectation:
            case Expects.UNIQUE:
                yield gxe.ExpectColumnValuesToBeUnique(column=column, **about)
            case Expects.PRESENT:
                yield gxe.ExpectColumnValuesToNotBeNull(column=column, **about)
            case Expects.REFERENCES:
                yield gxe.ExpectColumnValuesToNotBeInSet(
                    column=name_found(rule), value_set=[MISSING], **about
                )
            case Expects.ONE_OF:
                yield gxe.ExpectColumnValuesToBeInSet(column=column, value_set=values, **about)
            case Expects.NONE_OF:
                yield gxe.ExpectColumnValuesToNotBeInSet(column=column, value_set=values, **about)
            case Expects.BETWEEN:
                least, most = values
                yield gxe.ExpectColumnValuesToBeBetween(
                    column=column, min_value=least, max_value=most, **about
                )
            case _:
                raise CheckFailedToRunError(f"{rule.name}: cannot express {rule.expectation}")
