"""The published file changes in one step, or not at all."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from invented_city import ask, build, make_plan

from pipelines.errors import PipelineError
from pipelines.publishing.publish import (
    PublishError,
    new_path,
    publish,
    refresh_lock,
    reject,
    rejected_path,
)
from pipelines.publishing.schema import SchemaDeclarationError

READER = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
def look():
    print(*connection.execute("SELECT max(value) FROM core.target").fetchone(), flush=True)
look(); sys.stdin.readline(); look()
"""

LOCK_HOLDER = """
import sys
from pathlib import Path
from pipelines.publishing.publish import refresh_lock
with refresh_lock(Path(sys.argv[1])):
    print("locked", flush=True); sys.stdin.readline()
"""


def run_beside(code: str, path: Path, project_root: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(project_root)},
    )


def say(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def hear(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_reader_in_another_process_keeps_the_old_version(
    tmp_path: Path, project_root: Path
) -> None:
    published = tmp_path / "minsheng.duckdb"
    build(published, make_plan(value=100))
    with run_beside(READER, published, project_root) as reader:
        assert hear(reader) == "100.0000"
        new = new_path(published)
        build(new, make_plan(value=200))
        publish(new, published)
        assert ask(published, "SELECT max(value) FROM core.target") == [(200,)]
        say(reader)
        assert hear(reader) == "100.0000"
    assert not new_path(published).exists()


def test_a_rejected_build_is_kept_and_leaves_the_published_file(tmp_path: Path) -> None:
    published = tmp_path / "minsheng.duckdb"
    build(published, make_plan(value=100))
    before = published.read_bytes()
    rejected_path(published).write_bytes(b"an older rejected build")

    build(new_path(published), make_plan(value=300))
    assert reject(new_path(published), published) == rejected_path(published)
    assert published.read_bytes() == before
    assert not new_path(published).exists()
    assert rejected_path(published).name == "minsheng.rejected.duckdb"
    assert ask(rejected_path(published), "SELECT max(value) FROM core.target") == [(300,)]


def test_a_build_that_was_not_closed_is_not_published(tmp_path: Path) -> None:
    published, new = tmp_path / "minsheng.duckdb", tmp_path / "minsheng.duckdb.new"
    published.write_bytes(b"old")
    new.write_bytes(b"new")
    new.with_name(new.name + ".wal").write_bytes(b"log")
    with pytest.raises(PublishError) as refused:
        publish(new, published)
    assert refused.value.code == "unfinished_build"
    assert published.read_bytes() == b"old"
    assert rejected_path(published).read_bytes() == b"new"


def test_a_build_that_cannot_replace_is_named_and_kept(tmp_path: Path) -> None:
    published, new = tmp_path / "minsheng.duckdb", tmp_path / "minsheng.duckdb.new"
    published.mkdir()
    new.write_bytes(b"new")
    with pytest.raises(PublishError) as refused:
        publish(new, published)
    assert refused.value.code == "publish_failed"
    assert rejected_path(published).read_bytes() == b"new"


def test_there_must_be_a_build_to_publish_and_none_is_no_harm_to_reject(tmp_path: Path) -> None:
    published = tmp_path / "minsheng.duckdb"
    with pytest.raises(PublishError) as refused:
        publish(new_path(published), published)
    assert refused.value.code == "no_build"
    assert reject(new_path(published), published) is None


def test_two_refreshes_at_once_are_kept_apart(tmp_path: Path, project_root: Path) -> None:
    published = tmp_path / "minsheng.duckdb"
    with run_beside(LOCK_HOLDER, published, project_root) as holder:
        assert hear(holder) == "locked"
        with pytest.raises(PublishError) as refused, refresh_lock(published):
            pytest.fail("the other one holds the lock")
        assert refused.value.code == "refresh_running"
        assert str(holder.pid) in refused.value.message
        say(holder)
    with refresh_lock(published):
        pass


def test_the_lock_of_a_process_that_died_is_free(tmp_path: Path, project_root: Path) -> None:
    published = tmp_path / "minsheng.duckdb"
    with run_beside(LOCK_HOLDER, published, project_root) as holder:
        assert hear(holder) == "locked"
        holder.kill()
    with refresh_lock(published):
        pass


@pytest.mark.parametrize(
    "error",
    [
        PipelineError("a_code", "A sentence."),
        PublishError("no_build", "Nothing there."),
        SchemaDeclarationError("No comment."),
    ],
)
def test_errors_keep_their_code_from_one_process_to_another(error: PipelineError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.code, str(again)) == (type(error), error.code, str(error))


def test_the_published_file_opens_in_a_plain_client(tmp_path: Path) -> None:
    published = tmp_path / "minsheng.duckdb"
    build(new_path(published), make_plan())
    publish(new_path(published), published)
    with duckdb.connect(str(published), read_only=True) as connection:
        row = connection.execute("SELECT count(*) FROM marts.reconciliation").fetchone()
    assert row == (1,)
