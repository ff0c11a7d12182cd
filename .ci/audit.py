"""Known vulnerabilities of the pinned packages: `python .ci/audit.py PIP-AUDIT LOCK`.

pip-audit asks an advisory database about every package. Where the database does not know a package
(a mirror that has no advisories answers so for all of them), it skips that and still says "No known
vulnerabilities found". Here only what was looked at counts.

Exit status: 0 all were looked at and nothing is known, 1 something is known, 2 no database could be
asked about all of them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

SERVICES = {"osv": "the OSV database", "pypi": "the package index"}
FOUND, NOT_ASKED = 1, 2


@dataclass(frozen=True, slots=True)
class Asked:
    """What one database said: packages looked at, packages skipped, and what is known, in lines."""

    looked_at: int
    skipped: tuple[str, ...]
    known: tuple[str, ...]


def ask(program: str, lock: str, service: str) -> Asked | None:
    """Ask one database about every package of the lock file; None where it cannot be reached."""
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "answer.json"
        # By the lock file as it stands: nothing is resolved, downloaded or installed.
        asked = ["--requirement", lock, "--disable-pip", "--require-hashes"]
        told = ["--format", "json", "--output", str(answer), "--progress-spinner", "off"]
        subprocess.run(
            [program, *asked, "--vulnerability-service", service, *told],
            capture_output=True,
            check=False,
        )
        if not answer.is_file() or not answer.stat().st_size:
            return None
        return read(json.loads(answer.read_text(encoding="utf-8"))["dependencies"])


def read(dependencies: list[dict]) -> Asked:
    """Sort pip-audit's own account."""
    looked_at = [one for one in dependencies if "skip_reason" not in one]
    known = tuple(
        f"{one['name']} {one['version']}: {flaw['id']}"
        f" ({', '.join(flaw.get('aliases') or ()) or 'no other name'}),"
        f" mended in {', '.join(flaw.get('fix_versions') or ()) or 'no version yet'}"
        for one in looked_at
        for flaw in one["vulns"]
    )
    skipped = tuple(one["name"] for one in dependencies if "skip_reason" in one)
    return Asked(len(looked_at), skipped, known)


def main(program: str, lock: str) -> int:
    """Ask one database after the other until one has looked at all; say what came of it."""
    for service, name in SERVICES.items():
        asked = ask(program, lock, service)
        if asked is None:
            print(f"{name} cannot be reached from here.")
            continue
        for line in asked.known:
            print(line)
        if asked.known:
            print(f"{len(asked.known)} known vulnerabilities, by {name}.")
            return FOUND
        if not asked.skipped:
            print(f"{asked.looked_at} packages looked at: no known vulnerability, by {name}.")
            return 0
        few = ", ".join(asked.skipped[:5]) + (", …" if len(asked.skipped) > 5 else "")
        print(
            f"{name} looked at {asked.looked_at} packages and knows nothing of "
            f"{len(asked.skipped)}: {few}"
        )
    print("This tells nothing of vulnerabilities: no database could be asked about all packages.")
    return NOT_ASKED


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
