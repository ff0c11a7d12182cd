"""Columns of bare figures, and the columns that say what they count and in which unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.pipelines.reading.documents import read
from tests.pipelines.reading.tables.test_ordinary import TITLE, notices, targets

REPORT = "衢州市2024年民生实事推进情况（截至9月底）"


@pytest.mark.parametrize("under", [("目标值", "单位"), ("数", "量纲"), ("年度任务", "^")])
def test_a_column_of_units_is_the_unit_of_its_rows_whatever_stands_above_it(
    under: tuple[str, str],
) -> None:
    number, unit = under
    header = [["序号", "项目名称", "年度任务", "<", "牵头单位"]]
    if unit != "^":
        header.append(["^", "^", number, unit, "^"])
    else:
        header = [["序号", "项目名称", "年度任务", "<", "牵头单位"]]
    facts = read(
        TITLE,
        [
            *header,
            ["1", "造林", "2.5", "万亩", "市林业局"],
            ["2", "新增托位", "300", "个", "市卫生健康委"],
            ["3", "建成体育馆", "—", "—", "市体育局"],
        ],
    )
    assert targets(facts)[:2] == [
        ("造林", Decimal(25000), "亩"),
        ("新增托位", Decimal(300), "个"),
    ]


def test_figures_before_a_unit_column_that_disagrees_with_another_are_held() -> None:
    facts = read(
        REPORT,
        [
            ["序号", "项目名称", "年度目标", "<", "累计完成", "<"],
            ["^", "^", "数值", "单位", "数值", "单位"],
            ["1", "体检", "2", "万人", "15000", "人"],
            ["2", "造林", "3", "万亩", "28000", "亩"],
        ],
    )
    assert [t[1] for t in targets(facts)] == [Decimal(20000), Decimal(30000)]
    assert facts.reports == ()
    assert {f.role for f in facts.figures if f.as_printed == "15000"} == {"unresolved"}
    assert "unknown_header" in notices(facts)


@pytest.mark.parametrize("filler", ["^", ""], ids=["merged", "blank"])
def test_details_without_figures_name_what_the_figures_beside_them_count(filler: str) -> None:
    facts = read(
        TITLE,
        [
            ["序号", "项目名称", "主要内容", "目标值", "单位"],
            ["1", "健康服务", "新建卫生室", "12", "个"],
            [filler, filler, "培训医生", "90", "人次"],
            ["2", "造林", "<", "4", "亩"],
        ],
    )
    assert targets(facts) == [
        ("新建卫生室", Decimal(12), "个"),
        ("培训医生", Decimal(90), "人次"),
        ("造林", Decimal(4), "亩"),
    ]


def test_details_with_figures_of_their_own_name_nothing() -> None:
    facts = read(
        TITLE,
        [
            ["序号", "项目名称", "主要内容", "目标值", "单位"],
            ["1", "健康服务", "新建卫生室12个", "12", "个"],
            ["^", "^", "培训医生90人次", "90", "人次"],
        ],
    )
    assert [t[0] for t in targets(facts)] == ["健康服务", "健康服务"]


@pytest.mark.parametrize("header", ["三季度新增", "9月份新增", "三季度完成", "本季度完成"])
def test_a_quarter_s_own_figure_beside_the_running_one_is_not_cumulative(header: str) -> None:
    facts = read(
        REPORT,
        [
            ["序号", "项目名称", "单位", "目标值", "累计完成", header],
            ["1", "新增托位", "个", "300", "240", "60"],
            ["2", "造林", "亩", "50", "40", "10"],
        ],
    )
    assert [(r.value, r.is_cumulative) for r in facts.reports] == [
        (Decimal(240), True),
        (Decimal(60), False),
        (Decimal(40), True),
        (Decimal(10), False),
    ]
    assert notices(facts) == []


def test_a_quarter_s_figure_without_a_running_one_may_well_be_up_to_its_end() -> None:
    facts = read(
        REPORT,
        [
            ["序号", "项目名称", "单位", "目标值", "三季度完成"],
            ["1", "新增托位", "个", "300", "240"],
        ],
    )
    assert [(r.value, r.is_cumulative) for r in facts.reports] == [(Decimal(240), True)]
