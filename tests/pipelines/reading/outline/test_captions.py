"""What stands over a table."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.pipelines.reading.documents import read

TITLE = "昆山市2024年民生实事办理情况（截至11月底）"
TABLE = [
    ["区镇", "任务数", "完成数", "完成率"],
    ["张浦镇", "420", "399", "95"],
    ["周市镇", "180", "153", "85"],
    ["锦溪镇", "100", "62", "62"],
    ["合计", "700", "614", "87.7"],
]


@pytest.mark.parametrize("line", ["单位：个、%", "（单位：个、%）", "单位：个"])
def test_the_unit_of_counts_stands_beside_per_cent_in_the_line_of_units(line: str) -> None:
    facts = read(TITLE, "公共充电桩建设完成情况", line, TABLE)
    assert [(t.value, t.unit) for t in facts.targets] == [(Decimal(700), "个")]
    assert {a.unit for a in facts.allocations} == {"个"}
    assert {r.unit for r in facts.reports} == {"个", "%"}
    assert not any("单位" in t.indicator for t in facts.targets)


def test_a_line_of_several_counted_units_gives_none() -> None:
    facts = read(TITLE, "公共充电桩建设完成情况", "单位：个、公里", TABLE)
    assert [t.unit for t in facts.targets] == [None]
    assert "unknown_unit" in {notice.code for notice in facts.notices}
