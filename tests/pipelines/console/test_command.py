"""The command: what it prints, what it exits with, and how little it imports to say so."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
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


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return tmp_path / "raw"


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['minsheng', '--help']\n"
        "from pipelines.console.command import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = ('dagster', 'great_expectations', 'pandas', 'duckdb', 'pdfplumber', 'docx')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip().endswith("[]")


@pytest.mark.parametrize(
    "words", [[], ["refresh"], ["status"], ["trace"], ["vocabulary"], ["vocabulary", "suggest"]]
)
def test_every_command_explains_itself(invoke: Invoke, words: list[str]) -> None:
    result = invoke(*words, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.stdout


def test_a_refresh_says_what_it_read_and_where_the_file_is(
    invoke: Invoke, raw: Path, tmp_path: Path
) -> None:
    Plan().write(raw, "a")
    result = invoke("refresh")
    assert result.exit_code == 0, result.output
    assert "a.plan" in result.stdout
    assert "0 failed" in result.stdout
    assert str(tmp_path / "x.duckdb") in result.stdout


def test_a_second_refresh_publishes_nothing_and_says_so(
    invoke: Invoke, raw: Path, tmp_path: Path
) -> None:
    Plan().write(raw, "a")
    invoke("refresh")
    before = (tmp_path / "x.duckdb").stat()
    result = invoke("refresh")
    assert "Nothing has changed" in result.stdout
    assert result.exit_code == 0
    assert (tmp_path / "x.duckdb").stat().st_ino == before.st_ino
    invoke("refresh", "--force")
    assert (tmp_path / "x.duckdb").stat().st_ino != before.st_ino


def test_held_documents_are_exit_status_2_each_time(invoke: Invoke, raw: Path) -> None:
    Plan(shares=(1, 2)).write(raw, "b")
    first = invoke("refresh")
    assert first.exit_code == 2, first.output
    assert "held b: shares_add_up" in first.stdout
    assert invoke("refresh").exit_code == 2
    status = invoke("status")
    assert status.exit_code == 2
    assert "accepted_discrepancies.yml" in status.stdout


def test_a_run_that_fails_is_exit_status_1_with_a_sentence(invoke: Invoke, raw: Path) -> None:
    raw.mkdir()
    (raw / "sources.yml").write_text("documents: {a.plan: {colour: red}}")
    result = invoke("refresh")
    assert result.exit_code == 1
    assert "nobody knows the key `colour`" in result.stdout
    assert "Traceback" not in result.output


@pytest.mark.parametrize("words", [["status"], ["trace", "x"], ["vocabulary", "suggest"]])
def test_before_the_first_refresh_every_question_says_what_to_do(
    invoke: Invoke, words: list[str]
) -> None:
    result = invoke(*words)
    assert result.exit_code == 1
    assert "Run `minsheng refresh` first" in result.stdout


def test_a_fact_is_traced_to_its_place(invoke: Invoke, raw: Path, tmp_path: Path) -> None:
    Plan().write(raw, "a")
    invoke("refresh")
    result = invoke("trace", "a/1.1@330105", "--image", tmp_path / "page.png")
    assert result.exit_code == 0, result.output
    assert "a.plan" in result.stdout
    assert "60" in result.stdout
    assert "no fixed pages" in result.stdout
    unknown = invoke("trace", "a/1.2")
    assert unknown.exit_code == 1
    assert "Did you mean" in unknown.stdout
    assert "a/1.1" in unknown.stdout


def test_what_is_understood_leaves_nothing_to_list(invoke: Invoke, raw: Path) -> None:
    Plan().write(raw, "a")
    invoke("refresh")
    assert "Every printed number is understood" in invoke("status", "--unresolved").stdout
    assert "knows every word" in invoke("vocabulary", "suggest").stdout


@pytest.mark.parametrize("words", [["status"], ["trace", "x"], ["vocabulary", "suggest"]])
@pytest.mark.parametrize("content", [b"no database", None], ids=["text", "another database"])
def test_a_published_file_that_cannot_be_asked_is_told_in_a_sentence(
    invoke: Invoke, tmp_path: Path, words: list[str], content: bytes | None
) -> None:
    published = tmp_path / "x.duckdb"
    if content is None:
        duckdb.connect(str(published)).close()
    else:
        published.write_bytes(content)
    result = invoke(*words)
    assert result.exit_code == 1
    assert "unreadable_published" in result.stdout
    assert "Traceback" not in result.output
