"""Nothing but reading can come of opening a file to read it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipelines.publishing.opening import open_for_export, open_read_only


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    path = tmp_path / "x.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE t AS SELECT 1 AS a")
        connection.execute(f"CREATE VIEW trap AS FROM read_csv('{tmp_path}/secret.csv')")
    return path


def test_tables_can_be_asked(file: Path) -> None:
    with open_read_only(file) as connection:
        assert connection.execute("FROM t").fetchall() == [(1,)]


@pytest.mark.parametrize(
    "statement",
    [
        "FROM trap",
        "FROM read_csv('secret.csv')",
        "COPY t TO 'out.csv'",
        "ATTACH 'other.duckdb'",
        "INSTALL httpfs",
        "INSERT INTO t VALUES (2)",
        "SET enable_external_access = true",
    ],
)
def test_nothing_else_can_be_reached(
    file: Path, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)
    with open_read_only(file) as connection, pytest.raises(duckdb.Error):
        connection.execute(statement).fetchall()
    assert not (file.parent / "out.csv").exists()


@pytest.mark.parametrize(
    "statement",
    [
        "FROM trap",
        "COPY t TO 'out.csv'",
        "COPY t TO '{folder}/../out.csv'",
        "ATTACH 'other.duckdb'",
        "INSERT INTO t VALUES (2)",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
    ],
)
def test_an_export_reaches_its_own_folder_and_no_other(
    file: Path, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)
    folder = file.parent / "its own's"
    folder.mkdir()
    with open_for_export(file, folder) as connection:
        with pytest.raises(duckdb.Error):
            connection.execute(statement.format(folder="its own''s")).fetchall()
        quoted = str(folder).replace("'", "''")
        connection.execute(f"COPY t TO '{quoted}/t.csv'")
    assert (folder / "t.csv").exists()
    assert not (file.parent / "out.csv").exists()


def test_the_project_reads_its_files_in_this_way_only(project_root: Path) -> None:
    found = [
        path.name
        for path in (project_root / "pipelines").rglob("*.py")
        if "read_only=True" in path.read_text(encoding="utf-8")
    ]
    assert found == ["opening.py"]
