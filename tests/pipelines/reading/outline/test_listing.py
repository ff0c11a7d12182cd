"""Which markers of a list count its lines."""

import pytest

from pipelines.reading.outline.listing import read_items
from tests.pipelines.reading.layouts import prose_of


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一、教育（2项）", "二、养老（1项）"),
        ("一、教育（共2项任务）", "二、养老（共1项任务）"),
        ("一、已完成的2件", "二、进度滞后的1件"),
    ],
)
def test_a_heading_that_counts_the_lines_below_it_is_none_itself(first: str, second: str) -> None:
    items = read_items(
        prose_of(first, "1．新建学校3所。", "2．改造食堂4个。", second, "3．新建食堂9个。")
    )
    assert [(item.number, item.category) for item in items] == [
        ("1", first),
        ("2", first),
        ("3", second),
    ]


def test_a_heading_that_counts_what_is_built_is_a_line() -> None:
    items = read_items(
        prose_of("一、新建学校（3所）", "分两批。", "二、改造食堂（4个）", "分两批。")
    )
    assert [item.number for item in items] == ["一", "二"]
