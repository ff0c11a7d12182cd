from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.vocabulary import load_vocabulary

REGIONS = load_vocabulary().regions
HANGZHOU, BINJIANG = "330100", "330108"


def code(name: str, within: str | None = None, on: date | None = None) -> str | None:
    match = REGIONS.resolve(name, within, on)
    return match.region_code if match else None


def test_every_division_in_force_is_found_by_its_name_under_its_parent() -> None:
    missed = [
        region
        for region in REGIONS.members
        if region.is_in_force(None)
        and region.parent_code
        and code(region.name, region.parent_code) != region.region_code
    ]
    assert missed == []


def test_levels_are_complete() -> None:
    in_force = [region for region in REGIONS.members if region.is_in_force(None)]
    provinces = [r for r in in_force if r.level in ("province", "municipality")]
    assert len(provinces) == 34
    assert len([r for r in in_force if r.level in ("city", "prefecture")]) == 333
    counties = {"district", "county", "county_city", "banner"}
    assert len([r for r in in_force if r.level in counties]) > 2800


def test_children_of_a_city_are_its_districts_on_that_day() -> None:
    today = {region.name for region in REGIONS.children(HANGZHOU)}
    before = {region.name for region in REGIONS.children(HANGZHOU, date(2018, 6, 1))}
    assert {"临平区", "钱塘区"} <= today
    assert {"下城区", "江干区"} <= before
    assert not {"下城区", "江干区"} & today
    assert not {"临平区", "钱塘区"} & before


def test_dissolved_division_is_still_known_by_name_and_has_a_successor() -> None:
    match = REGIONS.resolve("下城区", HANGZHOU, date(2023, 1, 1))
    assert match is not None
    assert (match.region_code, match.is_in_force) == ("330103", False)
    region = REGIONS.get("330103")
    assert region is not None
    assert (region.valid_to, region.successor) == (date(2021, 3, 11), "330105")


def test_former_name_of_a_code_is_known_under_its_parent() -> None:
    match = REGIONS.resolve("桥东区", "130500")
    assert match is not None
    assert (match.name, match.kind) == ("襄都区", "former")


def test_short_name_counts_only_under_the_parent() -> None:
    assert code("萧山", HANGZHOU) == "330109"
    assert code("萧山") is None
    assert code("萧山", BINJIANG) is None
    assert code("萧山", "360100") is None


def test_name_that_several_regions_share_is_told_apart_by_the_parent() -> None:
    assert code("西湖区", HANGZHOU) == "330106"
    assert code("西湖区", "360100") == "360103"
    assert code("西湖区") is None
    assert code("鼓楼区") is None
    assert code("南昌市西湖区") == "360103"


def test_sibling_of_the_document_s_own_region_is_found() -> None:
    assert code("西湖区", BINJIANG) == "330106"
    assert code("滨江区", BINJIANG) == BINJIANG
    assert code("杭州市", BINJIANG) == HANGZHOU


def test_district_of_another_province_is_not_taken_for_one_of_the_document_s() -> None:
    match = REGIONS.resolve("海淀区", HANGZHOU)
    assert match is not None
    assert match.is_provisional


def test_line_feeds_and_brackets_do_not_matter() -> None:
    assert code("杭州西湖\n风景名胜\n区", HANGZHOU) == "330100-xihu-scenic-area"
    assert code("滨江区（高新区）", HANGZHOU) == BINJIANG
    assert code("濱江區", HANGZHOU) == BINJIANG


def test_own_share_has_a_code_of_its_own() -> None:
    match = REGIONS.resolve("市本级", HANGZHOU)
    assert match is not None
    assert (match.region_code, match.level, match.kind) == ("330100-own", "city_own", "own")
    assert REGIONS.own(BINJIANG).name == "区本级"
    assert REGIONS.parent_of("330100-own") == HANGZHOU
    assert code("市本级") is None


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("西兴街道", "township"),
        ("瓶窑镇", "township"),
        ("经济技术开发区", "functional_area"),
        ("某某新区", "functional_area"),
    ],
)
def test_unlisted_area_gets_the_same_provisional_code_each_time(name: str, level: str) -> None:
    first = REGIONS.resolve(name, BINJIANG)
    assert first is not None
    assert first == REGIONS.resolve(name, BINJIANG)
    assert (first.region_code, first.level, first.kind) == (f"330108-{name}", level, "provisional")
    assert REGIONS.level_of(first.region_code) == level
    assert REGIONS.ancestors(first.region_code) == ("330108", "330100", "330000")


def test_office_of_a_street_is_the_street() -> None:
    assert code("仓前街道办事处", "330110") == code("仓前街道", "330110")


@pytest.mark.parametrize(
    "text",
    [
        "各街道",
        "老旧小区",
        "农贸超市",
        "社区",
        "城乡",
        "文化下乡",
        "项目名称",
        "全市",
        "",
        "100",
        "，",
    ],
)
def test_what_only_ends_like_a_region_is_none(text: str) -> None:
    assert REGIONS.resolve(text, BINJIANG) is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("2023年余杭区民生实事建议项目投票清单", "330110"),
        ("杭州市2024年民生实事项目", "330100"),
        ("2024年杭州民生实事成绩单", "330100"),
        ("海南省儋州市为民办实事事项", "460400"),
        ("南京市鼓楼区人民政府办公室", "320106"),
        ("吉林省吉林市", "220200"),
        ("杭州余杭2024年实事", "330110"),
        ("2023 年市政府民生实事项目区、县（市）任务分解表", None),
        ("西湖区民生实事", None),
        ("全市民生实事项目", None),
        ("幸福安康工程", None),
        ("", None),
    ],
)
def test_title_names_its_most_specific_region(title: str, expected: str | None) -> None:
    match = REGIONS.find_in_title(title)
    assert (match.region_code if match else None) == expected


def test_unlisted_region_that_opens_a_title_is_provisional() -> None:
    match = REGIONS.find_in_title("关于印发云溪县2025年民生实事项目的通知")
    assert match is not None
    assert (match.region_code, match.is_provisional) == ("000000-云溪县", True)


def test_parent_is_found_from_the_regions_that_head_the_columns() -> None:
    assert REGIONS.common_parent(["上城区", "拱墅区", "西湖区", "合计"]) == HANGZHOU
    assert REGIONS.common_parent(["西湖区"]) is None
    assert REGIONS.common_parent([]) is None


@given(st.text(max_size=30), st.sampled_from([None, HANGZHOU, BINJIANG, "000000-云溪县"]))
def test_no_text_raises(text: str, within: str | None) -> None:
    REGIONS.resolve(text, within)
    REGIONS.find_in_title(text, within)
