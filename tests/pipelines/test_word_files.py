"""Word files are read strictly, and a person's files add to the project's."""

import pickle
from pathlib import Path

import pytest

from pipelines.word_files import (
    Row,
    VocabularyError,
    WordFiles,
    hash_own,
    open_word_files,
    read_rows,
    read_yaml,
)

COLUMNS = ("word", "note")


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    project, own = tmp_path / "project", tmp_path / "own"
    project.mkdir()
    own.mkdir()
    write(project / "words.csv", "# words\nword,note\n甲,first\n")
    write(project / "marks.yml", "signs: [a]\ngroups:\n  one: [b]\n")
    return project, own


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def test_rows_are_stripped_and_know_their_line(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    write(path, '# a comment\nword,note\n\n 甲 ,"one, two"\n')
    (row,) = read_rows(path, COLUMNS)
    assert row == {"word": "甲", "note": "one, two"}
    assert (row.path, row.line) == (path, 4)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "vocabulary_missing"),
        (b"# a comment\nwords,note\nx,\n", "vocabulary_columns"),
        (b"# only a comment\n", "vocabulary_columns"),
        ("word,note\n区,\n".encode("gb18030"), "vocabulary_line"),
        (b"word,note\nx\n", "vocabulary_line"),
        (b"word,note\nx,y,z\n", "vocabulary_line"),
        (b'word,note\n"x,\n', "vocabulary_line"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(
    tmp_path: Path, content: bytes | None, code: str
) -> None:
    path = tmp_path / "words.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(VocabularyError, match=r"words\.csv") as caught:
        list(read_rows(path, COLUMNS))
    assert caught.value.code == code


@pytest.mark.parametrize("content", [b"a: [\n", b"\xff\xfe\x00"])
def test_yaml_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "marks.yml"
    path.write_bytes(content)
    with pytest.raises(VocabularyError, match=r"marks\.yml"):
        read_yaml(path)


@pytest.mark.parametrize("column", ["date", "pattern"])
def test_a_field_of_the_wrong_kind_is_named_with_its_line(column: str) -> None:
    row = Row({"date": "24.12.2023", "pattern": "("}, Path("words.csv"), 7)
    with pytest.raises(VocabularyError, match=r"words\.csv, line 7"):
        _ = row.date_of("date") if column == "date" else row.pattern_of("pattern")


def test_the_error_crosses_processes_whole() -> None:
    error = Row({}, Path("words.csv"), 7).error("not so")
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.code, again.line) == (str(error), "vocabulary_line", 7)
    assert again.path == Path("words.csv")


def test_own_rows_follow_the_projects(folders: tuple[Path, Path]) -> None:
    project, own = folders
    write(own / "words.csv", "word,note\n乙,mine\n")
    rows = WordFiles(project, own).read_rows("words.csv", COLUMNS)
    assert [(row["word"], row.path.parent.name) for row in rows] == [
        ("甲", "project"),
        ("乙", "own"),
    ]


def test_own_lists_are_added_to_the_projects(folders: tuple[Path, Path]) -> None:
    project, own = folders
    write(own / "marks.yml", "signs: [x]\ngroups: {one: [y], two: [z]}\n")
    assert WordFiles(project, own).read_yaml("marks.yml") == {
        "signs": ["a", "x"],
        "groups": {"one": ["b", "y"], "two": ["z"]},
    }


@pytest.mark.parametrize("content", ["sign: [x]\n", "signs: x\n", "signs: {x: y}\n", "- signs\n"])
def test_own_yaml_of_another_shape_is_refused(folders: tuple[Path, Path], content: str) -> None:
    project, own = folders
    write(own / "marks.yml", content)
    with pytest.raises(VocabularyError, match=r"marks\.yml"):
        WordFiles(project, own).read_yaml("marks.yml")


def test_an_own_file_that_no_file_of_the_projects_is_is_refused(
    folders: tuple[Path, Path],
) -> None:
    project, own = folders
    write(own / "word.csv", "word,note\n")
    with pytest.raises(VocabularyError, match=r"word\.csv: .*marks\.yml, words\.csv") as caught:
        WordFiles(project, own).check_own()
    assert caught.value.code == "vocabulary_unknown_file"


def test_what_editors_leave_behind_is_no_word_file(folders: tuple[Path, Path]) -> None:
    project, own = folders
    write(own / ".DS_Store", "")
    write(own / "~$words.csv", "")
    WordFiles(project, own).check_own()
    assert hash_own(own) == ""


def test_the_hash_changes_with_what_own_files_say(folders: tuple[Path, Path]) -> None:
    project, own = folders
    assert open_word_files(project) == open_word_files(project, None)
    before = open_word_files(project, own)
    write(own / "words.csv", "word,note\n乙,\n")
    changed = open_word_files(project, own)
    write(own / "words.csv", "word,note\n丙,\n")
    assert len({before, changed, open_word_files(project, own)}) == 3
    assert open_word_files(project, own) == open_word_files(project, own)
    assert hash_own(None) == hash_own(own / "nowhere") == ""


KEYED = ("key", "names", "size", "note")


@pytest.mark.parametrize(
    ("line", "names"),
    [("甲,c|b,,", "a|b|c"), ("甲,c,1,mine", "a|b|c"), ("甲,,,", "a|b")],
)
def test_an_own_line_with_a_known_key_adds_to_its_lists(
    folders: tuple[Path, Path], line: str, names: str
) -> None:
    project, own = folders
    write(project / "things.csv", "key,names,size,note\n甲,a|b,1,first\n")
    write(own / "things.csv", f"key,names,size,note\n{line}\n")
    (row,) = WordFiles(project, own).read_entries("things.csv", KEYED, ("names",))
    assert dict(row) == {"key": "甲", "names": names, "size": "1", "note": "first"}


@pytest.mark.parametrize(
    ("listed", "line", "problem"),
    [
        ("甲,a,1,", "甲,,2,", "甲 is listed already, and its size is 1; only names"),
        ("甲,a,,", "甲,,2,", "its size is empty"),
        ("甲,a,1,\n甲,b,1,", "", "甲 is listed already, in line 2"),
        ("甲,a,1,", ",b,1,", "key is empty"),
        ("甲,a,1,", "乙,b,2,", "nobody knows the size 2; known: 1"),
    ],
)
def test_a_key_that_stands_twice_or_says_something_else_is_refused(
    folders: tuple[Path, Path], listed: str, line: str, problem: str
) -> None:
    project, own = folders
    write(project / "things.csv", f"key,names,size,note\n{listed}\n")
    write(own / "things.csv", f"key,names,size,note\n{line}\n")
    with pytest.raises(VocabularyError, match=problem):
        WordFiles(project, own).read_entries("things.csv", KEYED, ("names",), ("size",))


def test_patterns_are_read_by_exactly_the_keys_asked_for(tmp_path: Path) -> None:
    write(tmp_path / "patterns.yml", "one: 'a+'\ntwo: b\n")
    patterns = WordFiles(tmp_path).read_patterns("patterns.yml", ("one", "two"))
    assert patterns["one"].fullmatch("aaa")
    with pytest.raises(VocabularyError, match="exactly one"):
        WordFiles(tmp_path).read_patterns("patterns.yml", ("one",))
    write(tmp_path / "patterns.yml", "one: '('\n")
    with pytest.raises(VocabularyError, match="one is no regular expression"):
        WordFiles(tmp_path).read_patterns("patterns.yml", ("one",))
