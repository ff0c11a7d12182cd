"""How far a clause says that the thing it speaks of is.

Belongs here: the rules, in order. Does not belong here: what several clauses say together
(`sayings`), or whether a clause tells progress at all (`kind_rules`).

A completed part is no completed whole: a stage of the work (主体封顶) is work under way, and so
many done (`some_done`) say nothing of the rest.
"""

from __future__ import annotations

from decimal import Decimal

from pipelines.reading.clauses.clause import Clause, State
from pipelines.reading.clauses.rules import Rule

ALL = Decimal(100)


def _has_share_below_all(clause: Clause) -> bool:
    return any(share < ALL for share in clause.shares)


def _counts_some(clause: Clause) -> bool:
    return clause.counts_result and not clause.says("every_one")


STATE_RULES: tuple[Rule[Clause, State | None], ...] = (
    Rule(
        "state:circumstance",
        "words that only tell by what one goes say nothing of how far it went",
        lambda c: c.tells("circumstance"),
        None,
        fires=("‹根据设计方案›，已开工", "‹结合前期摸排›，完成改造"),
        spares=("‹按计划推进施工›",),
    ),
    Rule(
        "state:stopped",
        "work that was begun rests",
        lambda c: c.tells("stopped"),
        State.STOPPED,
        fires=("‹项目停工›", "‹暂缓施工›"),
        spares=("‹停工地块已恢复施工›", "‹未出现停工›"),
    ),
    Rule(
        "state:delayed",
        "it is behind its own time",
        lambda c: c.tells("delayed"),
        State.DELAYED,
        fires=("‹进度滞后›", "‹未按期开工›"),
        spares=("‹无滞后项目›",),
    ),
    Rule(
        "state:not_started",
        "nothing was begun; beside a number only so many were not",
        lambda c: c.tells("not_begun") and not c.has_quantity,
        State.NOT_STARTED,
        fires=("‹暂未开展暑托工作›", "‹尚未开工›"),
        spares=("建成5个，‹未开工2个›", "‹暂无投诉›"),
    ),
    Rule(
        "state:share",
        "a percentage of the work below a hundred",
        _has_share_below_all,
        State.UNDER_WAY,
        fires=("‹建筑安装完成86%›",),
        spares=("‹任务完成100%›", "‹群众满意度95%›"),
    ),
    Rule(
        "state:whole_share",
        "all of the work, in a percentage",
        lambda c: bool(c.shares),
        State.COMPLETED,
        fires=("‹任务进度100%›",),
        spares=("‹任务进度60%›",),
    ),
    Rule(
        "state:some_done",
        "so many are done, whatever there is to do",
        _counts_some,
        State.SOME_DONE,
        fires=("‹已建成145个›", "‹完成培训80人›"),
        spares=("‹3所学校均已完成改造›", "‹摸排605人›"),
    ),
    Rule(
        "state:preparing",
        "plans, sites, surveys, tenders: what it ends in only prepares",
        lambda c: c.tells("prepares"),
        State.PREPARING,
        fires=("‹完成施工图设计›", "‹设计方案已完成›", "‹正在招标›", "‹已拟定建设计划›"),
        spares=("‹完成设计并开工建设›", "‹按计划推进›"),
    ),
    Rule(
        "state:nearly",
        "nearly, or the main part, is not all",
        lambda c: c.tells("nearly_done"),
        State.UNDER_WAY,
        fires=("‹基本建成›", "‹工程接近尾声›"),
        spares=("‹全部建成›", "‹基本公共服务站已建成›"),
    ),
    Rule(
        "state:stage",
        "a stage of the work goes on or is over",
        lambda c: c.tells("work_stage"),
        State.UNDER_WAY,
        fires=("‹主体结构封顶›", "‹装修完成›", "‹桩基施工完成›"),
        spares=("‹公园建设完成›",),
    ),
    Rule(
        "state:accepted",
        "it passed acceptance",
        lambda c: c.tells("accepted"),
        State.ACCEPTED,
        fires=("‹已通过竣工验收›", "‹验收合格›"),
        spares=("‹已完工待验收›", "‹完成初验›"),
    ),
    Rule(
        "state:to_be_accepted",
        "what awaits acceptance, or passed a first one, is completed",
        lambda c: c.tells("awaits_acceptance"),
        State.COMPLETED,
        fires=("‹等待验收›", "‹已进行初验›"),
        spares=("‹已通过竣工验收›",),
    ),
    Rule(
        "state:completed",
        "it is done, or used for what it is for",
        lambda c: c.tells("finished"),
        State.COMPLETED,
        fires=("‹公园已建成›", "‹完成甲站建设›", "‹已投入使用›", "‹改造完成›"),
        spares=("‹确定完成时间›", "‹未完成›", "‹各项任务正加紧完成›", "‹交通水利›"),
    ),
    Rule(
        "state:under_way",
        "work on it goes on",
        lambda c: c.tells("goes_on"),
        State.UNDER_WAY,
        fires=("‹正在改造›", "‹已开工建设›", "‹有序推进›", "‹部分功能完善中›"),
        spares=("‹开展讲座›", "‹各街道高度重视›"),
    ),
    Rule(
        "state:not_said",
        "no word says how far it is",
        lambda c: True,
        None,
        fires=("‹各街道高度重视›",),
    ),
)
