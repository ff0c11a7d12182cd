"""Where a table's header stands."""

from __future__ import annotations

from decimal import Decimal

from tests.pipelines.reading.documents import read
from tests.pipelines.reading.tables.test_ordinary import TITLE, notices, shares, targets

TRIPLES = [
    ["县（市、区）", "出行服务", "<", "<", "关爱服务", "<", "<"],
    ["^", "改造人行道（公里）", "<", "<", "新增托位（个）", "<", "<"],
    ["^", "任务数", "完成数", "完成率（%）", "任务数", "完成数", "完成率（%）"],
    ["全市", "60", "45", "75", "500", "400", "80"],
    ["柯城区", "30", "30", "100", "", "", ""],
    ["衢江区", "20", "15", "75", "300", "300", "100"],
    ["龙游县", "10", "0", "0", "200", "100", "50"],
]


def test_storeys_that_a_cell_reaches_down_through_are_header_though_no_word_is_known() -> None:
    facts = read("衢州市2024年民生实事推进情况（截至9月底）", TRIPLES)
    assert targets(facts) == [
        ("改造人行道", Decimal(60), "公里"),
        ("新增托位", Decimal(500), "个"),
    ]
    assert [s[1:] for s in shares(facts)] == [
        ("柯城区", Decimal(30)),
        ("衢江区", Decimal(20)),
        ("龙游县", Decimal(10)),
        ("衢江区", Decimal(300)),
        ("龙游县", Decimal(200)),
    ]
    assert {(r.unit, r.value) for r in facts.reports if r.region_code == "330825"} == {
        ("公里", Decimal(0)),
        ("%", Decimal(0)),
        ("个", Decimal(100)),
        ("%", Decimal(50)),
    }
    assert notices(facts) == []


def test_short_whole_numbers_under_a_header_that_comes_again_number_no_line() -> None:
    rows = [[text.replace("任务数", "目标任务") for text in row] for row in TRIPLES]
    rows[0][1] = rows[1][1] = rows[0][4] = rows[1][4] = "托育"
    facts = read("衢州市2024年民生实事推进情况（截至9月底）", rows)
    assert len(shares(facts)) == 5


def test_a_caption_above_the_header_is_no_storey_of_it() -> None:
    facts = read(
        TITLE,
        [
            ["填报单位：市发展改革委", "<", "日期：2024年3月", "<"],
            ["序号", "项目名称", "年度目标", "牵头单位"],
            ["1", "新增托位", "300个", "市卫生健康委"],
        ],
    )
    assert targets(facts) == [("新增托位", Decimal(300), "个")]
