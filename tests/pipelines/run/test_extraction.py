"""Files are read in other processes, and none of them stops another."""

import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractors.records import Cell, Document, Line, Paragraph, Table
from pipelines.facts import DocumentFact, DocumentFacts
from pipelines.inventory import RawFile, document_id_of, take_inventory
from pipelines.run.extraction import Extraction, Refusal, extract_documents
from pipelines.run.kept_form import ReadDocument
from pipelines.run.limits import Limits
from pipelines.run.single_document import Terms
from pipelines.run.workers import NoWorkerError
from pipelines.word_files import VocabularyError


class RefusedError(Exception):
    """An error whose pickle cannot be loaded again: its class takes two arguments."""

    code = "unreadable"

    def __init__(self, message: str, path: Path) -> None:
        super().__init__(message)
        self.message = message
        self.path = path


def read_for_test(path: Path) -> Document:
    text = path.read_text()
    if text == "die":
        os._exit(9)
    if text == "refuse":
        raise RefusedError("Cannot be read. Save it anew.", path)
    if text == "fail":
        raise KeyError("column")
    if text == "hang":
        time.sleep(600)
    if text == "loop":
        while True:
            pass
    if text == "grow":
        hoard = [bytearray(10_000_000) for _ in range(10_000)]
        return Document(path.name, "txt", str(len(hoard)), (), None)
    if text == "leap":
        return Document(path.name, "txt", str(len(b"x" * 4_000_000_000)), (), None)
    if text == "swallow":
        try:
            return Document(path.name, "txt", str(len(b"x" * 4_000_000_000)), (), None)
        except MemoryError as error:
            raise RefusedError("It is damaged.", path) from error
    if text == "wide":
        table = Table((Cell(0, 0, 1, 3000),), 1, 3000)
        return Document(path.name, "txt", "", (table,), None)
    if text == "long":
        return Document(path.name, "txt", "", (), 1, characters=("x" * 3000,))
    if text == "thick":
        return Document(path.name, "txt", "", (), 3000)
    return Document(path.name, "txt", "", (Paragraph((Line(text),)),), None)


def understand_for_test(document: Document, *_: object) -> DocumentFacts:
    text = document.paragraphs[0].text if document.paragraphs else ""
    if text == "dies when understood":
        os._exit(9)
    if text == "fails when understood":
        raise KeyError("column")
    if text == "hangs when understood":
        time.sleep(600)
    if text == "grows when understood":
        text = str(len([bytearray(10_000_000) for _ in range(10_000)]))
    if text == "has broken words":
        raise VocabularyError("vocabulary_line", "nobody knows it", Path("units.csv"), 7)
    name = document.name
    title: Any = object() if text == "is no fact" else text
    fact = DocumentFact(document_id_of(name), title, "", None, None, None, None, name, "", None)
    return DocumentFacts(fact)


LIMITS = Limits(
    timeout_s=2,
    memory_mb=300,
    file_mb=1,
    most_pages=2000,
    most_cells=2000,
    most_characters=2000,
)


TERMS = Terms(read_for_test, understand_for_test, limits=LIMITS)


@pytest.fixture
def read(tmp_path: Path):
    def read_folder(**contents: str) -> Extraction:
        for name, text in contents.items():
            (tmp_path / f"{name}.txt").write_text(text)
        return extract_documents(take_inventory(tmp_path), TERMS, workers=2)

    return read_folder


def codes(extraction: Extraction) -> dict[str, str]:
    return {refusal.document_id: refusal.code for refusal in extraction.refusals}


def test_documents_come_in_the_order_of_the_files(read) -> None:
    extraction = read(b="bb", a="a", c="cccc")
    assert [name for name, _ in extraction.documents] == ["a", "b", "c"]
    assert extraction.documents[2][1].facts.document.title == "cccc"


def test_a_refused_file_is_named_and_the_others_are_read(read) -> None:
    extraction = read(a="one", b="refuse", c="fail")
    assert [name for name, _ in extraction.documents] == ["a"]
    assert codes(extraction) == {"b": "unreadable", "c": "reader_failed"}
    assert extraction.refusals[0].message == "Cannot be read. Save it anew."


def test_a_worker_that_dies_costs_its_own_file_only(read) -> None:
    extraction = read(a="one", b="die", c="three", d="four")
    assert [name for name, _ in extraction.documents] == ["a", "c", "d"]
    assert codes(extraction) == {"b": "worker_died"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("hang", "timed_out"),
        ("loop", "timed_out"),
        ("grow", "out_of_memory"),
        ("leap", "out_of_memory"),
        ("swallow", "out_of_memory"),
        ("wide", "too_large"),
        ("long", "too_large"),
        ("thick", "too_large"),
        ("hangs when understood", "timed_out"),
        ("grows when understood", "out_of_memory"),
        ("dies when understood", "worker_died"),
        ("fails when understood", "reading_failed"),
        ("is no fact", "reading_failed"),
    ],
)
def test_a_document_that_exceeds_a_limit_costs_itself_only(read, content: str, code: str) -> None:
    extraction = read(a="one", b=content, c="three", d=content, e="five")
    assert [name for name, _ in extraction.documents] == ["a", "c", "e"]
    assert codes(extraction) == {"b": code, "d": code}
    assert "b.txt" in extraction.refusals[0].message or content == "swallow"


def test_words_that_are_wrong_end_the_run_with_their_file_and_line(read) -> None:
    with pytest.raises(VocabularyError, match=r"units\.csv, line 7"):
        read(a="one", b="has broken words")


def test_a_limit_that_was_exceeded_says_which_and_what_to_do(read) -> None:
    [refusal] = read(b="wide").refusals
    assert refusal.message == (
        "b.txt has 3,000 cells, more than the 2,000 that a document may have. Split it, or raise "
        "the limit `most_cells` in the settings."
    )


def test_a_large_file_is_not_opened(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(20_000_000)
    extraction = extract_documents(take_inventory(tmp_path), TERMS)
    assert codes(extraction) == {"a": "too_large"}


def test_what_cannot_be_opened_is_refused_by_name(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to("nowhere")
    (tmp_path / "c.txt").write_text("three")
    extraction = extract_documents(take_inventory(tmp_path), TERMS)
    assert codes(extraction) == {"a": "not_a_file", "b": "dangling_link"}
    assert [name for name, _ in extraction.documents] == ["c"]


def test_a_document_of_a_subfolder_says_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "a.txt").write_text("one")
    name = os.fsdecode("坏".encode("gbk")) + ".txt"
    (tmp_path / "2024" / name).write_text("refuse")
    extraction = extract_documents(take_inventory(tmp_path), TERMS)
    [(document_id, document)] = extraction.documents
    assert (document_id, document.facts.document.file_name) == ("2024/a", "2024/a.txt")
    [refusal] = extraction.refusals
    assert (refusal.document_id, refusal.file_name) == ("2024/坏", "2024/坏.txt")
    refusal.message.encode("utf-8")


def refuse_by_name(path: Path) -> Document:
    raise RefusedError(f"{path.name}: it is damaged \udcff.", path)


def test_a_message_can_be_stored_whatever_the_file_is_called(tmp_path: Path) -> None:
    (tmp_path / (os.fsdecode(b"plan\xff") + ".txt")).write_text("x")
    extraction = extract_documents(take_inventory(tmp_path), replace(TERMS, reader=refuse_by_name))
    assert extraction.refusals[0].message == "plan%FF.txt: it is damaged \ufffd."


class Unloadable:
    """A reader that no worker process can load."""

    def __call__(self, path: Path) -> Document:
        return read_for_test(path)

    def __reduce__(self) -> tuple[object, ...]:
        return (os._exit, (7,))


def test_workers_that_do_not_come_up_are_told_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    with pytest.raises(NoWorkerError, match="exit status 7"):
        extract_documents(take_inventory(tmp_path), replace(TERMS, reader=Unloadable()))


def test_the_second_file_of_a_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("one")
    (tmp_path / "a.txt").write_text("two")
    extraction = extract_documents(take_inventory(tmp_path), TERMS)
    assert [name for name, _ in extraction.documents] == ["a"]
    [refusal] = extraction.refusals
    assert (refusal.file_name, refusal.code) == ("a.txt", "duplicate_name")
    assert "a.pdf" in refusal.message


def test_each_file_is_told_of_as_it_is_done(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    (tmp_path / "b.txt").write_text("refuse")
    seen: dict[str, str] = {}

    def note(file: RawFile, outcome: ReadDocument | Refusal) -> None:
        seen[file.document_id] = type(outcome).__name__

    extract_documents(take_inventory(tmp_path), TERMS, on_done=note)
    assert seen == {"a": "ReadDocument", "b": "Refusal"}


def test_a_file_that_went_away_since_it_was_listed_is_its_own_trouble(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("text")
    files = take_inventory(tmp_path)
    files[0].path.unlink()
    extraction = extract_documents(files, TERMS, workers=1)
    assert list(codes(extraction)) == ["a"]
    assert [name for name, _ in extraction.documents] == ["b"]


RUN_THAT_IS_KILLED = """
import os, sys, time
from pathlib import Path
from pipelines.run.extraction import extract_documents
from pipelines.run.single_document import Terms
from pipelines.inventory import take_inventory
from tests.pipelines.run.test_extraction import wait_for_long
if __name__ == "__main__":
    extract_documents(take_inventory(Path(sys.argv[1])), Terms(wait_for_long), workers=1)
"""


def wait_for_long(path: Path) -> Document:
    """Say which process reads, and read for longer than any test lasts."""
    path.with_suffix(".pid").write_text(str(os.getpid()))
    time.sleep(600)
    return read_for_test(path)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until(condition: Callable[[], bool], timeout_s: float = 30.0) -> bool:
    end = time.monotonic() + timeout_s
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def test_the_workers_of_a_run_that_was_killed_end_with_it(
    tmp_path: Path, project_root: Path
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text("text")
    script = tmp_path / "run.py"
    script.write_text(RUN_THAT_IS_KILLED)
    said = raw / "a.pid"
    run = subprocess.Popen(
        [sys.executable, str(script), str(raw)],
        env={**os.environ, "PYTHONPATH": str(project_root)},
    )
    try:
        assert wait_until(lambda: said.is_file() and said.read_text() != "")
    finally:
        run.kill()
        run.wait()
    worker = int(said.read_text())
    assert wait_until(lambda: not is_alive(worker))


def test_no_files_are_no_documents() -> None:
    assert extract_documents(()) == Extraction((), ())


def test_an_extraction_can_be_stored(read) -> None:
    extraction = read(a="one")
    assert pickle.loads(pickle.dumps(extraction)) == extraction
