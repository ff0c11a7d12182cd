"""Versions stay behind the published one, and any of them can step in again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.console.summary import Summary
from pipelines.inventory import hash_file
from pipelines.publishing.originals import find_original, list_originals
from pipelines.publishing.publish import PublishError
from pipelines.publishing.rollback import UnsoundVersionError, roll_back
from pipelines.publishing.run_log import read_log
from pipelines.publishing.versions import (
    UnknownVersionError,
    find_damage,
    list_versions,
    measure_archive,
    versions_folder,
)
from pipelines.run.intake import Folders
from pipelines.run.refresh import has_nothing_new, refresh
from tests.pipelines.plans import Plan, read_plan, stand_in

Publish = Callable[[int], str]


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(raw=tmp_path / "raw", warehouse=tmp_path / "out" / "x.duckdb")


@pytest.fixture
def publish(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> Publish:
    """Publish one plan with this number as its target; return the version's name."""
    stand_in(monkeypatch)

    def publish_plan(target: int) -> str:
        Plan(target=target, shares=(4, target - 4)).write(folders.raw, "a")
        return name_of(refresh(folders, reader=read_plan))

    return publish_plan


def name_of(summary: Summary) -> str:
    assert summary.run is not None
    return summary.run.run_id


def ask(path: Path, question: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(question).fetchall()


def value(path: Path) -> int:
    return int(ask(path, "SELECT value FROM core.target")[0][0])


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    # Past the headers, so that the file opens and a table does not read to its end.
    for start in range(len(content) // 4, len(content), 16384):
        content[start : start + 64] = b"x" * 64
    path.write_bytes(bytes(content))


def test_the_last_versions_are_listed_with_what_changed_and_the_oldest_goes(
    folders: Folders, publish: Publish
) -> None:
    folders.raw.mkdir()
    (folders.raw / "settings.yml").write_text("kept_versions: 1")
    names = [publish(target) for target in (10, 20, 30)]
    versions = list_versions(folders.warehouse)
    assert [version.name for version in versions] == [names[2], names[1]]
    assert [version.is_published for version in versions] == [True, False]
    newest = versions[0].run
    assert newest is not None
    assert (newest.outcome, newest.added, newest.removed) == ("published", 0, 0)
    assert newest.changed
    # Pruned with the version that was read from it: the first plan's file.
    assert len(list_originals(folders.warehouse)) == 2
    assert min(measure_archive(folders.warehouse)) > 0


def test_a_rollback_publishes_the_old_version_and_what_it_was_read_from_is_there(
    folders: Folders, publish: Publish
) -> None:
    first, second = publish(10), publish(20)
    record = roll_back(folders.warehouse, first, "29991231T000000Z-0001", kept=10)
    assert value(folders.warehouse) == 10
    assert (record.outcome, record.added, record.removed) == ("rolled_back", 0, 0)
    assert record.changed
    [(sha256,)] = ask(folders.warehouse, "SELECT sha256 FROM core.document")
    assert find_original(folders.warehouse, sha256) is not None
    known = ask(folders.warehouse, "SELECT run_id FROM quality.run ORDER BY started")
    assert [name for (name,) in known] == [first, second, record.run_id]
    assert ask(folders.warehouse, "SELECT bool_and(success) FROM quality.check_result") == [(True,)]
    # And forward again.
    roll_back(folders.warehouse, second, "29991231T000000Z-0002", kept=10)
    assert value(folders.warehouse) == 20


def test_after_a_rollback_nothing_is_refreshed_until_something_changes(
    folders: Folders, publish: Publish
) -> None:
    first = publish(10)
    publish(20)
    roll_back(folders.warehouse, first, "29991231T000000Z-0001", kept=10)
    assert has_nothing_new(folders)
    Plan(target=30, shares=(10, 20)).write(folders.raw, "a")
    assert not has_nothing_new(folders)


def test_a_version_that_is_not_there_is_named_with_those_that_are(
    folders: Folders, publish: Publish
) -> None:
    first = publish(10)
    with pytest.raises(UnknownVersionError, match=first):
        roll_back(folders.warehouse, "20200101T000000Z-0000", "r", kept=10)
    with pytest.raises(UnsoundVersionError, match="is published"):
        roll_back(folders.warehouse, first, "r", kept=10)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM quality.check_result",
        "UPDATE quality.check_result SET build_id = 'another'",
        "UPDATE quality.run SET build_id = NULL",
        "UPDATE quality.check_result SET success = false, severity = 'critical'",
    ],
    ids=["no results", "of another build", "no build", "faults"],
)
def test_a_version_whose_checks_are_not_known_or_failed_is_not_published_again(
    folders: Folders, publish: Publish, statement: str
) -> None:
    first = publish(10)
    publish(20)
    with duckdb.connect(str(versions_folder(folders.warehouse) / f"{first}.duckdb")) as connection:
        connection.execute(statement)
    with pytest.raises(UnsoundVersionError):
        roll_back(folders.warehouse, first, "r", kept=10)
    assert value(folders.warehouse) == 20


def test_a_damaged_version_is_not_published_again(folders: Folders, publish: Publish) -> None:
    first = publish(10)
    publish(20)
    damage(versions_folder(folders.warehouse) / f"{first}.duckdb")
    with pytest.raises((UnsoundVersionError, UnknownVersionError), match=r"damaged|cannot be read"):
        roll_back(folders.warehouse, first, "r", kept=10)
    assert value(folders.warehouse) == 20


@pytest.mark.parametrize("how", ["everywhere", "within", "empty"])
def test_a_damaged_published_file_is_set_aside_and_its_predecessor_guards_the_next_run(
    folders: Folders, publish: Publish, how: str
) -> None:
    publish(10)
    publish(20)
    if how == "within":
        damage(folders.warehouse)
    else:
        folders.warehouse.write_bytes(b"" if how == "empty" else b"no database at all")
    assert find_damage(folders.warehouse) is not None
    assert not has_nothing_new(folders)
    publish(30)
    assert value(folders.warehouse) == 30
    [aside] = folders.warehouse.parent.glob("x.unreadable-*.duckdb")
    message = read_log(folders.warehouse)[-1].run.message
    assert message is not None
    assert aside.name in message
    assert ask(folders.warehouse, "SELECT count(*) FROM quality.run WHERE published") == [(3,)]


def test_a_damaged_file_does_not_let_a_loss_out(
    folders: Folders, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan().write(folders.raw, "b")
    publish(10)
    publish(20)
    folders.warehouse.write_bytes(b"no database at all")
    (folders.raw / "b.plan").unlink()
    publish(30)
    assert ask(folders.warehouse, "SELECT status FROM core.document ORDER BY 1") == [
        ("held",),
        ("published",),
    ]


def test_a_folder_in_the_place_of_the_file_is_named(folders: Folders, publish: Publish) -> None:
    folders.warehouse.mkdir(parents=True)
    with pytest.raises(PublishError) as refused:
        publish(10)
    assert refused.value.code == "not_a_file"


def test_the_original_is_kept_before_its_facts_go_out(folders: Folders, publish: Publish) -> None:
    publish(10)
    sha256 = hash_file(folders.raw / "a.plan")
    assert find_original(folders.warehouse, sha256) is not None
