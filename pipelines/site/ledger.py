"""Everything that the pages say, read once from the published file.

Belongs here: asking for the relations, and finding rows by what they belong to. Does not belong
here: computing anything; what a relation does not say, no page says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

from pipelines.errors import PipelineError
from pipelines.site import records as r

if TYPE_CHECKING:
    import duckdb

Row = TypeVar("Row")
Key = TypeVar("Key", bound=Hashable)


class OutdatedWarehouseError(PipelineError):
    """The published file is older than the pages: a relation or column is missing in it."""

    def __init__(self, missing: str) -> None:
        self.missing = missing
        super().__init__(
            "outdated_warehouse",
            f"The published file has no {missing}: it is older than these pages. Run "
            "`minsheng refresh` first.",
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.missing,))


@dataclass(frozen=True, slots=True)
class Ledger:
    """The relations that pages are made of, in a natural order (2 before 10)."""

    documents: tuple[r.DocumentRow, ...]
    commitments: tuple[r.CommitmentRow, ...]
    targets: tuple[r.TargetRow, ...]
    promises: tuple[r.PromiseRow, ...]
    reports: tuple[r.ReportRow, ...]
    shares: tuple[r.ShareRow, ...]
    milestones: tuple[r.MilestoneRow, ...]
    paces: tuple[r.PaceRow, ...]
    statements: tuple[r.StatementRow, ...]
    duties: tuple[r.DutyRow, ...]
    findings: tuple[r.FindingRow, ...]
    checks: tuple[r.CheckRow, ...]
    changes: tuple[r.ChangeRow, ...]
    places: tuple[r.PlaceRow, ...]
    figures: tuple[r.FigureRow, ...]
    regions: tuple[r.RegionRow, ...]
    indicators: tuple[r.IndicatorRow, ...]
    organizations: tuple[r.OrganizationRow, ...]
    units: tuple[r.UnitRow, ...]
    run: r.RunRow | None


def read_ledger(connection: duckdb.DuckDBPyConnection) -> Ledger:
    """Read the published file.

    Raises:
        OutdatedWarehouseError: it lacks a relation or a column that pages cannot do without.
    """
    runs = read_rows(connection, "quality.run", r.RunRow)
    published = sorted((run for run in runs if run.published), key=lambda run: run.started)
    has_statements = ("core", "statement") in list_relations(connection)
    statements = read_rows(connection, "core.statement", r.StatementRow) if has_statements else ()
    return Ledger(
        documents=read_rows(connection, "core.document", r.DocumentRow),
        commitments=read_rows(connection, "core.commitment", r.CommitmentRow),
        targets=read_rows(connection, "marts.attainment", r.TargetRow),
        promises=read_rows(connection, "core.target", r.PromiseRow),
        reports=read_rows(connection, "core.report", r.ReportRow),
        shares=read_rows(connection, "marts.allocation", r.ShareRow),
        milestones=read_rows(connection, "core.milestone", r.MilestoneRow),
        paces=read_rows(connection, "marts.milestone_schedule", r.PaceRow),
        statements=statements,
        duties=read_rows(connection, "core.responsibility", r.DutyRow),
        findings=read_rows(connection, "marts.reconciliation", r.FindingRow),
        checks=read_rows(connection, "quality.check_result", r.CheckRow),
        changes=read_rows(connection, "marts.change", r.ChangeRow),
        places=read_rows(connection, "marts.district_scorecard", r.PlaceRow),
        figures=read_rows(connection, "core.figure", r.FigureRow),
        regions=read_rows(connection, "core.region", r.RegionRow),
        indicators=read_rows(connection, "core.indicator", r.IndicatorRow),
        organizations=read_rows(connection, "core.organization", r.OrganizationRow),
        units=read_rows(connection, "core.unit", r.UnitRow),
        run=published[-1] if published else None,
    )


def list_relations(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str]]:
    """Schema and name of each table and view."""
    asked = "SELECT table_schema, table_name FROM information_schema.tables"
    return {(schema, name) for schema, name in connection.execute(asked).fetchall()}


def read_rows(
    connection: duckdb.DuckDBPyConnection, relation: str, record: type[Row]
) -> tuple[Row, ...]:
    """All rows of a relation as records, in the natural order of their first fields.

    Raises:
        OutdatedWarehouseError: the relation, or a column without a default, is missing.
    """
    schema, name = relation.split(".")
    if (schema, name) not in list_relations(connection):
        raise OutdatedWarehouseError(relation)
    wanted: tuple[Field[Any], ...] = fields(record)  # type: ignore[arg-type]
    described = connection.execute(f"SELECT * FROM {relation} LIMIT 0").description or ()
    there = {column for column, *_ in described}
    for field in wanted:
        if field.name not in there and field.default is MISSING:
            raise OutdatedWarehouseError(f"{relation}.{field.name}")
    names = [field.name for field in wanted if field.name in there]
    columns = ", ".join(f'"{name}"' for name in names)
    found = connection.execute(f"SELECT {columns} FROM {relation}").fetchall()
    found.sort(key=lambda row: tuple(natural_key(value) for value in row))
    return tuple(record(**dict(zip(names, row, strict=True))) for row in found)


def natural_key(value: object) -> tuple[tuple[int, int, str], ...]:
    """A sort key under which `2.9` stands before `2.10`, and nothing before all else."""
    parts = re.split(r"(\d+)", "" if value is None else str(value))
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part != ""
    )


def group(rows: Iterable[Row], key: Callable[[Row], Key]) -> Mapping[Key, tuple[Row, ...]]:
    """Rows by what they belong to; what nothing belongs to gives an empty tuple."""
    found: defaultdict[Key, tuple[Row, ...]] = defaultdict(tuple)
    lists: dict[Key, list[Row]] = {}
    for row in rows:
        lists.setdefault(key(row), []).append(row)
    found.update({name: tuple(members) for name, members in lists.items()})
    return found
