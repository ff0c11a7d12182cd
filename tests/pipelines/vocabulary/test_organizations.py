from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.vocabulary import OrganizationMatch, load_vocabulary

BODIES = load_vocabulary().organizations
HANGZHOU, BINJIANG, YUHANG = "330100", "330108", "330110"


def names(cell: str, region: str | None = HANGZHOU) -> list[str]:
    return [mention.text.replace("\n", "") for mention in BODIES.split(cell, region)]


def leads(cell: str) -> list[str]:
    return [mention.text for mention in BODIES.split(cell, BINJIANG) if mention.is_lead]


def resolve(name: str, region: str | None = HANGZHOU, on: date | None = None) -> OrganizationMatch:
    match = BODIES.resolve(name, region, on)
    assert match is not None
    return match


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("市卫健委", "市卫生健康委员会"),
        ("市卫生健康委", "市衛生健康委員會"),
        ("市人社局", "市人力资源和社会保障局"),
        ("市人力社保局", "杭州市人力资源社会保障局"),
        ("市住保房管局", "市住房管局"),
        ("团市委", "共青团市委"),
        ("市供销社", "市供销合作社联合社"),
        ("市规划和自然\n资源局", "市自然资源和规划局"),
        ("市委人才办", "人才办"),
    ],
)
def test_names_of_one_body_have_one_id_and_one_name(first: str, second: str) -> None:
    assert resolve(first).organization_id == resolve(second).organization_id
    assert resolve(first).name == resolve(second).name


def test_canonical_name_says_the_level() -> None:
    assert resolve("卫健局", YUHANG).name == "区卫生健康局"
    assert resolve("卫健委", HANGZHOU).name == "市卫生健康委员会"
    assert resolve("团县委", "330122").name == "团县委"
    assert resolve("省教育厅", HANGZHOU).name == "省教育厅"
    assert resolve("组织部", BINJIANG).name == "区委组织部"


def test_level_in_a_name_leads_to_the_region_of_that_level() -> None:
    assert resolve("市财政局", BINJIANG).organization_id == "330100/finance"
    assert resolve("区财政局", BINJIANG).organization_id == "330108/finance"
    assert resolve("财政局", BINJIANG).organization_id == "330108/finance"
    assert resolve("滨江区财政局", HANGZHOU).organization_id == "330108/finance"
    assert resolve("市财政局", None).organization_id == "city/finance"


def test_bodies_named_after_a_region_carry_its_name() -> None:
    assert resolve("国网杭州供电公司").name == "国网杭州供电公司"
    assert resolve("国网南昌供电公司", "360100").organization_id == "360100/power-grid"
    assert resolve("濱江交警大隊", BINJIANG).organization_id == "330108/traffic-police"


def test_renaming_in_one_region_follows_its_date() -> None:
    assert resolve("市城管局", on=date(2023, 6, 1)).successor_id is None
    renamed = resolve("市城管局", on=date(2024, 6, 1))
    assert renamed.successor_id == resolve("市综合行政执法局").organization_id
    assert resolve("市城管局", "360100").successor_id is None


def test_renaming_everywhere_leads_to_the_body_of_today() -> None:
    assert resolve("市卫计委", "360100").successor_id == "360100/health-commission"
    assert resolve("市卫计委", "360100", date(2017, 1, 1)).successor_id is None


def test_sub_office_in_brackets_belongs_to_its_body() -> None:
    match = resolve("市金融投资集团(市民卡公司)")
    assert (match.name, match.sub_office) == ("市金融投资集团", "市民卡公司")
    assert resolve("民政局(残联)", BINJIANG).organization_id == "330108/civil-affairs"


@pytest.mark.parametrize(
    ("name", "expands_to"),
    [
        ("各区、县(市)政府", "districts"),
        ("各区、县\n（市）政府", "districts"),
        ("各县（市、区）人民政府", "districts"),
        ("各区县（自治县）政府", "districts"),
        ("各旗县区政府", "districts"),
        ("各区政府（管委会）", "urban_districts"),
        ("相关区、县（市）政府（管委会）", "some_districts"),
        ("相关区政府", "some_urban_districts"),
        ("各街道", "townships"),
        ("各乡（镇）人民政府、街道办事处", "townships"),
        ("各產業平臺", "functional_areas"),
    ],
)
def test_collective_is_one_body_that_expands(name: str, expands_to: str) -> None:
    assert names(name) == [name.replace("\n", "")]
    assert resolve(name).expands_to == expands_to


def test_unlisted_body_is_kept_by_its_own_name_and_queued() -> None:
    match = resolve("城市运营促进中心")
    assert (match.name, match.is_known, match.kind) == ("城市运营促进中心", False, "unknown")
    assert match.organization_id == "330100/城市运营促进中心"
    assert match == resolve("城市运营\n促进中心")


@pytest.mark.parametrize("text", ["", "张三", "各", "，、", "1400 张"])
def test_what_is_no_body_is_none(text: str) -> None:
    assert BODIES.resolve(text, HANGZHOU) is None


def test_street_stands_for_its_government() -> None:
    match = resolve("西興街道", BINJIANG)
    assert (match.organization_id, match.name) == ("330108-西兴街道/government", "西兴街道")


def test_names_cut_by_a_line_break_are_whole() -> None:
    assert names("市财政局、市商务局、市市场监\n管局, 各区、县(市)政府") == [
        "市财政局",
        "市商务局",
        "市市场监管局",
        "各区、县(市)政府",
    ]


def test_separators_of_every_kind_part_names() -> None:
    expected = ["市教育局", "市财政局", "市妇联"]
    for separator in ("、", "，", ",", "；", ";", "/", " ", "\n", ", "):
        assert names(separator.join(expected)) == expected


def test_collective_beside_a_body_does_not_swallow_it() -> None:
    assert names("各街道、濱江交警大隊", BINJIANG) == ["各街道", "濱江交警大隊"]
    assert names("各镇街、乡村振兴局", YUHANG) == ["各镇街", "乡村振兴局"]


def test_body_of_a_sub_office_is_not_cut_in_two() -> None:
    assert names("市公安局交警支队、市住建局质安站") == ["市公安局交警支队", "市住建局质安站"]


def test_lead_that_runs_into_the_first_supporting_body_is_cut_off() -> None:
    cell = "★教育局發改局、財政局、各街道"
    assert names(cell, BINJIANG) == ["教育局", "發改局", "財政局", "各街道"]
    assert leads(cell) == ["教育局"]


def test_several_leads_end_where_the_separator_is_missing() -> None:
    for gap in ("", "\n\n", " "):
        cell = f"★社會工作部、西興街道{gap}發改局、財政局"
        assert leads(cell) == ["社會工作部", "西興街道"]
        assert names(cell, BINJIANG)[2:] == ["發改局", "財政局"]


def test_star_without_a_gap_marks_the_name_after_it() -> None:
    assert leads("★教育局、财政局、★民政局") == ["教育局", "民政局"]
    assert leads("★濱江交警大隊") == ["濱江交警大隊"]
    assert leads("教育局、财政局") == []


def test_unlisted_body_after_a_lead_is_cut_off() -> None:
    assert names("★民政局某某发展公司、财政局", BINJIANG) == ["民政局", "某某发展公司", "财政局"]
    assert names("★民政局西興街道", BINJIANG) == ["民政局", "西興街道"]


def test_label_and_words_after_the_list_are_no_names() -> None:
    assert names("责任单位：市教育局、市财政局等单位") == ["市教育局", "市财政局"]
    assert names("（市教育局、市财政局）") == ["市教育局", "市财政局"]


@given(st.text(alphabet="市区教育局发改委、，★各县（）()\n 政府街道医院甲乙", max_size=40))
def test_mentions_are_slices_in_order_that_do_not_overlap(cell: str) -> None:
    last = 0
    for mention in BODIES.split(cell, HANGZHOU):
        assert mention.text == cell[mention.start : mention.end]
        assert mention.start >= last
        assert mention.text.strip()
        last = mention.end


@given(
    st.lists(st.sampled_from(["市教育局", "市财政局", "团市委", "各区、县（市）政府"]), max_size=6)
)
def test_joined_names_come_apart_again(listed: list[str]) -> None:
    assert names("、".join(listed)) == listed
