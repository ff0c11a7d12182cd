"""Every line says which run and which document it is about, to programs and to people."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipelines.run.intake import Folders
from pipelines.run.logs import LOG_VARIABLE, LOGGER, LoggedProgress, listen, log
from pipelines.run.refresh import refresh
from tests.pipelines.plans import Plan, read_plan, stand_in

Lines = Callable[[], list[dict[str, object]]]


@pytest.fixture
def lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lines]:
    """What was written since, read back."""
    target = tmp_path / "run.log"
    monkeypatch.setenv(LOG_VARIABLE, str(target))
    handler = listen()
    assert handler is not None
    yield lambda: [json.loads(line) for line in target.read_text().splitlines()]
    LOGGER.removeHandler(handler)
    handler.close()


def test_a_run_logs_its_steps_and_each_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: Lines
) -> None:
    stand_in(monkeypatch)
    folders = Folders(raw=tmp_path / "raw", warehouse=tmp_path / "x.duckdb")
    Plan().write(folders.raw / "2024", "a")
    (folders.raw / "b.plan").write_text("nonsense")
    refresh(folders, LoggedProgress(), reader=read_plan)
    written = lines()
    [refused] = [line for line in written if line.get("code")]
    assert (refused["document_id"], refused["code"]) == ("b", "unreadable")
    assert refused["level"] == "warning"
    assert "2024/a" in {line.get("document_id") for line in written}
    assert "Publishing" in {line.get("step") for line in written}
    runs = {line.get("run_id") for line in written[1:]}
    assert len(runs) == 1
    assert None not in runs


def test_a_line_about_a_document_names_it_in_its_words(lines: Lines) -> None:
    log("read", document_id="2024/计划")
    [line] = lines()
    assert line["message"] == "2024/计划: read"


def test_nobody_listens_unless_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(LOG_VARIABLE, raising=False)
    assert listen() is None
