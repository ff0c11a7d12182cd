"""A night with one hostile file of each kind beside the five good ones: `make hostile` measures it.

The command is run as cron would run it. What counts: the five are published, every hostile file is
refused by name or harmless, and neither time nor memory go beyond the sum of the limits.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tests.benchmarks.bombs import BOMBS

ROOT = Path(__file__).parents[2]
BROKEN = ROOT / "tests" / "fixtures" / "broken"


@dataclass(frozen=True, slots=True)
class Night:
    """What came of it. `documents` maps each document to its status and its code, if refused."""

    exit_status: int
    seconds: float
    peak_mb: float
    documents: dict[str, tuple[str, str | None]]
    said: str


def fill(raw: Path, bombs: tuple[str, ...], settings: str = "") -> None:
    """The five documents, and beside them everything that should not be there."""
    shutil.copytree(ROOT / "raw", raw)
    (raw / "settings.yml").write_text(settings)
    hostile = raw / "hostile"
    hostile.mkdir()
    for name in bombs:
        BOMBS[name](hostile / name)
    for path in sorted(BROKEN.iterdir()):
        if path.suffix != ".yml":
            shutil.copy(path, hostile / f"broken {path.name}")
    os.mkfifo(hostile / "pipe.pdf")
    (hostile / "dangling.pdf").symlink_to("nowhere.pdf")
    (hostile / "out.pdf").symlink_to("/etc/passwd")
    (hostile / "folder.pdf").symlink_to(raw)
    shutil.copy(BROKEN / "plain.txt", hostile / os.fsdecode("坏名字.txt".encode("gbk")))
    shutil.copy(BROKEN / "plain.txt", hostile / os.fsdecode(b"\xff\xfe\n\x1b[2J.txt"))


def run_night(raw: Path, warehouse: Path) -> Night:
    """Run the command over the folder and watch what it takes."""
    entry = [sys.executable, "-m", "pipelines.console.entry", "refresh"]
    began = time.monotonic()
    process = subprocess.Popen(
        [*entry, "--raw", str(raw), "--warehouse", str(warehouse)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, measure_session_mb(process.pid))
        time.sleep(0.05)
    said, _ = process.communicate()
    seconds = time.monotonic() - began
    return Night(process.returncode, seconds, peak, read_documents(warehouse), said)


def measure_session_mb(session: int) -> float:
    """The memory of all processes of a session, pages that they share counted once for each."""
    total = 0
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session:
                total += int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, IndexError, ValueError):
            continue
    return total / 1e6


def read_documents(warehouse: Path) -> dict[str, tuple[str, str | None]]:
    """Status and refusal of each document that the published file names."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            "SELECT document_id, status, code FROM core.document "
            "LEFT JOIN quality.quarantine USING (document_id)"
        ).fetchall()
    return {document_id: (status, code) for document_id, status, code in rows}


def main() -> None:
    """`python -m tests.benchmarks.night`: every bomb there is, with the limits as by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--settings", default="workers: 2\n")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        fill(raw, tuple(BOMBS), arguments.settings)
        night = run_night(raw, Path(folder) / "x.duckdb")
    print(json.dumps(night.documents, ensure_ascii=False, indent=1))
    good = {path.stem for path in (ROOT / "raw").iterdir() if path.suffix in (".pdf", ".docx")}
    published = sum(night.documents[name][0] == "published" for name in good)
    print(
        f"exit {night.exit_status}, {published} of {len(good)} published, "
        f"{len(night.documents) - len(good)} hostile files, {night.seconds:.0f} s, "
        f"peak {night.peak_mb:.0f} MB in all processes together"
    )
    sys.exit(0 if night.exit_status == 2 and published == len(good) else 1)


if __name__ == "__main__":
    main()
