"""What the rules of results ask about a number in its clause and sentence.

Belongs here: questions with an answer of yes or no. Does not belong here: what follows from them
(`result_rules`), or questions that other rules ask too (`frame`).
"""

from __future__ import annotations

from pipelines.reading.clauses.frame import Frame
from pipelines.reading.language.passage import SENTENCE_ENDS
from pipelines.reading.language.units import PERCENT

MONEY = "money"


def quotes_goal(frame: Frame) -> bool:
    """Whether it stands in quotation marks that are called a goal."""
    tail = frame.language.pattern("quoted_goal").match(frame.quote_tail)
    return frame.is_quoted and tail is not None


def ends_in_goal(frame: Frame) -> bool:
    """Whether the words before it end by naming a goal, and nothing before says that it is done."""
    cue = frame.language.pattern("goal_before").search(frame.before)
    if cue is None or frame.is_percent:
        return False
    return not frame.language.has("goal_met_cue", frame.before[: cue.start()])


def is_bracket_of_goal(frame: Frame) -> bool:
    """Whether its bracket stands right after a word for a goal."""
    lead = frame.language.pattern("goal_before").search(frame.quote_lead)
    return frame.is_bracketed and lead is not None


def is_step_goal(frame: Frame) -> bool:
    """Whether it is called the goal of a part of the year."""
    after = frame.language.pattern("step_goal_after").match(frame.after)
    return after is not None or (
        frame.language.pattern("step_goal_before").search(frame.before) is not None
    )


def is_goal_of_share(frame: Frame) -> bool:
    """Whether the next words give the share of this goal that is done."""
    if frame.is_percent or frame.following is None:
        return False
    is_share = frame.passage.numbers[frame.following].unit == PERCENT
    if not is_share or frame.language.pattern("share_of_it").match(frame.until_next) is None:
        return False
    return frame.says("target_word")


def is_led_by_goal(frame: Frame) -> bool:
    """Whether its clause has said what the goal is, and nothing of what was done."""
    lead = frame.language.pattern("goal_lead").search(frame.before)
    if lead is None:
        return False
    return not frame.before[: lead.start()].endswith(frame.language.words("finished_cue"))


def is_beyond_goal(frame: Frame) -> bool:
    """Whether a word for passing a goal stands before it."""
    return frame.language.pattern("beyond_goal").search(frame.before) is not None


def _is_money(frame: Frame) -> bool:
    unit = frame.vocabulary.units.resolve(frame.number.unit)
    return unit is not None and unit.dimension == MONEY


def is_of_the_years_plan(frame: Frame) -> bool:
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


def is_plan_of_done(frame: Frame) -> bool:
    """Whether its clause plans it, and the sentence goes on with how far that has come."""
    plans = list(frame.language.cue("plan_word").finditer(frame.before))
    if not plans or frame.says("later_word") or frame.is_percent or _is_money(frame):
        return False
    if frame.language.has("done_turn", frame.before[plans[-1].end() :]):
        return False
    return frame.language.has("done_turn", frame.sentence_after)


def is_drawn_up(frame: Frame) -> bool:
    """Whether a plan for it was drawn up, and nothing of it is done."""
    planning = frame.language.cue("planning_verb").search(frame.before)
    if planning is None:
        return False
    return not frame.language.has("finished_cue", frame.before[planning.end() :])


def is_only_prepared(frame: Frame) -> bool:
    """Whether the words after it end in a preparation."""
    decided = frame.language.pattern("preparation_decided").search(frame.tail)
    return decided is not None and not frame.language.has("activity", frame.before + frame.tail)


def heads_account(frame: Frame) -> bool:
    """Whether its clause names the task and a colon goes on to tell of it."""
    end = frame.clause[1]
    return not frame.tail and frame.passage.text[end : end + 1] == "："


def names_rate(frame: Frame) -> bool:
    """Whether the words before a percentage name a rate of its own (满意度), not progress."""
    for word in frame.language.words("rate_word"):
        at = frame.before.rfind(word)
        end = at + len(word)
        if at >= 0 and not frame.before[:end].endswith(frame.language.words("share_word")):
            return True
    return False


def is_told_by_action(frame: Frame) -> bool:
    """Whether an action says that so many were done, or the figure stands as a result by itself."""
    if frame.counted.action or frame.language.has("action", f"{frame.before}，{frame.tail}"):
        return True
    if frame.language.has("accomplished", frame.tail):
        # 26台除雪车全部上路, 1.9万名学生吃上了热乎饭
        return True
    return bool(frame.counted.thing) and not frame.tail


def is_under_way(frame: Frame) -> bool:
    """Whether the words after it say that work on it goes on."""
    return frame.language.pattern("goes_on").search(frame.tail) is not None


def is_single_thing(frame: Frame) -> bool:
    """Whether it is a one in words: somebody, something."""
    number = frame.number
    return number.value == 1 and not any(sign.isdecimal() for sign in number.as_printed)


def own(frame: Frame, kind: str) -> bool:
    """Whether a word of the kind is among its own words."""
    return frame.language.has(kind, "".join(frame.own_words))


def is_goal_of_done(frame: Frame) -> bool:
    """Whether the clause goes on with how many of it were done (8个食堂已建成5个)."""
    if frame.following is None or frame.is_percent or frame.counted.action:
        return False
    next_one = frame.passage.numbers[frame.following]
    is_same = next_one.unit == frame.number.unit and not frame.number.ends_range
    if frame.language.pattern("joint").search(frame.until_next) is not None:
        # 电梯开工112部、完工86部: two stages side by side.
        return False
    return is_same and frame.language.pattern("done_of_it").search(frame.until_next) is not None


def is_rest(frame: Frame) -> bool:
    """Whether a word for what is left stands before it."""
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


def counts_lines(frame: Frame) -> bool:
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


def is_share_in_bracket(frame: Frame) -> bool:
    """Whether it is a percentage alone in brackets after a figure."""
    return frame.is_percent and frame.fills_bracket and frame.follows_quantity
