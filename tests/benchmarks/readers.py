"""Readers at work while the file is replaced under them: `make readers` counts what they saw.

Each reader opens the published file again and again and asks several things of one connection; the
answers must be those of one version. Each publishing replaces the file by a build whose every table
says the same number.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import duckdb

from pipelines.publishing.publish import new_path, publish, run_lock

TABLES = 8
ROWS = 2000

READ = """
import sys, time
from pathlib import Path
from pipelines.publishing.opening import open_read_only
path, stop, tables = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
reads = errors = mixtures = 0
seen = set()
while True:
    is_last = stop.exists()
    try:
        with open_read_only(path) as connection:
            versions = set()
            for table in range(tables):
                versions |= set(
                    connection.execute(f"SELECT DISTINCT version FROM t{table}").fetchall()
                )
                time.sleep(0.002)
        mixtures += len(versions) != 1
        seen |= versions
    except Exception as error:
        print(error, file=sys.stderr)
        errors += 1
    reads += 1
    if is_last:
        break
print(reads, errors, mixtures, len(seen))
"""


def build(path: Path, version: int) -> None:
    """A file whose every row in every table says its version."""
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        for table in range(TABLES):
            connection.execute(
                f"CREATE TABLE t{table} AS SELECT {version} AS version FROM range({ROWS})"
            )
        connection.execute("CHECKPOINT")


def publish_under_readers(readers: int, publishings: int, pause_s: float) -> Counter[str]:
    """So many readers and publishings; count reads, errors, mixtures and versions seen."""
    with tempfile.TemporaryDirectory() as folder:
        published = Path(folder) / "x.duckdb"
        stop = Path(folder) / "stop"
        build(published, 0)
        running = [
            subprocess.Popen(
                [sys.executable, "-c", READ, str(published), str(stop), str(TABLES)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                cwd=Path(__file__).parents[2],
            )
            for _ in range(readers)
        ]
        for version in range(1, publishings + 1):
            time.sleep(pause_s)
            with run_lock(published):
                build(new_path(published), version)
                publish(new_path(published), published)
        time.sleep(pause_s)
        stop.touch()
        found: Counter[str] = Counter(readers=readers, publishings=publishings)
        for reader in running:
            said, complained = reader.communicate()
            assert reader.returncode == 0, complained
            names = ("reads", "errors", "mixtures", "versions seen")
            found.update(dict(zip(names, map(int, said.split()), strict=True)))
    return found


def main() -> None:
    """`python -m tests.benchmarks.readers --readers 20 --publishings 10`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--publishings", type=int, default=10)
    arguments = parser.parse_args()
    found = publish_under_readers(arguments.readers, arguments.publishings, pause_s=2.0)
    print(", ".join(f"{count} {name}" for name, count in found.items()))
    sys.exit(1 if found["errors"] or found["mixtures"] else 0)


if __name__ == "__main__":
    main()
