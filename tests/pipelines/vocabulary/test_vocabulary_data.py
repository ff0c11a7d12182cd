from decimal import Decimal
from pathlib import Path

import pytest

import pipelines.vocabulary
from pipelines.vocabulary import VocabularyError, load_vocabulary

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
    with pytest.raises(VocabularyError, match=r"units\.csv") as caught:
        load_vocabulary(directory=tmp_path)
    assert caught.value.code == "vocabulary_missing"


@pytest.mark.parametrize("text", ["", " ", "/", " — ", "-", "无", "——", "\n"])
def test_marks_for_nothing_are_blank(text: str) -> None:
    assert VOCABULARY.is_blank(text)


@pytest.mark.parametrize("text", ["0", "否", "无障碍", "全覆盖", "1"])
def test_content_is_not_blank(text: str) -> None:
    assert not VOCABULARY.is_blank(text)


def test_title_hints_at_a_kind_by_its_longest_word() -> None:
    hint = VOCABULARY.document_kinds.hint
    assert hint("民生实事项目责任清单") == "responsibility_list"
    assert hint("民生实事任务分解表") == "allocation_table"
    assert hint("候选项目投票清单") == "voting_list"
    assert hint("民生实事") is None


def test_units_of_one_family_agree() -> None:
    units = VOCABULARY.units
    assert units.agree("人", "名")
    assert not units.agree("人", "人次")
    assert not units.agree(None, None)
    assert units.is_unit("万元")
    assert not units.is_unit("责任")


def test_units_convert_by_any_spelling_and_unknown_ones_do_not() -> None:
    convert = VOCABULARY.units.convert_to_base
    assert convert(Decimal(8), "亩") == (Decimal("5333.3333"), "平方米")
    assert convert(Decimal(3), "千米") == (Decimal(3000), "米")
    assert convert(Decimal(3), "葫芦") == convert(Decimal(3), None) == (None, None)
