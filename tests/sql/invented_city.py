"""Facts of an invented city, made by functions that say what they make.

Belongs here: short makers of facts with everything beside the point filled in, small dimensions,
and a build of them. The city is 海州市 (code 990000) with the districts 东湖区 and 西岭区.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from pipelines.facts import (
    Allocation,
    Commitment,
    DocumentFact,
    DocumentFacts,
    Figure,
    Milestone,
    Report,
    Responsibility,
    Statement,
    Target,
)
from pipelines.publishing.build import Content, build_warehouse
from pipelines.publishing.records import BuildSummary, RunRecord

CITY, CITY_OWN, EAST, WEST = "990000", "990000-own", "990001", "990002"
STARTED = datetime(2031, 1, 2, 3, 4, 5, tzinfo=UTC)
YEAR = 2030


def quantity(value: str | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def make_document(document_id: str, kind: str = "allocation_table", **changed: Any) -> DocumentFact:
    fields: dict[str, Any] = {
        "document_id": document_id,
        "title": "海州市民生实事",
        "kind": kind,
        "publisher": None,
        "region_code": CITY,
        "plan_year": YEAR,
        "as_of": None,
        "file_name": f"{document_id}.pdf",
        "sha256": "0" * 64,
        "pages": 2,
    }
    return DocumentFact(**fields | changed)


def make_commitment(commitment_id: str, **changed: Any) -> Commitment:
    document_id, _, number = commitment_id.partition("/")
    fields: dict[str, Any] = {
        "commitment_id": commitment_id,
        "document_id": document_id,
        "item_no": number,
        "category": None,
        "title": "新增床位",
        "detail": None,
        "region_code": CITY,
        "plan_year": YEAR,
        "due_on": date(YEAR, 11, 30),
        "page": 1,
        "table_no": 1,
        "row_no": 3,
        "as_printed": "新增\n床位",
    }
    return Commitment(**fields | changed)


def make_target(
    target_id: str, value: str | int | None, unit: str | None = "个", **changed: Any
) -> Target:
    commitment_id = target_id.rpartition("/")[0]
    fields: dict[str, Any] = {
        "target_id": target_id,
        "commitment_id": commitment_id,
        "document_id": target_id.partition("/")[0],
        "region_code": CITY,
        "plan_year": YEAR,
        "indicator": "床位",
        "indicator_id": None,
        "value": quantity(value),
        "unit": unit,
        "comparator": "=",
        "base_value": quantity(value),
        "base_unit": unit,
        "as_printed": f"{value}{unit}",
        "figure_id": f"{target_id}/figure",
    }
    return Target(**fields | changed)


def make_allocation(
    target_id: str, region_code: str, value: str | int, unit: str | None = "个"
) -> Allocation:
    names = {CITY_OWN: "市本级", EAST: "东湖区", WEST: "西岭区"}
    return Allocation(
        target_id=target_id,
        region_code=region_code,
        region=names[region_code],
        value=Decimal(value),
        unit=unit,
        as_printed=f"{value}{unit or ''}",
        figure_id=f"{target_id}/{region_code}/figure",
    )


def make_milestone(
    milestone_id: str,
    target_id: str | None,
    due_on: date | None,
    value: str | int | None = None,
    share: str | None = None,
    **changed: Any,
) -> Milestone:
    fields: dict[str, Any] = {
        "milestone_id": milestone_id,
        "commitment_id": milestone_id.rpartition("/")[0],
        "target_id": target_id,
        "document_id": milestone_id.partition("/")[0],
        "starts_on": None,
        "due_on": due_on,
        "expected_value": quantity(value),
        "expected_share": quantity(share),
        "unit": None if value is None else "个",
        "comparator": "=",
        "is_cumulative": True,
        "text": "完成",
        "as_printed": "完成",
        "figure_id": None,
    }
    return Milestone(**fields | changed)


def make_report(
    report_id: str, target_id: str | None, value: str | int | None, **changed: Any
) -> Report:
    fields: dict[str, Any] = {
        "report_id": report_id,
        "document_id": report_id.partition("/")[0],
        "commitment_id": target_id.rpartition("/")[0] if target_id else None,
        "target_id": target_id,
        "region_code": CITY,
        "as_of": date(YEAR, 12, 15),
        "indicator": "床位",
        "value": quantity(value),
        "unit": "个",
        "comparator": "=",
        "as_printed": f"{value}个",
        "text": f"建成床位{value}个",
        "figure_id": None,
        "part_of": None,
    }
    return Report(**fields | changed)


def make_statement(
    statement_id: str, of: str, state: str | None = None, text: str = "正在施工", **changed: Any
) -> Statement:
    """`of` is a target's id, or a commitment's where it is said of the whole line."""
    is_of_target = of.count("/") > 1
    fields: dict[str, Any] = {
        "statement_id": statement_id,
        "document_id": statement_id.partition("/")[0],
        "commitment_id": of.rpartition("/")[0] if is_of_target else of,
        "target_id": of if is_of_target else None,
        "region_code": CITY,
        "kind": "progress",
        "state": state,
        "is_of_all": False,
        "as_of": date(YEAR, 3, 31),
        "header": "进展情况",
        "text": text,
        "as_printed": text,
        "kind_rule": "said:by_place",
        "state_rule": f"state:{state}" if state else None,
        "page": 2,
        "table_no": 1,
        "row_no": 4,
        "col_no": 5,
        "char_start": 0,
        "char_end": len(text),
        "x0": 30.5,
        "top": 1.0,
        "x1": 80.5,
        "bottom": 12.0,
    }
    return Statement(**fields | changed)


def make_figure(figure_id: str, value: str | int | None, **changed: Any) -> Figure:
    fields: dict[str, Any] = {
        "figure_id": figure_id,
        "document_id": figure_id.partition("/")[0],
        "page": 1,
        "table_no": 1,
        "row_no": 3,
        "col_no": 2,
        "char_start": 2,
        "char_end": 5,
        "as_printed": f"{value}个",
        "value": quantity(value),
        "unit": "个",
        "role": "target",
        "fact_id": None,
        "context": "新增床位",
        "x0": 10.1,
        "top": 20.2,
        "x1": 30.3,
        "bottom": 40.4,
    }
    return Figure(**fields | changed)


def make_promises(*targets: Target, milestones: tuple[Milestone, ...] = ()) -> DocumentFacts:
    """A list that promises these targets, a line for each commitment they name."""
    document_id = targets[0].document_id
    commitments = dict.fromkeys(target.commitment_id for target in targets)
    return DocumentFacts(
        document=make_document(document_id, "responsibility_list"),
        commitments=tuple(
            make_commitment(name, region_code=targets[0].region_code) for name in commitments
        ),
        targets=targets,
        milestones=milestones,
    )


def make_plan(document_id: str = "plan", value: str | int = 100) -> DocumentFacts:
    """One line, one target, two shares of three fifths and two fifths that add up, one lead."""
    target = make_target(f"{document_id}/1/1", value)
    east = make_allocation(target.target_id, EAST, int(value) * 3 // 5)
    west = make_allocation(target.target_id, WEST, int(value) - int(value) * 3 // 5)
    return DocumentFacts(
        document=make_document(document_id),
        commitments=(make_commitment(f"{document_id}/1"),),
        targets=(target,),
        allocations=(east, west),
        responsibilities=(
            Responsibility(
                f"{document_id}/1", document_id, None, "lead", 1, None, "市民政局", None, "民政局"
            ),
        ),
        figures=(
            make_figure(f"{target.target_id}/figure", value, fact_id=target.target_id),
            make_figure(east.figure_id, str(east.value), role="allocation", col_no=5),
            make_figure(west.figure_id, str(west.value), role="allocation", col_no=6),
        ),
    )


def make_results(
    reports: Sequence[Report], document_id: str = "results", kind: str = "results_article"
) -> DocumentFacts:
    return DocumentFacts(document=make_document(document_id, kind), reports=tuple(reports))


def make_words(*statements: Statement, document_id: str = "words") -> DocumentFacts:
    """A progress report that says things in words."""
    return DocumentFacts(
        document=make_document(document_id, "progress_report"), statements=statements
    )


def make_dimensions() -> dict[str, pd.DataFrame]:
    """The city, its own share and two districts; counted things, area, percent; words of claims."""
    regions = [
        (CITY, "海州市", "city", None),
        (CITY_OWN, "市本级", "city_own", CITY),
        (EAST, "东湖区", "district", CITY),
        (WEST, "西岭区", "district", CITY),
    ]
    units = [
        ("个", "count", "个", "piece", Decimal(1)),
        ("家", "count", "家", "establishment", Decimal(1)),
        ("人", "count", "人", "person", Decimal(1)),
        ("人次", "count", "人次", "person_time", Decimal(1)),
        ("名", "count", "名", "person", Decimal(1)),
        ("平方米", "area", "平方米", "area", Decimal(1)),
        ("亩", "area", "平方米", "area", Decimal("666.6666666667")),
        ("%", "ratio", "%", "percent", Decimal(1)),
    ]
    claims = [
        ("exceeded", "超额完成"),
        ("met", "全面完成"),
        ("of_all", "均"),
        ("not_yet", "力争[^，]*完成"),
    ]
    return {
        "claim_pattern": pd.DataFrame(claims, columns=["kind", "pattern"], dtype=object),
        "region": pd.DataFrame(
            regions, columns=["region_code", "name_zh", "level", "parent_code"], dtype=object
        ),
        "unit": pd.DataFrame(
            units,
            columns=["unit", "dimension", "base_unit", "unit_family", "factor"],
            dtype=object,
        ),
    }


def make_run(run_id: str = "run-1", **changed: Any) -> RunRecord:
    return RunRecord(**{"run_id": run_id, "started": STARTED} | changed)


def build(path: Path, *facts: DocumentFacts, **options: Any) -> BuildSummary:
    """Build a file of these documents at `path`."""
    previous = options.pop("previous", None)
    given = {"run": make_run(), "dimensions": make_dimensions()} | options
    return build_warehouse(path, Content(facts, **given), previous)


def ask(path: Path, query: str, *parameters: object) -> list[tuple[Any, ...]]:
    """The rows of a query to a file."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query, list(parameters)).fetchall()


STEPS = (
    make_milestone("plan/1/m1", "plan/1/1", date(2030, 3, 31), share="0.2"),
    make_milestone("plan/1/m2", "plan/1/1", date(2030, 6, 30), share="0.5"),
    make_milestone("plan/1/m3", "plan/1/1", date(2030, 11, 30), share="1"),
)
