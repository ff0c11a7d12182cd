"""Assets of the second half: the tables of the unpublished file, their checks, the published file.

The tables are written to a new file beside the published one. One blocking check step holds that
file against all rules, with one import of the check engine:

- a critical failure of a document is a WARN: the document is held back by `published`, and all
  others go out;
- a critical failure that is no document's own is an ERROR: it blocks `published` altogether.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg

from pipelines.checks import Rule, Severity, load_rules
from pipelines.console.summary import Summary
from pipelines.defs.documents import Reading
from pipelines.defs.resources import PUBLISHED, FoldersResource
from pipelines.publishing.records import CheckResult
from pipelines.publishing.schema import Table, View, fact_tables, load_schemas
from pipelines.run.attempt import ending_logged
from pipelines.run.release import (
    build_candidate,
    check_candidate,
    log_blocking_faults,
    publish_candidate,
)
from pipelines.run.verdicts import find_faults_of_the_file

ALSO_CHECKED = ("marts.reconciliation", "quality.notice")


def list_relations() -> tuple[Table | View, ...]:
    """The tables and views that stand in the asset graph: all facts, and what rules look at."""
    others: dict[str, Table | View] = {}
    for schema in load_schemas():
        others |= {table.full_name: table for table in schema.tables}
        others |= {view.full_name: view for view in schema.views}
    return (*fact_tables(), *(others[name] for name in ALSO_CHECKED))


def key_of(full_name: str) -> dg.AssetKey:
    """`core.target` → core/target."""
    return dg.AssetKey(full_name.split("."))


def _specify(relation: Table | View) -> dg.AssetSpec:
    columns = [
        dg.TableColumn(column.name, column.type, description=column.comment)
        for column in relation.columns
    ]
    return dg.AssetSpec(
        key_of(relation.full_name),
        deps=["linked"],
        group_name=relation.full_name.split(".")[0],
        description=relation.comment,
        kinds={"duckdb", "table" if isinstance(relation, Table) else "view"},
        metadata={"dagster/column_schema": dg.TableSchema(columns)},
    )


def _asset_of(rule: Rule) -> dg.AssetKey:
    return key_of(rule.about or rule.table)


@dg.multi_asset(
    specs=[_specify(relation) for relation in list_relations()],
    ins={"linked": dg.AssetIn("linked")},
)
def tables(
    linked: Reading,
    folders: FoldersResource,
    progress: dg.ResourceParam[Any],
) -> Iterator[dg.MaterializeResult[None]]:
    """Build the new file; each of its tables is an asset."""
    resolved = folders.resolve()
    with ending_logged(resolved.warehouse):
        build = build_candidate(resolved, *linked, progress=progress)
    counts = dict(build.rows)
    for relation in list_relations():
        metadata = (
            {"dagster/row_count": counts[name]} if (name := relation.full_name) in counts else {}
        )
        yield dg.MaterializeResult(key_of(name), metadata=metadata)


@dg.multi_asset_check(
    specs=[
        dg.AssetCheckSpec(
            rule.name,
            asset=_asset_of(rule),
            blocking=True,
            additional_deps=["linked"],
            description=f"{rule.says}.",
            metadata={"layer": str(rule.layer), "severity": str(rule.severity)},
        )
        for rule in load_rules()
    ],
    ins={"linked": dg.AssetIn("linked")},
)
def rules(
    linked: Reading,
    folders: FoldersResource,
    progress: dg.ResourceParam[Any],
) -> Iterator[dg.AssetCheckResult]:
    """Hold the new file against every rule (检查)."""
    resolved = folders.resolve()
    with ending_logged(resolved.warehouse):
        results = check_candidate(resolved, *linked, progress)
    log_blocking_faults(resolved, linked.stock, results)
    for rule in load_rules():
        rows = [row for row in results if row.name == rule.name]
        yield dg.AssetCheckResult(
            asset_key=_asset_of(rule),
            check_name=rule.name,
            passed=all(row.success for row in rows),
            severity=_severity_of(rows),
            metadata=_describe(rule, [row for row in rows if not row.success]),
        )


def _severity_of(rows: Sequence[CheckResult]) -> dg.AssetCheckSeverity:
    """ERROR blocks what comes after, so it is for what holding a document back cannot mend."""
    blocks = bool(find_faults_of_the_file(rows))
    return dg.AssetCheckSeverity.ERROR if blocks else dg.AssetCheckSeverity.WARN


def _describe(rule: Rule, failures: Sequence[CheckResult]) -> dict[str, Any]:
    described: dict[str, Any] = {"severity": str(rule.severity), "layer": str(rule.layer)}
    if failures:
        described["rows that break it"] = sum(row.unexpected_count or 0 for row in failures)
        named = ", ".join(row.document_id or "the whole file" for row in failures)
        is_critical = rule.severity is Severity.CRITICAL
        described["held back" if is_critical else "documents"] = named
        for row in failures:
            rows = json.loads(row.unexpected_rows or "[]")
            described[f"rows of {row.document_id or 'the file'}"] = dg.MetadataValue.json(rows)
        if rule.remedy:
            described["what to do"] = rule.remedy
    return described


@dg.asset(
    group_name=PUBLISHED,
    deps=[key_of(relation.full_name) for relation in list_relations()],
    kinds={"duckdb"},
)
def published(
    linked: Reading,
    folders: FoldersResource,
    progress: dg.ResourceParam[Any],
) -> dg.Output[Summary]:
    """The file that analysts open, replaced in one step; held documents keep their last version."""
    resolved = folders.resolve()
    with ending_logged(resolved.warehouse):
        summary = publish_candidate(resolved, *linked, progress)
    return dg.Output(
        summary,
        metadata={
            "file": dg.MetadataValue.path(str(summary.warehouse)),
            "documents": len(summary.documents),
            "held back or quarantined": ", ".join(line.document_id for line in summary.held)
            or "none",
            "checks passed": summary.checks_passed,
            "checks failed": len({check.name for check in summary.checks_failed}),
            "numbers not understood": summary.unresolved,
            **{f"rows of core.{name}": count for name, count in summary.facts},
        },
    )
