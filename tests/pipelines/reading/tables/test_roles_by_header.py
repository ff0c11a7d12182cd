"""What each column of a table is for by its header words."""

from __future__ import annotations

import pytest

from pipelines.reading.tables.roles_by_header import read_layout
from tests.pipelines.reading.layouts import Rows, layout_of, setting_of, spell_columns, view_of

HEADED: dict[str, tuple[Rows, str]] = {
    "the deepest storey decides, with the one above where it says nothing alone": (
        [
            ["序号", "目标", "责任", "项目名称", "完成"],
            ["^", "主要内容", "单位", "甲", "乙"],
            ["1", "新建公厕", "乙", "丙", "丁"],
        ],
        """
序号: item_no
目标/主要内容: detail
责任/单位: responsible names=责任
项目名称/甲: title names=甲
完成/乙: done_value names=乙
""",
    ),
    "a storey is told once, and a blank one not at all": (
        [["序号", "项目名称", "目标", ""], ["^", "^", "", "事项"], ["1", "新建公厕", "3座", "甲"]],
        """
序号: item_no
项目名称: title
目标: goal
事项: title
""",
    ),
    "a region heads its share, whatever says that shares follow": (
        [
            ["序号", "项目名称", "各县区", "<", "分解任务", "市本级"],
            ["^", "^", "柯城区", "衢江区", "龙游县", "^"],
            ["1", "新建公厕", "2", "1", "3", "4"],
        ],
        """
序号: item_no
项目名称: title
各县区/柯城区: allocation@柯城区 330802 exact
各县区/衢江区: allocation@衢江区 330803 exact
分解任务/龙游县: allocation@龙游县 330825 exact
市本级: allocation@市本级 330800-own own
""",
    ),
    "one region alone may be a share too": (
        [
            ["", "项目名称", "各县区", "地区", "分解任务", "市教育局", "甲"],
            ["^", "^", "柯城区", "衢江区", "目标", "乌有局", "龙游县"],
            ["^", "∅", "∅", "", "龙游县", "", "^"],
            ["1", "新建公厕", "2", "1", "3", "4", "5"],
        ],
        """
: item_no
项目名称: title
各县区/柯城区: allocation@柯城区 330802 exact
地区/衢江区: allocation@衢江区 330803 exact
分解任务/目标/龙游县: allocation@龙游县 330825 exact
市教育局/乌有局: allocation@乌有局 330800-乌有局 provisional names=乌有局 leads=市教育局
甲/龙游县: allocation@龙游县 330825 exact
""",
    ),
    "a region below another role is no share": (
        [
            ["序号", "项目名称", "完成情况", "柯城区"],
            ["^", "^", "衢江区", "目标"],
            ["1", "新建公厕", "2座", "1座"],
        ],
        """
序号: item_no
项目名称: title
完成情况/衢江区: progress leads=衢江区
柯城区/目标: goal leads=柯城区
""",
    ),
    "a goal for a part of the year is a step": (
        [
            [
                "序号",
                "项目名称",
                "年度目标",
                "<",
                "目标值",
                "进度安排",
                "完成情况",
                "2024年进度安排",
            ],
            ["^", "^", "一季度", "全年", "上半年", "3月底前", "二季度", "三季度"],
            ["1", "新建公厕", "2", "1", "3", "4", "5", "6"],
        ],
        """
序号: item_no
项目名称: title
年度目标/一季度: quarter_goal names=一季度 一季度
年度目标/全年: goal names=全年 全年
目标值/上半年: quarter_goal names=上半年 上半年
进度安排/3月底前: quarter_goal names=3月底前 3月底前
完成情况/二季度: progress names=二季度 二季度
2024年进度安排/三季度: quarter_goal names=三季度 三季度 2024
""",
    ),
    "the deepest storey that names a time decides of what it is": (
        [
            ["序号", "项目名称", "2024年目标", "一季度目标", "目标"],
            ["^", "^", "一季度", "2024年", "甲"],
            ["1", "新建公厕", "2", "1", "乙"],
        ],
        """
序号: item_no
项目名称: title
2024年目标/一季度: quarter_goal names=一季度 一季度 2024
一季度目标/2024年: quarter_goal goals=2024年 一季度 2024
目标/甲: goal names=甲
""",
    ),
    "bodies, goals and names of a header are kept apart": (
        [
            ["地区", "市教育局", "农村公路", "序号"],
            ["^", "新增学位", "10公里", "项目名称"],
            ["^", "（个）", "单位：万元", "^"],
            ["柯城区", "1", "2", "3"],
        ],
        """
地区: region
市教育局/新增学位/（个）: None [1个] names=新增学位 leads=市教育局
农村公路/10公里/单位：万元: None [10000元] names=农村公路/单位：万元 goals=10公里
序号/项目名称: title
""",
    ),
    "a unit is named in brackets or in a storey of its own, the deepest first": (
        [
            [
                "序号",
                "投资（新增）（万元）",
                "改造（座）",
                "新建",
                "单位：万亩",
                "计量单位",
                "单位",
                "单位",
                "改造（座）（公里）",
                "",
            ],
            ["^", "目标值", "新建（个）", "公里", "目标值", "项目名称", "责任", "甲", "^", ""],
            ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"],
        ],
        """
序号: item_no
投资（新增）（万元）/目标值: goal_value [10000元]
改造（座）/新建（个）: None [1个] names=改造（座）/新建（个）
新建/公里: None [1公里] names=新建
单位：万亩/目标值: goal_value [10000亩] names=单位：万亩
计量单位/项目名称: title
单位/责任: unit names=责任
单位/甲: unit names=甲
改造（座）（公里）: None [1公里] names=改造（座）（公里）
: None
""",
    ),
    "a header that names two things stands over what is to be done": (
        [
            [
                "具体任务和完成时间",
                "序号",
                "进度安排、年度目标",
                "主要内容、工作目标",
                "完成时限和牵头单位",
                "实施标准和甲",
                "主要内容、完成时限、甲",
                "进度安排、和年度目标",
                "目标",
                "备注",
                "类别",
                "编号",
            ],
            ["甲", "1", "丙", "丁", "戊", "己", "庚", "辛", "1", "2", "3", "4"],
        ],
        """
具体任务和完成时间: detail names=具体任务和完成时间
序号: item_no
进度安排、年度目标: goal names=进度安排、年度目标
主要内容、工作目标: goal names=主要内容、工作目标
完成时限和牵头单位: None names=完成时限和牵头单位
实施标准和甲: detail
主要内容、完成时限、甲: None names=主要内容、完成时限、甲
进度安排、和年度目标: goal names=进度安排、和年度目标
目标: goal
备注: remark
类别: category
编号: item_no
""",
    ),
    "a year and a period of a header are kept": (
        [
            ["序号", "项目名称", "2024年完成数", "截至9月底完成情况", "2023年"],
            ["1", "新建公厕", "2", "3", "4"],
        ],
        """
序号: item_no
项目名称: title
2024年完成数: done_value 2024
截至9月底完成情况: progress 截至9月底
2023年: None goals=2023年
""",
    ),
}


@pytest.mark.parametrize(("rows", "told"), HEADED.values(), ids=HEADED)
def test_a_column_is_told_by_its_header(rows: Rows, told: str) -> None:
    assert spell_columns(layout_of(rows).columns) == told.strip().split("\n")


def test_a_table_without_a_header_has_no_layout() -> None:
    assert read_layout(view_of([["甲", "乙"], ["丙", "丁"]]), setting_of()) is None
