"""What kept results save: all documents read, beside the same run with the warehouse deleted.

The documents are the generated fixtures, each under as many names as asked for. Both runs are the
command in a process of its own. Times are printed, never asserted; that everything was known is.
`python -m tests.benchmarks.test_kept 8` takes eight of each.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "tests" / "fixtures" / "documents"
STAGE = "Reading documents"


@dataclass(frozen=True, slots=True)
class Step:
    """What a step of a run took, and what it said at its end."""

    seconds: float = 0.0
    message: str = ""


def fill(raw: Path, times: int) -> int:
    """Every fixture under so many names; how many files that is."""
    for number in range(times):
        folder = raw / f"{number}"
        folder.mkdir(parents=True)
        for path in DOCUMENTS.iterdir():
            if path.suffix in (".pdf", ".docx"):
                shutil.copy(path, folder)
    return sum(len(list(folder.iterdir())) for folder in raw.iterdir())


def refresh(raw: Path, warehouse: Path) -> tuple[float, dict[str, Step]]:
    """Run the command: its seconds, and what it logged at the end of each step."""
    log = raw.parent / "run.jsonl"
    log.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pipelines.console.entry", "refresh"]
    began = time.monotonic()
    done = subprocess.run(
        [*command, "--raw", str(raw), "--warehouse", str(warehouse)],
        cwd=ROOT,
        env={**os.environ, "MINSHENG_LOG": str(log)},
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - began
    assert done.returncode in (0, 2), done.stdout + done.stderr
    lines = map(json.loads, log.read_text(encoding="utf-8").splitlines())
    steps: dict[str, Step] = {}
    for line in lines:
        if "seconds" in line:
            # A build that holds documents back is made twice.
            so_far = steps.get(line["step"], Step()).seconds
            steps[line["step"]] = Step(so_far + line["seconds"], line["message"])
    return seconds, steps


def measure(times: int) -> str:
    """Read all, delete the warehouse, and make it again from what is kept."""
    with tempfile.TemporaryDirectory() as folder:
        raw, warehouse = Path(folder) / "raw", Path(folder) / "warehouse" / "x.duckdb"
        count = fill(raw, times)
        cold_s, cold = refresh(raw, warehouse)
        for path in warehouse.parent.iterdir():
            if path.name != "kept":
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        known_s, known = refresh(raw, warehouse)
    assert f"{count} known from earlier runs" in known[STAGE].message
    stage = [run[STAGE].seconds for run in (cold, known)]
    steps = "\n".join(
        f"  {step}: {cold[step].seconds:.1f} s, then {known[step].seconds:.1f} s" for step in cold
    )
    return (
        f"{count} documents: the run {cold_s:.1f} s cold, {known_s:.1f} s with results kept "
        f"({cold_s / known_s:.1f} ×); reading and understanding {stage[0]:.1f} s, {stage[1]:.1f} s "
        f"({stage[0] / stage[1]:.1f} ×)\n{steps}\n  {known[STAGE].message}"
    )


@pytest.mark.slow
def test_what_kept_results_save(capsys: pytest.CaptureFixture[str]) -> None:
    told = measure(1)
    with capsys.disabled():
        print("\n" + told)


if __name__ == "__main__":
    print(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 4))
