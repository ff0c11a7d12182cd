"""A run that finds results of an earlier one makes of them what it would have made itself."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.run import extraction as batches
from pipelines.run.extraction import Extraction
from pipelines.run.intake import Folders, Stock, extract, read_meaning, take_stock
from pipelines.run.kept_key import KeyParts
from pipelines.run.refresh import has_nothing_new, refresh
from pipelines.run.settings import InvalidSettingsError
from pipelines.run.single_document import read_with_extractors
from pipelines.run.workers import Ended

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests" / "fixtures"
SMALL = "2023-yuhang-voting-list.docx"
UNITS = "unit,name_en,dimension,base_unit,factor,family,aliases,not_before\n"

pytestmark = pytest.mark.slow


class Told:
    """Keeps what a run says at the end of each step."""

    def __init__(self) -> None:
        self.outcomes: list[str] = []

    def begin(self, step: str, total: int | None = None) -> None: ...

    def advance(self, detail: str) -> None: ...

    def end(self, outcome: str) -> None:
        self.outcomes.append(outcome)


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Extraction]:
    """A folder of two sources, one of them no document, with what came of them kept beside it."""
    folder = tmp_path_factory.mktemp("earlier")
    (folder / "raw").mkdir()
    shutil.copy(ROOT / "raw" / SMALL, folder / "raw" / "a.docx")
    shutil.copy(FIXTURES / "broken" / "plain.txt", folder / "raw" / "b.txt")
    set_up(folder / "raw", "workers: 1")
    extraction = run(Folders(folder / "raw", folder / "warehouse" / "x.duckdb"))[1]
    assert extraction.known == 0
    return folder, extraction


@pytest.fixture
def cold(earlier: tuple[Path, Extraction]) -> Extraction:
    return earlier[1]


@pytest.fixture
def folders(earlier: tuple[Path, Extraction], tmp_path: Path) -> Folders:
    """A copy of them, with what is kept."""
    shutil.copytree(earlier[0], tmp_path, dirs_exist_ok=True)
    return Folders(tmp_path / "raw", tmp_path / "warehouse" / "x.duckdb")


@pytest.fixture
def new(folders: Folders) -> Folders:
    """The same with nothing kept yet."""
    return delete(folders)


def set_up(raw: Path, line: str) -> None:
    """Add a line to the settings."""
    with (raw / "settings.yml").open("a") as settings:
        settings.write(f"{line}\n")


def run(folders: Folders) -> tuple[Stock, Extraction]:
    stock = take_stock(folders)
    return stock, extract(stock)


def list_kept(folders: Folders) -> list[Path]:
    return sorted(folders.warehouse.parent.glob("kept/*/*.kept"))


def test_facts_are_the_same_one_by_one_whether_read_or_known(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    shutil.copytree(ROOT / "raw", raw)
    some = sorted((FIXTURES / "documents").iterdir())[::6]
    for path in [*some, *(FIXTURES / "broken").iterdir()]:
        if path.is_file():
            shutil.copy(path, raw / f"fixture {path.name.replace('.yml', '.txt')}")
    folders = Folders(raw, tmp_path / "x.duckdb")
    stock, cold = run(folders)
    assert (cold.known, len(cold.documents) > 5, len(cold.refusals) > 2) == (0, True, True)
    _, known = run(folders)
    assert known.known == len(stock.files) - len(uncertain(cold))
    assert list(map(repr, known.documents)) == list(map(repr, cold.documents))
    assert known.refusals == cold.refusals
    assert repr(read_meaning(stock, known)) == repr(read_meaning(stock, cold))


def uncertain(extraction: Extraction) -> list[str]:
    """Files that are looked at each night: what is copied of them is told apart before reading."""
    return [
        refusal.file_name
        for refusal in extraction.refusals
        if refusal.code in ("duplicate_name", "not_a_file", "dangling_link", "reader_failed")
    ]


def test_only_what_is_new_is_read(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(ROOT / "raw" / SMALL, folders.raw / "c.docx")
    handed_out: list[str] = []
    work = batches.run_in_workers

    def note(done: object, items: list[batches.Assignment], *more: object) -> object:
        handed_out.extend(item.file_name for item in items)
        return work(done, items, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(batches, "run_in_workers", note)
    _, extraction = run(folders)
    assert handed_out == ["c.docx"]
    assert [name for name, _ in extraction.documents] == ["a", "c"]
    assert extraction.known == 2


def test_no_worker_is_started_for_what_is_known(
    folders: Folders, cold: Extraction, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(batches, "run_in_workers")
    assert run(folders)[1] == replace(cold, known=2)


def change_nothing(folders: Folders) -> Folders:
    return folders


def rename(folders: Folders) -> Folders:
    (folders.raw / "a.docx").rename(folders.raw / "d.docx")
    return folders


def describe(folders: Folders) -> Folders:
    (folders.raw / "sources.yml").write_text("documents:\n  a.docx:\n    plan_year: 2025\n")
    return folders


def limit(folders: Folders) -> Folders:
    set_up(folders.raw, "most_pages: 1999")
    return folders


def add_word(folders: Folders) -> Folders:
    (folders.raw / "vocabulary").mkdir()
    line = "爱心箩,basket,count,爱心箩,1,piece,,\n"
    (folders.raw / "vocabulary" / "units.csv").write_text(UNITS + line, encoding="utf-8")
    return folders


def damage(folders: Folders) -> Folders:
    for path in list_kept(folders):
        path.write_bytes(path.read_bytes()[:-1])
    return folders


def delete(folders: Folders) -> Folders:
    shutil.rmtree(folders.warehouse.parent / "kept")
    return folders


def force(folders: Folders) -> Folders:
    return replace(folders, reads_anew=True)


def move(folders: Folders) -> Folders:
    set_up(folders.raw, "kept_results: elsewhere")
    return folders


def switch_off(folders: Folders) -> Folders:
    set_up(folders.raw, "kept_results_days: 0")
    return folders


@pytest.mark.parametrize(
    ("change", "known"),
    [
        (change_nothing, 2),
        (rename, 1),
        (describe, 1),
        (limit, 0),
        (add_word, 0),
        (damage, 0),
        (delete, 0),
        (force, 0),
        (move, 0),
        (switch_off, 0),
    ],
)
def test_what_may_read_otherwise_reads_anew(folders: Folders, change, known: int) -> None:
    extraction = run(change(folders))[1]
    assert extraction.known == known
    assert len(extraction.documents) == 1
    if change is describe:
        assert extraction.documents[0][1].facts.document.plan_year == 2025


def test_another_code_reads_anew(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "look_at_code", lambda: "another")
    assert run(folders)[1].known == 0


def test_code_that_is_replaced_during_a_run_keeps_nothing(
    new: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes = iter([batches.look_at_code(), "another"])
    monkeypatch.setattr(batches, "look_at_code", lambda: next(hashes))
    assert run(new)[1].known == 0
    assert list_kept(new) == []


def test_what_another_code_made_than_the_one_looked_at_is_not_kept(
    new: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "KeyParts", lambda code, words: KeyParts("stale", words))
    run(new)
    assert list_kept(new) == []


def test_what_a_limit_of_time_or_memory_ended_is_tried_again(
    new: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = [Ended.TIME, Ended.MEMORY]
    monkeypatch.setattr(batches, "run_in_workers", lambda _, items, *__: list(enumerate(ends)))
    assert len(run(new)[1].refusals) == 2
    assert list_kept(new) == []


def test_what_another_reader_read_is_not_kept(new: Folders) -> None:
    extract(take_stock(new), reader=read_as_always)
    assert list_kept(new) == []


def read_as_always(path: Path) -> object:
    return read_with_extractors(path)


def test_a_run_goes_on_without_keeping_and_says_so(new: Folders) -> None:
    (new.warehouse.parent / "kept").write_text("no folder")
    told = Told()
    extraction = extract(take_stock(new), told)
    assert len(extraction.documents) == 1
    assert told.outcomes[-1].startswith("1 read, 1 refused; results are not kept in ")
    assert told.outcomes[-1].endswith(("Not a directory", "File exists"))


def test_a_run_says_what_was_known_and_what_keeping_takes(folders: Folders) -> None:
    told = Told()
    extract(take_stock(folders), told)
    assert told.outcomes[-1] == (
        "1 read, 1 refused, 2 known from earlier runs; 0.0 MB of results kept"
    )


@pytest.mark.parametrize("name", ["../raw", "../raw/kept", "../raw/../raw/.kept"])
def test_results_do_not_lie_among_the_sources(folders: Folders, name: str) -> None:
    set_up(folders.raw, f"kept_results: {name}")
    with pytest.raises(InvalidSettingsError, match="must not be a folder of the sources"):
        take_stock(folders)


def test_a_published_file_is_made_again_from_results_alone(
    folders: Folders, cold: Extraction
) -> None:
    told = Told()
    summary = refresh(folders, told)
    assert any("2 known from earlier runs" in outcome for outcome in told.outcomes)
    targets = len(cold.documents[0][1].facts.targets)
    assert dict(summary.facts)["target"] == targets > 0
    assert has_nothing_new(folders)
    assert not has_nothing_new(replace(folders, reads_anew=True))
