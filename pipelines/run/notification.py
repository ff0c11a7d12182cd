"""Calling somebody when a night went wrong: a command or a web address of the user's own.

Belongs here: what is said, and how it is handed over. Does not belong here: when (`job`, and the
sensors of `defs.automation`).

Off unless set. Both are set in the environment, not beside the documents: whoever may put a file
into the raw folder must not thereby run a program.
"""

from __future__ import annotations

import json
import logging
import os
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.run.logs import log

if TYPE_CHECKING:
    from pipelines.console.summary import Summary

COMMAND_VARIABLE = "MINSHENG_NOTIFY_COMMAND"
URL_VARIABLE = "MINSHENG_NOTIFY_URL"

_TIMEOUT_S = 30
_SCHEMES = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class WaitingDocument:
    """A document whose newest version did not go out, and why."""

    document_id: str
    status: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notification:
    """What is handed over, as JSON. `outcome` is `failed` (1) or `held` (2), as the exit status.

    `code` and `message` are the failure's, or name what waits.
    """

    outcome: str
    exit_status: int
    code: str
    message: str
    warehouse: str
    documents: tuple[WaitingDocument, ...] = ()


def is_wanted() -> bool:
    """Whether anybody wants to be called."""
    return bool(os.environ.get(COMMAND_VARIABLE) or os.environ.get(URL_VARIABLE))


def describe_failure(error: BaseException, warehouse: Path) -> Notification:
    """What is said of a run that failed."""
    code = getattr(error, "code", None)
    message = str(getattr(error, "message", None) or error)
    return Notification(
        outcome="failed",
        exit_status=1,
        code=code if isinstance(code, str) else type(error).__name__,
        message=message,
        warehouse=str(warehouse),
    )


def describe_waiting(summary: Summary) -> Notification | None:
    """What is said of a run that published and left something waiting; None where nothing does."""
    if not summary.exit_status:
        return None
    documents = tuple(
        WaitingDocument(line.document_id, line.status, line.reasons) for line in summary.held
    )
    checks = sorted({c.name for c in summary.checks_failed if c.severity == "critical"})
    named = ", ".join(document.document_id for document in documents) or ", ".join(checks)
    return Notification(
        outcome="held",
        exit_status=summary.exit_status,
        code="held",
        message=f"Published, but something waits for a person: {named}. `minsheng status` says "
        "why and what to do.",
        warehouse=str(summary.warehouse),
        documents=documents,
    )


def notify(notification: Notification | None) -> tuple[str, ...]:
    """Call whoever wants to be called; return a sentence for each that could not be.

    Never raises because of them: a run is not worse for a messenger that failed.
    """
    if notification is None:
        return ()
    text = json.dumps(asdict(notification), ensure_ascii=False)
    problems = tuple(_call(text, notification))
    for problem in problems:
        log(problem, level=logging.WARNING)
    return problems


def _call(text: str, notification: Notification) -> Iterator[str]:
    command = os.environ.get(COMMAND_VARIABLE)
    if command:
        problem = _run_command(command, text, notification)
        if problem:
            yield f"{COMMAND_VARIABLE}: {problem}"
    url = os.environ.get(URL_VARIABLE)
    if url:
        problem = _post(url, text)
        if problem:
            yield f"{URL_VARIABLE}: {problem}"


def _run_command(command: str, text: str, notification: Notification) -> str | None:
    try:
        words = shlex.split(command)
        done = subprocess.run(
            words,
            input=text,
            text=True,
            encoding="utf-8",
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=False,
            env={**os.environ, "MINSHENG_OUTCOME": notification.outcome},
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return f"nobody was told, for the command could not be run ({error})"
    if done.returncode:
        return f"the command ended with exit status {done.returncode}: {done.stderr.strip()[:500]}"
    return None


def _post(url: str, text: str) -> str | None:
    # Takes as long to import as all else here, and most places call nobody.
    import urllib.request

    if not url.startswith(_SCHEMES):
        return f"nobody was told, for it must begin with {' or '.join(_SCHEMES)}"
    request = urllib.request.Request(
        url,
        data=text.encode("utf-8"),
        headers={"Content-Type": "application/json; charset=utf-8"},
        method="POST",
    )
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S):
            return None
    except (OSError, ValueError) as error:
        return f"nobody was told, for the address did not take it ({error})"
