"""What a text says in words: clauses put together, to the letter and in their order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reading.clauses.clause import Kind, State
from pipelines.reading.clauses.sayings import TOGETHER, Saying, combine, read_sayings
from tests.pipelines.reading.texts import text_of

YEAR, END_OF_MARCH = 2024, date(2024, 3, 31)


def say(printed: str, place: Kind = Kind.PROGRESS) -> tuple[Saying, ...]:
    return read_sayings(text_of(printed), place, END_OF_MARCH, YEAR)


def told(printed: str, place: Kind = Kind.PROGRESS) -> list[tuple[str, str | None, str]]:
    return [(saying.kind, saying.state, saying.text) for saying in say(printed, place)]


def test_what_is_and_what_is_to_come_are_told_apart_within_a_sentence() -> None:
    assert told("暂未开工，计划于5月进场，尽早完成。") == [
        ("progress", "not_started", "暂未开工"),
        ("plan", None, "计划于5月进场，尽早完成"),
    ]


def test_a_reason_stands_beside_the_state_that_it_explains() -> None:
    assert told("受汛期影响，进度滞后；甲站已完工") == [
        ("reason", None, "受汛期影响"),
        ("progress", "delayed", "进度滞后"),
        ("progress", "completed", "甲站已完工"),
    ]


def test_each_numbered_item_is_said_by_itself_and_without_its_number() -> None:
    sayings = say("1.甲站：已竣工验收；2.乙站：正在招标。")
    assert [(s.item, s.state, s.text) for s in sayings] == [
        (1, "accepted", "甲站：已竣工验收"),
        (2, "preparing", "乙站：正在招标"),
    ]


def test_the_place_of_a_saying_is_that_of_its_printed_characters() -> None:
    printed = "1．甲站 已完工；\n2．乙站正在施工。"
    assert [printed[s.start : s.end] for s in say(printed)] == ["甲站 已完工", "乙站正在施工"]


def test_words_on_a_schedule_are_plans_and_what_limits_it_is_a_caveat() -> None:
    assert told("稳步推进。实际安排以正式通知为准。", Kind.PLAN) == [
        ("plan", None, "稳步推进"),
        ("caveat", None, "实际安排以正式通知为准"),
    ]


def test_only_progress_has_a_state() -> None:
    assert told("故不再分解，已下达", Kind.REASON) == [("reason", None, "故不再分解，已下达")]
    assert told("续建。已完工", Kind.REMARK) == [
        ("remark", None, "续建"),
        ("progress", "completed", "已完工"),
    ]


def test_a_label_before_a_colon_goes_with_what_it_opens() -> None:
    assert told("下一步：加快施工，尽早完成") == [("plan", None, "下一步：加快施工，尽早完成")]
    assert told("甲站：计划于5月开工") == [("plan", None, "甲站：计划于5月开工")]
    assert told("推进情况：") == [("progress", None, "推进情况")]


@pytest.mark.parametrize(
    ("printed", "is_of_all"),
    [("已完成", True), ("超额完成年度任务", True), ("甲站已完成改造", False), ("未完成", False)],
)
def test_only_words_of_the_whole_task_are_of_all(printed: str, is_of_all: bool) -> None:
    assert [saying.is_of_all for saying in say(printed)] == [is_of_all]


def test_a_saying_that_names_the_day_it_speaks_for_has_it() -> None:
    assert [s.as_of for s in say("截至2月20日，已建成5个。3月起试运行。")] == [
        date(2024, 2, 20),
        None,
    ]


def test_marks_alone_say_nothing() -> None:
    assert say("……。") == say("") == ()


def test_the_rules_that_decided_are_named() -> None:
    [saying] = say("甲站已完工，乙站正在施工")
    assert (saying.kind_rule, saying.state_rule) == ("said:by_place", "state:stage")
    [saying] = say("甲站已完工，乙站尚未开工")
    assert (saying.state, saying.state_rule) == ("under_way", TOGETHER)


@pytest.mark.parametrize(
    ("states", "together"),
    [
        ((), None),
        ((None,), None),
        ((State.PREPARING, None, State.COMPLETED), State.COMPLETED),
        ((State.COMPLETED, State.PREPARING), State.PREPARING),
        ((State.COMPLETED, State.ACCEPTED), State.ACCEPTED),
        ((State.COMPLETED, State.NOT_STARTED), State.UNDER_WAY),
        ((State.UNDER_WAY, State.COMPLETED), State.UNDER_WAY),
        ((State.NOT_STARTED, State.PREPARING), State.PREPARING),
        ((State.COMPLETED, State.DELAYED, State.UNDER_WAY), State.DELAYED),
        ((State.UNDER_WAY, State.STOPPED), State.STOPPED),
        ((State.STOPPED, State.UNDER_WAY), State.UNDER_WAY),
        ((State.SOME_DONE,), None),
        ((State.SOME_DONE, State.COMPLETED), State.COMPLETED),
        ((State.PREPARING, State.SOME_DONE), None),
        ((State.SOME_DONE, State.PREPARING), State.UNDER_WAY),
        ((State.NOT_STARTED, State.SOME_DONE), State.UNDER_WAY),
    ],
)
def test_several_clauses_tell_one_state(
    states: tuple[State | None, ...], together: State | None
) -> None:
    assert combine(states) is together


@given(st.lists(st.sampled_from([None, *State]), max_size=5))
def test_a_part_that_is_done_is_never_the_state_of_a_saying(states: list[State | None]) -> None:
    assert combine(states) is not State.SOME_DONE


@given(st.text(alphabet="甲站已完工，。；：1.（）“”暂未开 \n", max_size=40))
def test_sayings_follow_one_another_and_lie_in_the_text(printed: str) -> None:
    at = 0
    for saying in say(printed):
        assert at <= saying.start < saying.end <= len(printed)
        at = saying.end
