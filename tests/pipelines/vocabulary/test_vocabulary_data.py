from pathlib import Path

import pytest

import pipelines.vocabulary
from pipelines.vocabulary import VocabularyError, load_vocabulary
from pipelines.vocabulary.tables import read_rows

FOLDER = Path(pipelines.vocabulary.__file__).parent
VOCABULARY = load_vocabulary()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda path: path.name)
def test_every_data_file_says_what_it_holds(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    header = [line for line in lines if line.startswith("#")]
    assert len(header) >= 2
    assert lines[0].startswith("# ")


def test_vocabulary_is_read_once() -> None:
    assert load_vocabulary() is VOCABULARY


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"headers\.csv") as caught:
        load_vocabulary(tmp_path)
    assert caught.value.code == "vocabulary_missing"


def test_other_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text("# a comment\nwords\nx\n", encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        list(read_rows(path, ("word",)))
    assert caught.value.code == "vocabulary_columns"


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_bytes("# a comment\nword\n区\n".encode("gb18030"))
    with pytest.raises(VocabularyError) as caught:
        list(read_rows(path, ("word",)))
    assert caught.value.code == "vocabulary_line"


@pytest.mark.parametrize("text", ["", " ", "/", " — ", "-", "无", "——", "\n"])
def test_marks_for_nothing_are_blank(text: str) -> None:
    assert VOCABULARY.is_blank(text)


@pytest.mark.parametrize("text", ["0", "否", "无障碍", "全覆盖", "1"])
def test_content_is_not_blank(text: str) -> None:
    assert not VOCABULARY.is_blank(text)


def test_nothing_done_is_told_from_done() -> None:
    assert VOCABULARY.is_nothing_done("暫未開展暑托工作")
    assert VOCABULARY.is_nothing_done("尚未启动")
    assert not VOCABULARY.is_nothing_done("已开展3场")


def test_answers() -> None:
    assert VOCABULARY.answers.answer_of(" √ ") == "yes"
    assert VOCABULARY.answers.answer_of("否") == "no"
    assert VOCABULARY.answers.answer_of("滞后") == "no"
    assert VOCABULARY.answers.answer_of("已完成12个") is None


def test_title_hints_at_a_kind_by_its_longest_word() -> None:
    hint = VOCABULARY.document_kinds.hint
    assert hint("民生实事项目责任清单") == "responsibility_list"
    assert hint("民生实事任务分解表") == "allocation_table"
    assert hint("候选项目投票清单") == "voting_list"
    assert hint("民生实事") is None


def test_longest_verb_opens_a_promise() -> None:
    assert VOCABULARY.verbs.opening("新建成中小学72所") == ("新建成", "build")
    assert VOCABULARY.verbs.opening("提升改造农村路") == ("提升改造", "renovate")
    assert VOCABULARY.verbs.action_of("新增") == "add"
    assert VOCABULARY.verbs.opening("中小学") is None


def test_units_of_one_family_agree() -> None:
    units = VOCABULARY.units
    assert units.agree("人", "名")
    assert not units.agree("人", "人次")
    assert not units.agree(None, None)
    assert units.is_unit("万元")
    assert not units.is_unit("责任")
