import pytest

from pipelines.vocabulary import VocabularyError, WordFiles, load_vocabulary
from pipelines.vocabulary.headers import load_headers

HEADERS = load_vocabulary().headers


def role(text: str) -> str | None:
    match = HEADERS.role_of(text)
    return match.role if match else None


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("序号", "item_no"),
        ("類別", "category"),
        ("项目名称", "title"),
        ("建设规模及内容", "detail"),
        ("量化目标", "goal"),
        ("任务数", "goal_value"),
        ("单位", "unit"),
        ("责任单位", "responsible"),
        ("牵头\n单位", "lead"),
        ("責任★及\n配合單位", "lead_and_support"),
        ("牵头单位\n分管领导", "lead_official"),
        ("分管市领\n导", "city_leader"),
        ("配合单位", "support"),
        ("预计完成\n时间", "due"),
        ("工作计划和进度安排", "schedule"),
        ("目前进展", "progress"),
        ("累计完成", "done_value"),
        ("完成率（%）", "percent"),
        ("项目进度（%）", "percent"),
        ("是否达到序时进度", "on_schedule"),
        ("第一季度计划", "quarter_goal"),
        ("各区、县（市）任务分解", "allocation_group"),
        ("各区、县(市)任务分解", "allocation_group"),
        ("区本级", "city_own"),
        ("合　计", "total"),
        ("区（县、市）", "region"),
        ("备 注", "remark"),
        ("建设周期", "year_range"),
        ("建设地点", "location"),
    ],
)
def test_known_headers_have_their_role_however_they_are_printed(header: str, expected: str) -> None:
    assert role(header) == expected


def test_unit_in_brackets_is_told_apart_from_the_word() -> None:
    match = HEADERS.role_of("投资（万元）")
    assert match is not None
    assert (match.role, match.unit_hint) == ("investment", "万元")
    match = HEADERS.role_of("目标值（个）")
    assert match is not None
    assert (match.role, match.unit_hint) == ("goal_value", "个")


@pytest.mark.parametrize(
    ("header", "period", "year"),
    [
        ("完成情況(1-3月)", "1-3月", None),
        ("1—6月完成情况", "1-6月", None),
        ("截至9月底进展情况", "截至9月底", None),
        ("截至2024年6月底完成情况", "截至2024年6月底", 2024),
        ("进展情况（截至6月30日）", "截至6月30日", None),
    ],
)
def test_period_of_a_progress_column_is_kept(header: str, period: str, year: int | None) -> None:
    match = HEADERS.role_of(header)
    assert match is not None
    assert match.role == "progress"
    assert match.period is not None
    assert match.period.replace("—", "-") == period
    assert match.year == year


def test_year_is_taken_off_a_goal_but_a_quarter_makes_it_a_step() -> None:
    yearly = HEADERS.role_of("2024年目标任务")
    assert yearly is not None
    assert (yearly.role, yearly.year, yearly.period) == ("goal", 2024, None)
    assert role("上半年目标任务") == "quarter_goal"
    assert role("1-9月目标值") == "quarter_goal"


@pytest.mark.parametrize(
    "header", ["", "  \n", "上城区", "老旧小区改造", "11月底", "目标任务及完成时限"]
)
def test_unknown_or_ambiguous_header_has_no_role(header: str) -> None:
    assert role(header) is None


def test_word_that_ends_a_header_is_its_head_and_forbids_the_longer_word() -> None:
    assert role("责任单位备注") is None
    assert role("牵头领导及责任人") is None


def test_short_words_count_only_as_the_whole_header() -> None:
    assert role("单位") == "unit"
    assert role("用人单位") is None
    assert role("全市") == "total"
    assert role("全市排名") == "rank"
    assert role("全市通报") is None


def test_total_is_recognised_by_itself() -> None:
    assert HEADERS.is_total("合计")
    assert not HEADERS.is_total("合计投资")


def test_period_alone_is_found_without_a_role() -> None:
    period = HEADERS.find_period("1-3月")
    assert period is not None
    assert (period.kind, period.text) == ("part", "1-3月")
    assert role("1-3月") is None


def test_word_under_two_roles_is_refused(tmp_path) -> None:
    (tmp_path / "headers.csv").write_text(
        "role,word,match,note\nlead,责任单位,,\nsupport,责任 单位,,\n", encoding="utf-8"
    )
    with pytest.raises(VocabularyError, match="two roles") as caught:
        load_headers(WordFiles(tmp_path), lambda text: False)
    assert caught.value.code == "vocabulary_line"
