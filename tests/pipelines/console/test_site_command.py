"""`minsheng site`: what it says, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from pipelines.console.command import app
from tests.pipelines.plans import Plan, stand_in

Invoke = Callable[..., Result]


@pytest.fixture
def invoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    stand_in(monkeypatch)
    monkeypatch.setenv("MINSHENG_RAW", str(tmp_path / "raw"))
    monkeypatch.setenv("MINSHENG_WAREHOUSE", str(tmp_path / "x.duckdb"))
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *arguments: CliRunner().invoke(app, [str(word) for word in arguments])


def test_without_a_published_file_it_says_what_to_do_first(invoke: Invoke) -> None:
    result = invoke("site")
    assert result.exit_code == 1
    assert "not_published" in result.stdout


def test_pages_are_written_once_and_another_folder_is_left_alone(
    invoke: Invoke, tmp_path: Path
) -> None:
    Plan().write(tmp_path / "raw", "a")
    assert invoke("refresh").exit_code == 0
    first = invoke("site")
    assert first.exit_code == 0, first.output
    assert str(tmp_path / "site" / "index.html") in first.stdout
    # What stands in for documents here is neither PDF nor Word: no sheet of it can be shown.
    assert "without a picture" in first.stdout
    assert ", 0 of them new or changed" in invoke("site").stdout

    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear")
    refused = invoke("site", "--to", mine)
    assert refused.exit_code == 1
    assert "foreign_folder" in refused.stdout
    assert [path.name for path in mine.iterdir()] == ["letter.txt"]


def test_what_a_source_says_is_never_taken_for_markup(invoke: Invoke, tmp_path: Path) -> None:
    Plan().write(tmp_path / "raw", "<img src=x onerror=alert(1)>")
    assert invoke("refresh").exit_code == 0
    assert invoke("site", "--to", tmp_path / "pages").exit_code == 0
    pages = list((tmp_path / "pages").rglob("*.html"))
    assert pages
    assert not [path for path in pages if "<img src=x" in path.read_text(encoding="utf-8")]
    assert [path for path in pages if "&lt;img src=x" in path.read_text(encoding="utf-8")]
