"""One run at a time: whoever comes second says whom it waits for, and waits.

Belongs here: waiting for the lock of a published file. Does not belong here: the lock itself
(`publishing.publish`), which is freed by the system even if its holder is killed.

The command, the schedule, the sensor and a person on Dagster's page all come through here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pipelines.publishing.publish import PublishError, run_lock

_OTHERS = "refresh_running"
_LOOK_EVERY_S = 0.2


@contextmanager
def in_turn(published: Path, patience_s: float, on_wait: Callable[[str], None]) -> Iterator[bool]:
    """Hold the file's lock, waiting for it while another run is at work; yield whether one was.

    `on_wait` is told once, in a clause, whom this run waits for.

    Raises:
        PublishError: the other run is not done within `patience_s` (`refresh_running`), or nothing
            can be written there.
    """
    give_up_at = time.monotonic() + patience_s
    has_waited = False
    with ExitStack() as held:
        while True:
            try:
                held.enter_context(run_lock(published))
                break
            except PublishError as error:
                if error.code != _OTHERS or time.monotonic() >= give_up_at:
                    raise
                if not has_waited:
                    on_wait(error.message)
                has_waited = True
            time.sleep(_LOOK_EVERY_S)
        yield has_waited
