from pathlib import Path

import pytest

from pipelines.vocabulary import FOLDER, VocabularyError, WordFiles, load_vocabulary
from pipelines.vocabulary.folding import fold_word
from pipelines.vocabulary.headers import (
    COMPOSITIONS_FILE,
    HEADERS_FILE,
    PERIODS_FILE,
    HeaderWord,
    load_headers,
)

HEADERS = load_vocabulary().headers
UNITS = load_vocabulary().units


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


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
        ("惠及对象", "remark"),
        ("受益人口", None),
        ("办理结果", "on_schedule"),
        ("项目进展及说明", "progress"),
        ("二季度新增", "done_value"),
        ("二季度", None),
        ("新增", None),
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


def test_a_known_word_within_a_known_word_is_no_rival() -> None:
    assert role("工程牵头单位") == "lead"
    assert role("牵头单位县") == "lead"


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


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("牵头处室", "lead"),
        ("县级牵头责任部门", "lead"),
        ("主办市直单位", "lead"),
        ("具体实施单位", "responsible"),
        ("参与配合部门", "support"),
        ("主责部门及协作单位", "lead_and_support"),
        ("承办科室联络人", "lead_official"),
        ("领衔盟级领导", "city_leader"),
        ("全年应建成数", "goal_value"),
        ("本年度任务总量", "goal_value"),
        ("当年绩效目标任务", "goal"),
        ("实际累计办结数量", "done_value"),
        ("竣工情况", "progress"),
        ("年度项目落实情况", "progress"),
        ("占本年度目标任务比例", "percent"),
        ("是否按节点完成", "on_schedule"),
        ("最终交付期限", "due"),
        ("关键节点及推进安排", "schedule"),
        ("各旗县市区目标任务分配", "allocation_group"),
        ("涉及镇街道", "region"),
        ("未开工原因", "remark"),
        ("实施起止年限", "year_range"),
        ("工程位置", "location"),
        ("年度计划投资金额（万元）", "investment"),
        ("较上月增减", "comparison"),
    ],
)
def test_headers_never_listed_have_the_role_of_their_parts(header: str, expected: str) -> None:
    assert role(header) == expected


def test_a_known_word_keeps_its_role_however_it_is_printed() -> None:
    for word, known in HEADERS.words.items():
        assert role(f" {word[:1]}\n{word[1:]}★") == role(f"【{word}】") == known.role
        assert role(f"{word}（2024年）") == known.role
        assert role(f"{word}（单位：个）") == known.role


def test_no_word_is_listed_that_compositions_make_anyway(tmp_path: Path) -> None:
    for file in (COMPOSITIONS_FILE, PERIODS_FILE):
        (tmp_path / file).write_bytes((FOLDER / file).read_bytes())
    write(tmp_path / HEADERS_FILE, "role,word,match,note\n")
    composed = load_headers(WordFiles(tmp_path), UNITS.is_unit).words
    rows = list(WordFiles(FOLDER).read_rows(HEADERS_FILE, ("role", "word", "match", "note")))
    listed = {fold_word(r["word"]): HeaderWord(r["role"], r["match"] == "exact") for r in rows}
    assert [word for word, known in listed.items() if composed.get(word) == known] == []
    assert len(listed) == len(rows) < len(composed) / 100


SHORT = """
unit_labels: [单位]
parts:
  body: [单位, 部门]
compositions:
  - {role: lead, words: ["牵头{body}"]}
"""


@pytest.mark.parametrize(
    ("composition", "line", "problem"),
    [
        ("", "lead,责任单位,,\nsupport,责任 单位,,", "责任 单位 has two roles: lead, support"),
        ("", "support,牵头 部门,,", "牵头 部门 has two roles: lead, support"),
        ("", "lead,责任单位,whole,", "not a header line"),
        ("{role: support, words: ['{牵头|配合}{body}']}", "", "牵头单位 has two roles"),
        ("{role: support, words: ['配合{bodies}']}", "", "names bodies, which is no part"),
        ("{role: support, words: ['配合{body']}", "", "stray mark"),
        ("{role: support, words: ['配合{body}'], except: [配合人]}", "", "not made: .*配合人"),
        ("{role: support, words: ['配合{body}'], exact: yes}", "", "not a composition"),
        ("{role: support, words: ['配合{body}'], match: whole}", "", "not a composition"),
        ("{role: support, words: ['配合、{body}']}", "", "a mark that is dropped"),
        ("{role: support, words: ['參與{body}']}", "", "not Simplified"),
        ("{role: support}", "", "words"),
    ],
)
def test_what_cannot_be_one_word_of_one_role_is_refused(
    tmp_path: Path, composition: str, line: str, problem: str
) -> None:
    entry = f"  - {composition}\n" if composition else ""
    write(tmp_path / COMPOSITIONS_FILE, SHORT + entry)
    write(tmp_path / PERIODS_FILE, "kind,pattern,note\n")
    write(tmp_path / HEADERS_FILE, f"role,word,match,note\n{line}\n")
    with pytest.raises(VocabularyError, match=problem) as caught:
        load_headers(WordFiles(tmp_path), UNITS.is_unit)
    assert caught.value.code == "vocabulary_line"


def test_a_word_made_by_two_compositions_of_a_role_may_stand_in_a_longer_header(
    tmp_path: Path,
) -> None:
    entry = "  - {role: lead, words: ['{牵头|主办}单位'], match: exact, except: [主办单位]}\n"
    write(tmp_path / COMPOSITIONS_FILE, SHORT + entry)
    write(tmp_path / PERIODS_FILE, "kind,pattern,note\n")
    write(tmp_path / HEADERS_FILE, "role,word,match,note\n")
    headers = load_headers(WordFiles(tmp_path), UNITS.is_unit)
    match = headers.role_of("市区牵头单位名单")
    assert match is not None
    assert match.role == "lead"
    assert headers.role_of("主办单位") is None
