"""Dates as plans and reports print them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.reading.language.dates import Precision, Relation, find_dates, read_due
from tests.pipelines.reading.texts import passage_of


@pytest.mark.parametrize(
    ("printed", "due"),
    [
        ("11月底", date(2030, 11, 30)),
        ("2 月底前", date(2030, 2, 28)),
        ("3月前", date(2030, 3, 31)),
        ("12月31日前", date(2030, 12, 31)),
        ("2030年12月", date(2030, 12, 31)),
        ("2030.6", date(2030, 6, 30)),
        ("2030-06-15", date(2030, 6, 15)),
        ("12月中旬", date(2030, 12, 20)),
        ("十一月底", date(2030, 11, 30)),
        ("十二月三十一日前", date(2030, 12, 31)),
        ("全年", date(2030, 12, 31)),
        ("年底", date(2030, 12, 31)),
        ("上半年", date(2030, 6, 30)),
        ("第二季度末", date(2030, 6, 30)),
        ("前三季度", date(2030, 9, 30)),
        ("1-3月", date(2030, 3, 31)),
        ("2029-2031年", date(2031, 12, 31)),
        ("次年3月底前", date(2031, 3, 31)),
    ],
)
def test_a_due_date_is_the_last_day_that_it_names(printed: str, due: date) -> None:
    assert read_due(passage_of(printed), 2030) == due


@pytest.mark.parametrize("printed", ["13月", "2月30日", "8月-4月", "0月", "", "另行通知"])
def test_a_day_that_no_calendar_has_is_never_guessed(printed: str) -> None:
    assert read_due(passage_of(printed), 2030) is None


def test_a_date_without_a_year_needs_the_plan_year() -> None:
    assert read_due(passage_of("11月底"), None) is None
    assert read_due(passage_of("2030年11月底"), None) == date(2030, 11, 30)


@pytest.mark.parametrize(
    "printed", ["6个月", "6月龄", "每月上报", "2年内未就业", "两年内", "近三年", "满12年", "十年"]
)
def test_durations_and_words_with_a_month_in_them_are_no_dates(printed: str) -> None:
    assert find_dates(passage_of(printed), 2030) == ()


def test_a_period_has_both_days_and_a_last_day_only_one() -> None:
    period, last = find_dates(passage_of("4月-8月整治，9月底前验收"), 2030)
    assert (period.starts_on, period.ends_on) == (date(2030, 4, 1), date(2030, 8, 31))
    assert period.relation is Relation.IN
    assert (last.starts_on, last.ends_on) == (None, date(2030, 9, 30))
    assert last.relation is Relation.BY


def test_a_day_is_a_day_and_so_far_this_year_has_no_last_one() -> None:
    day, so_far = find_dates(passage_of("5月18日挂牌。今年以来"), 2030)
    assert (day.ends_on, day.precision) == (date(2030, 5, 18), Precision.DAY)
    assert (so_far.starts_on, so_far.ends_on) == (date(2030, 1, 1), None)
    assert so_far.relation is Relation.SINCE


def test_a_later_year_holds_for_the_dates_after_it() -> None:
    found = find_dates(passage_of("2030年10月底前甲；2031年3月底前乙；6月底前丙"), 2030)
    assert [mention.ends_on for mention in found] == [
        date(2030, 10, 31),
        date(2031, 3, 31),
        date(2031, 6, 30),
    ]


def test_an_earlier_year_does_not() -> None:
    found = find_dates(passage_of("已于2029年12月立项，3月底前招标"), 2030)
    assert found[1].ends_on == date(2030, 3, 31)


def test_places_are_of_the_printed_text() -> None:
    printed = "确保 11\n月 底 前完成"
    (mention,) = find_dates(passage_of(printed), 2030)
    assert printed[mention.start : mention.end] == "11\n月 底 前"


@settings(max_examples=300)
@given(st.text(alphabet="0123456789年月日底前末初上中下旬半全季度至-—今明去截第一二三十，。 \n"))
def test_no_text_raises_and_mentions_stand_in_order(printed: str) -> None:
    end = 0
    for mention in find_dates(passage_of(printed), 2030):
        assert end <= mention.start < mention.end <= len(printed)
        end = mention.end
        if mention.starts_on and mention.ends_on:
            assert mention.starts_on <= mention.ends_on
