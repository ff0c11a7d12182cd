"""What `minsheng init` writes is read without a word, and so is every example in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.inventory import CONTROL_FILES, take_inventory
from pipelines.linking import read_accepted_links
from pipelines.run.settings import Settings, read_settings
from pipelines.sources import (
    read_accepted_discrepancies,
    read_accepted_losses,
    read_accepted_readings,
    read_sources,
)
from pipelines.starting import PROSE, WouldOverwriteError, start_folder
from pipelines.vocabulary import load_vocabulary


def use_examples(path: Path) -> None:
    """What a person does who takes the # away."""
    lines = path.read_text(encoding="utf-8").splitlines()
    used = [line if PROSE.match(line) else line.removeprefix("#") for line in lines]
    assert used != lines, f"{path.name} has no example"
    path.write_text("\n".join(used), encoding="utf-8")


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    start_folder(tmp_path)
    return tmp_path / "raw"


def test_a_new_folder_is_read_as_if_it_were_empty(raw: Path) -> None:
    assert read_sources(raw) == {}
    assert read_accepted_discrepancies(raw) == read_accepted_losses(raw) == ()
    assert read_accepted_readings(raw) == ()
    assert read_accepted_links(raw) == ()
    assert read_settings(raw) == Settings()
    assert take_inventory(raw, 1 << 20, {}) == ()
    assert load_vocabulary(raw / "vocabulary").headers.words == load_vocabulary().headers.words


def test_every_note_that_people_write_has_its_file(raw: Path) -> None:
    assert {path.name for path in raw.glob("*.yml")} == CONTROL_FILES
    told = (raw / "README.md").read_text(encoding="utf-8")
    assert not [name for name in CONTROL_FILES if f"`{name}`" not in told]


def test_every_example_is_read_once_the_mark_is_taken_away(raw: Path) -> None:
    for path in (*raw.glob("*.yml"), *raw.glob("vocabulary/*.csv")):
        use_examples(path)
    assert len(read_sources(raw)) == 1
    assert len(read_accepted_discrepancies(raw)) == 1
    assert len(read_accepted_losses(raw)) == 1
    assert len(read_accepted_readings(raw)) == 1
    assert len(read_accepted_links(raw)) == 1
    assert read_settings(raw) == Settings()
    vocabulary = load_vocabulary(raw / "vocabulary")
    assert "example_service" in vocabulary.organizations.by_stem
    assert vocabulary.regions.get("330100-example-area") is not None
    assert len(vocabulary.headers.words) == len(load_vocabulary().headers.words) + 1
    assert len(vocabulary.grammar.find_numbers("300爱心竹箩")) == 1


def test_documents_that_lie_there_already_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "plan.pdf").write_bytes(b"mine")
    assert tmp_path / "raw" / "sources.yml" in start_folder(tmp_path)
    assert (tmp_path / "raw" / "plan.pdf").read_bytes() == b"mine"


def test_nothing_is_written_where_one_of_the_files_is_there(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "settings.yml").write_text("kept_versions: 3")
    with pytest.raises(WouldOverwriteError, match=r"raw/settings\.yml"):
        start_folder(tmp_path)
    assert [path.name for path in (tmp_path / "raw").iterdir()] == ["settings.yml"]
    assert (tmp_path / "raw" / "settings.yml").read_text() == "kept_versions: 3"
