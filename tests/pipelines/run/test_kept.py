"""What is kept is as good as read anew, or it is not there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import facts
from pipelines.checks.completeness import DigitCount
from pipelines.facts import DocumentFact, DocumentFacts, Figure
from pipelines.inventory import Fault
from pipelines.run.kept import DAY_S, MEGABYTE, KeptResults
from pipelines.run.kept_form import DamagedFormError, ReadDocument, pack, unpack
from pipelines.run.kept_key import OF_PIPELINES, KeyParts, compute_key, list_code, look_at_code
from pipelines.run.limits import Limits
from pipelines.sources import SourceEntry

KEY = "ab" * 32
OTHER = "cd" * 32
FAULT = Fault("scanned", "It is a picture.")

# --- the form -------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=[]))
HELD: dict[str, st.SearchStrategy[object]] = {
    "str": TEXTS,
    "int": st.integers(),
    "float": st.floats(allow_nan=False),
    "bool": st.booleans(),
    "Decimal": st.decimals(allow_nan=False),
    "date": st.dates(),
    "None": st.none(),
}


def draw_record(kind: type) -> st.SearchStrategy[object]:
    """A record with whatever its fields may hold."""
    return st.builds(
        kind,
        **{
            field.name: st.one_of(*(HELD[held.strip()] for held in str(field.type).split("|")))
            for field in fields(kind)
        },
    )


def draw_facts() -> st.SearchStrategy[DocumentFacts]:
    kinds = {field.name: str(field.type) for field in fields(DocumentFacts)}
    lists = {
        name: st.lists(draw_record(getattr(facts, held[6:-6])), max_size=2).map(tuple)
        for name, held in kinds.items()
        if held.startswith("tuple[")
    }
    assert len(lists) == len(kinds) - 1
    return st.builds(DocumentFacts, document=draw_record(DocumentFact), **lists)


@given(draw_facts(), st.lists(draw_record(DigitCount)), st.integers(), st.none() | st.integers())
def test_a_result_comes_back_to_the_last_digit(
    read: DocumentFacts, digits: list[DigitCount], tables: int, pages: int | None
) -> None:
    result = ReadDocument(read, tuple(digits), tables, pages)
    # Shown, not only equal: 1.0 and 1.00 are equal, and so are 1 and True.
    assert repr(unpack(pack(result))) == repr(result)


@given(TEXTS, TEXTS)
def test_a_refusal_comes_back_as_it_was(code: str, message: str) -> None:
    assert unpack(pack(Fault(code, message))) == Fault(code, message)


def make_result(**changed: object) -> ReadDocument:
    document = DocumentFact("a", "A", "plan", None, None, 2024, date(2024, 5, 1), "a.pdf", "", 1)
    figure = Figure(
        "a/1", "a", 1, 1, 1, 1, 0, 3, "1.0", Decimal("1.0"), "个", "target", None, "", *[None] * 4
    )
    return ReadDocument(
        DocumentFacts(document, figures=(replace(figure, **changed),)),
        (DigitCount("a", "1", 1, 1),),
        tables=1,
        pages=1,
    )


@pytest.mark.parametrize(("field", "held"), [("unit", Decimal(1)), ("page", {1})])
def test_what_no_column_may_hold_is_an_error(field: str, held: object) -> None:
    with pytest.raises(TypeError):
        pack(make_result(**{field: held}))


@given(st.binary())
def test_bytes_that_are_no_result_are_said_to_be_none(content: bytes) -> None:
    with pytest.raises(DamagedFormError):
        unpack(content)


# --- the folder -----------------------------------------------------------------------------------


@pytest.fixture
def kept(tmp_path: Path) -> KeptResults:
    return KeptResults(tmp_path / "kept", most_days=30, most_mb=1)


def path_of(kept: KeptResults, key: str = KEY) -> Path:
    return kept.folder / key[:2] / f"{key}.kept"


def list_entries(kept: KeptResults) -> list[str]:
    return sorted(path.name for path in kept.folder.glob("??/*"))


def test_what_was_kept_is_found_by_its_key_alone(kept: KeptResults) -> None:
    kept.keep(KEY, pack(make_result()))
    kept.keep(OTHER, pack(FAULT))
    assert (kept.find(KEY), kept.find(OTHER)) == (make_result(), FAULT)
    assert kept.find("ef" * 32) is None
    assert list_entries(kept) == [f"{KEY}.kept", f"{OTHER}.kept"]


def test_no_byte_of_an_entry_can_be_changed_or_missing(kept: KeptResults) -> None:
    kept.keep(KEY, pack(FAULT))
    whole = path_of(kept).read_bytes()
    for place in range(len(whole)):
        for damaged in (
            whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :],
            whole[:place],
        ):
            path_of(kept).write_bytes(damaged)
            assert kept.find(KEY) is None
            assert not path_of(kept).exists()


def test_an_entry_under_another_name_is_not_believed(kept: KeptResults) -> None:
    kept.keep(KEY, pack(FAULT))
    path_of(kept, OTHER).parent.mkdir()
    path_of(kept).rename(path_of(kept, OTHER))
    assert kept.find(OTHER) is None


def test_an_entry_that_is_a_folder_is_not_there_and_cannot_be_kept(kept: KeptResults) -> None:
    path_of(kept).mkdir(parents=True)
    assert kept.find(KEY) is None
    kept.keep(KEY, pack(FAULT))
    assert kept.problem == "Is a directory"
    assert list_entries(kept) == [f"{KEY}.kept"]


def test_a_blind_run_finds_nothing_and_keeps_all(kept: KeptResults) -> None:
    kept.keep(KEY, pack(FAULT))
    blind = replace(kept, is_blind=True, written=[])
    assert blind.find(KEY) is None
    blind.keep(KEY, pack(make_result()))
    assert kept.find(KEY) == make_result()


@pytest.mark.parametrize("bound", ["most_days", "most_mb"])
def test_with_nothing_to_be_kept_no_folder_is_made(kept: KeptResults, bound: str) -> None:
    none = replace(kept, **{bound: 0})
    none.keep(KEY, pack(FAULT))
    assert none.find(KEY) is None
    assert not kept.folder.exists()


def test_the_folder_is_no_part_of_version_control(kept: KeptResults) -> None:
    kept.keep(KEY, pack(FAULT))
    assert (kept.folder / ".gitignore").read_text() == "*\n"


def age(path: Path, days: float) -> None:
    then = time.time() - days * DAY_S
    os.utime(path, (then, then))


def test_what_no_run_has_used_for_so_long_is_dropped(kept: KeptResults) -> None:
    for key in (KEY, OTHER):
        kept.keep(key, pack(FAULT))
        age(path_of(kept, key), 31)
    assert kept.find(KEY) == FAULT
    assert kept.tidy() == path_of(kept).stat().st_size
    assert list_entries(kept) == [f"{KEY}.kept"]


def test_beyond_the_size_the_longest_unused_go_first(kept: KeptResults) -> None:
    keys = [f"{number:064x}" for number in range(5)]
    for number, key in enumerate(keys):
        kept.keep(key, os.urandom(400_000))
        age(path_of(kept, key), number + 1)
    assert kept.tidy() <= MEGABYTE
    assert list_entries(kept) == [f"{key}.kept" for key in keys[:2]]


def test_what_a_killed_run_left_goes_after_a_day_and_what_is_not_ours_stays(
    kept: KeptResults,
) -> None:
    kept.keep(KEY, pack(FAULT))
    room = path_of(kept).parent
    names = ["incoming-abc.new", "incoming-old.new", "notes.txt", "x.new"]
    for name in names:
        (room / name).write_text("x")
        age(room / name, 400)
    age(room / "incoming-abc.new", 0.1)
    (kept.folder / f"{KEY}.kept").write_text("not in a room of its own")
    kept.tidy()
    assert list_entries(kept) == [f"{KEY}.kept", "incoming-abc.new", "notes.txt", "x.new"]
    assert (kept.folder / f"{KEY}.kept").exists()


def test_a_folder_that_cannot_be_written_is_told_once_and_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    kept = KeptResults(tmp_path / "file" / "kept", most_days=30, most_mb=1)
    kept.keep(KEY, pack(FAULT))
    assert kept.problem == "Not a directory"
    assert (kept.find(KEY), kept.tidy(), kept.written) == (None, 0, [])


def test_a_full_disk_leaves_no_half_entry(
    kept: KeptResults, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    kept.keep(OTHER, pack(FAULT))
    monkeypatch.setattr("pipelines.run.kept.os.replace", refuse)
    kept.keep(KEY, pack(FAULT))
    kept.keep("ef" * 32, pack(FAULT))
    assert kept.problem == "No space left on device"
    assert list_entries(kept) == [f"{OTHER}.kept"]


WRITE_FOR_EVER = """
import sys
from pathlib import Path
from pipelines.inventory import Fault
from pipelines.run.kept import KeptResults
from pipelines.run.kept_form import pack
kept = KeptResults(Path(sys.argv[1]), most_days=30, most_mb=100)
packed = pack(Fault("long", "".join(map(chr, range(0x4e00, 0x9fff)))))
print("begun", flush=True)
while True:
    for number in range(20):
        kept.keep(f"{number:064x}", packed)
"""
LONG = Fault("long", "".join(map(chr, range(0x4E00, 0x9FFF))))


@pytest.fixture
def writers(kept: KeptResults) -> Iterator[list[subprocess.Popen[str]]]:
    command = [sys.executable, "-c", WRITE_FOR_EVER, str(kept.folder)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    yield started
    for writer in started:
        writer.kill()
        writer.communicate()


@pytest.mark.slow
def test_two_that_write_and_are_killed_leave_whole_entries_or_none(
    kept: KeptResults, writers: list[subprocess.Popen[str]]
) -> None:
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "begun\n"
    keys = [f"{number:064x}" for number in range(20)]
    seen = {repr(kept.find(key)) for _ in range(20) for key in keys}
    for writer in writers:
        writer.kill()
        writer.wait()
    assert seen <= {"None", repr(LONG)}
    assert {repr(kept.find(key)) for key in keys} <= {"None", repr(LONG)}
    kept.tidy()


# --- the key --------------------------------------------------------------------------------------

USUAL = (("0" * 64, "a.pdf"), SourceEntry("a.pdf"), Limits(), KeyParts("code", "words"))


@pytest.mark.parametrize(
    ("place", "other"),
    [
        (0, ("1" * 64, "a.pdf")),
        (0, ("0" * 64, os.fsdecode(b"\xff.pdf"))),
        (1, SourceEntry("b/a.pdf")),
        (1, SourceEntry("a.pdf", plan_year=2024)),
        (1, SourceEntry("a.pdf", as_of=date(2024, 1, 1))),
        (2, Limits(most_pages=3)),
        (3, KeyParts("code", "other words")),
        (3, KeyParts("other code", "words")),
    ],
)
def test_whatever_a_result_depends_on_changes_its_key(place: int, other: object) -> None:
    changed = [*USUAL]
    changed[place] = other
    assert compute_key(*USUAL) == compute_key(*USUAL)
    assert compute_key(*changed) != compute_key(*USUAL)  # type: ignore[arg-type]


def test_the_hash_of_the_code_is_over_what_is_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert all(path.exists() for path in list_code())
    assert look_at_code() == look_at_code()
    before = look_at_code()
    monkeypatch.setattr("pipelines.run.kept_key.OF_PIPELINES", OF_PIPELINES[1:])
    assert look_at_code() != before
    monkeypatch.undo()
    monkeypatch.setattr("pipelines.run.kept_key.list_libraries", lambda: ("pdfplumber==0",))
    assert look_at_code() != before


WATCHED = """
import json, os, sys
from pathlib import Path
opened = set()
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        opened.add(os.path.realpath(arguments[0]))
sys.addaudithook(watch)
from pipelines.inventory import hash_file
from pipelines.run.kept_form import unpack
from pipelines.run.single_document import Assignment, Terms, work_on
from pipelines.sources import SourceEntry
for path in map(Path, sys.argv[1:]):
    outcome = work_on(Terms(), Assignment(path, path.name, hash_file(path), SourceEntry(path.name)))
    assert outcome.made_by and unpack(outcome.packed).facts.figures
loaded = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
print(json.dumps(sorted((loaded | opened) - {None})))
"""
ONLY_IMPORTED = {
    "pipelines/__init__.py",
    "pipelines/installation.py",
    "pipelines/strict_yaml.py",
    "pipelines/run/__init__.py",
    "pipelines/checks/__init__.py",
    "pipelines/checks/frames.py",
    "pipelines/checks/rules.py",
    "pipelines/checks/runner.py",
    "pipelines/publishing/__init__.py",
    "pipelines/publishing/schema.py",
}
"""Loaded with the modules beside them; nothing in them is called for a document."""


def test_all_that_reading_a_document_leads_to_counts(raw_folder: Path, project_root: Path) -> None:
    sources = [str(next(raw_folder.glob(f"*.{ending}"))) for ending in ("pdf", "docx")]
    said = subprocess.run(
        [sys.executable, "-c", WATCHED, *sources], capture_output=True, text=True, check=True
    )
    counted = list_code()
    apart = {
        path.relative_to(project_root).as_posix()
        for path in map(Path, json.loads(said.stdout))
        if path.is_relative_to(project_root)
        and not {".venv", "__pycache__", "raw"} & {*path.parts}
        and not any(path.is_relative_to(place) for place in counted)
    }
    assert apart <= ONLY_IMPORTED
    assert any(path.endswith("vocabulary/units.csv") for path in json.loads(said.stdout))
