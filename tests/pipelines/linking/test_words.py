"""The word lists of linking: read strictly, and applied as they say."""

from pathlib import Path

import pytest

from pipelines.linking.words import WORDS_FILE, load_indicator_words
from pipelines.vocabulary import VocabularyError, WordFiles, load_vocabulary

HEADER = "kind,word,group,note\n"


@pytest.mark.parametrize(
    "line",
    [
        "verbs,新增,new,\n",
        "verb,,new,\n",
        "exclusive,公办,owner,\n",
        "generic,点,,\ngeneric,点,,\n",
    ],
)
def test_a_wrong_line_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / WORDS_FILE).write_text(HEADER + line, encoding="utf-8")
    with pytest.raises(VocabularyError) as raised:
        load_indicator_words(WordFiles(tmp_path))
    assert raised.value.code == "vocabulary_line"


def test_numbers_quotes_and_what_is_done_are_not_compared() -> None:
    words = load_indicator_words(load_vocabulary().files)
    phrase = words.read_phrase("新增“家门口”课堂100处")
    assert phrase.core == "家门口课堂处"
    assert phrase.quoted == {"家门口"}
    assert phrase.actions == {"new"}


def test_traditional_characters_and_half_width_brackets_change_nothing() -> None:
    words = load_indicator_words(load_vocabulary().files)
    assert words.read_phrase("新(改)建農村公路") == words.read_phrase("新（改）建农村公路")


def test_an_enumeration_has_members_and_a_short_pair_of_verbs_has_none() -> None:
    words = load_indicator_words(load_vocabulary().files)
    assert [m.core for m in words.read_phrase("新建中小学、幼儿园").members] == ["中小学", "幼儿园"]
    assert words.read_phrase("新建、改建幼儿园").members == ()
