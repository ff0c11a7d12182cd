"""What the grammar makes of printed numbers, case by case."""

from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.quantities import Number, find_numbers, load_grammar
from pipelines.quantities.words import PROJECT_FILES
from pipelines.word_files import open_word_files


def describe(number: Number) -> str:
    """kind, value, unit and comparator in one readable line."""
    value = "" if number.value is None else f"{number.value.normalize():f}"
    comparator = "" if number.comparator == "=" else number.comparator
    return f"{number.kind.value} {comparator}{value}{number.unit or ''}"


def read(printed: str) -> list[str]:
    return [describe(number) for number in find_numbers(printed)]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        # multipliers and separators
        ("8.29万亩", "82900亩"),
        ("85.8 万人次", "858000人次"),
        ("4.2萬人", "42000人"),
        ("11.9万\n平方米", "119000平方米"),
        ("18.95 万人\n次", "189500人次"),
        ("1亿2000万元", "120000000元"),
        ("1万2千户", "12000户"),
        ("6百个", "600个"),
        ("5千万元", "50000000元"),
        ("2万亿元", "2000000000000元"),
        ("帮扶3000余", ">3000"),
        ("1,000个", "1000个"),
        ("１，０００個", "1000个"),
        ("1 000 个", "1000个"),
        ("5千米", "5公里"),
        ("10万方", "100000平方米"),
        ("100㎡", "100平方米"),
        ("10km", "10公里"),
        # units with brackets
        ("500套\n(间)", "500套"),
        ("3000對(夫妻)", "3000对"),
        ("3000人（次）", "3000人次"),
        ("1112对夫妻", "1112对"),
        ("300套(户)", "300套"),
        ("200户（人）以上", ">=200户"),
        ("6处（个)", "6处"),
        ("5个（米）", "5个"),
        ("80公里（条）", "80公里"),
        # so much of one thing for each of another
        ("500元/人/年", "500元/人/年"),
        ("1200元／人·月", "1200元/人/月"),
        ("2万元/户", "20000元/户"),
        ("5万吨/天", "50000吨/日"),
        ("0.5毫克/升", "0.5毫克/升"),
        # fractions
        ("三分之二", "66.6667%"),
        ("近三分之一", "~33.3333%"),
        ("不低于四分之三的", ">=75%"),
        ("三分之二以上", ">=66.6667%"),
        ("千分之三", "0.3%"),
        ("四分之3", "75%"),
        ("百分之五", "5%"),
        ("百分之零点五", "0.5%"),
        ("百分之一百二十", "120%"),
        # percentages
        ("83%", "83%"),
        ("８３％", "83%"),
        ("百分之八十", "80%"),
        ("百分之百", "100%"),
        ("完成八成", "80%"),
        ("八成以上", ">=80%"),
        ("近7成", "~70%"),
        ("增长-3.5%", "-3.5%"),
        # comparators
        ("不少于1000名", ">=1000名"),
        ("不低于20人次", ">=20人次"),
        ("至少5家", ">=5家"),
        ("达到100%以上", ">=100%"),
        ("达到859万人", "8590000人"),
        ("25台以上", ">=25台"),
        ("20 所以上", ">=20所"),
        ("1万人及以上", ">=10000人"),
        ("超2400万人次", ">24000000人次"),
        ("超过30家", ">30家"),
        ("突破100万人次", ">1000000人次"),
        ("50余项", ">50项"),
        ("17万余户", ">170000户"),
        ("30多万人次", ">300000人次"),
        ("二十余处", ">20处"),
        ("十几个", ">10个"),
        ("3,200+个", ">3200个"),
        ("１２０＋家", ">120家"),
        ("不超过5%", "<=5%"),
        ("控制在10%以内", "<=10%"),
        ("2年内", "<=2年"),
        ("低于3%", "<3%"),
        ("不足10人", "<10人"),
        ("约18万方", "~180000平方米"),
        ("近80万名", "~800000名"),
        ("100户左右", "~100户"),
        # words that only look like comparators
        ("附近10个", "10个"),
        ("节约50%", "50%"),
        ("签约20家", "20家"),
        ("近10年", "10年"),
        ("50个多功能厅", "50个"),
        ("5家内设机构", "5家"),
        # Chinese numerals
        ("三所學校", "3所"),
        ("两条", "2条"),
        ("十五家", "15家"),
        ("一百二十个", "120个"),
        ("各打造一家", "1家"),
        ("十方面", "10方面"),
        ("二十载", "20载"),
        ("近三年", "3年"),
        ("一小时", "1小时"),
        # no measure word
        ("22万体检人群", "220000"),
        ("1.8万农村居民", "18000"),
        ("1.2万学位", "12000学位"),
        ("1400", "1400"),
        ("9.2", "9.2"),
        ("新增AED1000台", "1000台"),
        ("新增AED 1000 台", "1000台"),
        ("10岁", None),
    ],
)
def test_quantities(printed: str, expected: str | None) -> None:
    if expected is None:
        assert read(printed) == ["age 10岁"]
    else:
        assert read(printed) == [f"quantity {expected}"]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("2024年3月底", ["year 2024年", "date 3月"]),
        ("5月18日", ["date 5月", "date 18日"]),
        ("2024.3.26", ["year 2024", "date 3", "date 26"]),
        ("2024-03-26", ["year 2024", "date 3", "date 26"]),
        ("1-3月", ["date 1", "date 3月"]),
        ("3、6、9月底前", ["date 3", "date 6", "date 9月"]),
        ("4月-8月", ["date 4月", "date 8月"]),
        ("2023-2025年", ["year 2023", "year 2025年"]),
        ("9\n月底", ["date 9月"]),
        ("60周岁以上", ["age >=60周岁"]),
        ("35\n周岁以下", ["age <=35周岁"]),
        ("50-74周岁", ["age 50周岁", "age 74周岁"]),
        ("6-36月龄", ["age 6月龄", "age 36月龄"]),
        ("1.开工；2.完工", ["ordinal 1", "ordinal 2"]),
        ("1.3月初完成", ["ordinal 1", "date 3月"]),
        ("2.5个小区通水", ["ordinal 2", "quantity 5个"]),
        ("7.3完成11个", ["ordinal 7.3", "quantity 11个"]),
        ("共100个\n2.完成3个", ["quantity 100个", "ordinal 2", "quantity 3个"]),
        ("（1）实施", ["ordinal 1"]),
        ("第3条", ["ordinal 3"]),
        ("附件 2", ["ordinal 2"]),
        ("— 1 —", ["ordinal 1"]),
        ("①开工", ["ordinal 1"]),
        ("J-R21-12地块二期", ["code", "code"]),
        ("G104国道", ["code"]),
        ("H7N9", ["code", "code"]),
        ("PM2.5", ["code"]),
        ("5G基站", ["code"]),
        ("12345热线", ["code"]),
        ("代码913301001234567890", ["code"]),
        ("0571-12345678", ["code", "code"]),
        ("某政办〔2024〕12号", ["year 2024", "code"]),
        ("“6+3”学校", ["name 6", "name 3"]),
        ("“15分鐘品質文化生活圈”10個", ["name 15分钟", "quantity 10个"]),
        ("打造15分钟生活圈", ["name 15分钟"]),
        ("五星级", ["name 5"]),
        ("1-5星", ["name 1", "name 5"]),
        ("3.0版", ["name 3"]),
        ("‘共富菜市(摊位)102个’目标", ["quantity 102个"]),
        ("“新建学校70所，新增学位6万个”", ["quantity 70所", "quantity 60000个"]),
        ("3~5层", ["quantity 3层", "quantity 5层"]),
        ("3-5万人", ["quantity 30000人", "quantity 50000人"]),
        ("2个单元床位38张", ["quantity 2个", "quantity 38张"]),
        ("为1000人50-74周岁", ["quantity 1000人", "age 50周岁", "age 74周岁"]),
        ("1/3", ["unresolved 1", "unresolved 3"]),
    ],
)
def test_labels_and_mixtures(printed: str, expected: list[str]) -> None:
    assert [line.strip() for line in read(printed)] == expected


@pytest.mark.parametrize(
    "printed",
    [
        "十三期",
        "第三方",
        "第二剂次",
        "一批",
        "一定",
        "一些",
        "一系列",
        "进一步",
        "一站式",
        "一馆一策",
        "一户一档",
        "一项项民生实事",
        "四好农村路",
        "三大球三小球",
        "两慢病患者",
        "百岁老人",
        "千人培训",
        "同一所单位",
        "每一家",
        "二次供水",
        "九年一贯制",
        "五方验收",
        "市、区三级",
        "任务过半",
        "两三家",
        "“一键直达”",
        "第三分之一",
        "三分之四",
        "“三分之二”行动",
    ],
)
def test_chinese_numerals_that_count_nothing_are_no_numbers(printed: str) -> None:
    assert read(printed) == []


def test_offsets_point_into_the_printed_text() -> None:
    printed = "全年不少于 8.5 萬人\n次(含)以上。"
    (number,) = find_numbers(printed)
    assert number.as_printed == printed[number.start : number.end] == "8.5 萬人\n次"
    assert printed[number.number_start : number.number_end] == "8.5 萬"
    assert printed[number.span_start : number.span_end] == "不少于 8.5 萬人\n次(含)以上"
    assert number.value == Decimal(85_000)


def test_list_continues_where_a_decimal_could_stand() -> None:
    printed = "1.完成规划；2.3公里开工"
    assert read(printed) == ["ordinal 1", "ordinal 2", "quantity 3公里"]
    assert read("建成2.3公里") == ["quantity 2.3公里"]


@pytest.mark.parametrize(
    ("printed", "lower", "upper"),
    [
        ("3-5万人次", 30_000, 50_000),
        ("300至500个", 300, 500),
        ("300个～500个", 300, 500),
        ("50-74周岁", 50, 74),
        ("5%—10%", 5, 10),
        ("6千至8千户", 6000, 8000),
    ],
)
def test_a_range_has_both_its_bounds(printed: str, lower: int, upper: int) -> None:
    first, second = find_numbers(printed)
    assert (first.value, first.upper, first.ends_range) == (lower, upper, False)
    assert (second.value, second.upper, second.ends_range) == (upper, None, True)
    assert first.unit == second.unit is not None


@pytest.mark.parametrize(
    "printed",
    [
        "10-8个",
        "从300个到500个",
        "由原来的3到5个",
        "300个至500人",
        "3个、5个",
        "2023-2024年",
        "3月至5月",
    ],
)
def test_two_numbers_that_are_no_range_have_no_bounds(printed: str) -> None:
    assert {(n.upper, n.ends_range) for n in find_numbers(printed)} == {(None, False)}


def test_each_folder_of_words_has_a_grammar_of_its_own(tmp_path: Path) -> None:
    for name in ("units.csv", "number_words.yml"):
        content = PROJECT_FILES.path_of(name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(content.replace("突破", "冲破"), encoding="utf-8")
    own = tmp_path / "own"
    own.mkdir()
    header = "unit,name_en,dimension,base_unit,factor,family,aliases,not_before"
    (own / "units.csv").write_text(f"{header}\n箩,basket,count,箩,1,basket,,\n", encoding="utf-8")
    other = load_grammar(open_word_files(tmp_path, own))
    assert [describe(n) for n in other.find_numbers("冲破300箩")] == ["quantity >300箩"]
    assert [describe(n) for n in other.find_numbers("突破300个")] == ["quantity 300个"]
    assert read("突破300个") == ["quantity >300个"]
    assert read("冲破300箩") == ["unresolved 300"]


def test_what_was_read_before_is_remembered_by_each_grammar() -> None:
    grammar = load_grammar()
    assert grammar.find_numbers("新增300个") is grammar.find_numbers("新增300个")
    assert grammar.find_numbers("新增300个") == grammar.read("新增300个")


@pytest.mark.parametrize(
    ("printed", "as_printed"),
    [("新增300套(户)", "300套(户)"), ("新增5个（米）", "5个"), ("整治80公里（条）", "80公里")],
)
def test_a_second_unit_belongs_to_the_number_where_both_count(
    printed: str, as_printed: str
) -> None:
    (number,) = find_numbers(printed)
    assert number.as_printed == as_printed
