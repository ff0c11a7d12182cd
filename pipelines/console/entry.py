"""Where the command begins: before anything is imported that Ctrl-C could interrupt.

Belongs here: what holds for every command, from its first moment on. Does not belong here: the
commands themselves (`command`).
"""

from __future__ import annotations

import os
import signal
import sys
import threading

_AGAIN_AFTER_S = 0.05
_INTERRUPTS = "KeyboardInterrupt", "DagsterExecutionInterruptedError"
_INTERRUPTED = 130
"""What the library for commands exits with, without a word, where no command told of it."""


def main() -> None:
    """Entry point of `minsheng`."""
    sys.unraisablehook = hear_again
    try:
        from pipelines.console.command import main as run

        run()
    except KeyboardInterrupt:
        _stop()
    except SystemExit as ended:
        if ended.code == _INTERRUPTED:
            _stop()
        raise


def hear_again(lost: sys.UnraisableHookArgs) -> None:
    """Send Ctrl-C once more where it came in a place that nobody can catch it in: a finaliser."""
    if lost.exc_type.__name__ not in _INTERRUPTS:
        sys.__unraisablehook__(lost)
        return
    again = threading.Timer(_AGAIN_AFTER_S, os.kill, (os.getpid(), signal.SIGINT))
    again.daemon = True
    again.start()


def _stop() -> None:
    # Commands tell of it themselves; this one came before any was under way.
    print("✗ Stopped before anything was done. [interrupted]", file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
