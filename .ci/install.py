"""Install the packages of a lock file and say how far it is: `python .ci/install.py LOCK`.

pip alone is silent for a minute, or tells two lines for each of some hundred packages. It is run by
the interpreter that runs this, into the environment of that; only what the lock file names is
installed, by its hashes. Exit status: pip's; where it fails, all that it said is shown.
"""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

EVERY_S = 10.0
_PINNED = re.compile(r"^[a-z0-9][a-z0-9._-]*==", re.IGNORECASE | re.MULTILINE)
_FETCHED = re.compile(r"^Collecting ", re.MULTILINE)
_UNPACKING = "Installing collected packages"


def main(lock: str) -> int:
    """Run pip to its end, with a word on how far it is every few seconds."""
    text = Path(lock).read_text(encoding="utf-8")
    total = len(_PINNED.findall(text))
    print(f"Installing the {total} packages of {lock}, mostly in one to three minutes:", flush=True)
    began = time.monotonic()
    with tempfile.NamedTemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        wanted = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", lock]
        pip = subprocess.Popen(
            [sys.executable, "-m", "pip", "install", "--progress-bar", "off", *wanted],
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        while True:
            try:
                status = pip.wait(EVERY_S)
            except subprocess.TimeoutExpired:
                told = tell(Path(said.name).read_text(encoding="utf-8", errors="replace"), total)
                print(f"  {told}", flush=True)
            else:
                break
        if status:
            print(Path(said.name).read_text(encoding="utf-8", errors="replace"))
            return status
    print(f"  done in {time.monotonic() - began:.0f} s", flush=True)
    return 0


def tell(said: str, total: int) -> str:
    """How far it is, by what pip has said and what lies there."""
    if _UNPACKING not in said:
        return f"fetching: {len(_FETCHED.findall(said))} of {total}"
    return f"unpacking: {count_installed(Path(sysconfig.get_path('purelib')))} of {total}"


def count_installed(folder: Path) -> int:
    """Packages that lie in an environment."""
    return len(list(folder.glob("*.dist-info")))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
