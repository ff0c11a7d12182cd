"""Whether a figure in a report says what was done, what is planned, or only describes.

Belongs here: the rules, in order. Does not belong here: what they ask (`result_questions`), dates
and sub-items (`accomplished`), and the target that the figure may be a result on (`recording`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.reading.clauses.frame import Frame
from pipelines.reading.clauses.result_questions import (
    counts_lines,
    ends_in_goal,
    heads_account,
    is_beyond_goal,
    is_bracket_of_goal,
    is_drawn_up,
    is_goal_of_done,
    is_goal_of_share,
    is_led_by_goal,
    is_of_the_years_plan,
    is_only_prepared,
    is_plan_of_done,
    is_rest,
    is_share_in_bracket,
    is_single_thing,
    is_step_goal,
    is_told_by_action,
    is_under_way,
    names_rate,
    own,
    quotes_goal,
)
from pipelines.reading.clauses.rules import NumberRole, Rule


@dataclass(frozen=True, slots=True)
class ResultVerdict:
    """What a figure is. `is_result` is False for work towards a result (摸排605人); `is_share`
    marks a percentage of the work itself."""

    role: NumberRole
    is_result: bool = False
    is_share: bool = False


_SCOPE = ResultVerdict(NumberRole.SCOPE)
_UNKNOWN = ResultVerdict(NumberRole.UNRESOLVED)
_GOAL = ResultVerdict(NumberRole.TARGET)
_DONE = ResultVerdict(NumberRole.REPORT, is_result=True)
_SHARE_DONE = ResultVerdict(NumberRole.REPORT, is_result=True, is_share=True)
_WORK = ResultVerdict(NumberRole.REPORT)


RESULT_RULES: tuple[Rule[Frame, ResultVerdict], ...] = (
    Rule(
        "result:quoted_old_goal",
        "in quotation marks after a word for an old goal stands that goal",
        lambda f: f.is_quoted and f.language.has("old_target_cue", f.quote_lead),
        _GOAL,
        fires=("新建学校96所，超额完成原定“新建学校‹70所›”",),
        spares=("建成“‹15分钟›”服务圈96个",),
    ),
    Rule(
        "result:quoted_goal_reached",
        "a goal in quotation marks that was reached is what was done",
        lambda f: quotes_goal(f) and f.language.has("reached_cue", f.quote_lead),
        _DONE,
        fires=("医院均已开通结算，达成“设立菜市‹102个›”目标",),
        spares=("医院均已开通结算，对照“设立菜市‹102个›”目标",),
    ),
    Rule(
        "result:quoted_goal",
        "in quotation marks before the word goal stands a goal",
        quotes_goal,
        _GOAL,
        fires=("对照“设立菜市‹102个›”目标，已设立80个",),
        spares=("举办“聚力‹100场›”活动30场",),
    ),
    Rule(
        "result:quoted_name",
        "any other number in quotation marks is part of a name",
        lambda f: f.is_quoted,
        _SCOPE,
        fires=("新建“设立菜市‹102个›，惠民每一家”示范点",),
        spares=("新建菜市‹102个›",),
    ),
    Rule(
        "result:range_end",
        "the upper bound of a range belongs to the lower one",
        lambda f: f.number.ends_range,
        _SCOPE,
        fires=("新建道路60-‹80公里›",),
        spares=("新建道路‹80公里›",),
    ),
    Rule(
        "result:time",
        "a stretch of time or a count of floors is not what was done",
        lambda f: not f.counts,
        _SCOPE,
        fires=("完成工作满‹12年›人员登记",),
        spares=("完成登记‹12人›",),
    ),
    Rule(
        "result:programme",
        "a count of the programme's own projects",
        counts_lines,
        _SCOPE,
        fires=(
            "完成‹10件›民生实事",
            "实施民生实事‹28项›",
            "这‹4项›均已完成",
            "‹3项›完成全年目标，2项按计划推进",
            "20件民生实事中，‹18件›全面完成，其中2件提前完成",
            "20件民生实事中，18件全面完成，其中‹2件›提前完成",
            "‹4项›市重点民生实事进展顺利",
            "实施为民办实事项目‹9个›",
            "从8个候选项目中票决产生‹6个›",
        ),
        spares=("完成‹10件›家具", "新建公园‹4个›", "发明专利‹3项›"),
    ),
    Rule(
        "result:difference",
        "how many more or fewer than elsewhere is not how many were done",
        lambda f: f.language.pattern("difference_before").search(f.before) is not None,
        _SCOPE,
        fires=("改造户厕1512户，比计划多改造‹62户›", "较去年同期增加培训‹300人›"),
        spares=("改造户厕‹1512户›，比计划多改造62户",),
    ),
    Rule(
        "result:step_goal",
        "a goal of a part of the year is not the goal of the year",
        is_step_goal,
        _SCOPE,
        fires=("超过9月份改造管网‹20公里›的节点目标", "完成28公里，超过上半年目标‹25公里›"),
        spares=("完成全年‹40部›的目标任务",),
    ),
    Rule(
        "result:old_goal",
        "after a word for an old goal stands that goal",
        lambda f: not f.is_percent and f.says("old_target_cue"),
        _GOAL,
        fires=("原定新建学校‹70所›，已建成96所",),
        spares=("原定新建学校70所，已建成‹96所›",),
    ),
    Rule(
        "result:beyond_goal",
        "after a word for passing a goal it is not said whether it is the goal or the rest",
        is_beyond_goal,
        _UNKNOWN,
        fires=("募集岗位720个，超过年度任务‹120个›",),
        spares=("募集岗位720个，年度任务‹120个›",),
    ),
    Rule(
        "result:goal_of_share",
        "a goal of which the share that is done comes next",
        is_goal_of_share,
        _GOAL,
        fires=("新增就业3368人，完成目标任务‹3000人›的112.3%",),
        spares=("完成目标任务‹3000人›",),
    ),
    Rule(
        "result:goal_named",
        "a figure right after the word goal is the goal, unless it was finished",
        ends_in_goal,
        _GOAL,
        fires=("全年目标‹500个›，已完成320个", "已完成3所（目标‹5所›）"),
        spares=("完成年度目标任务‹320个›",),
    ),
    Rule(
        "result:goal_in_bracket",
        "in brackets after the word goal stand the goals",
        is_bracket_of_goal,
        _GOAL,
        fires=("培训90场，完成年度目标（改造管网‹40公里›、锅炉146台）的58%",),
        spares=("完成改造（新增床位‹38张›）",),
    ),
    Rule(
        "result:goal_lead",
        "what its clause says the goal to be is the goal",
        is_led_by_goal,
        _GOAL,
        fires=("目标为新增学位‹2700个›，已新增1890个",),
        spares=("目标为新增学位2700个，已新增‹1890个›",),
    ),
    Rule(
        "result:goal_told_after",
        "a figure that is called a goal right after it is the goal",
        lambda f: f.language.pattern("goal_after").match(f.after) is not None,
        _GOAL,
        fires=(
            "完成全年‹40部›的目标任务",
            "失业率低于‹4.5%›的控制目标",
            "安装路灯‹1500盏›的任务已提前完成",
        ),
        spares=("完成全年‹40部›", "‹40部›完成年度目标"),
    ),
    Rule(
        "result:goal_of_done",
        "a count of which the same clause tells how many are done is the goal",
        is_goal_of_done,
        _GOAL,
        fires=("‹8个›互助幸福院已建成5个", "‹20个›幸福院建设已完成13个（65%）"),
        spares=("8个互助幸福院已建成‹5个›", "电梯开工‹112部›、完工86部"),
    ),
    Rule(
        "result:years_plan",
        "what the year's plan says is the goal, up to where the sentence turns to what was done",
        is_of_the_years_plan,
        _GOAL,
        fires=(
            "今年计划改造管网‹35公里›",
            "年度计划新建公厕45座，改造户厕‹3200户›，目前已开工",
        ),
        spares=("今年计划改造管网35公里，目前完成‹31公里›", "完成年度计划‹45座›"),
    ),
    Rule(
        "result:plan_of_done",
        "what is planned, where the sentence goes on with how far it has come, is the goal",
        is_plan_of_done,
        _GOAL,
        fires=("计划改造食堂‹12所›，现已完成10所", "计划新建床位‹600张›，目前完成主体装修"),
        spares=("目前已完工2所，计划再改造‹12所›", "下一步计划改造‹12所›，点位已定"),
    ),
    Rule(
        "result:rest",
        "what is left was not done",
        is_rest,
        _SCOPE,
        fires=("已修复19处，其余‹4处›完成招标", "剩余‹12户›完成改造"),
        spares=("已修复‹19处›，其余4处完成招标",),
    ),
    Rule(
        "result:share_in_bracket",
        "a percentage alone in brackets after a figure is the share that is done",
        is_share_in_bracket,
        _SHARE_DONE,
        fires=("已完成13个（‹65%›）",),
        spares=("已完成改造（‹13个›）",),
    ),
    Rule(
        "result:share_told_in_bracket",
        "a percentage in brackets that is called the progress of the work is the share done",
        lambda f: f.is_percent and f.is_bracketed and f.says("work_progress"),
        _SHARE_DONE,
        fires=("体育公园正在施工（形象进度‹55%›）",),
        spares=("体育公园正在施工（绿地率‹55%›）",),
    ),
    Rule(
        "result:bracketed",
        "what stands in brackets explains, unless it is a part",
        lambda f: f.is_bracketed and f.counted.part_of is None,
        _SCOPE,
        fires=("完成改造（新增床位‹38张›）",),
        spares=("新增床位80张（其中护理型‹60张›）",),
    ),
    Rule(
        "result:qualifies_next",
        "a number that only tells where the next one is counted",
        lambda f: f.qualifies_next,
        _SCOPE,
        fires=("已完成筹集共计‹10个›项目260套",),
        spares=("已完成筹集共计10个项目‹260套›",),
    ),
    Rule(
        "result:rate_of_change",
        "a percentage after a word for change compares with another year",
        lambda f: f.is_percent and f.says("growth_cue"),
        _SCOPE,
        fires=("投诉总量增长‹12%›",),
        spares=("完成‹12%›",),
    ),
    Rule(
        "result:other_years",
        "a figure of several or earlier years is not this year's",
        lambda f: f.says("other_span"),
        _SCOPE,
        fires=("近三年建成‹30个›",),
        spares=("今年建成‹30个›",),
    ),
    Rule(
        "result:planned",
        "after a word for what is to come nothing was done yet",
        lambda f: f.says("plan_cue"),
        _SCOPE,
        fires=("拟建设单元‹40个›",),
        spares=("已建设单元‹40个›",),
    ),
    Rule(
        "result:drawn_up",
        "what a plan was drawn up for is not done yet",
        is_drawn_up,
        _SCOPE,
        fires=("明确创建农贸市场‹6家›",),
        spares=("明确点位并建成农贸市场‹6家›",),
    ),
    Rule(
        "result:prepared",
        "plans, lists and sites for so many only prepare them",
        is_only_prepared,
        _SCOPE,
        fires=("完成‹16个›小区改造方案",),
        spares=("收集‹18个›点位",),
    ),
    Rule(
        "result:heads_account",
        "before a colon the task is named, and told of after it",
        heads_account,
        _SCOPE,
        fires=("新建服务站‹3家›：甲站已完成设计",),
        spares=("新建服务站‹3家›，甲站已完成设计",),
    ),
    Rule(
        "result:stage",
        "a number that says how far the work has come, not how much",
        lambda f: f.language.pattern("stage_before").search(f.before) is not None,
        _SCOPE,
        fires=("施工推进至‹6座›",),
        spares=("床位增至‹300张›",),
    ),
    Rule(
        "result:share_done",
        "a percentage of the work, where the words name no rate of its own",
        lambda f: f.is_percent and f.says("share_word") and not names_rate(f),
        _SHARE_DONE,
        fires=("外墙安装完成‹86%›",),
        spares=("家长满意度‹93.5%›",),
    ),
    Rule(
        "result:rate",
        "any other percentage is a rate that was reached",
        lambda f: f.is_percent,
        _DONE,
        fires=("家长满意度‹93.5%›居全市前列",),
    ),
    Rule(
        "result:goes_on",
        "what is still being worked on is not done",
        lambda f: not is_told_by_action(f) and is_under_way(f),
        _SCOPE,
        fires=("另有‹17个›正在装修",),
        spares=("‹17个›开门迎客", "正在装修，已建成‹17个›"),
    ),
    Rule(
        "result:single_thing",
        "one thing that is told of is no count",
        lambda f: not is_told_by_action(f) and is_single_thing(f),
        _SCOPE,
        fires=("乐里镇‹一名›家长说", "暖了‹一座›城"),
        spares=("‹两所›幼儿园同时迎来孩子", "‹1个›开门迎客"),
    ),
    Rule(
        "result:no_action",
        "a count beside words that tell no action: nobody knows whether it was done",
        lambda f: not is_told_by_action(f),
        _UNKNOWN,
        fires=("辖区‹30个›小区居民众多",),
        spares=("辖区‹30个›小区完成改造",),
    ),
    Rule(
        "result:nothing_done",
        "its own words say that nothing was begun",
        lambda f: f.language.pattern("nothing_before").search(f.own_words[0]) is not None,
        _SCOPE,
        fires=("建成5个，未开工‹2个›",),
        spares=("建成‹5个›，未开工2个",),
    ),
    Rule(
        "result:activity",
        "an activity towards the result is work, not the result",
        lambda f: own(f, "activity"),
        _WORK,
        fires=("完成摸排‹605人›",),
        spares=("完成培训‹605人›",),
    ),
    Rule(
        "result:under_way",
        "work on the thing counted goes on",
        lambda f: own(f, "underway_cue"),
        _WORK,
        fires=("在建公园‹5个›",),
        spares=("建成公园‹5个›",),
    ),
    Rule(
        "result:preparation",
        "words that end in a preparation tell of work, not of the result",
        lambda f: f.language.pattern("preparation_at_end").search(f.tail) is not None,
        _WORK,
        fires=("摸排小区5个和建成‹18个›点位",),
        spares=("走访企业‹18家›",),
    ),
    Rule(
        "result:done",
        "what an action tells was done",
        lambda f: True,
        _DONE,
        fires=("已建成‹145个›",),
    ),
)
