"""Promise beside result: verdicts that read both comparators, and pace."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from invented_city import (
    CITY,
    EAST,
    STEPS,
    WEST,
    ask,
    build,
    make_milestone,
    make_plan,
    make_promises,
    make_report,
    make_results,
    make_target,
)

from pipelines.facts import Report


@pytest.mark.parametrize(
    ("target", "comparator", "reported", "reported_comparator", "status"),
    [
        ("100", "=", "100", "=", "met"),
        ("100", "=", "101", "=", "exceeded"),
        ("100", "=", "99", "=", "short"),
        ("100", ">=", "100", "=", "met"),
        ("100", ">=", "100", ">=", "met"),
        ("100", "=", "100", ">", "exceeded"),
        ("100", ">", "100", "=", "short"),
        ("100", ">", "100", ">", "met"),
        ("85.8", "=", "80", "~", "short"),
        ("2130", ">=", "2400", ">", "exceeded"),
        ("10", "<=", "8", "=", "met"),
        ("10", "<=", "10", "=", "met"),
        ("10", "<", "10", "=", "short"),
        ("10", "<=", "11", "=", "short"),
        ("0", "=", "0", "=", "met"),
    ],
)
def test_the_verdict_reads_both_comparators(
    tmp_path: Path,
    target: str,
    comparator: str,
    reported: str,
    reported_comparator: str,
    status: str,
) -> None:
    build(
        tmp_path / "w",
        make_promises(make_target("plan/1/1", target, comparator=comparator)),
        make_results(
            [make_report("results/1", "plan/1/1", reported, comparator=reported_comparator)]
        ),
    )
    assert ask(tmp_path / "w", "SELECT status FROM marts.attainment") == [(status,)]


@pytest.mark.parametrize(
    ("kind", "as_of", "status"),
    [
        ("progress_report", date(2030, 3, 31), "in_progress"),
        ("progress_report", date(2030, 11, 30), "short"),
        ("results_article", date(2030, 11, 29), "short"),
        ("progress_report", None, "in_progress"),
    ],
)
def test_below_target_before_the_due_date_a_progress_report_is_in_progress(
    tmp_path: Path, kind: str, as_of: date | None, status: str
) -> None:
    build(
        tmp_path / "w",
        make_promises(make_target("plan/1/1", 200)),
        make_results([make_report("results/1", "plan/1/1", 145, as_of=as_of)], kind=kind),
    )
    assert ask(tmp_path / "w", "SELECT status, attainment FROM marts.attainment") == [
        (status, Decimal("0.725"))
    ]


def test_units_are_converted_rates_compared_as_rates_and_strangers_not_at_all(
    tmp_path: Path,
) -> None:
    build(
        tmp_path / "w",
        make_promises(
            make_target("plan/1/1", 4000, "平方米"),
            make_target("plan/1/2", 83, "%"),
            make_target("plan/1/3", 433, "家"),
            make_target("plan/1/4", 100, "%"),
            make_target("plan/1/5", 7),
            make_target("plan/1/6", None, None),
        ),
        make_results(
            [
                make_report("results/1", "plan/1/1", 6, unit="亩"),
                make_report("results/2", "plan/1/2", "83.5", unit="%"),
                make_report("results/3", "plan/1/3", 100, unit="%"),
                make_report("results/4", "plan/1/4", 433, unit="家"),
                make_report("results/6", "plan/1/6", 5),
            ]
        ),
    )
    rows = ask(
        tmp_path / "w",
        "SELECT target_id, reported_value, basis, status FROM marts.attainment ORDER BY target_id",
    )
    assert rows == [
        ("plan/1/1", Decimal(4000), "converted", "met"),
        ("plan/1/2", Decimal("83.5"), "same_unit", "exceeded"),
        ("plan/1/3", Decimal(433), "completion_rate", "met"),
        ("plan/1/4", None, "not_comparable", "cannot_be_judged"),
        ("plan/1/5", None, "no_report", "unreported"),
        ("plan/1/6", None, "not_comparable", "cannot_be_judged"),
    ]


def test_the_latest_total_is_the_one_that_counts(tmp_path: Path) -> None:
    reports = [
        make_report("results/1", "plan/1/1", 99, as_of=date(2030, 6, 30)),
        make_report("results/2", "plan/1/1", 183, as_of=date(2030, 12, 1)),
        make_report("results/3", "plan/1/1", 184, as_of=date(2030, 12, 1), part_of="results/2"),
        make_report("results/4", "plan/1/1", None, as_of=date(2030, 12, 31)),
    ]
    build(tmp_path / "w", make_promises(make_target("plan/1/1", 180)), make_results(reports))
    assert ask(tmp_path / "w", "SELECT report_id, reports FROM marts.attainment") == [
        ("results/2", 4)
    ]


def test_things_counted_in_another_word_are_compared_as_printed_and_the_row_says_so(
    tmp_path: Path,
) -> None:
    build(
        tmp_path / "w",
        make_promises(
            make_target("plan/1/1", 858000, "人次"),
            make_target("plan/1/2", 13, "家"),
            make_target("plan/1/3", 13, "平方米"),
        ),
        make_results(
            [
                make_report("results/1", "plan/1/1", 800000, unit="名", comparator="~"),
                make_report("results/2", "plan/1/2", 38, unit="个"),
                make_report("results/3", "plan/1/3", 38, unit="个"),
            ]
        ),
    )
    rows = ask(
        tmp_path / "w",
        "SELECT reported_value, reported_printed_unit, basis, status FROM marts.attainment "
        "ORDER BY target_id",
    )
    assert rows == [
        (800000, "名", "same_dimension", "short"),
        (38, "个", "same_dimension", "exceeded"),
        (None, "个", "not_comparable", "cannot_be_judged"),
    ]


@pytest.mark.parametrize(
    ("value", "unit", "changed", "shown"),
    [
        ("27", "场", {"is_cumulative": False}, (27, ">=", "one_period", None, "in_progress")),
        ("27", "场", {"region_code": EAST}, (27, ">=", "one_region", None, "in_progress")),
        ("27", "场", {"part_of": "results/9"}, (27, ">=", "part", None, "in_progress")),
        ("100", "场", {"region_code": EAST}, (100, ">=", "one_region", None, "met")),
        ("120", "场", {"part_of": "results/9"}, (120, ">=", "part", None, "exceeded")),
        ("27", "%", {"region_code": EAST}, (None, ">=", "one_region", None, "cannot_be_judged")),
        (
            "27",
            "场",
            {"region_code": "980000"},
            (None, ">=", "elsewhere", None, "cannot_be_judged"),
        ),
    ],
)
def test_a_figure_of_less_than_the_whole_can_prove_a_target_met_and_never_missed(
    tmp_path: Path, value: str, unit: str, changed: dict[str, object], shown: tuple[object, ...]
) -> None:
    early = date(2030, 3, 31)
    report = make_report("results/1", "plan/1/1", value, unit=unit, as_of=early, **changed)
    build(
        tmp_path / "w",
        make_promises(make_target("plan/1/1", 100, "场")),
        make_results([report], kind="progress_report"),
    )
    assert ask(
        tmp_path / "w",
        "SELECT reported_value, reported_comparator, scope, attainment, status "
        "FROM marts.attainment",
    ) == [shown]


def test_after_the_due_date_a_figure_of_one_month_says_nothing_of_the_year(tmp_path: Path) -> None:
    build(
        tmp_path / "w",
        make_promises(make_target("plan/1/1", 100)),
        make_results([make_report("results/1", "plan/1/1", 27, is_cumulative=False)]),
    )
    assert ask(tmp_path / "w", "SELECT status, status_reason FROM marts.attainment") == [
        ("cannot_be_judged", "only a figure of one month or quarter is reported")
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("全市433家医院均已开通", "met"),
        ("全市433家医院已开通", "cannot_be_judged"),
        ("全市433家医院开通，满意度均有提高", "cannot_be_judged"),
        ("全市433家医院力争均完成", "cannot_be_judged"),
    ],
)
def test_what_holds_of_every_one_counted_is_the_rate_of_a_hundred(
    tmp_path: Path, text: str, status: str
) -> None:
    report = make_report("results/1", "plan/1/1", 433, unit="家", text=text)
    build(tmp_path / "w", make_promises(make_target("plan/1/1", 100, "%")), make_results([report]))
    assert ask(tmp_path / "w", "SELECT status FROM marts.attainment") == [(status,)]


@pytest.mark.parametrize(
    ("reports", "pace"),
    [
        ([], ["unreported", "unreported", "unreported"]),
        ([("2030-03-31", 20)], ["on_track", "not_due", "not_due"]),
        ([("2030-03-31", 19)], ["behind", "not_due", "not_due"]),
        ([("2030-04-30", 55)], ["ahead", "ahead", "not_due"]),
        ([("2030-11-30", 100)], ["unreported", "unreported", "on_track"]),
        ([("2030-12-20", 40)], ["unreported", "behind", "behind"]),
        ([("2030-03-31", 25), ("2030-12-20", 101)], ["ahead", "unreported", "ahead"]),
    ],
)
def test_pace_holds_a_step_against_what_was_reported_at_its_time(
    tmp_path: Path, reports: list[tuple[str, int]], pace: list[str]
) -> None:
    made: list[Report] = [
        make_report(f"results/{number}", "plan/1/1", value, as_of=date.fromisoformat(day))
        for number, (day, value) in enumerate(reports, start=1)
    ]
    build(
        tmp_path / "w",
        make_promises(make_target("plan/1/1", 100), milestones=STEPS),
        make_results(made, kind="progress_report"),
    )
    rows = ask(
        tmp_path / "w",
        "SELECT pace, expected_value, schedule_of FROM marts.milestone_schedule ORDER BY due_on",
    )
    assert [row[0] for row in rows] == pace
    assert [row[1:] for row in rows] == [(20, "own"), (50, "own"), (100, "own")]


def test_of_a_ceiling_less_is_ahead(tmp_path: Path) -> None:
    steps = (make_milestone("plan/1/m1", "plan/1/1", date(2030, 6, 30), 50),)
    target = make_target("plan/1/1", 40, comparator="<=")
    for value, pace in ((45, "ahead"), (50, "on_track"), (60, "behind")):
        report = make_report("results/1", "plan/1/1", value, as_of=date(2030, 6, 30))
        build(
            tmp_path / f"w{value}", make_promises(target, milestones=steps), make_results([report])
        )
        assert ask(tmp_path / f"w{value}", "SELECT pace FROM marts.milestone_schedule") == [(pace,)]


def test_a_figure_of_one_month_counts_for_the_pace_only_where_it_reaches_the_step(
    tmp_path: Path,
) -> None:
    for value, pace in ((19, "unreported"), (25, "ahead")):
        report = make_report(
            "results/1", "plan/1/1", value, as_of=date(2030, 3, 31), is_cumulative=False
        )
        build(
            tmp_path / f"w{value}",
            make_promises(make_target("plan/1/1", 100), milestones=STEPS[:1]),
            make_results([report]),
        )
        assert ask(tmp_path / f"w{value}", "SELECT pace FROM marts.milestone_schedule") == [(pace,)]


def test_the_scorecard_counts_by_region_and_year(tmp_path: Path) -> None:
    results = make_results(
        [make_report("results/1", "plan/1/1", 250), make_report("results/2", "more/1/1", 50)]
    )
    build(tmp_path / "w", make_plan(), make_promises(make_target("more/1/1", 100)), results)
    rows = ask(
        tmp_path / "w",
        "SELECT region_code, plan_year, commitments, targets, shares, reported, attainment "
        "FROM marts.district_scorecard ORDER BY region_code",
    )
    assert rows == [
        (CITY, 2030, 2, 2, 0, 2, Decimal("0.75")),
        (EAST, 2030, 0, 0, 1, 0, None),
        (WEST, 2030, 0, 0, 1, 0, None),
    ]


def test_every_fact_is_traced_to_its_place(tmp_path: Path) -> None:
    build(tmp_path / "w", make_plan())
    rows = ask(
        tmp_path / "w",
        "SELECT fact_kind, fact_id, page, table_no, row_no, col_no, x0 FROM marts.source "
        "WHERE fact_kind <> 'figure' ORDER BY fact_kind, fact_id",
    )
    assert rows == [
        ("allocation", f"plan/1/1@{EAST}", 1, 1, 3, 5, 10.1),
        ("allocation", f"plan/1/1@{WEST}", 1, 1, 3, 6, 10.1),
        ("commitment", "plan/1", 1, 1, 3, None, None),
        ("document", "plan", None, None, None, None, None),
        ("responsibility", "plan/1/lead/1", 1, 1, 3, None, None),
        ("target", "plan/1/1", 1, 1, 3, 2, 10.1),
    ]
