"""Dated steps of a schedule cell."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reading.clauses import schedule
from pipelines.reading.clauses.rules import NumberRole
from pipelines.reading.clauses.schedule import Step
from pipelines.reading.clauses.step_rules import ExpectationKind
from tests.pipelines.reading.texts import numbers_of, text_of


def read_schedule(printed: str, plan_year: int) -> tuple[Step, ...]:
    return schedule.read_schedule(text_of(printed), plan_year)


def dues(steps: tuple[Step, ...]) -> list[date | None]:
    return [step.due_on for step in steps]


def shares(steps: tuple[Step, ...]) -> list[Decimal | None]:
    return [e.expected_share for step in steps for e in step.expectations]


def values(steps: tuple[Step, ...]) -> list[Decimal | None]:
    return [e.expected_value for step in steps for e in step.expectations]


def test_every_date_that_opens_a_clause_opens_a_step() -> None:
    steps = read_schedule(
        "1月-3月部署；4月开工；5月-8月每月完成培训25堂，每月上报，6月底前完成率达50%以上。", 2030
    )
    assert dues(steps) == [
        date(2030, 3, 31),
        date(2030, 4, 30),
        date(2030, 8, 31),
        date(2030, 6, 30),
    ]
    monthly = steps[2].expectations[0]
    assert (monthly.expected_value, monthly.is_cumulative) == (Decimal(25), False)
    assert (monthly.period, monthly.repeats) == ("每月", 4)
    assert steps[3].expectations[0].comparator == ">="


def test_a_date_inside_a_clause_opens_nothing() -> None:
    steps = read_schedule("因需待11月收割后验收，计划为：3月底前完成30%；11月底前全面完成。", 2030)
    assert dues(steps) == [None, date(2030, 3, 31), date(2030, 11, 30)]
    assert shares(steps) == [Decimal("0.3"), Decimal(1)]


def test_a_heading_holds_for_the_steps_after_it_and_its_number_repeats_the_target() -> None:
    steps = read_schedule(
        "[改造26家食堂] 3月底前完成5家；9月底前完成26家。[服务900人次] 6月底前任务过半。", 2030
    )
    assert [step.applies_to for step in steps] == ["改造26家食堂", "改造26家食堂", "服务900人次"]
    assert steps[0].numbers[0].role is NumberRole.TARGET
    assert values(steps)[:2] == [Decimal(5), Decimal(26)]
    half = steps[2].expectations[0]
    assert (half.expected_share, half.comparator, half.is_implied) == (Decimal("0.5"), ">=", True)


def test_numbered_headings_before_a_colon() -> None:
    steps = read_schedule("1.新建公园：6月底前建成5个。2.改造公园：6月底前完成40%。", 2030)
    assert [step.applies_to for step in steps] == ["新建公园", "改造公园"]


def test_stages_with_their_period_in_brackets() -> None:
    steps = read_schedule("准备阶段（1-3月）：定方案；实施阶段（4-10月）：完成80户改造。", 2030)
    assert [(step.starts_on, step.due_on) for step in steps] == [
        (date(2030, 1, 1), date(2030, 3, 31)),
        (date(2030, 4, 1), date(2030, 10, 31)),
    ]


def test_lines_without_punctuation() -> None:
    steps = read_schedule("3月底前完成60套\n6月底前完成120套\n年底前全部完成", 2030)
    assert dues(steps) == [date(2030, 3, 31), date(2030, 6, 30), date(2030, 12, 31)]
    assert values(steps) == [Decimal(60), Decimal(120), None]


def test_all_of_the_task_only_where_the_words_say_so() -> None:
    said = "11月底前确保完成目标任务；11月底前全面完成建设任务；9月底前完成所有培训任务"
    assert shares(read_schedule(said, 2030)) == [Decimal(1)] * 3
    unsaid = "3月底前分解目标任务；6月底前基本完成；9月底前完成验收；3月底前全面完成前期工作"
    assert shares(read_schedule(unsaid, 2030)) == []


def test_a_rate_of_its_own_is_no_share_of_the_task() -> None:
    steps = read_schedule("3月底前综合保障率达到80%；6月底前完成工程进度的60%", 2030)
    assert [e.kind for step in steps for e in step.expectations] == [
        ExpectationKind.PERCENT,
        ExpectationKind.SHARE,
    ]


def test_a_plan_for_so_many_is_scope_and_a_start_is_marked() -> None:
    steps = read_schedule("3月底前完成100条线路方案；6月底前累计进场施工60个", 2030)
    assert steps[0].expectations == ()
    assert [n.role for n in steps[0].numbers if n.number.unit == "条"] == [NumberRole.SCOPE]
    assert steps[1].expectations[0].is_start


def test_a_closing_remark_has_no_date() -> None:
    steps = read_schedule("11月底前完成50个。实际时间以上级方案为准。", 2030)
    assert dues(steps) == [date(2030, 11, 30), None]


def test_what_comes_after_a_step_is_not_due_with_it() -> None:
    steps = read_schedule("5月18日公布名单；完成认定后，组织推广。", 2030)
    assert dues(steps) == [date(2030, 5, 18), None]


def test_a_year_spoken_of_opens_no_step() -> None:
    steps = read_schedule("9月底前开展评估，当年实现升级的视为完成；11月底前完成26家。", 2030)
    assert dues(steps) == [date(2030, 9, 30), date(2030, 11, 30)]


@settings(max_examples=300)
@given(
    st.text(
        alphabet="369月底前完成，；。：（）[]【】“”5080%个所条全面过半任务每公园1.2、 \n",
        max_size=60,
    )
)
def test_each_number_stands_in_exactly_one_step(printed: str) -> None:
    steps = read_schedule(printed, 2030)
    found = [entry.number for step in steps for entry in step.numbers]
    assert found == list(numbers_of(printed))
    for before, after in pairwise(steps):
        assert before.end <= after.start


@pytest.mark.parametrize(
    ("printed", "steps"),
    [
        (
            "6月底、9月底、11月底前分别建成10、25、40座",
            [("2024-06-30", 10, None), ("2024-09-30", 25, None), ("2024-11-30", 40, None)],
        ),
        (
            "季度末分别达到25%、50%、75%、100%",
            [
                ("2024-03-31", None, Decimal("0.25")),
                ("2024-06-30", None, Decimal("0.5")),
                ("2024-09-30", None, Decimal("0.75")),
                ("2024-12-31", None, Decimal(1)),
            ],
        ),
    ],
)
def test_dates_told_together_get_their_own_figures(
    printed: str, steps: list[tuple[str, int | None, Decimal | None]]
) -> None:
    read = read_schedule(printed, 2024)
    assert [
        (str(s.due_on), s.expectations[0].expected_value, s.expectations[0].expected_share)
        for s in read
    ] == steps
    units = {s.expectations[0].unit for s in read}
    assert len(units) == 1


def test_dates_and_figures_that_do_not_agree_in_number_are_not_paired() -> None:
    read = read_schedule("6月底、9月底前分别建成10、25、40座", 2024)
    assert not any(len(read) == 3 and s.due_on is not None for s in read)
