"""The words and shapes of the language."""

import re
from pathlib import Path

import pytest

import pipelines.reading
from pipelines.quantities.text import simplify
from pipelines.vocabulary import load_vocabulary
from pipelines.vocabulary.language import PHRASES_FILE, load_language
from pipelines.vocabulary.tables import VocabularyError, read_rows
from pipelines.word_files import open_word_files

FOLDER = Path(pipelines.vocabulary.__file__).parent
SOURCES = Path(pipelines.reading.__file__).parent
CALL = re.compile(r"(?:\.(?:words|cue|says|says_around)|language\.has|\bown)\(([^)]*)\)")


def asked_kinds() -> set[str]:
    """The kinds of words that the reading layer asks for by name."""
    return {
        kind
        for source in SOURCES.rglob("*.py")
        for call in CALL.findall(source.read_text("utf-8"))
        for kind in re.findall(r'"([a-z_]+)"', "".join(call))
    }


def test_every_kind_that_is_asked_for_has_words() -> None:
    phrases = load_vocabulary().language.phrases
    assert asked_kinds() - set(phrases) == set()


def test_every_pattern_that_is_asked_for_stands_in_the_file_and_none_is_idle() -> None:
    asked = {
        name
        for source in SOURCES.rglob("*.py")
        for name in re.findall(r'\.(?:pattern|tells)\(\s*"([a-z_]+)"', source.read_text("utf-8"))
    }
    text = (FOLDER / "patterns.yml").read_text("utf-8")
    within = set(re.findall(r"<([a-z_]+)>", text))
    assert asked | within >= set(load_vocabulary().language.patterns)
    assert asked <= set(load_vocabulary().language.patterns)


def test_no_kind_of_words_is_idle() -> None:
    patterns = (FOLDER / "patterns.yml").read_text("utf-8")
    within = set(re.findall(r"[<-]([a-z_]+)(?=[->])", patterns))
    assert set(load_vocabulary().language.phrases) - asked_kinds() - within == set()


def test_no_word_stands_twice_under_a_kind_and_each_is_normalised() -> None:
    rows = [
        (row["kind"], row["word"]) for row in read_rows(FOLDER / PHRASES_FILE, ("kind", "word"))
    ]
    assert len(set(rows)) == len(rows)
    assert [word for _, word in rows if simplify(word) != word] == []


def test_a_misspelt_kind_does_not_pass_for_an_empty_one() -> None:
    with pytest.raises(KeyError):
        load_vocabulary().language.words("no_such_kind")


MARKERS = "markers: {}\narabic_markers: []\ninline_markers: []\n"


@pytest.mark.parametrize(
    ("patterns", "says"),
    [
        ("a: <b>", "no kind or pattern"),
        ("a: <a>x", "in a circle"),
        ('a: "("', "not a pattern"),
        ("a: <verb-noun>", "no kind or pattern"),
    ],
)
def test_a_pattern_that_cannot_be_composed_is_named(
    tmp_path: Path, patterns: str, says: str
) -> None:
    (tmp_path / "phrases.csv").write_text("kind,word\nverb,建\n", encoding="utf-8")
    (tmp_path / "patterns.yml").write_text(MARKERS + patterns, encoding="utf-8")
    with pytest.raises(VocabularyError, match=says):
        load_language(open_word_files(tmp_path))


def test_another_folder_swaps_the_words(tmp_path: Path) -> None:
    (tmp_path / "phrases.csv").write_text("kind,word\nverb,建\nverb,建成\n", encoding="utf-8")
    (tmp_path / "patterns.yml").write_text(MARKERS + "done: <verb>了", encoding="utf-8")
    language = load_language(open_word_files(tmp_path))
    assert language.words("verb") == ("建成", "建")
    assert language.pattern("done").fullmatch("建成了")
    assert language.has("verb", "已建成")
