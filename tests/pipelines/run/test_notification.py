"""Whoever wants to be called is called, with what they need to know; nobody is by default."""

from __future__ import annotations

import json
import shlex
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from pipelines.errors import PipelineError
from pipelines.run.intake import Folders
from pipelines.run.job import run_refresh_job
from pipelines.run.notification import (
    COMMAND_VARIABLE,
    URL_VARIABLE,
    Notification,
    describe_failure,
    is_wanted,
    notify,
)
from pipelines.run.progress import Silence
from pipelines.sources import InvalidSourcesError
from tests.pipelines.plans import Plan, stand_in

NOTIFICATION = Notification("failed", 1, "unsound_build", "Nicht gut: 计划", "/x.duckdb")


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(COMMAND_VARIABLE, raising=False)
    monkeypatch.delenv(URL_VARIABLE, raising=False)


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which the user's command keeps what it was told."""
    target = tmp_path / "told file.json"
    code = "import sys, os, pathlib; pathlib.Path(sys.argv[1]).write_bytes(sys.stdin.buffer.read())"
    command = shlex.join([sys.executable, "-c", code, str(target)])
    monkeypatch.setenv(COMMAND_VARIABLE, command)
    return target


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """What was posted to the user's address."""
    received: list[Any] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv(URL_VARIABLE, f"http://127.0.0.1:{server.server_port}/night")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    yield received
    server.shutdown()
    server.server_close()


def test_by_default_nobody_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("somebody was called")

    monkeypatch.setattr("subprocess.run", refuse)
    monkeypatch.setattr("urllib.request.urlopen", refuse)
    assert not is_wanted()
    assert notify(NOTIFICATION) == ()


def test_the_command_gets_it_all_as_json(told: Path) -> None:
    assert is_wanted()
    assert notify(NOTIFICATION) == ()
    assert json.loads(told.read_text("utf-8")) == {
        "outcome": "failed",
        "exit_status": 1,
        "code": "unsound_build",
        "message": "Nicht gut: 计划",
        "warehouse": "/x.duckdb",
        "documents": [],
    }


def test_the_address_gets_the_same(posted: list[Any], told: Path) -> None:
    assert notify(NOTIFICATION) == ()
    assert posted == [json.loads(told.read_text("utf-8"))]


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        (COMMAND_VARIABLE, "no-such-command-anywhere", "could not be run"),
        (COMMAND_VARIABLE, "sh -c 'echo out of order >&2; exit 3'", "exit status 3: out of order"),
        (COMMAND_VARIABLE, "'", "could not be run"),
        (URL_VARIABLE, "file:///etc/passwd", "must begin with http"),
        (URL_VARIABLE, "http://127.0.0.1:1/", "did not take it"),
    ],
)
def test_a_messenger_that_fails_is_told_and_harms_nothing(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, says: str
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv(variable, value)
    [problem] = notify(NOTIFICATION)
    assert problem.startswith(variable)
    assert says in problem


def test_an_unforeseen_failure_is_named_by_its_kind() -> None:
    told = describe_failure(ZeroDivisionError("division by zero"), Path("x"))
    assert (told.code, told.message) == ("ZeroDivisionError", "division by zero")
    assert describe_failure(PipelineError("a", "b"), Path("x")).code == "a"


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    stand_in(monkeypatch)
    (tmp_path / "raw").mkdir()
    return Folders(raw=tmp_path / "raw", warehouse=tmp_path / "x.duckdb")


def test_a_held_document_calls_and_a_good_night_does_not(folders: Folders, told: Path) -> None:
    Plan().write(folders.raw, "a")
    run_refresh_job(folders, Silence())
    assert not told.exists()
    Plan(shares=(1, 2)).write(folders.raw, "b")
    run_refresh_job(folders, Silence())
    content = json.loads(told.read_text("utf-8"))
    assert (content["outcome"], content["exit_status"]) == ("held", 2)
    assert [document["document_id"] for document in content["documents"]] == ["b"]
    assert "shares_add_up" in content["documents"][0]["reasons"][0]


def test_a_run_that_fails_calls(folders: Folders, told: Path) -> None:
    (folders.raw / "sources.yml").write_text("nonsense: 1")
    with pytest.raises(InvalidSourcesError):
        run_refresh_job(folders, Silence())
    content = json.loads(told.read_text("utf-8"))
    assert (content["outcome"], content["code"]) == ("failed", "invalid_sources")
