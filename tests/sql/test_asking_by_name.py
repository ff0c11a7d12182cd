"""What whoever opens the file asks first: the wide view, one place, one fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
from invented_city import (
    CITY,
    EAST,
    YEAR,
    ask,
    build,
    make_milestone,
    make_plan,
    make_promises,
    make_report,
    make_results,
    make_target,
)

from pipelines.facts import HeldLine, Responsibility


def make_role(role: str, position: int, name: str, target_id: str | None = None) -> Responsibility:
    return Responsibility(
        commitment_id="plan/1",
        document_id="plan",
        target_id=target_id,
        role=role,
        position=position,
        organization_id=None,
        organization=None if role == "city_leader" else name,
        person=name if role == "city_leader" else None,
        as_printed=name,
    )


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = tmp_path / "city.duckdb"
    promises = replace(
        make_promises(
            make_target("plan/1/1", 100),
            make_target("plan/1/2", 20, indicator="食堂"),
            milestones=(make_milestone("plan/1/step", "plan/1/1", date(YEAR, 6, 30), 40),),
        ),
        responsibilities=(
            make_role("lead", 2, "卫健局"),
            make_role("lead", 1, "民政局"),
            make_role("support", 1, "财政局", target_id="plan/1/2"),
            make_role("city_leader", 1, "张三"),
        ),
    )
    results = make_results([make_report("results/1", "plan/1/1", 90)])
    build(path, promises, results)
    return path


def test_a_row_of_the_wide_view_needs_no_join(warehouse: Path) -> None:
    rows = ask(
        warehouse,
        "SELECT target_id, region, lead_bodies, support_bodies, officials, shares, steps, "
        "reported_value, status, file_name, report_file_name "
        "FROM marts.target_in_full ORDER BY target_id",
    )
    leads, place = "民政局、卫健局", "海州市"
    assert rows == [
        ("plan/1/1", place, leads, None, "张三", 0, 1, 90, "short", "plan.pdf", "results.pdf"),
        ("plan/1/2", place, leads, "财政局", "张三", 0, 0, None, "unreported", "plan.pdf", None),
    ]


def test_the_wide_view_has_each_target_once(warehouse: Path) -> None:
    ((rows, targets),) = ask(
        warehouse,
        "SELECT (SELECT count(*) FROM marts.target_in_full), (SELECT count(*) FROM core.target)",
    )
    assert rows == targets


def test_shares_are_summed_and_the_worst_of_the_arithmetic_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "city.duckdb"
    plan = make_plan()
    build(path, plan)
    seen = "SELECT shares, shares_total, arithmetic FROM marts.target_in_full"
    assert ask(path, seen) == [(2, 100, "agrees")]
    build(path, replace(plan, allocations=plan.allocations[:1]))
    assert ask(path, seen) == [(1, 60, "disagrees")]


@pytest.mark.parametrize("place", ["海州市", "海州", CITY])
def test_a_place_is_asked_for_by_any_of_its_names(warehouse: Path, place: str) -> None:
    assert len(ask(warehouse, "FROM attainment(?, ?)", place, YEAR)) == 2
    assert len(ask(warehouse, "FROM attainment(?, NULL)", place)) == 2
    assert ask(warehouse, "FROM attainment(?, ?)", place, YEAR - 1) == []


def test_a_place_that_promises_nothing_has_no_targets(warehouse: Path) -> None:
    assert ask(warehouse, "FROM attainment(?, NULL)", EAST) == []


def test_a_fact_is_traced_by_its_id_and_by_a_former_one(warehouse: Path) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(
            "INSERT INTO quality.former_id VALUES ('target', 'old/1', 'plan/1/1', 'plan', 'run-1')"
        )
    (found,) = ask(warehouse, "SELECT fact_id, file_name FROM trace('plan/1/1')")
    assert found == ("plan/1/1", "plan.pdf")
    assert ask(warehouse, "SELECT fact_id, file_name FROM trace('old/1')") == [found]
    assert ask(warehouse, "FROM trace('plan')") != []
    assert ask(warehouse, "FROM trace('nobody')") == []


def test_a_line_that_is_held_back_is_found_where_it_begins(tmp_path: Path) -> None:
    held = HeldLine(
        document_id="plan",
        commitment_id="plan/9",
        item_no="9",
        reasons="nobody knows the unit",
        as_read="{}",
        reading="0123456789ab",
        page=2,
        table_no=1,
        row_no=7,
    )
    build(tmp_path / "w", make_plan(), held_lines=[held])
    [found] = ask(
        tmp_path / "w",
        "SELECT fact_kind, page, table_no, row_no, as_printed FROM marts.source "
        "WHERE fact_id = 'plan/9'",
    )
    assert found == ("held_line", 2, 1, 7, "held back, nobody knows the unit; read as {}")
