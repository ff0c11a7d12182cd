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

from pipelines.quantities.numerals import CHINESE_DIGITS, parse_chinese
from pipelines.reading.language.passage import Passage
from pipelines.vocabulary import Calendar

THIRDS: dict[str, tuple[int, int | None]] = {
    "first": (1, 10),
    "second": (11, 20),
    "last": (21, None),
}
"""First and last day of each third of a month; the last one ends with the month."""


class Precision(StrEnum):
    """How fine a date was printed."""

    DAY = "day"
    THIRD = "third"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    START = "start"
    """The beginning of a year: when plans are made, hardly ever a day that results speak for."""


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


def find_dates(passage: Passage, plan_year: int | None) -> tuple[DateMention, ...]:
    """Every date of the text in order; ranges are one mention. Offsets are of the printed text."""
    calendar = passage.vocabulary.calendar
    mentions: list[DateMention] = []
    later_year: int | None = None
    for match in calendar.date.finditer(passage.text):
        if _is_part_of_word(match, passage.text, calendar):
            continue
        year = later_year if later_year is not None else plan_year
        placed = _Placing(match, calendar, plan_year, year).place()
        start, end = match.span()
        mentions.append(
            DateMention(
                passage.offsets[start],
                passage.end_in_printed(end),
                *placed,
            )
        )
        last_day = placed[1]
        names_year = match["a_year"] or match["b_year"] or match["a_spoken"] or match["b_spoken"]
        if names_year and last_day is not None and plan_year is not None:
            later_year = last_day.year if last_day.year > plan_year else None
    return tuple(mentions)


def read_due(passage: Passage, plan_year: int | None) -> date | None:
    """The last day that a due-date cell names; None where it names none that exists."""
    dotted = passage.vocabulary.calendar.dotted_month.fullmatch(passage.text)
    if dotted:
        return _month_end(int(dotted["year"]), int(dotted["month"]))
    days = [mention.ends_on for mention in find_dates(passage, plan_year)]
    if not days or None in days:
        return None
    return max(day for day in days if day is not None)


def end_of_titled_period(title: str, year: int | None, calendar: Calendar) -> date | None:
    """The last day of the part of the year that a title names in words (半年度, 年终)."""
    found = [period for period in calendar.title_periods if period[0] in title]
    if not found or year is None:
        return None
    _, month, day = max(found, key=lambda period: len(period[0]))
    return date(year, month, day)


def _is_part_of_word(match: re.Match[str], text: str, calendar: Calendar) -> bool:
    """Whether what looks like a date is the tail or head of another word (每一月, 十年)."""
    before = text[match.start() - 1] if match.start() else ""
    if match["year_part"] and before and before in calendar.counts_before:
        return True  # 两年内 is a duration
    if match["until"] is None and before and before in calendar.repeats_before:
        return match["q_to"] is None
    return False


_Placed = tuple[date | None, date | None, Precision, Relation]


@dataclass(frozen=True, slots=True)
class _Placing:
    """One date that was found, on its way to days. `year` is the one in force where it stands."""

    match: re.Match[str]
    calendar: Calendar
    plan_year: int | None
    year: int | None

    def place(self) -> _Placed:
        """The days that the date covers."""
        match = self.match
        starts_on, ends_on, precision, relation = self._place_form()
        if starts_on and ends_on and starts_on > ends_on:
            return None, None, precision, relation
        if match["since"]:
            return (starts_on or ends_on), None, precision, Relation.SINCE
        if match["until"] or match["bound"]:
            relation = Relation.BY
        if relation is Relation.BY:
            starts_on = None
        return starts_on, ends_on, precision, relation

    def _place_form(self) -> _Placed:
        """By the form that the date is written in."""
        match = self.match
        if match["iso_year"]:
            day = _day(int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"]))
            return day, day, Precision.DAY, Relation.IN
        if match["a_month"]:
            return self._place_points()
        if match["c_to"] or match["c_first"]:
            return self._place_months()
        if match["q_to"]:
            return self._place_quarters()
        if match["half"]:
            return self._place_half()
        if match["y_to"]:
            first, last = int(match["y_from"]), int(match["y_to"])
            return _day(first, 1, 1), _day(last, 12, 31), Precision.YEAR, Relation.IN
        return self._place_year()

    def _place_points(self) -> _Placed:
        match = self.match
        first_year = self._year("a_", self.year)
        first = self._place_point("a_", first_year)
        if match["b_month"]:
            last = self._place_point("b_", self._year("b_", first_year))
            return _both(first[0], last[1], last[2])
        if match["b_bare"]:
            month, day = read_small_numeral(match["a_month"]), read_small_numeral(match["b_bare"])
            return _both(first[0], _day(first_year, month, day), Precision.DAY)
        return first

    def _place_point(self, prefix: str, year: int | None) -> _Placed:
        month = read_small_numeral(self.match[prefix + "month"])
        day = self.match[prefix + "day"]
        if day:
            the_day = _day(year, month, read_small_numeral(day))
            return the_day, the_day, Precision.DAY, Relation.IN
        month_end = _month_end(year, month)
        part = self.calendar.parts.get(self.match[prefix + "part"] or "", "whole")
        if part == "end":
            return _day(year, month, 1), month_end, Precision.MONTH, Relation.BY
        if part == "whole":
            return _day(year, month, 1), month_end, Precision.MONTH, Relation.IN
        first, last = THIRDS[part]
        ends_on = _day(year, month, last) if last is not None else month_end
        return _day(year, month, first), ends_on, Precision.THIRD, Relation.IN

    def _place_months(self) -> _Placed:
        year = self._year("c_", self.year)
        first = _day(year, read_small_numeral(self.match["c_from"] or "1"), 1)
        last = _month_end(year, read_small_numeral(self.match["c_to"] or self.match["c_first"]))
        return first, last, Precision.MONTH, Relation.IN

    def _place_quarters(self) -> _Placed:
        match, year = self.match, self._year("q_", self.year)
        last = read_small_numeral(match["q_to"])
        first = read_small_numeral(match["q_from"]) if match["q_from"] else last
        if match["q_first"]:
            first = 1
        is_end = self.calendar.parts.get(match["q_part"] or "") == "end"
        relation = Relation.BY if is_end else Relation.IN
        days = _day(year, first * 3 - 2, 1), _month_end(year, last * 3)
        return *days, Precision.QUARTER, relation

    def _place_half(self) -> _Placed:
        year, last = self._year("h_", self.year), self.calendar.halves[self.match["half"]] * 6
        relation = Relation.BY if self.match["h_part"] else Relation.IN
        return _day(year, last - 5, 1), _month_end(year, last), Precision.HALF, relation

    def _place_year(self) -> _Placed:
        year = self._year("y_", self.year)
        printed = self.match["y_part"] or self.match["year_part"] or ""
        part = self.calendar.year_parts.get(printed, "whole")
        if part == "first":
            return _day(year, 1, 1), _month_end(year, 1), Precision.START, Relation.IN
        if part == "middle":
            return _day(year, 6, 1), _month_end(year, 6), Precision.MONTH, Relation.IN
        relation = Relation.BY if part == "end" else Relation.IN
        return _day(year, 1, 1), _day(year, 12, 31), Precision.YEAR, relation

    def _year(self, prefix: str, year: int | None) -> int | None:
        """The year of a point: its own, or one told from the plan's, or the one in force."""
        groups = self.match.groupdict()
        printed = groups.get(prefix + "year")
        if printed:
            return int(printed) if printed.isdigit() else _spelled_year(printed)
        spoken = groups.get(prefix + "spoken")
        if not spoken:
            return year
        if self.plan_year is None:
            return None
        return self.plan_year + self.calendar.spoken_years[spoken]


def _both(first: date | None, last: date | None, precision: Precision) -> _Placed:
    """A period; half a period is none."""
    if first is None or last is None:
        return None, None, precision, Relation.IN
    return first, last, precision, Relation.IN


def _spelled_year(printed: str) -> int:
    return int("".join(str(CHINESE_DIGITS.get(character, 0)) for character in printed))


def read_small_numeral(printed: str) -> int:
    """1 to 99 in Arabic or Chinese numerals."""
    value = int(printed) if printed.isdigit() else parse_chinese(printed)
    if value is None:
        raise ValueError(f"{printed} is no small numeral")
    return int(value)


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
