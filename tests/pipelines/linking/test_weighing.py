"""Pairs of facts, one by one: what joins them and what keeps them apart."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.facts import DocumentFacts
from pipelines.linking.comparing import compare
from pipelines.linking.profiles import Profile, read_reports, read_targets
from pipelines.linking.weighing import RESULT, Verdict, weigh
from pipelines.linking.words import load_indicator_words
from pipelines.vocabulary import load_vocabulary
from tests.pipelines.linking import labelled

WORDS = load_indicator_words(load_vocabulary().files)
VOCABULARY = load_vocabulary()


def target(indicator: str, value: str, unit: str, title: str | None = None) -> Profile:
    document = labelled.make_document("plan", "responsibility_list", "130100", 2024)
    line = labelled.make_line(document, "1", title or f"{indicator}{value}{unit}")
    row = {"indicator": indicator, "value": value, "unit": unit}
    facts = DocumentFacts(document, (line,), (labelled.make_target(line, 1, row),))
    return next(read_targets(facts, WORDS, VOCABULARY))


def report(indicator: str, value: str, unit: str, text: str = "") -> Profile:
    document = labelled.make_document("article", "results_article", "130100", 2024)
    row = {"indicator": indicator, "value": value, "unit": unit}
    made = labelled.make_report(document, 1, row, text or indicator, None)
    return next(read_reports(DocumentFacts(document, reports=(made,)), WORDS, VOCABULARY))


def judge(fact: Profile, other: Profile) -> Verdict:
    return weigh(fact, other, RESULT, WORDS)


@pytest.mark.parametrize(
    ("fact", "other", "why"),
    [
        (("新增青荷驿站", "41", "个"), ("推出青荷驿站房源", "500", "套"), "dwelling"),
        (
            ("新拓展地铁口非机动车停放场地", "32", "处"),
            ("新拓展地铁出入口非机动车停放泊位", "2000", "个"),
            "parking",
        ),
        (("新增机动车泊位", "1200", "个"), ("新增非机动车泊位", "2000", "个"), "motor"),
        (("新增民办幼儿园", "3", "所"), ("新增公办幼儿园", "4", "所"), "private"),
        (("拆除老旧基站", "30", "个"), ("新建基站", "300", "个"), "opposite actions"),
        (("改造惠及居民", "17", "户"), ("改造二次供水设施", "20", "户"), "serves"),
        (("新增公园绿地", "14", "公顷"), ("新建城市公园", "65", "个"), "measure different"),
    ],
)
def test_contradictions_rule_a_pair_out(
    fact: tuple[str, str, str], other: tuple[str, str, str], why: str
) -> None:
    verdict = judge(report(*fact), target(*other))
    assert verdict.score == 0
    assert why in verdict.reason


@pytest.mark.parametrize(
    ("fact", "other"),
    [
        (
            ("为居民提供免费肺功能筛查", "900", "人次"),
            ("为居民提供免费结直肠癌筛查", "900", "人次"),
        ),
        (("创建高品质水美乡村", "20", "个"), ("建成未来乡村", "60", "个")),
        (("完成残疾人辅具适配服务", "900", "人次"), ("残疾人社会化照护服务", "1000", "人次")),
        (("新增职业技能人才", "900", "人次"), ("开展职业技能培训", "1000", "人次")),
        (
            ("定制公交线路", "17", "条"),
            ("新辟城乡公交、地铁接驳线、微公交、定制公交线路", "100", "条"),
        ),
        (("开工建设公办幼儿园", "5", "所"), ("新建公办幼儿园", "6", "所")),
        (("建成公共充电站", "9", "座"), ("建成公共充电桩", "90", "个")),
    ],
)
def test_words_that_name_different_things_are_not_joined(
    fact: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    assert not judge(report(*fact), target(*other)).is_certain


@pytest.mark.parametrize(
    ("fact", "other"),
    [
        (("新建文化驿站", "38", "个"), ("新增文化驿站", "13", "家")),
        (("近期完成提升托养机构", "74", "家"), ("规范提升残疾人托养机构", "26", "家")),
        (("新增停车位", "230", "个"), ("新增停车泊位", "200", "个")),
        (("改造老舊小區", "230", "个"), ("完成改造城镇老旧小区", "200", "个")),
        (("农村公路桥梁新改建", "45", "座"), ("新(改)建农村公路桥梁", "42", "座")),
    ],
)
def test_other_words_for_the_same_thing_are_joined(
    fact: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    assert judge(report(*fact), target(*other)).is_certain


def test_a_count_stands_for_a_rate_only_where_all_are_reached() -> None:
    rate = target("异地结算定点医院开通率", "100", "%")
    some = report("开通异地结算的定点医院", "433", "家", "全市433家定点医院开通异地结算")
    every = report("开通异地结算的定点医院", "433", "家", "全市433家定点医院均已开通异地结算")
    assert judge(some, rate).is_possible
    assert judge(every, rate).is_certain


def test_places_of_schools_that_are_only_begun_are_not_those_of_schools_that_open() -> None:
    opened = target("新增学位", "6", "个", "新建成学校，新增学位")
    begun = target("新增学位", "6", "个", "开工建设学校，新增学位")
    fact = report("新增学位", "7", "个")
    assert judge(fact, opened).is_certain
    assert judge(fact, begun).is_possible


def test_the_clause_before_says_what_an_item_leaves_out() -> None:
    bicycles = target("新拓展车站非机动车停放泊位", "200", "个")
    item = "新增停车位"
    before = "新拓展车站非机动车停放场地3处、停车位674个"
    assert not judge(report(item, "674", "个"), bicycles).is_certain
    made = report(item, "674", "个", before)
    assert judge(made, bicycles).is_certain


def test_a_number_of_a_wholly_different_size_counts_against_a_pair() -> None:
    promised = target("举办社区老年健康讲座", "100", "场")
    near = judge(report("举办健康讲座", "120", "场"), promised)
    far = judge(report("举办健康讲座", "99000", "场"), promised)
    assert near.score > far.score + 0.1
    assert "wholly different size" in far.reason


TEXT = st.text(alphabet="新增改造老旧小区供水管网养服务中心个家、（）“”非机动车位", max_size=24)


@given(TEXT)
def test_a_phrase_is_alike_to_itself(words: str) -> None:
    phrase = WORDS.read_phrase(words)
    assert compare(phrase, phrase).similarity == (1.0 if phrase.segments else 0.0)


@given(TEXT, TEXT)
def test_likeness_is_a_fraction_and_the_same_from_both_sides(one: str, other: str) -> None:
    left, right = WORDS.read_phrase(one), WORDS.read_phrase(other)
    likeness = compare(left, right).similarity
    assert 0 <= likeness <= 1
    if not left.members and not right.members:
        assert likeness == pytest.approx(compare(right, left).similarity)


@given(TEXT, TEXT, st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_score_is_a_fraction(one: str, other: str, value: int, promised: int) -> None:
    verdict = judge(report(one, str(Decimal(value)), "个"), target(other, str(promised), "家"))
    assert 0 <= verdict.score <= 1.3
