"""Where the command begins: before anything is imported that Ctrl-C could interrupt.

Belongs here: what holds for every command, from its first moment on. Does not belong here: the
commands themselves (`command`).
"""

from __future__ import annotations

import sys


def main() -> None:
    """Entry point of `minsheng`."""
    try:
        from pipelines.console.command import main as run

        run()
    except KeyboardInterrupt:
        # Commands tell of it themselves; this one came before any was under way.
        print("✗ Stopped before anything was done. [interrupted]", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
