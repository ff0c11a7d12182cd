"""Districts beside their city: whose steps they are measured by, and their share of its target."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from invented_city import (
    EAST,
    STEPS,
    WEST,
    ask,
    build,
    make_allocation,
    make_commitment,
    make_document,
    make_plan,
    make_promises,
    make_report,
    make_results,
    make_target,
)

from pipelines.facts import DocumentFacts


def test_a_district_without_steps_is_measured_by_its_citys_and_the_row_says_so(
    tmp_path: Path,
) -> None:
    city = make_promises(make_target("plan/1/1", 100, indicator_id="bed"), milestones=STEPS)
    district = make_promises(
        make_target("east/1/1", 10, indicator_id="bed", region_code=EAST),
        make_target("east/1/2", 10, indicator_id="other", region_code=EAST),
    )
    report = make_report("progress/1", "east/1/1", 1, as_of=date(2030, 3, 31), region_code=EAST)
    build(tmp_path / "w", city, district, make_results([report], "progress", "progress_report"))
    rows = ask(
        tmp_path / "w",
        "SELECT target_id, expected_value, pace, schedule_of, schedule_target_id "
        "FROM marts.milestone_schedule WHERE region_code = ? ORDER BY due_on",
        EAST,
    )
    assert rows == [
        ("east/1/1", 2, "behind", "parent_region", "plan/1/1"),
        ("east/1/1", 5, "not_due", "parent_region", "plan/1/1"),
        ("east/1/1", 10, "not_due", "parent_region", "plan/1/1"),
    ]


def test_a_districts_plan_stands_beside_the_share_that_the_city_gave_it(tmp_path: Path) -> None:
    city = DocumentFacts(
        document=make_document("plan"),
        commitments=(make_commitment("plan/1"),),
        targets=tuple(
            make_target(f"plan/1/{number}", 100, indicator_id=indicator)
            for number, indicator in enumerate(("bed", "road", "tree"), start=1)
        ),
        allocations=(
            make_allocation("plan/1/1", EAST, 30),
            make_allocation("plan/1/1", WEST, 70),
            make_allocation("plan/1/2", EAST, 40),
        ),
    )
    district = make_promises(
        *(
            make_target(f"east/1/{number}", 25, indicator_id=indicator, region_code=EAST)
            for number, indicator in enumerate(("bed", "tree", "lamp"), start=1)
        )
    )
    # A plan whose city has none that year stands beside nothing.
    alone = make_promises(
        make_target("lone/1/1", 25, indicator_id="bed", region_code=WEST, plan_year=2029)
    )
    build(tmp_path / "w", city, district, alone)
    rows = ask(
        tmp_path / "w",
        "SELECT indicator_id, plan_value, allocated_value, difference, share_of_city_target, "
        "status FROM marts.plan_vs_allocation ORDER BY indicator_id",
    )
    assert rows == [
        ("bed", 25, 30, -5, Decimal("0.25"), "below"),
        ("lamp", 25, None, None, None, "only_planned"),
        ("road", None, 40, None, None, "only_allocated"),
        ("tree", 25, None, None, Decimal("0.25"), "not_allocated"),
    ]


def test_a_plan_and_a_share_counted_in_another_word_stand_side_by_side(tmp_path: Path) -> None:
    city = DocumentFacts(
        document=make_document("plan"),
        commitments=(make_commitment("plan/1"),),
        targets=(make_target("plan/1/1", 100, "人次", indicator_id="course"),),
        allocations=(make_allocation("plan/1/1", EAST, 30, "人次"),),
    )
    district = make_promises(
        make_target("east/1/1", 40, "人", indicator_id="course", region_code=EAST)
    )
    build(tmp_path / "w", city, district)
    assert ask(
        tmp_path / "w",
        "SELECT difference, share_of_city_target, status, basis FROM marts.plan_vs_allocation",
    ) == [(10, Decimal("0.4"), "above", "same_dimension")]


def test_allocations_say_their_share_of_the_target(tmp_path: Path) -> None:
    build(tmp_path / "w", make_plan())
    rows = ask(
        tmp_path / "w",
        "SELECT region, level, value, share FROM marts.allocation ORDER BY region_code",
    )
    assert rows == [
        ("东湖区", "district", 60, Decimal("0.6")),
        ("西岭区", "district", 40, Decimal("0.4")),
    ]
