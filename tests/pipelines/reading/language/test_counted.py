"""What a number counts, in the source's own words."""

import pytest

from pipelines.quantities.grammar import NumberKind
from tests.pipelines.reading.texts import text_of


def indicators(printed: str) -> list[str]:
    text = text_of(printed)
    return [
        counted.words
        for number, counted in zip(text.numbers, text.counted, strict=True)
        if number.kind is NumberKind.QUANTITY
    ]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("新增养老床位320张", ["新增养老床位"]),
        ("全年新增养老床位不少于 320 张以上。", ["新增养老床位"]),
        ("改造提升18家社区食堂", ["改造提升社区食堂"]),
        (
            "为不少于3000名60周岁以上居民提供免费体检",
            ["为60周岁以上居民提供免费体检"],
        ),
        ("居民满意率达到92%", ["居民满意率"]),
        ("新（改）建乡村公路15公里", ["新（改）建乡村公路"]),
        ("建成“清风驿站”12个", ["建成“清风驿站”"]),
    ],
)
def test_number_last_or_in_the_middle(printed: str, expected: list[str]) -> None:
    assert indicators(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (
            "开展护理员培训200人次、邻里活动50场",
            ["开展护理员培训", "开展邻里活动"],
        ),
        ("新建书屋3家、阅读角12个，改造书屋5家", ["新建书屋", "新建阅读角", "改造书屋"]),
        ("建成3所友好学校、2条安心步道", ["建成友好学校", "建成安心步道"]),
        ("完成10公里河道整治和6个节点提升", ["完成河道整治", "节点提升"]),
        ("新建公园30个，改造20个", ["新建公园", "改造公园"]),
        ("改造泵站42座、供水管网更新改造48公里", ["改造泵站", "供水管网更新改造"]),
    ],
)
def test_items_of_an_enumeration_share_its_verb(printed: str, expected: list[str]) -> None:
    assert indicators(printed) == expected


def test_a_noun_that_looks_like_a_verb_stays_whole() -> None:
    assert indicators("推出保障性住房800套，培养数字人才60人") == ["推出保障性住房", "培养数字人才"]


def test_examples_and_places_are_not_what_is_counted() -> None:
    assert indicators("开工东风路（甲街至乙街）、和平路等道路5条") == ["开工道路"]
    assert indicators("在甲、乙、丙等镇街提升改造乡村驿站9个") == ["提升改造乡村驿站"]


def test_a_number_among_the_words_of_another_is_left_out() -> None:
    assert indicators("已完成筹集住房共计10个项目260套")[-1] == "完成筹集住房项目"


def test_a_measure_takes_the_thing_that_it_measures() -> None:
    assert indicators("实施旧小区改造9个，面积约18万平方米")[1] == "实施旧小区改造，面积"


def test_parts_know_their_total() -> None:
    printed = "新建公园71个，其中新建48个、改建23个；新增托位500个（其中普惠托位300个）"
    counted = text_of(printed).counted
    assert [entry.part_of for entry in counted] == [None, 0, 0, None, 3]
    assert counted[4].words == "新增普惠托位"


def test_the_item_before_is_kept_as_context() -> None:
    printed = "新拓展地铁口停放场地32处、停车位740个"
    counted = text_of(printed).counted
    assert counted[1].words == "新拓展停车位"
    assert counted[1].context == "新拓展地铁口停放场地"


def test_a_cell_with_nothing_but_a_number_has_no_indicator() -> None:
    assert indicators("1400 张") == [""]
