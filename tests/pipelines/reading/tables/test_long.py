"""Tables in long form: a row for each task and region, with one column of figures."""

from __future__ import annotations

import pytest

from pipelines.reading.tables.long import recognise_long
from tests.pipelines.reading.layouts import Rows, layout_of, setting_of, spell

LONG: dict[str, tuple[Rows, str]] = {
    "each task is a line whose total is its target": (
        [
            ["序号", "任务", "计量单位", "县（区）", "分配数"],
            ["1", "改造公路", "公里", "柯城区", "38.5"],
            ["^", "^", "^", "衢江区", "22"],
            ["^", "^", "^", "合计", "80"],
            ["8", "新建公厕", "座", "柯城区", "4"],
            ["^", "^", "^", "小计", "4"],
            ["^", "^", "^", "东片", "5"],
            ["^", "^", "^", "", "6"],
            ["^", "^", "^", "龙游县", "^"],
        ],
        """
long 0.80
1 | 1 | - | 改造公路 | -
  from t1.r2.c1, row 2: 改造公路
  1 item_no=1→1-3 title=改造公路→1-3 unit=公里→1-3 region=柯城区 allocation=38.5@柯城区 total=80→3
  2+ item_no=1^→1-3 title=改造公路^→1-3 unit=公里^→1-3 region=衢江区 allocation=22@衢江区
8 | 8 | - | 新建公厕 | -
  from t1.r5.c1, row 5: 新建公厕
  4 item_no=8→4-8 title=新建公厕→4-8 unit=座→4-8 region=柯城区 allocation=4@柯城区
  5+ item_no=8^→4-8 title=新建公厕^→4-8 unit=座^→4-8 region=小计 None=4
  6+ item_no=8^→4-8 title=新建公厕^→4-8 unit=座^→4-8 region=东片 None=5
  7+ item_no=8^→4-8 title=新建公厕^→4-8 unit=座^→4-8 None=6→7-8
  8+ item_no=8^→4-8 title=新建公厕^→4-8 unit=座^→4-8 region=龙游县 allocation=6^@龙游县→7-8
scope by row:header: 序号 任务 计量单位 县（区） 分配数
scope by row:total: 合计
unresolved by row:other_total: 80
scope by row:total: 小计 4
unread_share: , regions.csv lacks “小计”
unread_share: , regions.csv lacks “东片”
unread_share: , regions.csv lacks “”
""",
    ),
    "a task without a number is numbered by its place, and told again goes on": (
        [
            ["类别", "项目名称", "地区", "任务数"],
            ["养老", "新增床位", "柯城区", "100"],
            ["^", "培训护理员", "衢江区", "20"],
            ["", "新增床位", "龙游县", "50"],
            ["", "总计", "", "不详"],
        ],
        """
long 0.80
1 | - | 养老 | 新增床位 | -
  from t1.r2.c1, row 2: 新增床位
  1 category=养老→1-2 title=新增床位 region=柯城区 allocation=100@柯城区
  3+ <养老> title=新增床位 region=龙游县 allocation=50@龙游县
2 | - | 养老 | 培训护理员 | -
  from t1.r2.c1, row 2: 培训护理员
  2 category=养老^→1-2 title=培训护理员 region=衢江区 allocation=20@衢江区
3 | - | 养老 | 总计 | -
  from t1.r5.c1, row 5: 总计
  4 <养老> title=总计 None=不详
scope by row:header: 类别 项目名称 地区 任务数
scope by row:total: 总计 不详
""",
    ),
    "rows below a goal are its shares until goal, title or region come anew": (
        [
            ["项目名称", "目标", "地区", "任务数"],
            ["新增床位", "300张", "柯城区", "100"],
            ["^", "^", "衢江区", "200"],
            ["^", "20人", "柯城区", "8"],
            ["^", "^", "柯城区", "12"],
            ["", "", "龙游县", "7"],
            ["培训", "", "龙游县", "3"],
            ["^", "", "合计", "3"],
        ],
        """
long 0.80
1 | - | - | 新增床位 | -
  from t1.r2.c1, row 2: 新增床位 300张
  1 title=新增床位→1-4 goal=300张→1-2 region=柯城区 allocation=100@柯城区
  2+ title=新增床位^→1-4 goal=300张^→1-2 region=衢江区 allocation=200@衢江区
  3 title=新增床位^→1-4 goal=20人→3-4 region=柯城区 allocation=8@柯城区
  4 title=新增床位^→1-4 goal=20人^→3-4 region=柯城区 allocation=12@柯城区
  5+ <新增床位> region=龙游县 allocation=7@龙游县
2 | - | - | 培训 | -
  from t1.r7.c1, row 7: 培训
  6 title=培训→6-7 region=龙游县 allocation=3@龙游县
  7+= title=培训^→6-7 region=合计 total=3
scope by row:header: 项目名称 目标 地区 任务数
scope by row:total: 合计
unresolved by row:other_total: 3
""",
    ),
    "a title or a part that comes anew begins a target of the same line": (
        [
            ["序号", "项目名称", "分项", "目标", "地区", "任务数", "", ""],
            ["1", "新增床位", "城区", "300张", "柯城区", "100", "", ""],
            ["^", "^", "乡村", "", "衢江区", "200", "", ""],
            ["^", "培训", "", "", "龙游县", "8", "", ""],
        ],
        """
long 0.80
1 | 1 | - | 新增床位；培训 | -
  from t1.r2.c1, row 2: 1 新增床位 300张
  1 item_no=1→1-3 title=新增床位→1-2 sub_title=城区 goal=300张 region=柯城区 allocation=100@柯城区
  2 item_no=1^→1-3 title=新增床位^→1-2 sub_title=乡村 region=衢江区 allocation=200@衢江区
  3 item_no=1^→1-3 title=培训 region=龙游县 allocation=8@龙游县
scope by row:header: 序号 项目名称 分项 目标 地区 任务数
""",
    ),
    "parts with goals need no title": (
        [
            ["序号", "子项", "目标", "地区", "任务数"],
            ["1", "城区床位", "300张", "柯城区", "100"],
            ["^", "^", "^", "衢江区", "200"],
            ["^", "^", "20人", "龙游县", "8"],
        ],
        """
long 0.80
1 | 1 | - | - | -
  from t1.r2.c1, row 2: 1 300张
  1 item_no=1→1-3 sub_title=城区床位→1-3 goal=300张→1-2 region=柯城区 allocation=100@柯城区
  2+ item_no=1^→1-3 sub_title=城区床位^→1-3 goal=300张^→1-2 region=衢江区 allocation=200@衢江区
  3 item_no=1^→1-3 sub_title=城区床位^→1-3 goal=20人 region=龙游县 allocation=8@龙游县
scope by row:header: 序号 子项 目标 地区 任务数
""",
    ),
    "goals of figures without a title or part are the tasks themselves": (
        [
            ["目标", "主要内容", "地区", "任务数"],
            ["300张", "新增床位", "柯城区", "100"],
            ["^", "^", "衢江区", "200"],
        ],
        """
long 0.80
1 | - | - | 新增床位 | -
  from t1.r2.c1, row 2: 新增床位
  1 goal=300张→1-2 detail=新增床位→1-2 region=柯城区 allocation=100@柯城区
  2+ goal=300张^→1-2 detail=新增床位^→1-2 region=衢江区 allocation=200@衢江区
scope by row:header: 目标 主要内容 地区 任务数
""",
    ),
    "a total alone states what its task is to reach": (
        [
            ["任务", "地区", "", "分配数"],
            ["改造公路", "合计", "", "80"],
            ["新建 公厕", "柯城区", "", "4"],
            ["^", "全市", "", "9"],
            ["^", "合计", "", "10"],
        ],
        """
long 0.80
1 | - | - | 改造公路 | -
  from t1.r2.c1, row 2: 改造公路
  1 <改造公路> total=80
2 | - | - | 新建公厕 | -
  from t1.r3.c1, row 3: 新建 公厕
  2 title=新建公厕→2-4 region=柯城区 allocation=4@柯城区 total=9→3
scope by row:header: 任务 地区 分配数
scope by row:total: 全市
unresolved by row:other_total: 9
scope by row:total: 合计
unresolved by row:other_total: 10
""",
    ),
    "a goal in words is a name and states no target": (
        [
            ["项目名称", "目标", "地区", "任务数"],
            ["新增床位", "应增尽增", "柯城区", "100"],
            ["^", "^", "衢江区", "200"],
            ["", "^", "龙游县", "1"],
        ],
        """
long 0.80
1 | - | - | 新增床位 | -
  from t1.r2.c1, row 2: 新增床位
  1 title=新增床位→1-2 goal=应增尽增→1-3 region=柯城区 allocation=100@柯城区
  2+ title=新增床位^→1-2 goal=应增尽增^→1-3 region=衢江区 allocation=200@衢江区
  3+ <新增床位> goal=应增尽增^→1-3 region=龙游县 allocation=1@龙游县
scope by row:header: 项目名称 目标 地区 任务数
""",
    ),
    "two columns of figures are not of the long form": (
        [
            ["任务", "地区", "分配数", "完成数"],
            ["改造公路", "柯城区", "38.5", "2"],
            ["^", "衢江区", "22", "3"],
        ],
        """
nothing
""",
    ),
    "without a column of regions it is not the long form": (
        [["任务", "计量单位", "分配数"], ["改造公路", "公里", "38.5"]],
        """
nothing
""",
    ),
    "without a name of the task it is not the long form": (
        [
            ["序号", "县（区）", "分配数"],
            ["1", "柯城区", "38.5"],
            ["2", "衢江区", "22"],
            ["3", "龙游县", "1"],
        ],
        """
nothing
""",
    ),
    "regions across are not of the long form": (
        [["任务", "地区", "柯城区"], ["改造公路", "衢江区", "38.5"], ["^", "龙游县", "22"]],
        """
nothing
""",
    ),
}


@pytest.mark.parametrize(("rows", "told"), LONG.values(), ids=LONG)
def test_a_long_table_is_told_task_by_task(rows: Rows, told: str) -> None:
    assert spell(recognise_long(layout_of(rows), setting_of())) == told.strip()
