"""The dates of a plan or a report: months, days, thirds of a month, quarters, halves, years.

Belongs here: finding every date in a text and what days it covers. Does not belong here: what
happens on that date, or which number is due then.

The genre prints a date loosely, and these readings are decisions:

- `3月底前`, `3月前` and `3月底` all mean: by the last day of that month. Read strictly, `3月前`
  would end in February; the lists write it in one row with `6月底前` and mean the same. A due date
  serves to order steps and to tell a late one, so the lenient reading is the safe one.
- A date without a year lies in the plan's year, or in the year printed before it in the same text
  once that year is later than the plan's.
- A month or a day that no calendar has stays a mention without days: never a guess.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipelines.quantities.text import normalize


class Precision(StrEnum):
    """How fine a date was printed."""

    DAY = "day"
    THIRD = "third"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


class Relation(StrEnum):
    """How the words around a date use it."""

    BY = "by"
    """A last day: 前, 底, 末, 截至, 至."""
    IN = "in"
    """A period: 3月, 4月-8月, 上半年, 全年."""
    SINCE = "since"
    """A first day: 以来, 起."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date and where it stands in the printed text, words such as 截至 and 前 included.

    `starts_on` is None where only a last day is named, `ends_on` where only a first one is; both
    are None where the date cannot be placed (no year known, or no such day).
    """

    start: int
    end: int
    starts_on: date | None
    ends_on: date | None
    precision: Precision
    relation: Relation


_CHINESE_NUMERAL = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_CHINESE_NUMERAL |= {"零": 0, "两": 2, "○": 0}

_COUNTING = "一二两三四五六七八九十半多余数几百"
_DASH = r"(?:-|—|–|－|~|～|至|到)+"
_SMALL = r"(?:\d{1,2}|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_YEAR = (
    r"(?:(?P<{p}year>(?:19|20)\d{2}|[一二][〇零○九][〇零○一二三四五六七八九]{2})年度?"
    r"|(?P<{p}spoken>今年|本年度?|当年|明年|次年|翌年|来年|去年|上年))"
)
# 个月 is a duration and 月龄, 月嫂, 月饼 … are words: neither is a month of the calendar.
_MONTH = r"(?P<{p}month>" + _SMALL + r")月(?![龄嫂饼子亮租薪])份?"
_PART = r"(?P<{p}part>初|上旬|中旬|下旬|底|末|中(?!心|小|学|医|央|标|期|国|考|介))"
_DAY = r"(?P<{p}day>" + _SMALL + r")(?:日|号)"
_POINT = r"(?:" + _YEAR + r")?(?:的)?" + _MONTH + r"(?:" + _PART + r"|" + _DAY + r")?"
_BARE_DAY = r"(?P<{p}bare>" + _SMALL + r")(?:日|号)"


def _named(pattern: str, prefix: str) -> str:
    """The pattern with its groups named for one of the places where it stands."""
    return pattern.replace("{p}", prefix)


_PATTERN = re.compile(
    r"(?P<until>截至到?|截止到?|(?<![直及甚乃])至|到)?(?:目前)?(?<![\d.])(?:"
    # 2024.6.30, 2024-06-30, 2024/6/30
    r"(?P<iso_year>(?:19|20)\d{2})(?P<iso_mark>[-./])(?P<iso_month>\d{1,2})(?P=iso_mark)(?P<iso_day>\d{1,2})(?!\d)"
    # 4月-8月, 5月18日至20日, 2024年11月-2025年3月
    r"|"
    + _named(_POINT, "a_")
    + r"(?:"
    + _DASH
    + r"(?:"
    + _named(_POINT, "b_")
    + r"|"
    + _named(_BARE_DAY, "b_")
    + r"))?"
    # 1-3月
    r"|(?:"
    + _named(_YEAR, "c_")
    + r")?(?P<c_from>"
    + _SMALL
    + r")"
    + _DASH
    + r"(?P<c_to>"
    + _SMALL
    + r")月(?![龄嫂饼子亮租薪])份?(?P<c_part>底|末)?"
    # 第二季度末, 前三季度, 一至三季度
    r"|(?:"
    + _named(_YEAR, "q_")
    + r")?(?:第|(?P<q_first>前))?(?:(?P<q_from>[一二三四1-4])"
    + _DASH
    + r")?(?P<q_to>[一二三四1-4])个?季度(?P<q_part>初|中|底|末)?"
    # 上半年, 下半年底
    r"|(?:" + _named(_YEAR, "h_") + r")?(?P<half>[上下])半年(?P<h_part>底|末)?"
    # 2023-2025年
    r"|(?P<y_from>(?:19|20)\d{2})年?" + _DASH + r"(?P<y_to>(?:19|20)\d{2})年"
    # 2025年底, 年内, 全年
    r"|" + _named(_YEAR, "y_") + r"(?P<y_part>全年|底|末|初|内|中(?=[，,前]))?"
    r"|(?P<year_part>年底|年末|岁末|年内|年初|全年度?)"
    r")(?P<bound>之前|以前|前(?!后|沿|期|往|置|列|提|台)|为止|止(?=[，,；。]|$)|(?P<since>以来|起))?"
)


def find_dates(printed: str, plan_year: int | None) -> tuple[DateMention, ...]:
    """Every date of the text in order; ranges are one mention. Offsets are of the printed text."""
    normalized = normalize(printed)
    mentions: list[DateMention] = []
    later_year: int | None = None
    for match in _PATTERN.finditer(normalized.text):
        if _is_part_of_word(match, normalized.text):
            continue
        year = later_year if later_year is not None else plan_year
        mention = _place(match, plan_year, year)
        start, end = match.span()
        printed_end = min(normalized.offsets[end - 1] + 1, normalized.offsets[end])
        mentions.append(
            DateMention(
                normalized.offsets[start],
                printed_end,
                mention[0],
                mention[1],
                mention[2],
                mention[3],
            )
        )
        last_day = mention[1]
        names_year = match["a_year"] or match["b_year"] or match["a_spoken"] or match["b_spoken"]
        if names_year and last_day is not None and plan_year is not None:
            later_year = last_day.year if last_day.year > plan_year else None
    return tuple(mentions)


def read_due(printed: str, plan_year: int | None) -> date | None:
    """The last day that a due-date cell names; None where it names none that exists."""
    text = normalize(printed).text
    dotted = re.fullmatch(r"((?:19|20)\d{2})[-./](\d{1,2})月?", text)
    if dotted:
        return _month_end(int(dotted[1]), int(dotted[2]))
    days = [mention.ends_on for mention in find_dates(printed, plan_year)]
    if not days or None in days:
        return None
    return max(day for day in days if day is not None)


def _is_part_of_word(match: re.Match[str], text: str) -> bool:
    """Whether what looks like a date is the tail or head of another word (每一月, 十年)."""
    before = text[match.start() - 1] if match.start() else ""
    if match["year_part"] and before and before in _COUNTING:
        return True  # 两年内 is a duration
    if match["until"] is None and before and before in "每近第逐数几":
        return match["q_to"] is None
    return False


_Placed = tuple[date | None, date | None, Precision, Relation]


def _place(match: re.Match[str], plan_year: int | None, year: int | None) -> _Placed:
    is_by = bool(match["until"]) or bool(match["bound"] and not match["since"])
    if match["iso_year"]:
        day = _day(int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"]))
        placed: _Placed = (day, day, Precision.DAY, Relation.IN)
    elif match["a_month"]:
        placed = _place_months(match, plan_year, year)
    elif match["c_to"]:
        in_year = _year(match, "c_", plan_year, year)
        first = _day(in_year, read_small_numeral(match["c_from"]), 1)
        last = _month_end(in_year, read_small_numeral(match["c_to"]))
        placed = (first, last, Precision.MONTH, Relation.IN)
    elif match["q_to"]:
        placed = _place_quarters(match, _year(match, "q_", plan_year, year))
    elif match["half"]:
        in_year = _year(match, "h_", plan_year, year)
        months = (1, 6) if match["half"] == "上" else (7, 12)
        relation = Relation.BY if match["h_part"] else Relation.IN
        placed = (
            _day(in_year, months[0], 1),
            _month_end(in_year, months[1]),
            Precision.HALF,
            relation,
        )
    elif match["y_to"]:
        placed = (
            _day(int(match["y_from"]), 1, 1),
            _day(int(match["y_to"]), 12, 31),
            Precision.YEAR,
            Relation.IN,
        )
    else:
        placed = _place_year(match, _year(match, "y_", plan_year, year))
    starts_on, ends_on, precision, relation = placed
    if starts_on and ends_on and starts_on > ends_on:
        return None, None, precision, relation
    if match["since"]:
        return (starts_on or ends_on), None, precision, Relation.SINCE
    if is_by:
        relation = Relation.BY
    if relation is Relation.BY:
        starts_on = None
    return starts_on, ends_on, precision, relation


def _place_months(match: re.Match[str], plan_year: int | None, year: int | None) -> _Placed:
    first_year = _year(match, "a_", plan_year, year)
    first = _place_point(match, "a_", first_year)
    if match["b_month"]:
        last = _place_point(match, "b_", _year(match, "b_", plan_year, first_year))
        precision = last[2]
        return _both(first[0], last[1], precision)
    if match["b_bare"]:
        last_day = _day(
            first_year, read_small_numeral(match["a_month"]), read_small_numeral(match["b_bare"])
        )
        return _both(first[0], last_day, Precision.DAY)
    return first


def _both(first: date | None, last: date | None, precision: Precision) -> _Placed:
    """A period; half a period is none."""
    if first is None or last is None:
        return None, None, precision, Relation.IN
    return first, last, precision, Relation.IN


def _place_point(match: re.Match[str], prefix: str, year: int | None) -> _Placed:
    month = read_small_numeral(match[prefix + "month"])
    part, day = match[prefix + "part"], match[prefix + "day"]
    if day:
        the_day = _day(year, month, read_small_numeral(day))
        return the_day, the_day, Precision.DAY, Relation.IN
    month_end = _month_end(year, month)
    if part in ("底", "末"):
        return _day(year, month, 1), month_end, Precision.MONTH, Relation.BY
    if part in ("初", "上旬"):
        return _day(year, month, 1), _day(year, month, 10), Precision.THIRD, Relation.IN
    if part in ("中旬", "中"):
        return _day(year, month, 11), _day(year, month, 20), Precision.THIRD, Relation.IN
    if part == "下旬":
        return _day(year, month, 21), month_end, Precision.THIRD, Relation.IN
    return _day(year, month, 1), month_end, Precision.MONTH, Relation.IN


def _place_quarters(match: re.Match[str], year: int | None) -> _Placed:
    last = read_small_numeral(match["q_to"])
    first = read_small_numeral(match["q_from"]) if match["q_from"] else last
    if match["q_first"]:
        first = 1
    relation = Relation.BY if match["q_part"] in ("底", "末") else Relation.IN
    return (
        _day(year, first * 3 - 2, 1),
        _month_end(year, last * 3),
        Precision.QUARTER,
        relation,
    )


def _place_year(match: re.Match[str], year: int | None) -> _Placed:
    part = match["y_part"] or match["year_part"] or ""
    if part.endswith("初"):
        return _day(year, 1, 1), _month_end(year, 1), Precision.MONTH, Relation.IN
    if part == "中":
        return _day(year, 6, 1), _month_end(year, 6), Precision.MONTH, Relation.IN
    is_end = part.endswith(("底", "末"))
    relation = Relation.BY if is_end else Relation.IN
    return _day(year, 1, 1), _day(year, 12, 31), Precision.YEAR, relation


def _year(match: re.Match[str], prefix: str, plan_year: int | None, year: int | None) -> int | None:
    """The year of a point: its own, or one told from the plan's, or the one in force."""
    groups = match.groupdict()
    printed = groups.get(prefix + "year")
    if printed:
        return int(printed) if printed.isdigit() else _spelled_year(printed)
    spoken = groups.get(prefix + "spoken")
    if not spoken:
        return year
    if plan_year is None:
        return None
    if spoken[0] in "明次翌来":
        return plan_year + 1
    return plan_year - 1 if spoken[0] in "去上" else plan_year


def _spelled_year(printed: str) -> int:
    return int("".join(str(_CHINESE_NUMERAL[character]) for character in printed))


def read_small_numeral(printed: str) -> int:
    """1 to 99 in Arabic or Chinese numerals."""
    if printed.isdigit():
        return int(printed)
    if "十" not in printed:
        return _CHINESE_NUMERAL[printed]
    tens, _, ones = printed.partition("十")
    return (_CHINESE_NUMERAL[tens] if tens else 1) * 10 + (_CHINESE_NUMERAL[ones] if ones else 0)


def _day(year: int | None, month: int, day: int) -> date | None:
    if year is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int | None, month: int) -> date | None:
    if year is None or not 1 <= month <= 12:
        return None
    return date(year, month, monthrange(year, month)[1])
