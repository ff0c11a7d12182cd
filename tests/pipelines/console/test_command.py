"""The command: what it prints, what it exits with, and how little it imports to say so."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from click.testing import Result
from typer.testing import CliRunner

from pipelines.console.command import app
from pipelines.console.summary import tell_failures
from pipelines.run.intake import read_code_version
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
    "words",
    [
        [],
        ["init"],
        ["refresh"],
        ["status"],
        ["questions"],
        ["query"],
        ["export"],
        ["rules"],
        ["trace"],
        ["versions"],
        ["rollback"],
        ["site"],
        ["vocabulary"],
        ["vocabulary", "suggest"],
    ],
)
def test_every_command_explains_itself(invoke: Invoke, words: list[str]) -> None:
    result = invoke(*words, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.stdout


def test_the_version_is_the_one_that_runs_are_logged_with(invoke: Invoke) -> None:
    assert invoke("--version").stdout == f"minsheng {read_code_version()}\n"


def test_a_folder_to_start_from_is_made_once(invoke: Invoke, tmp_path: Path) -> None:
    first = invoke("init", tmp_path / "new")
    assert first.exit_code == 0, first.output
    assert f"--raw {tmp_path / 'new' / 'raw'}" in first.stdout
    assert (tmp_path / "new" / "raw" / "sources.yml").is_file()
    second = invoke("init", tmp_path / "new")
    assert second.exit_code == 1
    assert "would_overwrite" in second.stdout


@pytest.mark.parametrize(
    ("severities", "told"),
    [
        ("", "0 failed"),
        ("warning", "1 warns"),
        ("warning warning info", "2 warn, 1 to know"),
        ("critical warning", "1 failed, 1 warns"),
    ],
)
def test_what_merely_warns_has_not_failed(severities: str, told: str) -> None:
    assert tell_failures(severities.split()) == told


def test_a_refresh_tells_programs_what_came_of_it(invoke: Invoke, raw: Path) -> None:
    Plan().write(raw, "a")
    first = json.loads(invoke("refresh", "--json").stdout)
    assert (first["is_new"], first["exit_status"]) == (True, 0)
    assert first["published"]["documents"][0]["file_name"] == "a.plan"
    second = json.loads(invoke("refresh", "--json").stdout)
    assert (second["is_new"], second["published"]) == (False, first["published"])


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


def test_status_answers_whether_last_night_was_good(invoke: Invoke, raw: Path) -> None:
    Plan().write(raw, "a")
    invoke("refresh")
    good = invoke("status")
    assert (good.exit_code, "All is well" in good.stdout) == (0, True)
    (raw / "sources.yml").write_text("documents: {a.plan: {colour: red}}")
    assert invoke("refresh").exit_code == 1
    failed = invoke("status")
    assert failed.exit_code == 1
    assert "nobody knows the key `colour`" in failed.stdout
    assert "stays published" in failed.stdout
    (raw / "sources.yml").unlink()
    unchanged = invoke("refresh")
    assert "Nothing has changed" in unchanged.stdout
    good = invoke("status")
    assert (good.exit_code, "found nothing new" in good.stdout) == (0, True)


def test_before_anything_is_published_status_tells_what_failed(invoke: Invoke, raw: Path) -> None:
    raw.mkdir()
    (raw / "sources.yml").write_text("documents: {a.plan: {colour: red}}")
    invoke("refresh")
    status = invoke("status")
    assert status.exit_code == 1
    assert "colour" in status.stdout
    assert "Nothing is published yet" in status.stdout


def test_a_loss_is_told_and_let_go_by_name(invoke: Invoke, raw: Path) -> None:
    Plan().write(raw, "a")
    source = Plan(target=10, shares=(4, 6)).write(raw, "b")
    invoke("refresh")
    source.unlink()
    held = invoke("refresh")
    assert held.exit_code == 2, held.output
    assert "minsheng refresh --accept-loss b" in held.stdout
    assert "0 came, 0 went, 0 changed" in held.stdout
    gone = invoke("refresh", "--accept-loss", "b", "--accept-loss", "bb")
    assert gone.exit_code == 0, gone.output
    assert "loss accepted b" in gone.stdout
    assert "no published document of this name has lost anything" in gone.stdout
    assert "0 came, 5 went" in gone.stdout


def test_versions_are_listed_rolled_back_to_and_traced_in(
    invoke: Invoke, raw: Path, tmp_path: Path
) -> None:
    assert invoke("versions").exit_code == 1
    Plan().write(raw, "a")
    invoke("refresh")
    Plan(target=10, shares=(4, 6)).write(raw, "a")
    invoke("refresh")
    listed = invoke("versions")
    assert listed.exit_code == 0, listed.output
    newest, oldest = (line.split()[0] for line in listed.stdout.splitlines()[:2])
    assert "MB" in listed.stdout
    assert "100" in invoke("trace", "a/1.1", "--version", oldest).stdout
    rolled = invoke("rollback", oldest)
    assert rolled.exit_code == 0, rolled.output
    assert "100" in invoke("trace", "a/1.1").stdout
    assert f"Rolled back to version {oldest}" in invoke("status").stdout
    assert newest in invoke("versions").stdout
    back = json.loads(invoke("rollback", newest, "--json").stdout)
    assert (back["outcome"], newest in back["message"]) == ("rolled_back", True)
    unknown = invoke("rollback", "20200101T000000Z-0000")
    assert unknown.exit_code == 1
    assert "There is no version" in unknown.stdout


@pytest.mark.parametrize(
    ("error", "told"),
    [(KeyboardInterrupt(), "Stopped"), (OSError(28, "No space left on device"), "No space left")],
)
def test_who_stops_it_or_a_full_disk_gets_a_sentence(
    invoke: Invoke, raw: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, told: str
) -> None:
    Plan().write(raw, "a")

    def fail(*_: object) -> None:
        raise error

    # As early as when the job's libraries are being imported.
    monkeypatch.setattr("pipelines.run.job.run_refresh_job", fail)
    result = invoke("refresh")
    assert result.exit_code == 1
    assert told in result.stdout
    assert "Traceback" not in result.output


def test_a_folder_in_the_place_of_the_file_gets_a_sentence(
    invoke: Invoke, raw: Path, tmp_path: Path
) -> None:
    Plan().write(raw, "a")
    (tmp_path / "x.duckdb").mkdir()
    result = invoke("refresh")
    assert result.exit_code == 1
    assert "is a folder" in result.stdout
    assert "Traceback" not in result.output


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


def test_without_a_folder_it_is_said_how_to_make_one(invoke: Invoke) -> None:
    result = invoke("refresh")
    assert result.exit_code == 1
    assert "minsheng init" in result.stdout


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
