"""Tables that list regions down the side: a line for each task, a row for each region."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipelines.reading.language.units import UnitHint
from pipelines.reading.tables.turned import recognise_turned
from tests.pipelines.reading.layouts import Rows, layout_of, setting_of, spell

TURNED: dict[str, tuple[Rows, str]] = {
    "a task is a line, a region a row of it, and a unit in brackets no part of the name": (
        [
            ["县（市、区）", "新增学位（个）", "改造厕所（座）"],
            ["合计", "600", "50"],
            ["柯城区", "400", "20"],
            ["衢江区", "200", "/"],
            ["龙游县", "", "30"],
        ],
        """
turned 0.70
1-1 | - | - | 新增学位 | - [1个], may restate
  from t1.r1.c2, row 1: 新增学位（个）
  0 <新增学位> title=新增学位（个）→0-2 goal_value=600 [1个]→0-2
  1+ allocation=400@柯城区 [1个]→0
  2+ allocation=200@衢江区 [1个]→0
1-2 | - | - | 改造厕所 | - [1座], may restate
  from t1.r1.c3, row 1: 改造厕所（座）
  0 <改造厕所> title=改造厕所（座）→0-2 goal_value=50 [1座]→0-2
  1+ allocation=20@柯城区 [1座]→0
  2+ allocation=30@龙游县 [1座]→0
scope by row:total: 合计 600 50
""",
    ),
    "columns under one name are one task, of which the plan is shared out and the rest reported": (
        [
            ["地区", "新建公厕", "<", "排名"],
            ["^", "任务数（座）", "完成数（个）", "^"],
            ["合计", "60", "53", ""],
            ["柯城区", "40", "20", "1"],
            ["衢江区", "20", "3", "2"],
            ["龙游县", "", "30", "3"],
        ],
        """
turned 0.70
1-1 | - | - | 新建公厕 | - [1座], may restate
  from t1.r1.c2, row 1: 新建公厕
  0 title=新建公厕→0-4 goal_value=60 [1座]→0-4
  1+ done_value=53 [1个]→0
  2+ allocation=40@柯城区 [1座]→0 done_value=20@柯城区 [1个]→0
  3+ allocation=20@衢江区 [1座]→0 done_value=3@衢江区 [1个]→0
  4+ done_value=30@龙游县 [1个]→0
scope by row:total: 合计 60 53
ordinal by column:rank: 1 2 3
""",
    ),
    "a goal below a name is the target, and a name over several goals makes one line": (
        [
            ["序号", "地区", "市教育局", "农村公路", "<", "加装电梯"],
            ["^", "^", "新增学位", "10公里", "20公里", "30台"],
            ["合计", "<", "90", "11", "21", "31"],
            ["1", "柯城区", "40", "4", "", ""],
            ["2", "衢江区", "20", "3", "1", ""],
            ["3", "龙游县", "30", "", "3", "5"],
        ],
        """
turned 0.70
1-1 | - | - | 新增学位 | -, may restate
  from t1.r2.c3, row 2: 新增学位
  0 title=新增学位→0-3 goal_value=90→0-3 lead=市教育局→0-3
  1+ allocation=40@柯城区→0
  2+ allocation=20@衢江区→0
  3+ allocation=30@龙游县→0
1-2 | - | - | 农村公路 | -
  from t1.r1.c4, row 1: 农村公路
  0 title=农村公路→0-2 goal_value=10公里→0-2
  1+ allocation=4@柯城区→0
  2+ allocation=3@衢江区→0
  3 title=农村公路^→3-5 goal_value=20公里→3-5
  4+ allocation=1@衢江区→3
  5+ allocation=3@龙游县→3
1-4 | - | - | 加装电梯 | -
  from t1.r1.c6, row 1: 加装电梯
  0 title=加装电梯→0-1 goal_value=30台→0-1
  1+ allocation=5@龙游县→0
scope by row:total: 合计 90
unresolved by row:other_total: 11 21 31
ordinal by column:item_no: 合计 1 2 3
""",
    ),
    "a name without a goal beside one with a goal names its own part": (
        [
            ["地区", "养老服务", "<", "<"],
            ["^", "新建", "培训", "改造"],
            ["^", "10所", "20人", ""],
            ["衢州市", "9", "10", "9"],
            ["柯城区", "4", "3", "1"],
            ["衢江区", "2", "3", "1"],
            ["龙游县", "3", "", "3"],
            ["注：以上均为年底数", "<", "<", "<"],
        ],
        """
turned 0.70
1-1 | - | - | 养老服务 | -
  from t1.r1.c2, row 1: 养老服务
  0 title=养老服务→0-3 goal_value=10所→0-3
  1+ allocation=4@柯城区→0
  2+ allocation=2@衢江区→0
  3+ allocation=3@龙游县→0
  4 title=养老服务^→4-6 goal_value=20人→4-6
  5+ allocation=3@柯城区→4
  6+ allocation=3@衢江区→4
  7 title=养老服务^→7-10 goal_value=改造→7-10
  8+ allocation=1@柯城区→7
  9+ allocation=1@衢江区→7
  10+ allocation=3@龙游县→7
scope by row:note: 注：以上均为年底数
""",
    ),
    "a header that promises is called by what it counts, and what it stands below is claimed": (
        [
            ["附表", "单位：万元", "<"],
            ["地区", "新增学位600个", "改造农村公路（公里）"],
            ["全市", "", "50"],
            ["柯城区", "400", "20"],
            ["龙游县", "100", "30"],
            ["衢江区", "^", "暂无"],
        ],
        """
turned 0.70
1-1 | - | - | 新增学位 | - [10000元], may restate
  from t1.r2.c2, row 2: 新增学位600个
  0 title=新增学位600个→0-2
  1+ allocation=400@柯城区 [10000元]→0
  2+ allocation=100@龙游县 [10000元]→0
1-2 | - | - | 改造农村公路 | - [1公里], may restate
  from t1.r2.c3, row 2: 改造农村公路（公里）
  0 <改造农村公路> title=改造农村公路（公里）→0-2 goal_value=50 [1公里]→0-2
  1+ allocation=20@柯城区 [1公里]→0
  2+ allocation=30@龙游县 [1公里]→0
scope by row:total: 全市 50
""",
    ),
    "a label that is no region is doubted, and so are not a subtotal and a second total": (
        [
            ["地区", "改造农村公路（公里）"],
            ["全市", "50"],
            ["柯城区", "20"],
            ["小计", "20"],
            ["梦溪新城", "10"],
            ["东片", "9"],
            ["龙游县", "20"],
            ["合计", "50"],
            ["衢州市", "50"],
            ["", "7"],
        ],
        """
turned 0.70
1-1 | - | - | 改造农村公路 | - [1公里], may restate
  from t1.r1.c2, row 1: 改造农村公路（公里）
  0 <改造农村公路> title=改造农村公路（公里）→0-3 goal_value=50 [1公里]→0-3
  1+ allocation=20@柯城区 [1公里]→0
  2+ allocation=10@梦溪新城 [1公里]→0
  3+ allocation=20@龙游县 [1公里]→0
scope by row:total: 全市
unresolved by row:other_total: 50
scope by row:total: 小计 20 合计
unresolved by row:other_total: 50
unknown_region: 东片, regions.csv lacks “东片”
unknown_region: 衢州市, regions.csv lacks “衢州市”
""",
    ),
    "the document s own region sums up though a subtotal stands before it": (
        [
            ["序号", "地区", "加装电梯（台）", "备注"],
            ["小计", "<", "40", "2处"],
            ["0", "衢州市", "60", "5处待定"],
            ["1", "柯城区", "40", ""],
            ["2", "衢江区", "20", ""],
            ["3", "龙游县", "", ""],
        ],
        """
turned 0.70
1-1 | - | - | 加装电梯 | - [1台], may restate
  from t1.r1.c3, row 1: 加装电梯（台）
  0 <加装电梯> title=加装电梯（台）→0-2 goal_value=60 [1台]→0-2
  1+ allocation=40@柯城区 [1台]→0
  2+ allocation=20@衢江区 [1台]→0
scope by row:total: 小计
unresolved by row:other_total: 40
scope by row:total: 2处
ordinal by column:item_no: 小计 0 1 2 3
scope by column:remark: 2处 5处待定
""",
    ),
    "a column of totals is a task of its own, and bodies are none": (
        [
            ["地区", "责任单位", "合计", "新建公厕", "新建公园"],
            ["柯城区", "市住建局", "40", "20", "20"],
            ["衢江区", "市住建局", "20", "3", "17"],
            ["龙游县", "市水利局", "30", "30", "0"],
            ["衢州市", "", "90", "若干", "37"],
        ],
        """
turned 0.70
1-1 | - | - | 合计 | -, may restate
  from t1.r1.c3, row 1: 合计
  0 title=合计→0-3 goal_value=90→0-3
  1+ allocation=40@柯城区→0
  2+ allocation=20@衢江区→0
  3+ allocation=30@龙游县→0
1-2 | - | - | 新建公厕 | -, may restate
  from t1.r1.c4, row 1: 新建公厕
  0 title=新建公厕→0-3
  1+ allocation=20@柯城区→0
  2+ allocation=3@衢江区→0
  3+ allocation=30@龙游县→0
1-3 | - | - | 新建公园 | -, may restate
  from t1.r1.c5, row 1: 新建公园
  0 title=新建公园→0-3 goal_value=37→0-3
  1+ allocation=20@柯城区→0
  2+ allocation=17@衢江区→0
  3+ allocation=0@龙游县→0
""",
    ),
    "a total of a task stands in its column of totals where none is of the plan": (
        [
            ["地区", "新建公厕", "<"],
            ["^", "合计", "完成数"],
            ["全市", "60", "41"],
            ["柯城区", "40", "20"],
            ["衢江区", "20", "21"],
            ["龙游县", "", "0"],
        ],
        """
turned 0.70
1-1 | - | - | 新建公厕 | -, may restate
  from t1.r1.c2, row 1: 新建公厕
  0 title=新建公厕→0-4 goal_value=60→0-4
  1+ done_value=41→0
  2+ allocation=40@柯城区→0 done_value=20@柯城区→0
  3+ allocation=20@衢江区→0 done_value=21@衢江区→0
  4+ done_value=0@龙游县→0
scope by row:total: 全市 60 41
""",
    ),
    "a result is in the unit of its own column, and an empty header cell names nothing": (
        [
            ["地区", "排名", "<", "", "∅", "计划"],
            ["^", "任务数（座）", "完成数（个）", "", "合计", "完成数"],
            ["柯城区", "40", "20", "9", "1", "5"],
            ["衢江区", "∅", "3", "9", "2", ""],
            ["龙游县", "5", "30", "9", "3", ""],
            ["合计", "∅", "", "", "6", "合计"],
        ],
        """
turned 0.70
1-1 | - | - | 排名 | - [1座], may restate
  from t1.r1.c2, row 1: 排名
  0 title=排名→0-3
  1+ allocation=40@柯城区 [1座]→0 done_value=20@柯城区 [1个]→0
  2+ done_value=3@衢江区 [1个]→0
  3+ allocation=5@龙游县 [1座]→0 done_value=30@龙游县 [1个]→0
1-2 | - | - | 合计 | -, may restate
  from t1.r2.c5, row 2: 合计
  0 title=合计→0-3 goal_value=6→0-3
  1+ allocation=1@柯城区→0
  2+ allocation=2@衢江区→0
  3+ allocation=3@龙游县→0
1-3 | - | - | 计划 | -, may restate
  from t1.r1.c6, row 1: 计划
  0 title=计划→0-1
  1+ done_value=5@柯城区→0
scope by row:total: 合计 6 合计
""",
    ),
    "a column below the name of goals that states none is a line of its own": (
        [
            ["地区", "养老服务", "<", "农村公路", "<", "<", "30台"],
            ["^", "10所", "完成数", "新建（公里）", "改造", "<", "^"],
            ["柯城区", "4", "3", "1", "5", "7", ""],
            ["衢江区", "6", "3", "1", "", "", ""],
            ["龙游县", "3", "", "3", "", "8", ""],
        ],
        """
turned 0.70
1-1 | - | - | 养老服务 | -
  from t1.r1.c2, row 1: 养老服务
  0 title=养老服务→0-3 goal_value=10所→0-3
  1+ allocation=4@柯城区→0
  2+ allocation=6@衢江区→0
  3+ allocation=3@龙游县→0
1-2 | - | - | 养老服务 | -, may restate
  from t1.r1.c2, row 1: 养老服务
  0 title=养老服务→0-2
  1+ done_value=3@柯城区→0
  2+ done_value=3@衢江区→0
1-3 | - | - | 新建 | - [1公里], may restate
  from t1.r2.c4, row 2: 新建（公里）
  0 <新建> title=新建（公里）→0-3
  1+ allocation=1@柯城区 [1公里]→0
  2+ allocation=1@衢江区 [1公里]→0
  3+ allocation=3@龙游县 [1公里]→0
1-4 | - | - | 改造 | -, may restate
  from t1.r2.c5, row 2: 改造
  0 title=改造→0-2
  1+ allocation=5@柯城区→0 allocation=7@柯城区→0
  2+ allocation=8@龙游县→0
1-5 | - | - | 30台 | -
  from t1.r1.c7, row 1: 30台
  0 title=30台 goal_value=30台
""",
    ),
    "a name that counts and stands over goals keeps its words, and its goals their units": (
        [
            ["地区", "新建公园3个（亩）", "<", "任务数"],
            ["^", "40亩", "50亩", "^"],
            ["柯城区", "4", "3", "1"],
            ["∅", "6", "3", "1"],
            ["衢江区", "", "", "合计"],
            ["龙游县", "3", "", "3"],
        ],
        """
turned 0.70
1-1 | - | - | 新建公园3个（亩） | -
  from t1.r1.c2, row 1: 新建公园3个（亩）
  0 title=新建公园3个（亩）→0-2 goal_value=40亩 [1亩]→0-2
  1+ allocation=4@柯城区 [1亩]→0
  2+ allocation=3@龙游县 [1亩]→0
  3 title=新建公园3个（亩）^→3-4 goal_value=50亩 [1亩]→3-4
  4+ allocation=3@柯城区 [1亩]→3
1-3 | - | - | 任务数 | -, may restate
  from t1.r1.c4, row 1: 任务数
  0 title=任务数→0-2
  1+ allocation=1@柯城区→0
  2+ allocation=3@龙游县→0
""",
    ),
    "a number before a total leaves it a total, one after a region does not": (
        [
            ["序号", "地区", "备注", "加装电梯"],
            ["1", "柯城区", "合计", "4"],
            ["2", "衢江区", "", "2"],
            ["3", "龙游县", "", "1"],
            ["4", "合计", "", "7"],
            ["5", "总计", "", "7"],
        ],
        """
turned 0.70
1-1 | - | - | 加装电梯 | -, may restate
  from t1.r1.c4, row 1: 加装电梯
  0 title=加装电梯→0-3 goal_value=7→0-3
  1+ allocation=4@柯城区→0
  2+ allocation=2@衢江区→0
  3+ allocation=1@龙游县→0
ordinal by column:item_no: 1 2 3 4 5
scope by column:remark: 合计
""",
    ),
}


@pytest.mark.parametrize(("rows", "told"), TURNED.values(), ids=TURNED)
def test_a_turned_table_tells_tasks(rows: Rows, told: str) -> None:
    assert spell(recognise_turned(layout_of(rows), setting_of())) == told.strip()


def test_columns_without_a_name_are_all_of_the_task_above_the_table() -> None:
    rows = [
        ["地区", "任务数", "完成数", "加装电梯", "完成率"],
        ["柯城区", "40", "20", "1", "50%"],
        ["衢江区", "20", "3", "", "15%"],
        ["龙游县", "", "30", "", ""],
        ["合计", "60", "53", "", "88%"],
    ]
    layout = replace(layout_of(rows), caption_name="新增充电桩", caption_unit=UnitHint("个"))
    recognition = recognise_turned(layout, setting_of())
    assert spell(recognition).split("\n")[1:14] == [
        "1-1 | - | - | 新增充电桩 | - [1个], may restate",
        "  from t1.r1.c2, row 1: 任务数",
        "  0 <新增充电桩> title=任务数→0-4 goal_value=60→0-4",
        "  1+ allocation=40@柯城区→0 done_value=20@柯城区→0",
        "  2+ allocation=20@衢江区→0 done_value=3@衢江区→0",
        "  3+ done_value=30@龙游县→0",
        "  4+ done_value=53→0",
        "1-2 | - | - | 加装电梯 | - [1个], may restate",
        "  from t1.r1.c4, row 1: 加装电梯",
        "  0 title=加装电梯→0-1",
        "  1+ allocation=1@柯城区→0",
        "1-3 | - | - | 新增充电桩 | - [1个], may restate",
        "  from t1.r1.c5, row 1: 完成率",
    ]


def test_a_document_of_no_known_region_has_no_row_of_its_own() -> None:
    rows = [["地区", "加装电梯"], ["衢州市", "6"], ["柯城区", "4"], ["衢江区", "2"]]
    recognition = recognise_turned(layout_of(rows), setting_of(region_code=None))
    assert "goal_value" not in spell(recognition)
    assert "allocation=6@衢州市" in spell(recognition)


def test_a_table_without_regions_down_or_with_regions_across_is_not_turned() -> None:
    down = [["地区", "加装电梯"], ["柯城区", "4"], ["衢江区", "2"], ["龙游县", "1"]]
    across = [["地区", "柯城区", "备注"], ["龙游县", "40", "无"], ["衢江区", "20", "无"]]
    neither = [["序号", "项目名称", "目标值"], ["1", "加装电梯", "20"]]
    told = [recognise_turned(layout_of(rows), setting_of()) for rows in (down, across, neither)]
    assert [recognition is not None for recognition in told] == [True, False, False]
