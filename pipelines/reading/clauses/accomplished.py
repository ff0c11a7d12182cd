"""What a 完成情况 cell or a results article reports, and the part that each of its numbers plays.

Belongs here: the sub-items of a cell, figures told apart from plans and descriptions, and the day
for which each figure speaks. Does not belong here: which target a figure is a result on.

Every number of the text stands exactly once in what is returned, figures and labels alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipelines.quantities.grammar import Number
from pipelines.reading.clauses.frame import Frame
from pipelines.reading.clauses.result_rules import RESULT_RULES, ResultVerdict
from pipelines.reading.clauses.rules import NumberRole, choose, label_of, rule_of_label
from pipelines.reading.language.dates import DateMention, Precision, Relation, read_small_numeral
from pipelines.reading.language.passage import CLAUSE_ENDS, SENTENCE_ENDS, Passage
from pipelines.reading.language.text import Text
from pipelines.reading.language.verbs import names_nothing

DONE_ALONE_CHARACTERS = 24
"""A statement that all is done has few words beside; a longer text describes something else."""
YEAR_LENGTH = 5
"""Characters of a printed year with its sign: such a mention mostly names something."""
LATER_DAY = "result:later_day"


@dataclass(frozen=True, slots=True)
class Reported:
    """A number of a report and what became of it.

    `role` is `report` where the number says how much was done, `scope` where it qualifies or only
    plans, `target` where an old promise is quoted, else a label. `is_result` is True where what was
    done may be a result on a target, False for work towards it (摸排605人, 收集18个点位).
    `is_share` marks a percentage of the work itself, `is_start` what was only begun. `indicator`
    and `context` as in `Counted`; where the words name nothing, the topic of the text goes before.
    `is_cumulative` is False where the figure is of one month or quarter alone. `part_of` is the
    index, in the same tuple, of the figure of whose total this one is a part. `sub_item` counts the
    numbered items of a cell from 1 (None where there are none).
    """

    number: Number
    role: NumberRole
    rule: str
    indicator: str
    context: str
    as_of: date | None
    is_result: bool
    is_share: bool
    is_start: bool
    is_cumulative: bool
    part_of: int | None
    sub_item: int | None


@dataclass(frozen=True, slots=True)
class SubItem:
    """A numbered item of a cell (the whole cell where nothing is numbered).

    `label` is what stands before its colon; `start` and `end` are of the printed text. Where the
    words say so without a figure, `is_nothing` tells that nothing was begun, `is_done` that all is
    done.
    """

    position: int | None
    label: str | None
    text: str
    start: int
    end: int
    is_nothing: bool
    is_done: bool


@dataclass(frozen=True, slots=True)
class ProgressReading:
    """A progress cell: its items, all its numbers, and whether it says that nothing was begun."""

    items: tuple[SubItem, ...]
    reported: tuple[Reported, ...]
    nothing_done: bool
    all_done: bool


def read_progress(text: Text, period_end: date | None, plan_year: int | None) -> ProgressReading:
    """Read a progress cell. `period_end` is the day that the column speaks for.

    A figure's own date (截至3月26日, 2月累计) goes before `period_end`; a later date than that is
    of a plan, and so is the figure beside it.
    """
    passage, mentions = text.passage, text.dates(plan_year)
    items = split_items(passage)
    reported: list[Reported] = []
    for index in range(len(passage.numbers)):
        place = passage.spans[index][0]
        item = next((i for i in items if i[1] <= place < i[2]), None)
        own = _own_mention(passage, index, mentions, item[1] if item else 0)
        as_of = own.ends_on if own is not None else period_end
        judged = _judge(text, index, as_of, own, item[0] if item else None)
        if _is_after(as_of, period_end) and judged.role is NumberRole.REPORT:
            # What is told of a later day than the report speaks for is still to come.
            judged = replace(
                judged, role=NumberRole.SCOPE, rule=LATER_DAY, as_of=None, is_result=False
            )
        reported.append(judged)
    sub_items = tuple(_describe_item(passage, item, reported) for item in items)
    return ProgressReading(
        items=sub_items,
        reported=tuple(reported),
        nothing_done=bool(sub_items) and all(item.is_nothing for item in sub_items),
        all_done=bool(sub_items) and all(item.is_done for item in sub_items),
    )


def read_article(
    paragraphs: Sequence[Text], plan_year: int | None, published_on: date | None = None
) -> tuple[tuple[Reported, ...], ...]:
    """Read a results article: for each paragraph, every number of it.

    A date holds for its sentence; one that says up to when (截至11月底, 今年以来, 全年) also for
    the sentences after it in its paragraph. A figure without a date, of this year so far or of the
    whole year speaks for the article's day: `published_on`, or else the last day that the article
    names, for it cannot know of more.
    """
    dated = [text.dates(plan_year) for text in paragraphs]
    article_day = published_on or _last_day(dated)
    pages: list[tuple[Reported, ...]] = []
    for text, mentions in zip(paragraphs, dated, strict=True):
        reported: list[Reported] = []
        for index in range(len(text.numbers)):
            mention = _mention_in_force(text.passage, index, mentions)
            as_of = _day_of(mention, article_day) if mention is not None else article_day
            reported.append(_judge(text, index, as_of, mention, None))
        pages.append(tuple(reported))
    return tuple(pages)


def _judge(
    text: Text,
    index: int,
    as_of: date | None,
    mention: DateMention | None,
    sub_item: int | None,
) -> Reported:
    """One number of a report, by the rules."""
    number = text.numbers[index]
    label = label_of(number)
    if label is not None:
        verdict, rule = ResultVerdict(label), rule_of_label(number)
    else:
        frame = Frame(text, index)
        chosen = choose(RESULT_RULES, frame)
        verdict, rule = chosen.verdict, chosen.name
    is_report = verdict.role is NumberRole.REPORT
    counted = text.counted[index] if label is None else None
    is_since_new_year = label is None and frame.says("cumulative_cue")
    return Reported(
        number=number,
        role=verdict.role,
        rule=rule,
        indicator=_name(text, counted.words) if counted else "",
        context=counted.context if counted else "",
        as_of=as_of if is_report else None,
        is_result=verdict.is_result and is_report,
        is_share=verdict.is_share,
        is_start=label is None and frame.language.has("start_cue", "".join(frame.own_words)),
        is_cumulative=counted is None
        or mention is None
        or not _is_one_period(mention)
        or is_since_new_year,
        part_of=counted.part_of if counted else None,
        sub_item=sub_item,
    )


def _name(text: Text, words: str) -> str:
    """What a figure counts; where its own words name nothing, the topic of its text goes before."""
    told = text.language.pattern("goal_name").sub("", words)
    if not text.topic or not names_nothing(told, text.language):
        return words
    return f"{text.topic}{told}"


# ----------------------------------------------------------------------------------- dates


def _own_mention(
    passage: Passage, index: int, mentions: Sequence[DateMention], item_start: int
) -> DateMention | None:
    """The date of the number's own clause, or the last 截至… before it in its item."""
    start = passage.spans[index][0]
    clause = passage.cut_before(start, CLAUSE_ENDS, passage.whole)
    for mention in reversed(mentions):
        low = passage.in_text(mention.start)
        if low >= start or low < item_start or not _tells_time(mention):
            continue
        if low >= clause or passage.language.cue("as_of_cue").match(passage.text, low):
            return mention
    return None


def _mention_in_force(
    passage: Passage, index: int, mentions: Sequence[DateMention]
) -> DateMention | None:
    """The date that an article's figure speaks for: of its sentence, or a lasting one before."""
    start = passage.spans[index][0]
    sentence = passage.cut_before(start, SENTENCE_ENDS, passage.whole)
    for mention in reversed(mentions):
        low = passage.in_text(mention.start)
        if low >= start or not _tells_time(mention):
            continue
        if low >= sentence or _lasts(mention):
            return mention
    return None


def _tells_time(mention: DateMention) -> bool:
    """Whether the date can be a figure's: a bare year (2024年…方案) mostly names something, and at
    the beginning of a year (年初计划…) plans are made."""
    if mention.precision is Precision.START:
        return False
    return not _is_this_year(mention) or mention.end - mention.start < YEAR_LENGTH


def _lasts(mention: DateMention) -> bool:
    """Whether the date goes on to hold for the sentences after its own."""
    if not _tells_time(mention):
        return False
    return mention.relation is not Relation.IN or mention.precision is Precision.YEAR


def _is_one_period(mention: DateMention) -> bool:
    """Whether the date names one stretch of the year that does not begin with the year."""
    if mention.relation is not Relation.IN or mention.precision is Precision.DAY:
        return False
    return mention.starts_on is not None and (mention.starts_on.month, mention.starts_on.day) != (
        1,
        1,
    )


def _day_of(mention: DateMention, article_day: date | None) -> date | None:
    """The last day that a figure under this date speaks for, never after the article's own."""
    day = mention.ends_on
    if article_day is None:
        return day
    return article_day if day is None or _is_this_year(mention) else min(day, article_day)


def _is_this_year(mention: DateMention) -> bool:
    return mention.precision is Precision.YEAR and mention.relation is Relation.IN


def _last_day(dated: Sequence[Sequence[DateMention]]) -> date | None:
    """The last day that the article says its figures run to."""
    days = [
        mention.ends_on
        for mentions in dated
        for mention in mentions
        if mention.ends_on is not None
        and mention.relation is Relation.BY
        and mention.precision is not Precision.YEAR
    ]
    return max(days, default=None)


def _is_after(day: date | None, limit: date | None) -> bool:
    return day is not None and limit is not None and day > limit


# ----------------------------------------------------------------------------------- items


Item = tuple[int | None, int, int]
"""Position (None: not numbered), start and end in the normalised text."""


def split_items(passage: Passage) -> list[Item]:
    """The numbered items of a cell, in order from 1; the whole cell where nothing is numbered."""
    length = len(passage.text)
    if not length:
        return []
    lines = set(passage.line_starts())
    starts: list[int] = []
    for match in passage.language.pattern("item_number").finditer(passage.text):
        at = match.start()
        opens = at == 0 or passage.text[at - 1] in SENTENCE_ENDS + "：" or at in lines
        if opens and _position_of(passage, match[0]) == len(starts) + 1:
            starts.append(at)
    if not starts:
        return [(None, 0, length)]
    items: list[Item] = [(None, 0, starts[0])] if starts[0] else []
    for position, start in enumerate(starts, start=1):
        end = starts[position] if position < len(starts) else length
        items.append((position, start, end))
    return items


def _position_of(passage: Passage, printed: str) -> int:
    """1 from `1.`, `（一）`, `①`, `一是`."""
    if "①" <= printed[0] <= "⑳":
        return ord(printed[0]) - ord("①") + 1
    return read_small_numeral(passage.language.pattern("item_number_marks").sub("", printed))


def _describe_item(passage: Passage, item: Item, reported: Sequence[Reported]) -> SubItem:
    position, low, high = item
    start = low
    if position is not None:
        match = passage.language.pattern("item_number").match(passage.text, low, high)
        start = match.end() if match else low
    while high > start and passage.text[high - 1] in CLAUSE_ENDS:
        high -= 1
    text = passage.text[start:high]
    head = passage.language.pattern("sub_item_label").match(text)
    has_result = any(
        figure.is_result and start <= passage.in_text(figure.number.start) < high
        for figure in reported
    )
    words = text[head.end() + 1 :] if head else text
    nothing = passage.language.has("nothing_cue", words) and not has_result
    return SubItem(
        position=position,
        label=head[0] if head else None,
        text=text,
        start=passage.in_printed(start),
        end=passage.end_in_printed(high),
        is_nothing=nothing,
        is_done=not nothing and not has_result and _says_done(passage, words),
    )


def _says_done(passage: Passage, words: str) -> bool:
    """Whether the words say no more than that all is done."""
    if len(words) > DONE_ALONE_CHARACTERS:
        return False
    return passage.language.pattern("all_done").fullmatch(words) is not None
