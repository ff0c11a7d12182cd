"""Plans that a card lays out in rows."""

from __future__ import annotations

import pytest

from tests.pipelines.reading.documents import read
from tests.pipelines.reading.tables.test_dated_steps import STEPS, roles, steps

TITLE = "衢州市2024年民生实事责任分解表"
CARD = [
    ["实事1", "托育服务", "<", "<"],
    ["年度目标", "新增托位300个", "<", "<"],
    ["牵头单位", "市卫生健康委", "配合单位", "市财政局"],
]
PLAN = [
    ["实施计划", "4月底前", "完成选址", "<"],
    ["^", "前三季度", "新增托位120个", "<"],
    ["^", "年底前", "新增托位300个", "<"],
]


def test_a_plan_in_rows_beside_its_label_gives_each_step_its_day() -> None:
    facts = read(TITLE, [*CARD, *PLAN])
    assert steps(facts) == STEPS
    assert len(facts.responsibilities) == 2
    assert "unresolved" not in {figure.role for figure in facts.figures}
    assert roles(facts, "4月底") <= {"date"}


def test_days_may_stand_behind_their_steps_below_a_row_of_header_words() -> None:
    plan = [
        ["实施计划", "目标任务", "<", "完成时间"],
        ["^", "完成选址", "<", "4月底前"],
        ["^", "新增托位120个", "<", "前三季度"],
        ["^", "新增托位300个", "<", "年底前"],
    ]
    assert steps(read(TITLE, [*CARD, *plan])) == STEPS


def test_a_day_merged_over_two_rows_is_that_of_both_steps() -> None:
    plan = [PLAN[0], ["^", "年底前", "新增托位120个", "<"], ["^", "^", "完成验收", "<"]]
    assert [day for day, *_ in steps(read(TITLE, [*CARD, *plan]))] == [
        "2024-04-30",
        "2024-12-31",
        "2024-12-31",
    ]


def test_a_step_that_reads_like_a_header_is_a_step() -> None:
    plan = [*PLAN[:2], ["^", "年底前", "完成年度任务", "<"]]
    assert [day for day, *_ in steps(read(TITLE, [*CARD, *plan]))][-1] == "2024-12-31"


def test_a_step_beside_no_day_is_queued_and_its_figure_stays_unresolved() -> None:
    facts = read(TITLE, [*CARD, *PLAN, ["^", "验收后", "新增托位299个", "<"]])
    assert steps(facts) == STEPS
    assert [n.code for n in facts.notices] == ["unread_step_date"]
    assert roles(facts, "299个") == {"unresolved"}


@pytest.mark.parametrize("label", ["备注", "工程地点"])
def test_rows_of_days_beside_another_label_are_no_plan(label: str) -> None:
    facts = read(TITLE, [*CARD, [label, *PLAN[0][1:]], *PLAN[1:]])
    assert steps(facts) == []


def test_pairs_of_label_and_value_beside_a_plan_stay_pairs() -> None:
    plan = [["实施计划", "分两批建成", "<", "<"], ["完成时限", "11月底", "备注", "含2处改造"]]
    facts = read(TITLE, [*CARD, *plan])
    assert [str(c.due_on) for c in facts.commitments] == ["2024-11-30"]
