"""The rows of a table as lines, however the table splits them."""

from __future__ import annotations

import pytest

from pipelines.reading.tables.ordinary import recognise_ordinary
from tests.pipelines.reading.documents import read
from tests.pipelines.reading.layouts import Rows, layout_of, setting_of, spell
from tests.pipelines.reading.tables.test_ordinary import TITLE

GROUPED: dict[str, tuple[Rows, str]] = {
    "a number names a line with all rows that it covers": (
        [
            ["序号", "类别", "项目名称", "目标值", "牵头单位"],
            ["1", "养老", "新增床位", "300张", "市民政局"],
            ["^", "^", "培训护理员", "90人", "^"],
            ["2", "^", "新建公厕", "4座", "市住建局"],
            ["2", "", "", "5座", ""],
        ],
        """
ordinary 0.50
1 | 1 | 养老 | 新增床位；培训护理员 | -
  from t1.r2.c1, row 2: 1 新增床位
  1 item_no=1→1-2 category=养老→1-3 title=新增床位 goal_value=300张 lead=市民政局→1-2
  2 item_no=1^→1-2 category=养老^→1-3 title=培训护理员 goal_value=90人 lead=市民政局^→1-2
2 | 2 | 养老 | 新建公厕 | -
  from t1.r4.c1, row 4: 2 新建公厕
  3 item_no=2 category=养老^→1-3 title=新建公厕 goal_value=4座 lead=市住建局
  4 <养老> <新建公厕> item_no=2 goal_value=5座
scope by row:header: 序号 类别 项目名称 目标值 牵头单位
""",
    ),
    "a number printed again keeps the title above it, another takes none": (
        [
            ["序号", "项目名称", "目标值"],
            ["1", "新增床位", "300张"],
            ["1", "", "20张"],
            ["2", "", "30张"],
            ["", "新建公厕", "4座"],
            ["", "", "5座"],
        ],
        """
ordinary 0.50
1 | 1 | - | 新增床位 | -
  from t1.r2.c1, row 2: 1 新增床位
  1 item_no=1 title=新增床位 goal_value=300张
  2 <新增床位> item_no=1 goal_value=20张
2 | 2 | - | 新建公厕 | -
  from t1.r4.c1, row 4: 2
  3 item_no=2 goal_value=30张
  4 <2> title=新建公厕 goal_value=4座
  5 <2> <新建公厕> goal_value=5座
scope by row:header: 序号 项目名称 目标值
""",
    ),
    "without numbers each title is a line, and so is the same one in another category": (
        [
            ["类别", "项目名称", "目标值"],
            ["养老", "新增床位", "300张"],
            ["", "", "20张"],
            ["教育", "新增床位", "3张"],
            ["^", "2.新增学位", "30个"],
            ["^", "三、改造学校", "30所"],
            ["^", "", "1所"],
            ["^", "改造操场", "2处"],
        ],
        """
ordinary 0.50
1 | - | 养老 | 新增床位 | -
  from t1.r2.c1, row 2: 新增床位
  1 category=养老 title=新增床位 goal_value=300张
  2 <养老> <新增床位> goal_value=20张
2 | - | 教育 | 新增床位 | -
  from t1.r4.c1, row 4: 新增床位
  3 category=教育→3-7 title=新增床位 goal_value=3张
2-2 | 2 | 教育 | 2.新增学位 | -
  from t1.r4.c1, row 5: 2.新增学位
  4 <2> category=教育^→3-7 title=2.新增学位 goal_value=30个
三 | 三 | 教育 | 三、改造学校 | -
  from t1.r4.c1, row 6: 三、改造学校
  5 <三> category=教育^→3-7 title=三、改造学校 goal_value=30所
  6 <三> <三、改造学校> category=教育^→3-7 goal_value=1所
5 | - | 教育 | 改造操场 | -
  from t1.r4.c1, row 8: 改造操场
  7 category=教育^→3-7 title=改造操场 goal_value=2处
scope by row:header: 类别 项目名称 目标值
""",
    ),
    "without titles what is told begins a line": (
        [
            ["类别", "主要内容", "牵头单位"],
            ["养老", "新增床位300张。", "市民政局"],
            ["^", "新增床位300张。", "市卫健委"],
            ["^", "培训护理员90人；", "^"],
            ["教育", "培训护理员90人", "^"],
            ["^", "", "^"],
        ],
        """
ordinary 0.50
1 | - | 养老 | 新增床位300张 | -
  from t1.r2.c1, row 2: 新增床位300张。
  1 category=养老→1-3 detail=新增床位300张。 lead=市民政局
  2 category=养老^→1-3 detail=新增床位300张。 lead=市卫健委→2-5
2 | - | 养老 | 培训护理员90人 | -
  from t1.r2.c1, row 4: 培训护理员90人；
  3 category=养老^→1-3 detail=培训护理员90人； lead=市卫健委→2-5
3 | - | 教育 | 培训护理员90人 | -
  from t1.r5.c1, row 5: 培训护理员90人
  4 category=教育→4-5 detail=培训护理员90人 lead=市卫健委→2-5
4 | - | 教育 | - | -
  from t1.r5.c1, row 6: -
  5 category=教育^→4-5 lead=市卫健委→2-5
scope by row:header: 类别 主要内容 牵头单位
""",
    ),
    "a number that counts categories leaves each title a line": (
        [
            ["序号", "类别", "项目名称", "目标值"],
            ["1", "养老", "新增床位", "3张"],
            ["^", "^", "^", "4张"],
            ["^", "^", "培训护理员", "9人"],
            ["2", "教育", "新增学位", "5个"],
        ],
        """
ordinary 0.50
1.1 | 1 | 养老 | 新增床位 | -
  from t1.r2.c1, row 2: 1 新增床位
  1 item_no=1→1-3 category=养老→1-3 title=新增床位→1-2 goal_value=3张
  2 item_no=1^→1-3 category=养老^→1-3 title=新增床位^→1-2 goal_value=4张
1.2 | 1 | 养老 | 培训护理员 | -
  from t1.r2.c1, row 4: 1 培训护理员
  3 item_no=1^→1-3 category=养老^→1-3 title=培训护理员 goal_value=9人
2.1 | 2 | 教育 | 新增学位 | -
  from t1.r5.c1, row 5: 2 新增学位
  4 item_no=2 category=教育 title=新增学位 goal_value=5个
scope by row:header: 序号 类别 项目名称 目标值
""",
    ),
    "a number for two categories, or a category for two numbers, counts lines": (
        [
            ["序号", "类别", "项目名称"],
            ["1", "养老", "新增床位"],
            ["1", "教育", "培训护理员"],
            ["2", "教育", "新增学位"],
        ],
        """
ordinary 0.50
1 | 1 | 养老 | 新增床位；培训护理员 | -
  from t1.r2.c1, row 2: 1 新增床位
  1 item_no=1 category=养老 title=新增床位
  2 item_no=1 category=教育 title=培训护理员
2 | 2 | 教育 | 新增学位 | -
  from t1.r4.c1, row 4: 2 新增学位
  3 item_no=2 category=教育 title=新增学位
scope by row:header: 序号 类别 项目名称
""",
    ),
    "a category for two numbers leaves these the lines": (
        [
            ["序号", "类别", "项目名称"],
            ["1", "养老", "新增床位"],
            ["^", "^", "培训护理员"],
            ["2", "养老", "新增学位"],
        ],
        """
ordinary 0.50
1 | 1 | 养老 | 新增床位；培训护理员 | -
  from t1.r2.c1, row 2: 1 新增床位
  1 item_no=1→1-2 category=养老→1-2 title=新增床位
  2 item_no=1^→1-2 category=养老^→1-2 title=培训护理员
2 | 2 | 养老 | 新增学位 | -
  from t1.r4.c1, row 4: 2 新增学位
  3 item_no=2 category=养老 title=新增学位
scope by row:header: 序号 类别 项目名称
""",
    ),
    "one title for each number leaves these the lines": (
        [["序号", "类别", "项目名称"], ["1", "养老", "新增床位"], ["2", "教育", "新增学位"]],
        """
ordinary 0.50
1 | 1 | 养老 | 新增床位 | -
  from t1.r2.c1, row 2: 1 新增床位
  1 item_no=1 category=养老 title=新增床位
2 | 2 | 教育 | 新增学位 | -
  from t1.r3.c1, row 3: 2 新增学位
  2 item_no=2 category=教育 title=新增学位
scope by row:header: 序号 类别 项目名称
""",
    ),
    "marks of a number are no part of an id, and one that comes again is told apart": (
        [
            ["序号", "项目名称"],
            ["（1）", "新增床位"],
            ["2、", "新增学位"],
            ["1", "改造小区"],
            ["1.", "改造公厕"],
            ["★", "改造公园"],
            ["/", "改造广场"],
        ],
        """
ordinary 0.50
1 | （1） | - | 新增床位 | -
  from t1.r2.c1, row 2: （1） 新增床位
  1 item_no=（1） title=新增床位
2 | 2、 | - | 新增学位 | -
  from t1.r3.c1, row 3: 2、 新增学位
  2 item_no=2、 title=新增学位
1-2 | 1 | - | 改造小区 | -
  from t1.r4.c1, row 4: 1 改造小区
  3 item_no=1 title=改造小区
1-3 | 1. | - | 改造公厕 | -
  from t1.r5.c1, row 5: 1. 改造公厕
  4 item_no=1. title=改造公厕
★ | ★ | - | 改造公园 | -
  from t1.r6.c1, row 6: ★ 改造公园
  5 item_no=★ title=改造公园
★-2 | / | - | 改造广场 | -
  from t1.r7.c1, row 7: / 改造广场
  6 item_no=/ title=改造广场
scope by row:header: 序号 项目名称
""",
    ),
    "a section is the category of the rows below, whose keys begin anew": (
        [
            ["序号", "项目名称", "目标值"],
            ["一、养老", "<", "<"],
            ["1", "新增床位", "300张"],
            ["教育", "", ""],
            ["", "培训教师", "20人"],
            ["2", "新增学位", "5个"],
        ],
        """
ordinary 0.50
1 | 1 | 一、养老 | 新增床位 | -
  from t1.r3.c1, row 3: 1 新增床位
  2 <一、养老> item_no=1 title=新增床位 goal_value=300张
2 | - | 教育 | 培训教师 | -
  from t1.r5.c1, row 5: 培训教师
  4 <教育> title=培训教师 goal_value=20人
2-2 | 2 | 教育 | 新增学位 | -
  from t1.r6.c1, row 6: 2 新增学位
  5 <教育> item_no=2 title=新增学位 goal_value=5个
scope by row:header: 序号 项目名称 目标值
scope by row:section: 一、养老 教育
""",
    ),
    "a band over number and title is a section though sums stand beside it": (
        [
            ["序号", "项目名称", "目标值", "牵头单位"],
            ["养老事业", "<", "9", "市民政局"],
            ["1", "新增床位", "3张", "市民政局"],
            ["注：含备选", "<", "3", "无"],
            ["2", "建设", "<", "市民政局"],
        ],
        """
ordinary 0.50
1 | 1 | 养老事业 | 新增床位 | -
  from t1.r3.c1, row 3: 1 新增床位
  2 <养老事业> item_no=1 title=新增床位 goal_value=3张 lead=市民政局
2 | 2 | 注：含备选 | 建设 | -
  from t1.r5.c1, row 5: 2 建设
  4 <注：含备选> item_no=2 title=建设< goal_value=建设< lead=市民政局
scope by row:header: 序号 项目名称 目标值 牵头单位
scope by row:section: 养老事业 9 市民政局 注：含备选 3 无
""",
    ),
    "a wide cell over other columns is data or a note": (
        [
            ["项目名称", "目标值", "牵头单位", "备注"],
            ["新增床位", "<", "市民政局", "无"],
            ["注：以上为计划数", "<", "市民政局", "甲"],
            ["新增学位", "5个", "市教育局", "^"],
        ],
        """
ordinary 0.50
1 | - | - | 新增床位 | -
  from t1.r2.c1, row 2: 新增床位
  1 title=新增床位< goal_value=新增床位< lead=市民政局 remark=无
2 | - | - | 新增学位 | -
  from t1.r4.c1, row 4: 新增学位
  3 title=新增学位 goal_value=5个 lead=市教育局 remark=甲^→2-3
scope by row:header: 项目名称 目标值 牵头单位 备注
scope by row:note: 注：以上为计划数 市民政局 甲
""",
    ),
    "one cell in a later column is data, a first one a section": (
        [
            ["序号", "项目名称", "目标值", "牵头单位"],
            ["", "", "", "市民政局"],
            ["教育", "", "", "　"],
            ["1", "新增学位", "5个", "市教育局"],
            ["∅", "", "体育", "<"],
            ["2", "新增场地", "6个", "市体育局"],
        ],
        """
ordinary 0.50
1 | - | - | - | -
  from t1.r2.c1, row 2: -
  1 lead=市民政局
1-2 | 1 | 教育 | 新增学位 | -
  from t1.r4.c1, row 4: 1 新增学位
  3 <教育> item_no=1 title=新增学位 goal_value=5个 lead=市教育局
  4 <教育> <1> <新增学位> goal_value=体育< lead=体育<
2 | 2 | 教育 | 新增场地 | -
  from t1.r6.c1, row 6: 2 新增场地
  5 <教育> item_no=2 title=新增场地 goal_value=6个 lead=市体育局
scope by row:header: 序号 项目名称 目标值 牵头单位
scope by row:section: 教育
""",
    ),
    "a band over the number and what is told is a section, over less or elsewhere it is none": (
        [
            ["牵头单位", "序号", "目标", "主要内容", "子项"],
            ["甲", "教育", "<", "5", "6"],
            ["甲", "1", "新增学位", "7", "8"],
            ["甲", "2", "体育", "<", "9"],
        ],
        """
ordinary 0.50
教育 | 教育 | - | 教育 | 5
  from t1.r2.c1, row 2: 教育 5
  1 lead=甲 item_no=教育< goal=教育< detail=5 sub_title=6
1 | 1 | - | 新增学位 | 7
  from t1.r3.c1, row 3: 1 新增学位 7
  2 lead=甲 item_no=1 goal=新增学位 detail=7 sub_title=8
2 | 2 | - | 体育 | 体育
  from t1.r4.c1, row 4: 2 体育
  3 lead=甲 item_no=2 goal=体育< detail=体育< sub_title=9
scope by row:header: 牵头单位 序号 目标 主要内容 子项
""",
    ),
    "a band over number and goal, detail or part is a section": (
        [["序号", "目标", "牵头单位"], ["教育", "<", "5"], ["1", "新增学位", "甲"]],
        """
ordinary 0.50
1 | 1 | 教育 | 新增学位 | -
  from t1.r3.c1, row 3: 1 新增学位
  2 <教育> item_no=1 goal=新增学位 lead=甲
scope by row:header: 序号 目标 牵头单位
scope by row:section: 教育 5
""",
    ),
    "a band over number and detail is a section": (
        [["序号", "主要内容", "牵头单位"], ["教育", "<", "5"], ["1", "新增学位", "甲"]],
        """
ordinary 0.50
1 | 1 | 教育 | 新增学位 | -
  from t1.r3.c1, row 3: 1 新增学位
  2 <教育> item_no=1 detail=新增学位 lead=甲
scope by row:header: 序号 主要内容 牵头单位
scope by row:section: 教育 5
""",
    ),
    "a band over number and part is a section": (
        [["序号", "子项", "项目名称"], ["教育", "<", "5"], ["1", "新增学位", "甲"]],
        """
ordinary 0.50
1 | 1 | 教育 | 甲 | -
  from t1.r3.c1, row 3: 1 甲
  2 <教育> item_no=1 sub_title=新增学位 title=甲
scope by row:header: 序号 子项 项目名称
scope by row:section: 教育 5
""",
    ),
    "a band over number and lead is none": (
        [["序号", "牵头单位", "项目名称"], ["教育", "<", "5"], ["1", "新增学位", "甲"]],
        """
ordinary 0.50
教育 | 教育 | - | 5 | -
  from t1.r2.c1, row 2: 教育 5
  1 item_no=教育< lead=教育< title=5
1 | 1 | - | 甲 | -
  from t1.r3.c1, row 3: 1 甲
  2 item_no=1 lead=新增学位 title=甲
scope by row:header: 序号 牵头单位 项目名称
""",
    ),
    "a number over two titles without categories is one line": (
        [["序号", "项目名称"], ["1", "新增学位"], ["^", "新增床位"]],
        """
ordinary 0.50
1 | 1 | - | 新增学位；新增床位 | -
  from t1.r2.c1, row 2: 1 新增学位
  1 item_no=1→1-2 title=新增学位
  2 item_no=1^→1-2 title=新增床位
scope by row:header: 序号 项目名称
""",
    ),
    "shares told in another column are none of their own, nor are those merged in": (
        [
            ["序号", "项目名称", "主要内容", "分解任务"],
            ["1", "新增床位", "柯城区12张，衢江区8张", "柯城区12张"],
            ["^", "学位", "三处", "^"],
        ],
        """
ordinary 0.50
1 | 1 | - | 新增床位；学位 | 柯城区12张，衢江区8张；三处
  from t1.r2.c1, row 2: 1 新增床位 柯城区12张，衢江区8张
  1 item_no=1→1-2 title=新增床位 detail=柯城区12张，衢江区8张 allocation=12张@柯城区→1-2
  2 item_no=1^→1-2 title=学位 detail=三处 allocation_group=柯城区12张^→1-2
scope by row:header: 序号 项目名称 主要内容 分解任务
""",
    ),
    "goals, and parts, tell lines without titles apart": (
        [
            ["类别", "目标", "牵头单位"],
            ["养老", "新增床位", "甲"],
            ["^", "新增床位", "乙"],
            ["^", "新增学位", "乙"],
        ],
        """
ordinary 0.50
1 | - | 养老 | 新增床位 | -
  from t1.r2.c1, row 2: 新增床位
  1 category=养老→1-3 goal=新增床位 lead=甲
  2 category=养老^→1-3 goal=新增床位 lead=乙
2 | - | 养老 | 新增学位 | -
  from t1.r2.c1, row 4: 新增学位
  3 category=养老^→1-3 goal=新增学位 lead=乙
scope by row:header: 类别 目标 牵头单位
""",
    ),
    "parts tell lines without titles apart": (
        [["类别", "子项", "牵头单位"], ["养老", "新增床位", "甲"], ["^", "新增学位", "乙"]],
        """
ordinary 0.50
1 | - | 养老 | - | -
  from t1.r2.c1, row 2: -
  1 category=养老→1-2 sub_title=新增床位 lead=甲
2 | - | 养老 | - | -
  from t1.r2.c1, row 3: -
  2 category=养老^→1-2 sub_title=新增学位 lead=乙
scope by row:header: 类别 子项 牵头单位
""",
    ),
    "one cell with a sentence or a note is a note": (
        [
            ["序号", "项目名称", "目标值"],
            ["1", "新增学位", "5个"],
            ["以上均为计划数。均由各局负责", "<", "<"],
            ["均为计划。好", "<", "<"],
            ["备注：无", "", ""],
            ["2", "改造公厕", "6座"],
            ["新增实事。", "<", "<"],
            ["3", "改造公园", "7个"],
        ],
        """
ordinary 0.50
1 | 1 | - | 新增学位 | -
  from t1.r2.c1, row 2: 1 新增学位
  1 item_no=1 title=新增学位 goal_value=5个
2 | 2 | - | 改造公厕 | -
  from t1.r6.c1, row 6: 2 改造公厕
  5 item_no=2 title=改造公厕 goal_value=6座
3 | 3 | 新增实事。 | 改造公园 | -
  from t1.r8.c1, row 8: 3 改造公园
  7 <新增实事。> item_no=3 title=改造公园 goal_value=7个
scope by row:header: 序号 项目名称 目标值
scope by row:note: 以上均为计划数。均由各局负责 均为计划。好 备注：无
scope by row:section: 新增实事。
""",
    ),
    "totals are claimed and make no line": (
        [
            ["序号", "项目名称", "目标值"],
            ["1", "新增学位", "5个"],
            ["合计", "", "5个"],
            ["总计（个）", "<", "5个"],
            ["", "", ""],
        ],
        """
ordinary 0.50
1 | 1 | - | 新增学位 | -
  from t1.r2.c1, row 2: 1 新增学位
  1 item_no=1 title=新增学位 goal_value=5个
  4 <1> <新增学位>
scope by row:header: 序号 项目名称 目标值
scope by row:total: 合计 5个 总计（个） 5个
""",
    ),
    "goals and details tell what a title does not, and figures alone do not": (
        [
            ["序号", "项目名称", "目标", "主要内容"],
            ["1", "新增床位。", "新增床位。", "建设三处"],
            ["^", "^", "300张", "改造两处"],
            ["2", "新增学位", "到年底完成", "新增学位"],
        ],
        """
ordinary 0.50
1 | 1 | - | 新增床位 | 建设三处；改造两处
  from t1.r2.c1, row 2: 1 新增床位。 新增床位。 建设三处
  1 item_no=1→1-2 title=新增床位。→1-2 goal=新增床位。 detail=建设三处
  2 item_no=1^→1-2 title=新增床位。^→1-2 goal=300张 detail=改造两处
2 | 2 | - | 新增学位 | 新增学位；到年底完成
  from t1.r4.c1, row 4: 2 新增学位 到年底完成 新增学位
  3 item_no=2 title=新增学位 goal=到年底完成 detail=新增学位
scope by row:header: 序号 项目名称 目标 主要内容
""",
    ),
    "without a title goals name a line, without these details do": (
        [
            ["序号", "目标", "主要内容"],
            ["1", "新增床位", "建设三处"],
            ["2", "300张", "改造两处；"],
            ["3", "新增学位；", "改造三处"],
            ["^", "新增床位。", "改造四处"],
        ],
        """
ordinary 0.50
1 | 1 | - | 新增床位 | 建设三处
  from t1.r2.c1, row 2: 1 新增床位 建设三处
  1 item_no=1 goal=新增床位 detail=建设三处
2 | 2 | - | 改造两处 | -
  from t1.r3.c1, row 3: 2 300张 改造两处；
  2 item_no=2 goal=300张 detail=改造两处；
3 | 3 | - | 新增学位；新增床位 | 改造三处；改造四处
  from t1.r4.c1, row 4: 3 新增学位； 改造三处
  3 item_no=3→3-4 goal=新增学位； detail=改造三处
  4 item_no=3^→3-4 goal=新增床位。 detail=改造四处
scope by row:header: 序号 目标 主要内容
""",
    ),
    "shares told in words go each to its region": (
        [
            ["序号", "项目名称", "目标值", "分解任务"],
            ["1", "新增床位", "20张", "柯城区12张，衢江区8张"],
            ["2", "新增学位", "5个", "按需分配"],
            ["^", "^", "6个", "^"],
        ],
        """
ordinary 0.50
1 | 1 | - | 新增床位 | -
  from t1.r2.c1, row 2: 1 新增床位
  1 item_no=1 title=新增床位 goal_value=20张 allocation=12张@柯城区 allocation=8张@衢江区
2 | 2 | - | 新增学位 | -
  from t1.r3.c1, row 3: 2 新增学位
  2 item_no=2→2-3 title=新增学位→2-3 goal_value=5个 allocation_group=按需分配→2-3
  3 item_no=2^→2-3 title=新增学位^→2-3 goal_value=6个 allocation_group=按需分配^→2-3
scope by row:header: 序号 项目名称 目标值 分解任务
""",
    ),
    "a region s merged cell is one share": (
        [
            ["序号", "项目名称", "目标值", "柯城区", "衢江区", "龙游县"],
            ["1", "新增床位", "20张", "12", "<", "8"],
            ["2", "新增学位", "∅", "3", "^", "^"],
        ],
        """
ordinary 0.50
1 | 1 | - | 新增床位 | -
  from t1.r2.c1, row 2: 1 新增床位
  1 item_no=1 title=新增床位 goal_value=20张 allocation=12<@柯城区→1-2 allocation=8@龙游县→1-2
2 | 2 | - | 新增学位 | -
  from t1.r3.c1, row 3: 2 新增学位
  2 item_no=2 title=新增学位 allocation=3@柯城区 allocation=8^@龙游县→1-2
scope by row:header: 序号 项目名称 目标值 柯城区 衢江区 龙游县
""",
    ),
    "a column that nobody knows is doubted once, unless it is empty": (
        [
            ["序号", "项目名称", "神秘指数", "空", "怎么办", "目标"],
            ["1", "新增床位", "3", "", "11月底", "1"],
            ["2", "新增学位", "4", "", "12月底", "2"],
        ],
        """
ordinary 0.50
1 | 1 | - | 新增床位 | -
  from t1.r2.c1, row 2: 1 新增床位 1
  1 item_no=1 title=新增床位 None=3 due=11月底 goal=1
2 | 2 | - | 新增学位 | -
  from t1.r3.c1, row 3: 2 新增学位 2
  2 item_no=2 title=新增学位 None=4 due=12月底 goal=2
scope by row:header: 序号 项目名称 神秘指数 空 怎么办 目标
unknown_header: 神秘指数, headers.csv lacks “ROLE,神秘指数,exact,”
unknown_header: 怎么办, headers.csv lacks “due,怎么办,exact,”
""",
    ),
}


@pytest.mark.parametrize(("rows", "told"), GROUPED.values(), ids=GROUPED)
def test_rows_make_lines(rows: Rows, told: str) -> None:
    assert spell(recognise_ordinary(layout_of(rows), setting_of())) == told.strip()


def test_a_body_merged_over_several_lines_answers_for_each() -> None:
    facts = read(
        TITLE,
        [
            ["序号", "项目名称", "年度目标", "牵头单位", "配合单位"],
            ["1", "托育", "新增托位300个", "市卫生健康委", "市教育局"],
            ["2", "体检", "体检老人900人", "^", "市民政局"],
            ["^", "^", "建设卫生室4个", "^", "^"],
        ],
    )
    assert [(r.commitment_id, r.role, r.as_printed) for r in facts.responsibilities] == [
        ("plan/1", "lead", "市卫生健康委"),
        ("plan/1", "support", "市教育局"),
        ("plan/2", "lead", "市卫生健康委"),
        ("plan/2", "support", "市民政局"),
    ]
