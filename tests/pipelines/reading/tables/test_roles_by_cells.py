"""What a column is for where its header leaves that open: told by the cells below."""

from __future__ import annotations

import pytest

from tests.pipelines.reading.layouts import Rows, layout_of, spell_columns

STEPS = "6月底前完成选址，9月底前完成主体施工，11月底前投用"

SETTLED: dict[str, tuple[Rows, str]] = {
    "ordinals without a header number the lines": (
        [["", "项目名称", "目标"], ["1", "新建公厕", "3座"], ["2", "改造公园", "—"]],
        """
: item_no
项目名称: title
目标: goal
""",
    ),
    "ordinals without a header in another column, or beside numbers, do not": (
        [
            ["项目名称", "", "序号", "编号"],
            ["新建公厕", "1", "1", "甲"],
            ["改造公园", "2", "2", "乙"],
        ],
        """
项目名称: title
: None
序号: item_no
编号: item_no
""",
    ),
    "ordinals under a header that another column shares number the lines": (
        [
            ["项目类别", "项目目标", "<"],
            ["教育", "1.1", "新增学位600个"],
            ["养老", "1.2", "开设托班30个"],
        ],
        """
项目类别: category
项目目标: item_no
项目目标: goal
""",
    ),
    "ordinals under a header of their own or of figures do not": (
        [
            ["项目目标", "项目名称", "完成数", "<", "赞成"],
            ["1", "甲", "1", "2", "1"],
            ["2", "乙", "2", "3", "2"],
        ],
        """
项目目标: goal
项目名称: title
完成数: done_value
完成数: done_value
赞成: remark
""",
    ),
    "blank cells alone number nothing": (
        [["", "项目名称", "目标"], ["", "新建公厕", "3座"], ["", "改造公园", "4座"]],
        """
: None
项目名称: title
目标: goal
""",
    ),
    "three regions under an open header list regions": (
        [
            ["实施地点", "项目名称", "目标"],
            ["柯城区", "新建公厕", "3座"],
            ["衢江区", "改造公园", "4座"],
            ["龙游县", "改造公园", "4座"],
            ["合计", "", ""],
        ],
        """
实施地点: region
项目名称: title
目标: goal
""",
    ),
    "four of five regions are enough": (
        [
            ["牵头单位", "项目名称", "目标"],
            ["柯城区", "新建公厕", "3座"],
            ["衢江区", "改造公园", "4座"],
            ["龙游县", "改造公园", "4座"],
            ["柯城区", "改造公园", "4座"],
            ["乌有局", "改造公园", "4座"],
        ],
        """
牵头单位: region
项目名称: title
目标: goal
""",
    ),
    "three of four regions are not, nor are two": (
        [
            ["牵头单位", "类别", "目标", "项目名称"],
            ["柯城区", "柯城区", "3座", "甲"],
            ["衢江区", "衢江区", "4座", "乙"],
            ["龙游县", "柯城区", "4座", "丙"],
            ["乌有局", "衢江区", "4座", "丁"],
        ],
        """
牵头单位: lead
类别: category
目标: goal
项目名称: title
""",
    ),
    "regions under a header of goals list none": (
        [["目标", "项目名称"], ["柯城区", "甲"], ["衢江区", "乙"], ["龙游县", "丙"]],
        """
目标: goal
项目名称: title
""",
    ),
    "a header that only sounds like a region may list them": (
        [
            ["智造新城", "项目名称", "目标"],
            ["柯城区", "甲", "1"],
            ["衢江区", "乙", "2"],
            ["龙游县", "丙", "3"],
        ],
        """
智造新城: region
项目名称: title
目标: goal
""",
    ),
    "cells longer than a day under a header of days are steps": (
        [
            ["完成时限", "项目名称", "目标"],
            ["6月底前完成全部选址并且进场施工", "甲", "1"],
            ["6月底前完成全部选址并且进场施工", "乙", "2"],
            ["6月底前完成全部选址并进场施工", "丙", "3"],
        ],
        """
完成时限: schedule
项目名称: title
目标: goal
""",
    ),
    "one such cell is enough where it is all": (
        [
            ["完成时限", "项目名称", "目标"],
            ["6月底前完成全部选址并且进场施工", "甲", "1"],
            ["", "乙", "2"],
        ],
        """
完成时限: schedule
项目名称: title
目标: goal
""",
    ),
    "long cells in half of the rows are not": (
        [
            ["完成时限", "项目名称", "目标"],
            ["6月底前完成全部选址并且进场施工", "甲", "1"],
            ["11月底", "乙", "2"],
        ],
        """
完成时限: due
项目名称: title
目标: goal
""",
    ),
    "cells as long as a day are not": (
        [
            ["完成时限", "项目名称", "目标"],
            ["6月底前完成全部选址并进场施工", "甲", "1"],
            ["6月底前完成全部选址并进场施工", "乙", "2"],
        ],
        """
完成时限: due
项目名称: title
目标: goal
""",
    ),
    "ordinals under an unknown header number nothing": (
        [["甲", "项目名称", "目标"], ["1", "新建公厕", "3座"]],
        """
甲: None names=甲
项目名称: title
目标: goal
""",
    ),
    "ordinals without a header in the second column number nothing": (
        [["项目名称", "", "目标"], ["新建公厕", "1", "3座"]],
        """
项目名称: title
: None
目标: goal
""",
    ),
    "ordinals without a header beside a number number nothing": (
        [["", "序号", "项目名称"], ["1", "甲", "新建公厕"], ["2", "乙", "改造公园"]],
        """
: None
序号: item_no
项目名称: title
""",
    ),
    "regions below a region's own header are no list": (
        [
            ["柯城区", "项目名称", "目标"],
            ["柯城区", "甲", "1"],
            ["衢江区", "乙", "2"],
            ["龙游县", "丙", "3"],
        ],
        """
柯城区: allocation@柯城区 330802 exact
项目名称: title
目标: goal
""",
    ),
    "two regions and a total are no list": (
        [
            ["实施地点", "项目名称", "目标"],
            ["柯城区", "甲", "1"],
            ["衢江区", "乙", "2"],
            ["合计", "丙", "3"],
        ],
        """
实施地点: location
项目名称: title
目标: goal
""",
    ),
    "a made-up name beside one region below a header carries no share": (
        [
            ["序号", "项目名称", "实施地点", "<"],
            ["^", "^", "柯城区", "智造新城"],
            ["1", "新建公厕", "2", "1"],
        ],
        """
序号: item_no
项目名称: title
实施地点/柯城区: location leads=柯城区
实施地点/智造新城: location names=智造新城
""",
    ),
    "three storeys name a region by the deepest": (
        [
            ["序号", "项目名称", "实施地点", "<", "做到", "<"],
            ["^", "^", "目标", "<", "目标", "<"],
            ["^", "^", "柯城区", "衢江区", "6月底", "年底"],
            ["1", "新建公厕", "2", "1", "1", "2"],
        ],
        """
序号: item_no
项目名称: title
实施地点/目标/柯城区: allocation@柯城区 330802 exact leads=柯城区
实施地点/目标/衢江区: allocation@衢江区 330803 exact leads=衢江区
做到/目标/6月底: quarter_goal names=做到/6月底 6月底
做到/目标/年底: goal names=做到/年底
""",
    ),
    "a plain schedule keeps steps elsewhere as they are": (
        [
            ["序号", "主要内容", "项目名称", "进度安排"],
            [
                "1",
                "6月底前完成选址，9月底前完成主体施工，11月底前投用",
                "新建公厕3座",
                "6月底前完成选址，9月底前完成主体施工，11月底前投用",
            ],
            [
                "2",
                "6月底前完成选址，9月底前完成主体施工，11月底前投用",
                "改造公园2个",
                "6月底前完成选址，9月底前完成主体施工，11月底前投用",
            ],
        ],
        """
序号: item_no
主要内容: detail
项目名称: title
进度安排: schedule
""",
    ),
    "steps in remarks are remarks, and a step may be all that counts": (
        [
            ["序号", "备注", "主要内容", "项目名称"],
            [
                "1",
                "6月底前完成选址，9月底前完成主体施工，11月底前投用",
                "6月底前建成2座，9月底前建成全部公厕3座",
                "新建公厕",
            ],
        ],
        """
序号: item_no
备注: remark
主要内容: detail
项目名称: title
""",
    ),
    "a column without any cell promises nothing": (
        [
            ["序号", "目标", "怎么办", "类别"],
            ["1", "", "6月底前完成选址，9月底前完成主体施工，11月底前投用", "甲"],
        ],
        """
序号: item_no
目标: goal
怎么办: None names=怎么办
类别: category
""",
    ),
    "one cell with two dates among three is enough": (
        [
            ["序号", "目标", "怎么办"],
            ["1", "3座", "6月底前完成选址，9月底前建成投用"],
            ["2", "4座", "6月底前完成全部选址并且进场施工"],
            ["3", "", "11月底"],
        ],
        """
序号: item_no
目标: goal
怎么办: schedule names=怎么办 inferred
""",
    ),
    "dates in every other cell, or cells as long as a day, are not": (
        [
            ["序号", "目标", "怎么办", "咋办"],
            ["1", "3座", "6月底前选址，9月底投用", "逐步完成选址，随后完成主体施工，争取投用"],
            ["2", "4座", "6月底前选址，9月底投用", "逐步完成选址，随后完成主体施工，争取投用"],
        ],
        """
序号: item_no
目标: goal
怎么办: due names=怎么办 inferred
咋办: progress names=咋办 inferred
""",
    ),
    "bodies under the word for a unit lead": (
        [
            ["单位", "项目名称", "目标"],
            ["市住建局", "新建公厕", "3"],
            ["市教育局", "改造公园", "4"],
            ["座", "改造公园", "4"],
        ],
        """
单位: lead
项目名称: title
目标: goal
""",
    ),
    "units in half of the rows are units": (
        [["单位", "项目名称", "目标"], ["座", "新建公厕", "3"], ["市教育局", "改造公园", "4"]],
        """
单位: unit
项目名称: title
目标: goal
""",
    ),
    "a header of units without any cell stays one": (
        [["单位", "项目名称", "目标"], ["", "新建公厕", "3"], ["", "改造公园", "4"]],
        """
单位: unit
项目名称: title
目标: goal
""",
    ),
    "regions below one header carry shares whatever it says": (
        [
            ["序号", "项目名称", "实施地点", "<", "<", "<"],
            ["^", "^", "柯城区", "衢江区", "东片", "西片"],
            ["1", "新建公厕", "2", "1", "3", "4"],
        ],
        """
序号: item_no
项目名称: title
实施地点/柯城区: allocation@柯城区 330802 exact leads=柯城区
实施地点/衢江区: allocation@衢江区 330803 exact leads=衢江区
实施地点/东片: location names=东片
实施地点/西片: location names=西片
""",
    ),
    "one region of two, or two of five, carry none": (
        [
            ["序号", "项目名称", "实施地点", "<", "备注", "<", "<", "<", "<"],
            ["^", "^", "柯城区", "东片", "柯城区", "衢江区", "东片", "西片", "南片"],
            ["1", "新建公厕", "2", "1", "3", "4", "1", "1", "1"],
        ],
        """
序号: item_no
项目名称: title
实施地点/柯城区: location leads=柯城区
实施地点/东片: location names=东片
备注/柯城区: remark leads=柯城区
备注/衢江区: remark leads=衢江区
备注/东片: remark names=东片
备注/西片: remark names=西片
备注/南片: remark names=南片
""",
    ),
    "regions below a header of money say where it comes from": (
        [
            ["序号", "项目名称", "投资额", "<", "资金来源", "<", "目标"],
            ["^", "^", "柯城区", "衢江区", "市级", "区级", "甲"],
            ["1", "新建公厕", "2", "1", "3", "4", "5座"],
        ],
        """
序号: item_no
项目名称: title
投资额/柯城区: investment leads=柯城区
投资额/衢江区: investment leads=衢江区
资金来源/市级: investment
资金来源/区级: investment
目标/甲: goal names=甲
""",
    ),
    "a column of dated steps is a schedule beside a promise": (
        [
            ["序号", "项目名称", "主要内容"],
            ["1", "新建公厕3座", "6月底前完成选址，9月底前完成主体施工，11月底前投用"],
            ["2", "改造公园2个", "11月底"],
            ["3", "改造公园2个", "6月底前完成选址，9月底前完成主体施工，11月底前投用"],
        ],
        """
序号: item_no
项目名称: title
主要内容: schedule
""",
    ),
    "an unknown one is inferred to be a schedule": (
        [
            ["序号", "项目名称", "怎么办"],
            ["1", "新建公厕3座", "6月底前完成选址，9月底前完成主体施工，11月底前投用"],
            ["2", "改造公园", "6月底前完成选址，9月底前完成主体施工，11月底前投用"],
        ],
        """
序号: item_no
项目名称: title
怎么办: schedule names=怎么办 inferred
""",
    ),
    "steps of one date each, or in half of the rows, are none": (
        [
            ["序号", "项目名称", "怎么办", "目标"],
            [
                "1",
                "新建公厕3座",
                "6月底前完成全部选址并进场施工",
                "6月底前完成选址，9月底前完成主体施工，11月底前投用",
            ],
            ["2", "改造公园2个", "6月底前完成全部选址并进场施工", "11月底"],
        ],
        """
序号: item_no
项目名称: title
怎么办: due names=怎么办 inferred
目标: goal
""",
    ),
    "two columns of steps, or steps without a promise, are no schedule": (
        [
            ["序号", "怎么办", "项目名称", "目标"],
            [
                "1",
                "6月底前完成选址，9月底前完成主体施工，11月底前投用",
                "新建公厕3座",
                "6月底前完成选址，9月底前完成主体施工，11月底前投用",
            ],
            [
                "2",
                "6月底前完成选址，9月底前完成主体施工，11月底前投用",
                "改造公园2个",
                "6月底前完成选址，9月底前完成主体施工，11月底前投用",
            ],
        ],
        """
序号: item_no
怎么办: progress names=怎么办 inferred
项目名称: title
目标: goal
""",
    ),
    "steps beside words alone are no schedule": (
        [
            ["序号", "主要内容", "项目名称"],
            ["1", "6月底前完成选址，9月底前完成主体施工，11月底前投用", "新建公厕"],
            ["2", "6月底前完成选址，9月底前完成主体施工，11月底前投用", "改造公园"],
            ["3", "6月底前完成选址，9月底前完成主体施工，11月底前投用", "改造公园2个"],
        ],
        """
序号: item_no
主要内容: detail
项目名称: title
""",
    ),
    "steps beside a schedule or progress stay what they are": (
        [
            ["序号", "主要内容", "项目名称", "完成情况"],
            ["1", "6月底前完成选址，9月底前完成主体施工，11月底前投用", "新建公厕3座", "无"],
            ["2", "6月底前完成选址，9月底前完成主体施工，11月底前投用", "改造公园2个", "无"],
        ],
        """
序号: item_no
主要内容: detail
项目名称: title
完成情况: progress
""",
    ),
    "of two neighbouring titles the right one names parts": (
        [
            ["序号", "项目名称", "<", "项目", "牵头单位", "事项"],
            ["1", "新建公厕", "城区", "甲", "乙", "丙"],
            ["2", "改造公园", "乡村", "甲", "乙", "丙"],
        ],
        """
序号: item_no
项目名称: title
项目名称: sub_title
项目: sub_title
牵头单位: lead
事项: title
""",
    ),
    "the one unknown column of text beside duties is the title": (
        [
            ["序号", "办什么", "怎样", "牵头单位", "完成时限", ""],
            ["1", "新建公厕", "甲", "住建", "11月底", ""],
            ["2", "改造公园们", "改造公园", "园林", "11月底", "改造公园一批"],
        ],
        """
序号: item_no
办什么: title names=办什么 inferred
怎样: None names=怎样
牵头单位: lead
完成时限: due
: None
""",
    ),
    "of two such columns neither is": (
        [
            ["序号", "办什么", "怎样", "牵头单位", "完成时限"],
            ["1", "新建公厕一批", "甲", "住建", "11月底"],
            ["2", "改造公园一批", "改造公园一批", "园林", "11月底"],
        ],
        """
序号: item_no
办什么: None names=办什么
怎样: None names=怎样
牵头单位: lead
完成时限: due
""",
    ),
    "nor where a title is known or no duty is": (
        [["序号", "项目名称", "怎样", "牵头单位"], ["1", "新建公厕一批", "改造公园一批", "住建"]],
        """
序号: item_no
项目名称: title
怎样: None names=怎样
牵头单位: lead
""",
    ),
    "nor where no duty is known": (
        [["序号", "备注", "怎样"], ["1", "新建公厕一批", "改造公园一批"]],
        """
序号: item_no
备注: remark
怎样: None names=怎样
""",
    ),
    "days under an unknown header are due": (
        [
            ["序号", "项目名称", "啥时候"],
            ["1", "新建公厕3座", "11月底"],
            ["2", "改造公园", "12月31日前完成"],
            ["3", "改造公园", "/"],
            ["4", "改造公园", "抓紧办"],
        ],
        """
序号: item_no
项目名称: title
啥时候: due names=啥时候 inferred
""",
    ),
    "two of three cells make a role, three of six do not": (
        [
            ["序号", "项目名称", "啥时候", "几时"],
            ["1", "新建公厕3座", "11月底", "11月底"],
            ["2", "改造公园", "12月底", "11月底"],
            ["3", "改造公园", "尽快办", "11月底"],
            ["4", "改造公园", "", "尽快办"],
            ["5", "改造公园", "", "尽快办"],
            ["6", "改造公园", "", "尽快办"],
        ],
        """
序号: item_no
项目名称: title
啥时候: due names=啥时候 inferred
几时: None names=几时
""",
    ),
    "three of five cells make a role, one cell does not": (
        [
            ["序号", "项目名称", "啥时候", "几时"],
            ["1", "新建公厕3座", "11月底", "11月底"],
            ["2", "改造公园", "12月底", ""],
            ["3", "改造公园", "10月底", ""],
            ["4", "改造公园", "尽快办", ""],
            ["5", "改造公园", "尽快办", ""],
        ],
        """
序号: item_no
项目名称: title
啥时候: due names=啥时候 inferred
几时: None names=几时
""",
    ),
    "days beside a column of days are not due, and long or open ones are not days": (
        [
            ["序号", "项目名称", "完成时限", "几时", "何时", "哪天"],
            ["1", "新建公厕3座", "11月底", "11月底", "11月底之前争取全部完成主体施工", "全年"],
            ["2", "改造公园", "11月底", "11月底", "11月底之前争取全部完成主体施工", "长期"],
        ],
        """
序号: item_no
项目名称: title
完成时限: due
几时: None names=几时
何时: progress names=何时 inferred
哪天: None names=哪天
""",
    ),
    "bodies under an unknown header lead, or support beside a lead": (
        [
            ["序号", "项目名称", "谁来办"],
            ["1", "新建公厕3座", "市住房和城乡建设局、市教育局"],
            ["2", "改造公园", "市教育局"],
            ["3", "改造公园", "乌有"],
        ],
        """
序号: item_no
项目名称: title
谁来办: lead names=谁来办 inferred
""",
    ),
    "bodies beside those that lead support": (
        [
            ["序号", "项目名称", "牵头单位", "谁来帮"],
            ["1", "新建公厕3座", "市教育局", "市教育局"],
            ["2", "改造公园", "市教育局", "市教育局、市民政局"],
        ],
        """
序号: item_no
项目名称: title
牵头单位: lead
谁来帮: support names=谁来帮 inferred
""",
    ),
    "bodies beside those that answer support": (
        [
            ["序号", "项目名称", "责任单位", "谁来帮"],
            ["1", "新建公厕3座", "市教育局", "市教育局"],
            ["2", "改造公园", "市教育局", "市教育局、乌有"],
            ["3", "改造公园", "市教育局", "市教育局"],
        ],
        """
序号: item_no
项目名称: title
责任单位: responsible
谁来帮: support names=谁来帮 inferred
""",
    ),
    "what was done beside a promise is progress": (
        [
            ["序号", "项目名称", "干得咋样"],
            ["1", "新建公厕3座", "已建成2座"],
            ["2", "改造公园", "正在办理前期手续"],
            ["3", "改造公园", "完工"],
        ],
        """
序号: item_no
项目名称: title
干得咋样: progress names=干得咋样 inferred
""",
    ),
    "what was done beside known progress is none, nor without a promise": (
        [
            ["序号", "项目名称", "完成情况", "干得咋样"],
            ["1", "新建公厕3座", "无", "已建成2座"],
            ["2", "改造公园", "无", "已建成1座"],
        ],
        """
序号: item_no
项目名称: title
完成情况: progress
干得咋样: None names=干得咋样
""",
    ),
    "what was done without a promise is no progress": (
        [["序号", "类别", "干得咋样"], ["1", "养老", "已建成2座"], ["2", "教育", "已建成1座"]],
        """
序号: item_no
类别: category
干得咋样: None names=干得咋样
""",
    ),
    "what is to be done is a goal where none is known": (
        [
            ["序号", "项目名称", "干点啥"],
            ["1", "公厕", "计划新建公厕3座"],
            ["2", "公园", "计划改造公园2个"],
            ["3", "公园", "3座"],
        ],
        """
序号: item_no
项目名称: title
干点啥: goal names=干点啥 inferred
""",
    ),
    "what is to be done beside a goal is none": (
        [
            ["序号", "类别", "干点啥", "目标值"],
            ["1", "公厕", "计划新建公厕3座", "3"],
            ["2", "公园", "计划改造公园2个", "2"],
        ],
        """
序号: item_no
类别: category
干点啥: title names=干点啥 inferred
目标值: goal_value
""",
    ),
    "what acts on a number and plans nothing is progress": (
        [["序号", "目标值", "干点啥"], ["1", "3", "新建公厕3座"], ["2", "4", "改造公园2个"]],
        """
序号: item_no
目标值: goal_value
干点啥: progress names=干点啥 inferred
""",
    ),
    "a name among regions over figures is a region that nobody knows": (
        [
            ["序号", "项目名称", "柯城区", "东片", "衢江区", "龙游县", "西片", "南片", "说法"],
            ["1", "新建公厕", "1", "2", "3", "4座", "5", "6", "7"],
            ["2", "改造公园", "", "—", "", "", "", "字", "8"],
        ],
        """
序号: item_no
项目名称: title
柯城区: allocation@柯城区 330802 exact
东片: allocation@东片 330800-东片 provisional names=东片
衢江区: allocation@衢江区 330803 exact
龙游县: allocation@龙游县 330825 exact
西片: allocation@西片 330800-西片 provisional names=西片
南片: allocation@南片 330800-南片 provisional names=南片
说法: allocation@说法 330800-说法 provisional names=说法
""",
    ),
    "two regions have no unknown one among them": (
        [["序号", "项目名称", "柯城区", "东片", "衢江区"], ["1", "新建公厕", "1", "2", "3"]],
        """
序号: item_no
项目名称: title
柯城区: allocation@柯城区 330802 exact
东片: None names=东片
衢江区: allocation@衢江区 330803 exact
""",
    ),
    "words among regions, a blank column, and a name before them are no region": (
        [
            ["序号", "项目名称", "东片", "柯城区", "西片", "衢江区", "南片", "龙游县", ""],
            ["1", "新建公厕", "1", "2", "在建", "4", "", "6", "7"],
            ["2", "改造公园", "1", "2", "3座", "4", "", "6", "7"],
            ["3", "改造公园", "1", "2", "在建", "4", "", "6", "7"],
        ],
        """
序号: item_no
项目名称: title
东片: None names=东片
柯城区: allocation@柯城区 330802 exact
西片: None names=西片
衢江区: allocation@衢江区 330803 exact
南片: None names=南片
龙游县: allocation@龙游县 330825 exact
: None
""",
    ),
    "days as headers beside a promise are steps": (
        [
            ["序号", "项目名称", "6月30日前", "（年底前）", "9月份左右", "目标"],
            ["1", "新建公厕", "1座", "2座", "3座", "4座"],
        ],
        """
序号: item_no
项目名称: title
6月30日前: quarter_goal names=6月30日前 6月
（年底前）: quarter_goal names=（年底前）
9月份左右: None names=9月份左右 9月份
目标: goal
""",
    ),
    "one day as a header is none": (
        [["序号", "项目名称", "6月30日前", "牵头单位"], ["1", "新建公厕", "1座", "市住建局"]],
        """
序号: item_no
项目名称: title
6月30日前: None names=6月30日前 6月
牵头单位: lead
""",
    ),
    "days as headers beside what is reported are none": (
        [
            ["序号", "项目名称", "6月30日前", "年底前", "完成率"],
            ["1", "新建公厕", "1座", "2座", "3%"],
        ],
        """
序号: item_no
项目名称: title
6月30日前: None names=6月30日前 6月
年底前: None names=年底前
完成率: percent
""",
    ),
    "days as headers without a promise are none": (
        [["序号", "类别", "6月30日前", "年底前"], ["1", "新建公厕", "1座", "2座"]],
        """
序号: item_no
类别: category
6月30日前: None names=6月30日前 6月
年底前: None names=年底前
""",
    ),
    "days as headers beside a figure that is promised are steps": (
        [
            ["序号", "目标值", "做到", "<"],
            ["^", "^", "6月30日前", "年底前"],
            ["1", "2座", "1座", "2座"],
        ],
        """
序号: item_no
目标值: goal_value
做到/6月30日前: quarter_goal names=做到/6月30日前 6月
做到/年底前: quarter_goal names=做到/年底前
""",
    ),
    "a header of one letter is no day": (
        [["序号", "项目名称", "甲", "乙"], ["1", "新建公厕", "1", "2"]],
        """
序号: item_no
项目名称: title
甲: None names=甲
乙: None names=乙
""",
    ),
    "bodies without a header, and bodies that nobody knows, lead nothing": (
        [
            ["序号", "项目名称", "", "谁来办"],
            ["1", "甲", "市教育局", "乌有局"],
            ["2", "乙", "市教育局", "乌有局"],
        ],
        """
序号: item_no
项目名称: title
: None
谁来办: None names=谁来办
""",
    ),
    "a promise beside a goal or a detail is none": (
        [
            ["序号", "目标", "干点啥"],
            ["1", "公厕", "计划新建公厕3座"],
            ["2", "公园", "计划改造公园2个"],
        ],
        """
序号: item_no
目标: goal
干点啥: None names=干点啥
""",
    ),
    "a promise beside a detail is none": (
        [
            ["序号", "主要内容", "干点啥"],
            ["1", "公厕", "计划新建公厕3座"],
            ["2", "公园", "计划改造公园2个"],
        ],
        """
序号: item_no
主要内容: detail
干点啥: None names=干点啥
""",
    ),
    "figures alone, and figures that nothing is done to, are no goal": (
        [
            ["序号", "项目名称", "几个", "啥样"],
            ["1", "公厕", "新建3座", "公厕3座左右"],
            ["2", "公园", "3座", "公园2个左右"],
            ["3", "公园", "3座", "公园2个左右"],
        ],
        """
序号: item_no
项目名称: title
几个: None [1个]
啥样: None names=啥样
""",
    ),
    "what was finished without a figure is progress": (
        [
            ["序号", "项目名称", "干得咋样"],
            ["1", "新建公厕3座", "主体工程竣工"],
            ["2", "改造公园", "竣工验收"],
            ["3", "改造公园", "竣工"],
        ],
        """
序号: item_no
项目名称: title
干得咋样: progress names=干得咋样 inferred
""",
    ),
    "what tells more of results than of plans is progress": (
        [
            ["序号", "项目名称", "干得咋样"],
            ["1", "新建公厕3座", "累计服务群众"],
            ["2", "改造公园", "累计服务群众"],
        ],
        """
序号: item_no
项目名称: title
干得咋样: progress names=干得咋样 inferred
""",
    ),
    "a name two columns behind the regions is none": (
        [
            ["序号", "项目名称", "柯城区", "衢江区", "龙游县", "备注", "西片"],
            ["1", "新建公厕", "1", "2", "3", "", "5"],
        ],
        """
序号: item_no
项目名称: title
柯城区: allocation@柯城区 330802 exact
衢江区: allocation@衢江区 330803 exact
龙游县: allocation@龙游县 330825 exact
备注: remark
西片: None names=西片
""",
    ),
    "an unknown region is called by its deepest storey": (
        [
            ["序号", "项目名称", "各县区", "<", "<", "<"],
            ["^", "^", "柯城区", "衢江区", "龙游县", "西片"],
            ["1", "新建公厕", "1", "2", "3", "—"],
        ],
        """
序号: item_no
项目名称: title
各县区/柯城区: allocation@柯城区 330802 exact
各县区/衢江区: allocation@衢江区 330803 exact
各县区/龙游县: allocation@龙游县 330825 exact
各县区/西片: allocation_group names=西片 leads=各县区
""",
    ),
    "days without a header, in a known column or with other words are no steps": (
        [
            ["序号", "项目名称", "", "", "6月30日前争取做", "年底前赶着做", "目标1月"],
            ["1", "新建公厕", "1", "2", "3", "4", "5"],
        ],
        """
序号: item_no
项目名称: title
: None
: None
6月30日前争取做: None names=6月30日前争取做 6月
年底前赶着做: None names=年底前赶着做
目标1月: quarter_goal 1月
""",
    ),
    "a day may stand with one more character": (
        [["序号", "项目名称", "6月", "年底前"], ["1", "新建公厕", "1", "2"]],
        """
序号: item_no
项目名称: title
6月: quarter_goal goals=6月 6月
年底前: quarter_goal names=年底前
""",
    ),
}


@pytest.mark.parametrize(("rows", "told"), SETTLED.values(), ids=SETTLED)
def test_cells_settle_what_a_column_is_for(rows: Rows, told: str) -> None:
    assert spell_columns(layout_of(rows).columns) == told.strip().split("\n")
