"""Where the command begins: before anything is imported that Ctrl-C could interrupt.

Belongs here: what holds for every command, from its first moment on. Does not belong here: the
commands themselves (`command`).
"""

from __future__ import annotations

import sys

_INTERRUPTED = 130
"""What the library for commands exits with, without a word, where no command told of it."""


def main() -> None:
    """Entry point of `minsheng`."""
    try:
        from pipelines.console.command import main as run

        run()
    except KeyboardInterrupt:
        _stop()
    except SystemExit as ended:
        if ended.code == _INTERRUPTED:
            _stop()
        raise


def _stop() -> None:
    # Commands tell of it themselves; this one came before any was under way.
    print("✗ Stopped before anything was done. [interrupted]", file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
