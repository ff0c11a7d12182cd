"""Whether a document speaks of commitments at all."""

import pytest

from pipelines.reading.documents.genre import NOT_OF_THE_GENRE
from tests.pipelines.reading.documents import read

ROWS = [["序号", "项目名称", "目标任务"], ["1", "凉亭", "新建凉亭5座"]]


def is_of_genre(title: str, *parts: object, region: str | None = None) -> bool:
    facts = read(title, *parts, region=region)  # type: ignore[arg-type]  # texts and tables
    return NOT_OF_THE_GENRE not in {notice.code for notice in facts.notices}


@pytest.mark.parametrize(
    ("title", "text", "is_named"),
    [
        ("松江区2031年民生实事项目", "", True),
        ("松江区2031年为民办实事清单", "", True),
        ("松江区2031年惠民工程", "", True),
        ("松江区2031年民心工程", "", True),
        ("松江区2031年重点任务", "", False),
        ("松江区2031年财政预算", "坚持实事求是。", False),
        ("松江区2031年工作", "办好十件实事。", True),
        ("2031 annual accounts", "Fees and charges", False),
        # Neither for where nor for when.
        ("民生实事项目", "", False),
    ],
)
def test_a_programme_and_a_place_or_year_make_the_genre(
    title: str, text: str, is_named: bool
) -> None:
    assert is_of_genre(title, *([text] if text else []), ROWS) == is_named


def test_the_programme_may_stand_in_a_cell() -> None:
    rows = [["序号", "民生实事名称", "目标任务"], ROWS[1]]
    assert is_of_genre("松江区2031年任务表", rows)
    assert not is_of_genre("松江区2031年任务表", ROWS)


def test_a_place_is_as_good_as_a_year() -> None:
    assert is_of_genre("民生实事项目", ROWS, region="310117")
