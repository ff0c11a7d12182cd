"""Whether a clause says how far things are, what is to come, why, or what not to rely on.

Belongs here: the rules, in order. Does not belong here: the state that is told (`state_rules`).
"""

from __future__ import annotations

from pipelines.reading.clauses.clause import Clause, Kind, State
from pipelines.reading.clauses.rules import Rule, choose
from pipelines.reading.clauses.state_rules import STATE_RULES


def _tells_state(clause: Clause) -> bool:
    return choose(STATE_RULES, clause).verdict not in (None, State.SOME_DONE)


def _is_due_before(clause: Clause) -> bool:
    is_told_as_done = clause.tells("done_already") or clause.says("every_one")
    return clause.tells("before_then") and not is_told_as_done and not clause.counts_result


KIND_RULES: tuple[Rule[Clause, Kind | None], ...] = (
    Rule(
        "said:caveat",
        "what goes before it, or may change it, limits what is said",
        lambda c: c.tells("caveat"),
        Kind.CAVEAT,
        fires=(
            "‹具体安排以上级正式通知为准›",
            "‹工期视天气情况而定›",
            "‹名额另行下达›",
            "‹任务数可能根据资金适时调整›",
        ),
        spares=("‹举办以环保为主题的讲座›", "‹以社区为单位开展排查›"),
    ),
    Rule(
        "said:reason",
        "it says why",
        lambda c: c.tells("reason_told"),
        Kind.REASON,
        fires=(
            "‹由于场地未移交›，暂缓施工",
            "‹受连续降雨影响›，进度滞后",
            "按申请发放，‹故不作分解›",
        ),
        spares=("‹因地制宜建设公园›", "‹因病致贫家庭已走访›"),
    ),
    Rule(
        "said:plan",
        "words for what is to come open it",
        lambda c: c.tells("told_ahead") and not c.tells("done_already"),
        Kind.PLAN,
        fires=("暂未开展，‹计划于6月开展摸排›", "‹我区拟新建公园›", "‹下一步将加快施工›"),
        spares=(
            "‹年度计划5公里已超额完成›",
            "‹超计划6公里›",
            "‹对计划采购的设备进行登记›",
            "‹计划培训的学员均已结业›",
            "‹将老旧管网更换到位›",
        ),
    ),
    Rule(
        "said:plan_later",
        "what it tells of a later day than the text speaks for is still to come",
        lambda c: c.is_later and not c.tells("done_already"),
        Kind.PLAN,
        fires=("‹6月底前完成主体施工›",),
        spares=("‹2月底前完成主体施工›", "‹6月份的课程已排定›"),
    ),
    Rule(
        "said:plan_before",
        "what is to be finished before something, and is not said to be, is still to come",
        _is_due_before,
        Kind.PLAN,
        fires=("‹开学前投入使用›",),
        spares=("‹开学前已投入使用›", "‹提前完成›", "‹目前完成5个›", "‹国庆前全部建成›"),
    ),
    Rule(
        "said:plan_goes_on",
        "after what is to come the sentence goes on with it, until it speaks of now",
        lambda c: c.after_plan and not c.tells("speaks_of_now"),
        Kind.PLAN,
        fires=("下一步加快施工，‹尽早完成安装›",),
        spares=(
            "计划建设公园2个，‹已建成1个›",
            "预计6月开放，‹目前正在装修›",
            "计划5月启动，‹尚未开工›",
        ),
    ),
    Rule(
        "said:state",
        "a remark that says how far things are tells progress",
        lambda c: c.place is Kind.REMARK and _tells_state(c),
        Kind.PROGRESS,
        fires=("备注：‹已完工›",),
        spares=("备注：‹续建项目›", "备注：‹新增投资5000万元›"),
    ),
    Rule(
        "said:by_place",
        "otherwise it is what stands in such a place",
        lambda c: True,
        None,
        fires=("‹已建成公园›", "‹各街道高度重视›"),
    ),
)
