"""What a run did, as lines that a program can read: each with the run and the document it is about.

Belongs here: the logger of the pipeline, its JSON lines, and a progress that logs its steps.
Does not belong here: what a person sees on a terminal (`console.narration`).

Nothing is written unless somebody listens: `MINSHENG_LOG` names a file (`-`: standard error), and
Dagster shows the same lines with the step that they belong to.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from datetime import UTC, datetime
from typing import Any

from pipelines.run.progress import Progress, Silence

LOG_VARIABLE = "MINSHENG_LOG"
LOGGER = logging.getLogger("minsheng")
LOGGER.addHandler(logging.NullHandler())

_FIELDS = ("run_id", "document_id", "step", "code", "seconds")


class _Run:
    """The run that this process is at; there is one at a time."""

    run_id: str | None = None


def bind_run(run_id: str) -> None:
    """Say which run the lines from here on belong to."""
    _Run.run_id = run_id


def log(message: str, *, level: int = logging.INFO, **about: Any) -> None:
    """Write a line; `about` says what it is about, by the names of `_FIELDS`.

    The document stands in the words too: not everything that shows them shows the fields.
    """
    document_id = about.get("document_id")
    words = f"{document_id}: {message}" if document_id else message
    LOGGER.log(level, "%s", words, extra={"run_id": _Run.run_id, **about})


class JsonLines(logging.Formatter):
    """One JSON object a line: time (UTC), level, message, and what the line is about."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record; fields that it does not have are left out."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        for name in _FIELDS:
            value = getattr(record, name, None)
            if value is not None:
                line[name] = value
        return json.dumps(line, ensure_ascii=False)


def listen() -> logging.Handler | None:
    """Write JSON lines to where `MINSHENG_LOG` says; None where it says nothing.

    Raises:
        OSError: the file cannot be written.
    """
    target = os.environ.get(LOG_VARIABLE)
    if not target:
        return None
    handler: logging.Handler
    if target == "-":
        handler = logging.StreamHandler(sys.stderr)
    else:
        handler = logging.FileHandler(target, encoding="utf-8")
    handler.setFormatter(JsonLines())
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    return handler


class LoggedProgress:
    """Logs the beginning and the end of each step, and passes everything on."""

    def __init__(self, inner: Progress | None = None) -> None:
        self._inner = inner or Silence()
        self._step = ""
        self._began = 0.0

    def begin(self, step: str, total: int | None = None) -> None:
        """Log that a step begins."""
        self._step, self._began = step, time.monotonic()
        log(f"{step} …", step=step)
        self._inner.begin(step, total)

    def advance(self, detail: str) -> None:
        """Pass it on: each document is logged where it is known what became of it."""
        self._inner.advance(detail)

    def end(self, outcome: str) -> None:
        """Log what came of the step, and what it took."""
        seconds = round(time.monotonic() - self._began, 3)
        log(f"{self._step}: {outcome}", step=self._step, seconds=seconds)
        self._inner.end(outcome)
