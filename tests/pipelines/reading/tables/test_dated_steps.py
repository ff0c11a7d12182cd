"""Steps that are dated by a column of their own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipelines.facts import DocumentFacts
from tests.pipelines.reading.documents import read

TITLE = "衢州市2024年民生实事责任分解表"
STEPS = [
    ("2024-04-30", "1.1", None),
    ("2024-09-30", "1.1", Decimal(120)),
    ("2024-12-31", "1.1", Decimal(300)),
]


def steps(facts: DocumentFacts) -> list[tuple[str, str | None, Decimal | None]]:
    return [
        (str(m.due_on), m.target_id.split("/")[1] if m.target_id else None, m.expected_value)
        for m in facts.milestones
    ]


def roles(facts: DocumentFacts, *printed: str) -> set[str]:
    return {figure.role for figure in facts.figures if figure.as_printed in printed}


HEADERS = {
    "under one header": [
        ["序号", "项目名称", "年度目标", "实施计划", "<"],
        ["^", "^", "^", "完成时间", "目标任务"],
    ],
    "side by side": [["序号", "项目名称", "年度目标", "完成时限", "进度安排"]],
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
@pytest.mark.parametrize("filler", ["^", ""], ids=["merged", "blank"])
def test_a_row_for_each_step_takes_its_day_from_the_column_of_days(
    header: list[list[str]], filler: str
) -> None:
    facts = read(
        TITLE,
        [
            *header,
            ["1", "托育", "新增托位300个", "4月底前", "完成选址"],
            [filler, filler, filler, "前三季度", "新增托位120个"],
            [filler, filler, filler, "年底前", "新增托位300个"],
        ],
    )
    assert steps(facts) == STEPS
    assert len(facts.commitments) == 1
    assert "unresolved" not in {figure.role for figure in facts.figures}


def test_a_bare_figure_beside_a_day_is_a_step_of_the_line_s_target() -> None:
    facts = read(
        TITLE,
        [
            ["序号", "项目名称", "年度目标", "推进计划", "<"],
            ["^", "^", "^", "时间", "完成量"],
            ["1", "新增托位", "300个", "上半年", "100个"],
            ["", "", "", "全年", "300个"],
        ],
    )
    assert steps(facts) == [
        ("2024-06-30", "1.1", Decimal(100)),
        ("2024-12-31", "1.1", Decimal(300)),
    ]


@pytest.mark.parametrize(
    ("header", "step"),
    [
        # The first names its days itself; of the second, each line has one row only.
        (
            [
                ["序号", "项目名称", "年度目标", "实施计划", "<"],
                ["^", "^", "^", "完成时限", "进度安排"],
            ],
            "6月底前新增120个",
        ),
        ([["序号", "项目名称", "年度目标", "完成时限", "进度安排"]], "分两批建成"),
    ],
    ids=["own days", "one row a line"],
)
def test_a_due_day_beside_a_schedule_is_the_line_s(header: list[list[str]], step: str) -> None:
    facts = read(
        TITLE,
        [
            *header,
            ["1", "托育", "新增托位300个", "11月底", step],
            ["2", "养老", "新增床位280张", "10月底", step],
        ],
    )
    assert [str(c.due_on) for c in facts.commitments] == ["2024-11-30", "2024-10-31"]


def test_due_days_of_goals_row_by_row_are_no_steps() -> None:
    facts = read(
        TITLE,
        [
            ["序号", "项目名称", "目标任务", "完成时限"],
            ["1", "托育", "新增托位300个", "11月底"],
            ["^", "^", "培训保育员90人次", "9月底"],
        ],
    )
    assert steps(facts) == []
    assert [t.value for t in facts.targets] == [Decimal(300), Decimal(90)]


def test_a_step_without_a_day_is_queued_and_its_figure_stays_unresolved() -> None:
    facts = read(
        TITLE,
        [
            ["序号", "项目名称", "年度目标", "实施计划", "<"],
            ["^", "^", "^", "完成时间", "目标任务"],
            ["1", "托育", "新增托位300个", "4月底前", "新增托位60个"],
            ["^", "^", "^", "6月底前", "新增托位90个"],
            ["^", "^", "^", "9月底前", "新增托位120个"],
            ["^", "^", "^", "11月底前", "新增托位240个"],
            ["^", "^", "^", "验收后", "新增托位299个"],
        ],
    )
    assert [n.code for n in facts.notices] == ["unread_step_date"]
    assert roles(facts, "299个") == {"unresolved"}
    assert len(facts.milestones) == 4
