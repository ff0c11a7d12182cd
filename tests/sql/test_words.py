"""What is said in words beside the promises: status, state, pace, and where it is printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from invented_city import (
    EAST,
    STEPS,
    ask,
    build,
    make_milestone,
    make_promises,
    make_report,
    make_results,
    make_statement,
    make_target,
    make_words,
)

from pipelines.facts import Statement, Target

ANSWER = "SELECT status, state, last_words FROM marts.attainment ORDER BY target_id"


def answer(path: Path, *statements: Statement, target: Target | None = None) -> object:
    build(path, make_promises(target or make_target("plan/1/1", 200)), make_words(*statements))
    return ask(path, ANSWER)


def say(number: int, of: str, state: str | None, text: str, **changed: object) -> Statement:
    return make_statement(f"words/1.s{number}", of, state, text, char_start=10 * number, **changed)


def test_words_alone_are_no_silence(tmp_path: Path) -> None:
    promises = make_promises(
        make_target("plan/1/1", 200), make_target("plan/2/1", 200), make_target("plan/3/1", None)
    )
    line = make_statement("words/1.s1", "plan/1", "under_way", "正在施工")
    unmeasured = make_statement("words/3.s1", "plan/3", "completed", "已建成")
    build(tmp_path / "w", promises, make_words(line, unmeasured))
    assert ask(
        tmp_path / "w",
        "SELECT status, status_reason, state, last_words, as_of FROM marts.attainment "
        "ORDER BY target_id",
    ) == [
        (
            "in_words",
            "no figure of it is reported, only words",
            "under_way",
            "正在施工",
            date(2030, 3, 31),
        ),
        ("unreported", "nothing is said of it", None, None, None),
        (
            "in_words",
            "no figure of it is reported, only words",
            "completed",
            "已建成",
            date(2030, 3, 31),
        ),
    ]


def test_a_figure_that_cannot_be_compared_says_why(tmp_path: Path) -> None:
    promises = make_promises(
        make_target("plan/1/1", 200), make_target("plan/1/2", None), make_target("plan/1/3", 5)
    )
    reports = [
        make_report("results/1", "plan/1/1", 5, unit="平方米"),
        make_report("results/2", "plan/1/2", 5),
        make_report("results/3", "plan/1/3", None),
    ]
    words = make_words(make_statement("words/1.s1", "plan/1", "under_way"))
    build(tmp_path / "w", promises, make_results(reports), words)
    assert ask(
        tmp_path / "w", "SELECT status, status_reason FROM marts.attainment ORDER BY target_id"
    ) == [
        ("cannot_be_judged", "no unit in common: promised in 个, reported in 平方米"),
        ("cannot_be_judged", "the promise has no figure"),
        ("cannot_be_judged", "the report has no figure"),
    ]


def test_figures_of_other_things_in_the_line_are_told_of(tmp_path: Path) -> None:
    work = make_report("results/1", None, 605, commitment_id="plan/1")
    words = make_words(make_statement("words/1.s1", "plan/1", "preparing"))
    build(tmp_path / "w", make_promises(make_target("plan/1/1", 200)), make_results([work]), words)
    assert ask(tmp_path / "w", "SELECT status_reason FROM marts.attainment") == [
        ("no figure of it is reported, only words and figures of other things",)
    ]


def test_only_the_last_words_count_and_a_cell_stays_together(tmp_path: Path) -> None:
    assert answer(
        tmp_path / "w",
        say(1, "plan/1", "delayed", "进度滞后", as_of=date(2030, 2, 28), col_no=4),
        say(2, "plan/1", "preparing", "已选址", as_of=date(2030, 3, 26)),
        say(3, "plan/1", "under_way", "正在施工"),
    ) == [("in_words", "under_way", "已选址；正在施工")]


def test_plans_and_reasons_are_no_progress(tmp_path: Path) -> None:
    assert answer(
        tmp_path / "w",
        say(1, "plan/1", None, "计划6月开工", kind="plan"),
        say(2, "plan/1", None, "受汛期影响", kind="reason"),
    ) == [("unreported", None, None)]


def test_what_is_said_of_a_target_goes_before_what_is_said_of_its_line(tmp_path: Path) -> None:
    promises = make_promises(make_target("plan/1/1", 200), make_target("plan/1/2", 1))
    words = make_words(
        say(1, "plan/1/1", "not_started", "食堂尚未开工"),
        say(2, "plan/1", "under_way", "加快推进"),
        say(3, "plan/1/2", "completed", "公园已建成"),
    )
    build(tmp_path / "w", promises, words)
    assert ask(tmp_path / "w", ANSWER) == [
        ("in_words", "not_started", "食堂尚未开工；加快推进"),
        ("in_words", "completed", "加快推进；公园已建成"),
    ]


def test_what_another_region_says_is_not_of_the_target(tmp_path: Path) -> None:
    assert answer(tmp_path / "w", say(1, "plan/1", "completed", "已完工", region_code=EAST)) == [
        ("unreported", None, None)
    ]


@pytest.mark.parametrize(
    ("states", "together"),
    [
        (["preparing", "preparing"], "preparing"),
        (["not_started", "preparing"], "preparing"),
        (["completed", "preparing"], "under_way"),
        (["completed", None], "completed"),
        (["accepted", "accepted"], "accepted"),
        (["accepted", "completed"], "completed"),
        (["completed", "delayed", "under_way"], "delayed"),
        (["stopped", "under_way"], "under_way"),
        (["stopped"], "stopped"),
        ([None], None),
    ],
)
def test_several_sentences_tell_one_state(
    tmp_path: Path, states: list[str | None], together: str | None
) -> None:
    said = [say(n, "plan/1", state, f"第{n}句") for n, state in enumerate(states, start=1)]
    [row] = answer(tmp_path / "w", *said, target=make_target("plan/1/1", 1))  # type: ignore[misc]
    assert row[1] == together


@pytest.mark.parametrize(
    ("value", "is_of_all", "reported", "state"),
    [
        (1, False, None, "completed"),
        (None, False, None, "completed"),
        (200, True, None, "completed"),
        (200, False, None, "under_way"),
        (200, False, 145, "under_way"),
        (200, False, 200, "completed"),
    ],
)
def test_words_of_a_part_complete_no_target_of_several(
    tmp_path: Path, value: int | None, is_of_all: bool, reported: int | None, state: str
) -> None:
    promises = make_promises(make_target("plan/1/1", value))
    words = make_words(say(1, "plan/1", "completed", "甲站已建成", is_of_all=is_of_all))
    reports = [make_report("results/1", "plan/1/1", reported)] if reported else []
    build(tmp_path / "w", promises, words, make_results(reports, kind="progress_report"))
    assert ask(tmp_path / "w", "SELECT state FROM marts.attainment") == [(state,)]


@pytest.mark.parametrize(("reported", "state"), [(145, "under_way"), (200, None), (0, "preparing")])
def test_beside_a_figure_of_what_is_done_it_is_not_only_prepared(
    tmp_path: Path, reported: int, state: str | None
) -> None:
    promises = make_promises(make_target("plan/1/1", 200))
    words = make_words(say(1, "plan/1", "preparing", "已制定方案"))
    reports = [make_report("results/1", "plan/1/1", reported)]
    build(tmp_path / "w", promises, words, make_results(reports, kind="progress_report"))
    assert ask(tmp_path / "w", "SELECT state FROM marts.attainment") == [(state,)]


def test_pace_is_told_in_words_where_only_words_were_said_since_the_step(tmp_path: Path) -> None:
    promises = make_promises(make_target("plan/1/1", 100), milestones=STEPS)
    words = make_words(make_statement("words/1.s1", "plan/1", "under_way", as_of=date(2030, 7, 31)))
    build(tmp_path / "w", promises, words)
    assert ask(tmp_path / "w", "SELECT pace FROM marts.milestone_schedule ORDER BY due_on") == [
        ("unreported",),
        ("in_words",),
        ("not_due",),
    ]


def test_a_step_is_not_due_where_all_reports_of_the_plan_are_earlier(tmp_path: Path) -> None:
    promises = make_promises(
        make_target("plan/1/1", 100),
        make_target("plan/2/1", 100),
        milestones=(
            make_milestone("plan/1/m1", "plan/1/1", date(2030, 3, 31), 20),
            make_milestone("plan/1/m2", "plan/1/1", date(2030, 6, 30), 50),
        ),
    )
    other = make_report("results/1", "plan/2/1", 5, as_of=date(2030, 4, 30))
    build(tmp_path / "w", promises, make_results([other], kind="progress_report"))
    assert ask(tmp_path / "w", "SELECT pace FROM marts.milestone_schedule ORDER BY due_on") == [
        ("unreported",),
        ("not_due",),
    ]


def test_the_scorecard_tells_words_from_silence(tmp_path: Path) -> None:
    promises = make_promises(
        make_target("plan/1/1", 100), make_target("plan/2/1", 100), make_target("plan/3/1", 100)
    )
    reports = [make_report("results/1", "plan/3/1", 5, unit="平方米")]
    words = make_words(make_statement("words/1.s1", "plan/1", "under_way"))
    build(tmp_path / "w", promises, words, make_results(reports))
    assert ask(
        tmp_path / "w",
        "SELECT targets, reported, in_words, cannot_be_judged, unreported, attainment "
        "FROM marts.district_scorecard",
    ) == [(3, 0, 1, 1, 1, None)]


def test_a_statement_is_traced_to_its_words_and_the_rules_that_read_them(tmp_path: Path) -> None:
    answer(tmp_path / "w", make_statement("words/1.s1", "plan/1", "under_way", "正在施工"))
    assert ask(
        tmp_path / "w",
        "SELECT document_id, page, table_no, row_no, col_no, char_start, char_end, x0, bottom, "
        "as_printed, rule FROM marts.source WHERE fact_kind = 'statement'",
    ) == [("words", 2, 1, 4, 5, 0, 4, 30.5, 12.0, "正在施工", "said:by_place state:under_way")]


def test_words_of_a_line_or_target_that_is_not_in_the_file_stay_without_it(tmp_path: Path) -> None:
    gone = (
        make_statement("words/1.s1", "plan/9", "under_way"),
        make_statement("words/1.s2", "plan/1/9", "under_way"),
    )
    assert answer(tmp_path / "w", *gone) == [("unreported", None, None)]
    assert ask(tmp_path / "w", "SELECT commitment_id, target_id, text FROM core.statement") == [
        (None, None, "正在施工"),
        (None, None, "正在施工"),
    ]
