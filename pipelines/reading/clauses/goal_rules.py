"""Which quantities of a plan's text are promised, and which only qualify another.

Belongs here: the rules, in order, and the weight that each gives. Does not belong here: any of the
words (`vocabulary/scope_cues.csv`), or how quantities of one text compare (`goals`).
"""

from __future__ import annotations

from enum import IntEnum

from pipelines.reading.clauses.frame import Frame
from pipelines.reading.clauses.rules import Rule

BOUNDS = (">=", ">")
"""Who prints a lower bound promises it: 覆盖人群不少于40万人次 is more than a description."""


SIZES = ("power", "boiler_capacity", "apparent_power", "volume", "mass", "data_size", "voltage")
"""Dimensions by which a machine or a building is named (64兆瓦热水锅炉)."""
MEASURED = ("area", "money", "length", "volume", "mass", "power")
"""Dimensions by which a piece is described."""


class Weight(IntEnum):
    """How much a quantity looks like the promise of its text."""

    AS_BEFORE = -1
    """As much as the last promised quantity before it."""
    QUALIFIES = 0
    PLACES = 1
    """A count of places to do something in: the promise only where the text has no other."""
    BENEFICIARIES = 2
    """Whom something is done for: the promise only where its clause has no other."""
    PROMISED = 3


def _measures_time(frame: Frame) -> bool:
    unit = frame.vocabulary.units.resolve(frame.number.unit) if frame.number.unit else None
    return unit is not None and unit.dimension in frame.vocabulary.scope.dimensions


def _is_attribute(frame: Frame) -> bool:
    named = frame.vocabulary.scope.attributes.fullmatch(frame.before) is not None
    return named and frame.follows_quantity and frame.number.comparator == "~"


def _is_part_in_brackets(frame: Frame) -> bool:
    opens = frame.vocabulary.scope.parts.match(frame.before) is not None
    return opens and frame.within != frame.passage.whole and frame.promised_before


def _benefits(frame: Frame) -> bool:
    named = frame.vocabulary.scope.beneficiaries.search(frame.before) is not None
    return named and frame.number.comparator not in BOUNDS


def _holds_for_each(frame: Frame) -> bool:
    """Whether the words before it say of each piece how large or how dear it is."""
    scope = frame.vocabulary.scope
    if scope.per_piece.match(frame.before) is not None:
        return True
    each = scope.per_piece.search(frame.before)
    if each is None or frame.counted.action:
        return False
    unit = frame.vocabulary.units.resolve(frame.number.unit) if frame.number.unit else None
    return unit is not None and unit.dimension in MEASURED


def _sizes_next(frame: Frame) -> bool:
    """Whether a measure stands right before the thing that the next number counts."""
    unit = frame.vocabulary.units.resolve(frame.number.unit) if frame.number.unit else None
    if unit is None or unit.dimension not in SIZES or frame.following is None:
        return False
    language, between = frame.language, frame.until_next
    if language.pattern("joint_or_mark").search(between) or not between:
        return False
    return not language.has("action", between)


GOAL_RULES: tuple[Rule[Frame, Weight], ...] = (
    Rule(
        "goal:size_of_next",
        "a measure right before a counted thing says how large it is",
        _sizes_next,
        Weight.QUALIFIES,
        fires=("新增‹64兆瓦›热水锅炉1台",),
        spares=("铺设‹64公里›管网、新增热水锅炉1台", "新增64兆瓦热水锅炉‹1台›"),
    ),
    Rule(
        "goal:range_end",
        "the upper bound of a range belongs to the lower one",
        lambda f: f.number.ends_range,
        Weight.QUALIFIES,
        fires=("新建道路60至‹80公里›",),
        spares=("新建道路‹80公里›",),
    ),
    Rule(
        "goal:time",
        "a stretch of time is never what is promised",
        _measures_time,
        Weight.QUALIFIES,
        fires=("离校‹2年›内高校毕业生就业",),
        spares=("新建公园‹2个›",),
    ),
    Rule(
        "goal:difference",
        "how far it lies from a plan, another year or another place is no promise",
        lambda f: f.language.pattern("difference_before").search(f.before) is not None,
        Weight.QUALIFIES,
        fires=("完工15处，比计划进度慢约‹10个百分点›",),
        spares=("绿化覆盖率提高‹10个百分点›",),
    ),
    Rule(
        "goal:each_piece",
        "what holds for each piece qualifies the pieces",
        _holds_for_each,
        Weight.QUALIFIES,
        fires=(
            "新建场馆6个，每个场馆不少于‹150平方米›",
            "新建中心3个，中心每个面积不少于‹300平方米›",
            "发放补贴，标准为每户每年‹1200元›",
        ),
        spares=("新建场馆‹6个›，每个场馆不少于150平方米",),
    ),
    Rule(
        "goal:reach",
        "words right after the number make it a reach, or the programme itself",
        lambda f: f.vocabulary.scope.after.match(f.after) is not None,
        Weight.QUALIFIES,
        fires=("打造‹3公里›范围内服务圈", "办好‹10件›民生实事"),
        spares=("新建绿道‹3公里›",),
    ),
    Rule(
        "goal:measure_before",
        "words right before the number make it a cost or a measure of something",
        lambda f: f.vocabulary.scope.before.search(f.before) is not None,
        Weight.QUALIFIES,
        fires=("改造管网，总投资‹5000万元›",),
        spares=("发放补贴‹5000万元›",),
    ),
    Rule(
        "goal:attribute",
        "a size told roughly after a promise only describes it",
        _is_attribute,
        Weight.QUALIFIES,
        fires=("新建公园2个，总面积约‹18万平方米›",),
        spares=("新建公园2个，总面积‹18万平方米›",),
    ),
    Rule(
        "goal:places",
        "a count of places is the promise only where the text has no other",
        lambda f: f.vocabulary.scope.places.match(f.passage.text, f.place[1]) is not None,
        Weight.PLACES,
        fires=("在‹12个›镇街新建公园6个",),
        spares=("在12个镇街新建公园‹6个›",),
    ),
    Rule(
        "goal:part_in_brackets",
        "a part in brackets is what the number before it is",
        _is_part_in_brackets,
        Weight.AS_BEFORE,
        fires=("惠及30万人（其中为‹12万人›免费体检）",),
        spares=("新建床位300张（‹12人›值守）",),
    ),
    Rule(
        "goal:beneficiaries",
        "whom something is done for is the promise only where its clause has no other",
        _benefits,
        Weight.BENEFICIARIES,
        fires=("为‹1000名›居民提供健康服务5000次",),
        spares=("培训‹1000名›居民", "为不少于‹1000名›居民提供健康服务5000次"),
    ),
    Rule(
        "goal:promised",
        "what is counted and qualifies nothing is promised",
        lambda f: True,
        Weight.PROMISED,
        fires=("新增托位‹5000个›",),
    ),
)
