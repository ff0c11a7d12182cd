"""Runs that are killed at every moment: `make kill` says what they left behind.

Each run has something new to publish; it is killed with all its processes a random moment after one
of its steps has begun, from the command and from Dagster. The published file must then be, to the
byte, the version before, or a whole new one, and the next run must publish with nothing in its way.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

import duckdb

from pipelines.inventory import hash_file
from pipelines.run.logs import LOG_VARIABLE

ROOT = Path(__file__).parents[2]
SMALL = "08-suqian-2023-year-range-subprojects.pdf", "20-weihai-2024-three-line-table.pdf"

DAGSTER = """
import dagster as dg, sys
from pipelines.definitions import defs
from pipelines.defs.resources import FoldersResource
from pipelines.run.logs import listen
listen()
folders = FoldersResource(raw=sys.argv[1], warehouse=sys.argv[2])
defs().resolve_job_def("refresh").execute_in_process(resources={"folders": folders})
"""


def _hear_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass(frozen=True, slots=True)
class Place:
    """A raw folder and a warehouse of their own."""

    raw: Path
    warehouse: Path

    def command(self, way: str) -> list[str]:
        """What is run: `command` or `dagster`."""
        if way == "dagster":
            return [sys.executable, "-c", DAGSTER, str(self.raw), str(self.warehouse)]
        entry = [sys.executable, "-m", "pipelines.console.entry", "refresh"]
        return [*entry, "--raw", str(self.raw), "--warehouse", str(self.warehouse)]

    def start(self, way: str) -> subprocess.Popen[str]:
        """Start a run in a session of its own, so that all of it can be killed."""
        return subprocess.Popen(
            self.command(way),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, LOG_VARIABLE: "-"},
            start_new_session=True,
            # Whoever runs this in the background ignores Ctrl-C, and so would the run.
            preexec_fn=_hear_ctrl_c,
        )

    def change(self, number: int) -> None:
        """Give the next run something new: what a person wrote beside the sources."""
        name = sorted(path.name for path in self.raw.glob("*.pdf"))[0]
        (self.raw / "sources.yml").write_text(f"documents: {{{name}: {{title: 第{number}版}}}}\n")

    def read_title(self) -> str:
        """The title that the published file gives; raises duckdb.Error where it is torn."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            found = connection.execute(
                "SELECT title FROM core.document ORDER BY file_name LIMIT 1"
            ).fetchone()
            # Every block of the file is read: a torn one fails.
            for (name,) in connection.execute(
                "SELECT schema_name || '.' || table_name FROM duckdb_tables()"
            ).fetchall():
                connection.execute(f"SELECT * FROM {name}").fetchall()
        return str(found[0]) if found else ""


def set_up(folder: Path, names: Sequence[str] = SMALL) -> Place:
    """A place with some small documents, not published yet."""
    place = Place(folder / "raw", folder / "warehouse" / "x.duckdb")
    place.raw.mkdir(parents=True)
    for name in names:
        shutil.copy(ROOT / "tests" / "fixtures" / "documents" / name, place.raw)
    place.change(0)
    return place


def run_to_end(place: Place, way: str) -> tuple[int, float, str]:
    """Run once undisturbed: exit status, seconds, what it said."""
    began = time.monotonic()
    process = place.start(way)
    said, _ = process.communicate()
    return process.returncode, time.monotonic() - began, said


@dataclass(frozen=True, slots=True)
class Moment:
    """So long after the run has said that it begins a step; the first is the run's own start."""

    step: str
    after_s: float


STEPS = {
    "": 2.0,
    "Looking through the sources": 0.5,
    "Reading documents": 3.0,
    "Gathering facts": 0.1,
    "Linking documents": 1.0,
    "Building the warehouse": 2.0,
    "Checking": 4.0,
    "Publishing": 0.4,
}
"""The steps of a run, and how long each takes about. The last three write."""


def choose_moment(random: Random) -> Moment:
    """Any step; two kills of three fall into those that write."""
    writing = list(STEPS)[-3:]
    step = random.choice(list(STEPS) if random.random() < 1 / 3 else writing)
    return Moment(step, random.uniform(0, STEPS[step]))


def kill_once(place: Place, way: str, moment: Moment) -> str:
    """Kill a run and look: `before`, `after`, or a sentence that says what is wrong."""
    before = hash_file(place.warehouse)
    old = place.read_title()
    process = place.start(way)
    assert process.stdout is not None
    if moment.step:
        for line in process.stdout:
            if f"{moment.step} …" in line:
                break
    time.sleep(moment.after_s)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    if hash_file(place.warehouse) == before:
        return "before"
    try:
        title = place.read_title()
    except duckdb.Error as error:
        return f"torn: {error}"
    return "after" if title != old else "another file that says the same"


def kill_often(
    place: Place, ways: Sequence[str], count: int, seed: int, tell: Callable[[str], None]
) -> Counter[str]:
    """Kill so many runs, and let a whole one follow each tenth; count what was found."""
    random = Random(seed)
    status, _, said = run_to_end(place, "command")
    assert status in (0, 2), said
    found: Counter[str] = Counter()
    for number in range(1, count + 1):
        way = ways[number % len(ways)]
        place.change(number)
        moment = choose_moment(random)
        outcome = kill_once(place, way, moment)
        found[f"{way}: {outcome}"] += 1
        tell(f"{number}: {way}, {moment.after_s:.2f} s into {moment.step or 'start'}: {outcome}")
        if number % 10 == 0 or number == count:
            found[_go_on(place, number)] += 1
    return found


def _go_on(place: Place, number: int) -> str:
    """The run after a kill: it publishes what is there, and leaves no half-built file."""
    place.change(10_000 + number)
    status, _, said = run_to_end(place, "command")
    if status not in (0, 2):
        return f"next run failed: {said[-300:]}"
    if place.read_title() != f"第{10_000 + number}版":
        return "next run did not publish"
    left = [path.name for path in place.warehouse.parent.iterdir() if ".new" in path.name]
    return f"next run left {left}" if left else "next run clean"


def find_wrong(found: Counter[str]) -> list[str]:
    """Outcomes that must not be."""
    good = ("before", "after", "clean")
    return [outcome for outcome in found if not outcome.endswith(good)]


def main() -> None:
    """`python -m tests.benchmarks.kill --kills 100 --seed 1`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        found = kill_often(
            set_up(Path(folder)),
            ("command", "dagster"),
            arguments.kills,
            arguments.seed,
            lambda line: print(line, flush=True),
        )
    for outcome, count in sorted(found.items()):
        print(f"{count:5} {outcome}")
    print(f"{arguments.kills} kills, {time.monotonic() - began:.0f} s")
    sys.exit(1 if find_wrong(found) else 0)


if __name__ == "__main__":
    main()
