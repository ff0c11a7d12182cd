"""Whether a figure in a report says what was done, what is planned, or only describes.

Belongs here: the rules, in order. Does not belong here: dates and sub-items (`accomplished`), and
the target that the figure may be a result on (`recording`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.reading.clauses.frame import Frame
from pipelines.reading.clauses.rules import NumberRole, Rule
from pipelines.reading.language.passage import SENTENCE_ENDS
from pipelines.reading.language.units import PERCENT

MONEY = "money"


@dataclass(frozen=True, slots=True)
class ResultVerdict:
    """What a figure is. `is_result` is False for work towards a result (摸排605人); `is_share`
    marks a percentage of the work itself."""

    role: NumberRole
    is_result: bool = False
    is_share: bool = False


_SCOPE = ResultVerdict(NumberRole.SCOPE)
_GOAL = ResultVerdict(NumberRole.TARGET)
_DONE = ResultVerdict(NumberRole.REPORT, is_result=True)
_SHARE_DONE = ResultVerdict(NumberRole.REPORT, is_result=True, is_share=True)
_WORK = ResultVerdict(NumberRole.REPORT)


def _quotes_goal(frame: Frame) -> bool:
    tail = frame.language.pattern("quoted_goal").match(frame.quote_tail)
    return frame.is_quoted and tail is not None


def _ends_in_goal(frame: Frame) -> bool:
    """Whether the words before it end by naming a goal, and nothing before says that it is done."""
    cue = frame.language.pattern("goal_before").search(frame.before)
    if cue is None or frame.is_percent:
        return False
    return not frame.language.has("finished_cue", frame.before[: cue.start()])


def _is_bracket_of_goal(frame: Frame) -> bool:
    lead = frame.language.pattern("goal_before").search(frame.quote_lead)
    return frame.is_bracketed and lead is not None


def _is_step_goal(frame: Frame) -> bool:
    """Whether it is called the goal of a part of the year."""
    after = frame.language.pattern("step_goal_after").match(frame.after)
    return after is not None or (
        frame.language.pattern("step_goal_before").search(frame.before) is not None
    )


def _is_goal_of_share(frame: Frame) -> bool:
    """Whether the next words give the share of this goal that is done."""
    if frame.is_percent or frame.following is None:
        return False
    is_share = frame.passage.numbers[frame.following].unit == PERCENT
    if not is_share or frame.language.pattern("share_of_it").match(frame.until_next) is None:
        return False
    return frame.says("target_word")


def _is_led_by_goal(frame: Frame) -> bool:
    """Whether its clause has said what the goal is, and nothing of what was done."""
    lead = frame.language.pattern("goal_lead").search(frame.before)
    if lead is None:
        return False
    return not frame.before[: lead.start()].endswith(frame.language.words("finished_cue"))


def _is_beyond_goal(frame: Frame) -> bool:
    return frame.language.pattern("beyond_goal").search(frame.before) is not None


def _is_money(frame: Frame) -> bool:
    unit = frame.vocabulary.units.resolve(frame.number.unit)
    return unit is not None and unit.dimension == MONEY


def _is_of_the_years_plan(frame: Frame) -> bool:
    """Whether its sentence tells the year's plan, and has not turned to what was done."""
    told = frame.sentence_before
    plans = list(frame.language.pattern("year_plan").finditer(told))
    if not plans:
        return False
    if frame.is_percent or _is_money(frame):
        # 占年度计划投资的70%: what it costs is not what was promised.
        return False
    low, high = plans[-1].span()
    if told[:low].endswith(frame.language.words("finished_cue")):
        # 完成年度计划45座
        return False
    return not frame.language.has("done_turn", told[high:])


def _is_plan_of_done(frame: Frame) -> bool:
    """Whether its clause plans it, and the sentence goes on with how far that has come."""
    plans = list(frame.language.cue("plan_word").finditer(frame.before))
    if not plans or frame.says("later_word") or frame.is_percent or _is_money(frame):
        return False
    if frame.language.has("done_turn", frame.before[plans[-1].end() :]):
        return False
    return frame.language.has("done_turn", frame.sentence_after)


def _is_drawn_up(frame: Frame) -> bool:
    planning = frame.language.cue("planning_verb").search(frame.before)
    if planning is None:
        return False
    return not frame.language.has("finished_cue", frame.before[planning.end() :])


def _is_only_prepared(frame: Frame) -> bool:
    decided = frame.language.pattern("preparation_decided").search(frame.tail)
    return decided is not None and not frame.language.has("activity", frame.before + frame.tail)


def _heads_account(frame: Frame) -> bool:
    end = frame.clause[1]
    return not frame.tail and frame.passage.text[end : end + 1] == "："


def _names_rate(frame: Frame) -> bool:
    """Whether the words before a percentage name a rate of its own (满意度), not progress."""
    for word in frame.language.words("rate_word"):
        at = frame.before.rfind(word)
        end = at + len(word)
        if at >= 0 and not frame.before[:end].endswith(frame.language.words("share_word")):
            return True
    return False


def _is_told_by_action(frame: Frame) -> bool:
    """Whether an action says that so many were done, or the figure stands as a result by itself."""
    if frame.counted.action or frame.language.has("action", f"{frame.before}，{frame.tail}"):
        return True
    if frame.language.has("accomplished", frame.tail):
        # 26台除雪车全部上路, 1.9万名学生吃上了热乎饭
        return True
    return bool(frame.counted.thing) and not frame.tail


def _own(frame: Frame, kind: str) -> bool:
    return frame.language.has(kind, "".join(frame.own_words))


def _is_goal_of_done(frame: Frame) -> bool:
    """Whether the clause goes on with how many of it were done (8个食堂已建成5个)."""
    if frame.following is None or frame.is_percent or frame.counted.action:
        return False
    next_one = frame.passage.numbers[frame.following]
    is_same = next_one.unit == frame.number.unit and not frame.number.ends_range
    if frame.language.pattern("joint").search(frame.until_next) is not None:
        # 电梯开工112部、完工86部: two stages side by side.
        return False
    return is_same and frame.language.pattern("done_of_it").search(frame.until_next) is not None


def _is_rest(frame: Frame) -> bool:
    return frame.language.pattern("rest_before").search(frame.before) is not None


def _is_part_of_programme(frame: Frame) -> bool:
    """Whether its sentence has counted the programme's lines, and it counts some of them."""
    language, passage = frame.language, frame.passage
    if language.pattern("some_of_them").fullmatch(frame.before) is None:
        return False
    low = passage.cut_before(frame.place[0], SENTENCE_ENDS, passage.whole)
    return any(
        number.unit == frame.number.unit
        and passage.spans[index][0] >= low
        and language.pattern("programme_after").match(passage.text, passage.spans[index][1])
        for index, number in enumerate(passage.numbers[: frame.index])
    )


def _counts_lines(frame: Frame) -> bool:
    """Whether it counts the lines of the programme, not what a line does."""
    language = frame.language
    if language.pattern("programme_after").match(frame.tail) is not None:
        return True
    if language.pattern("programme_before").search(frame.before) is not None:
        return True
    if frame.number.unit not in language.words("line_unit"):
        return False
    if _is_part_of_programme(frame):
        return True
    if not frame.before and language.pattern("lines_after").match(frame.tail) is not None:
        return True
    return language.pattern("lines_before").search(frame.before) is not None


def _is_share_in_bracket(frame: Frame) -> bool:
    return frame.is_percent and frame.fills_bracket and frame.follows_quantity


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
        lambda f: _quotes_goal(f) and f.language.has("reached_cue", f.quote_lead),
        _DONE,
        fires=("医院均已开通结算，达成“设立菜市‹102个›”目标",),
        spares=("医院均已开通结算，对照“设立菜市‹102个›”目标",),
    ),
    Rule(
        "result:quoted_goal",
        "in quotation marks before the word goal stands a goal",
        _quotes_goal,
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
        _counts_lines,
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
        _is_step_goal,
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
        _is_beyond_goal,
        _SCOPE,
        fires=("募集岗位720个，超过年度任务‹120个›",),
        spares=("募集岗位720个，年度任务‹120个›",),
    ),
    Rule(
        "result:goal_of_share",
        "a goal of which the share that is done comes next",
        _is_goal_of_share,
        _GOAL,
        fires=("新增就业3368人，完成目标任务‹3000人›的112.3%",),
        spares=("完成目标任务‹3000人›",),
    ),
    Rule(
        "result:goal_named",
        "a figure right after the word goal is the goal, unless it was finished",
        _ends_in_goal,
        _GOAL,
        fires=("全年目标‹500个›，已完成320个", "已完成3所（目标‹5所›）"),
        spares=("完成年度目标任务‹320个›",),
    ),
    Rule(
        "result:goal_in_bracket",
        "in brackets after the word goal stand the goals",
        _is_bracket_of_goal,
        _GOAL,
        fires=("培训90场，完成年度目标（改造管网‹40公里›、锅炉146台）的58%",),
        spares=("完成改造（新增床位‹38张›）",),
    ),
    Rule(
        "result:goal_lead",
        "what its clause says the goal to be is the goal",
        _is_led_by_goal,
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
        _is_goal_of_done,
        _GOAL,
        fires=("‹8个›互助幸福院已建成5个", "‹20个›幸福院建设已完成13个（65%）"),
        spares=("8个互助幸福院已建成‹5个›", "电梯开工‹112部›、完工86部"),
    ),
    Rule(
        "result:years_plan",
        "what the year's plan says is the goal, up to where the sentence turns to what was done",
        _is_of_the_years_plan,
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
        _is_plan_of_done,
        _GOAL,
        fires=("计划改造食堂‹12所›，现已完成10所", "计划新建床位‹600张›，目前完成主体装修"),
        spares=("目前已完工2所，计划再改造‹12所›", "下一步计划改造‹12所›，点位已定"),
    ),
    Rule(
        "result:rest",
        "what is left was not done",
        _is_rest,
        _SCOPE,
        fires=("已修复19处，其余‹4处›完成招标", "剩余‹12户›完成改造"),
        spares=("已修复‹19处›，其余4处完成招标",),
    ),
    Rule(
        "result:share_in_bracket",
        "a percentage alone in brackets after a figure is the share that is done",
        _is_share_in_bracket,
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
        _is_drawn_up,
        _SCOPE,
        fires=("明确创建农贸市场‹6家›",),
        spares=("明确点位并建成农贸市场‹6家›",),
    ),
    Rule(
        "result:prepared",
        "plans, lists and sites for so many only prepare them",
        _is_only_prepared,
        _SCOPE,
        fires=("完成‹16个›小区改造方案",),
        spares=("收集‹18个›点位",),
    ),
    Rule(
        "result:heads_account",
        "before a colon the task is named, and told of after it",
        _heads_account,
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
        lambda f: f.is_percent and f.says("share_word") and not _names_rate(f),
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
        "result:no_action",
        "a count beside words that tell no action describes",
        lambda f: not _is_told_by_action(f),
        _SCOPE,
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
        lambda f: _own(f, "activity"),
        _WORK,
        fires=("完成摸排‹605人›",),
        spares=("完成培训‹605人›",),
    ),
    Rule(
        "result:under_way",
        "work on the thing counted goes on",
        lambda f: _own(f, "underway_cue"),
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
