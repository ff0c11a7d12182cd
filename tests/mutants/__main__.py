"""Draws small changes to the code by a seed and tells which of them no test notices.

    make mutants SEED=7 N=100          (python -m tests.mutants --seed 7 --count 100)

Belongs here: the order of a run and what it prints. mutmut, cosmic-ray and mutatest were looked
at: the first two try every mutant of a module and draw none by a seed, and cannot be told to fall
back from a module's own tests on the recorded facts, with documents extracted once for all mutants;
the third is no longer kept. What they would spare us, a change at an exact place, is small.

A survivor is code that no test needs or a test that is missing; none is ever excused by name.
"""

from __future__ import annotations

import argparse
import difflib
import itertools
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tests.mutants.drawing import ROOMS, draw_mutants
from tests.mutants.related import list_tests
from tests.mutants.running import Copies, FailingTestsError, Outcome, measure, try_mutant
from tests.mutants.sites import Mutant
from tests.read_documents import ROOT

LEAST_LIMIT_S = 60.0
SLOWEST = 4.0
"""A run that takes so many times as long as without a mutant is taken to hang."""

TOLD_EVERY = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """A mutant and what came of it."""

    mutant: Mutant
    outcome: Outcome
    seconds: float


def spell_change(mutant: Mutant, source: bytes) -> list[str]:
    """The changed lines, old and new, as in a patch."""
    old, new = (text.decode().splitlines() for text in (source, mutant.apply(source)))
    lines = difflib.unified_diff(old, new, n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def spell_survivor(verdict: Verdict, source: bytes) -> str:
    """Where a survivor is and what it is."""
    mutant = verdict.mutant
    head = f"survived  {mutant.path}:{mutant.line}  {mutant.kind}"
    return "\n".join((head, *(f"    {line}" for line in spell_change(mutant, source))))


def spell_totals(verdicts: Sequence[Verdict]) -> str:
    """How many were killed and how many survived, by folder and by kind."""
    lines = [f"{'':34}{'killed':>8}{'survived':>10}"]
    folders = Counter(str(PurePosixPath(v.mutant.path).parent) for v in verdicts)
    kinds = Counter(v.mutant.kind for v in verdicts)
    left = [v.mutant for v in verdicts if v.outcome == Outcome.SURVIVED]
    left_by_folder = Counter(str(PurePosixPath(mutant.path).parent) for mutant in left)
    left_by_kind = Counter(mutant.kind for mutant in left)
    for counts, survived in ((folders, left_by_folder), (kinds, left_by_kind)):
        for name in sorted(counts):
            lines.append(f"{name:34}{counts[name] - survived[name]:8}{survived[name]:10}")
        lines.append("")
    killed = len(verdicts) - len(left)
    hung = sum(verdict.outcome == Outcome.HUNG for verdict in verdicts)
    share = killed / len(verdicts) if verdicts else 1.0
    lines.append(f"{killed} of {len(verdicts)} killed ({share:.0%}), {hung} of them by the clock")
    return "\n".join(lines)


def try_all(mutants: Sequence[Mutant], workers: int) -> list[Verdict]:
    """Try every mutant, each against the tests related to its module."""
    tests = {mutant.path: list_tests(mutant.path, ROOT) for mutant in mutants}
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        copies = Copies(ROOT, Path(name), workers)
        with ThreadPoolExecutor(workers) as pool:
            groups: dict[str, dict[str, None]] = {}
            for path, needed in tests.items():
                groups.setdefault(_group(path), {}).update(dict.fromkeys(needed))
            times = pool.map(
                lambda group: measure(copies, [*groups[group]], is_extracted=_is_extracted(group)),
                groups,
            )
            limits = {
                group: max(LEAST_LIMIT_S, SLOWEST * seconds)
                for group, seconds in zip(groups, times, strict=True)
            }

            tried = itertools.count(1)

            def judge(mutant: Mutant) -> Verdict:
                verdict = Verdict(
                    mutant,
                    *try_mutant(
                        copies,
                        mutant,
                        tests[mutant.path],
                        limits[_group(mutant.path)],
                        is_extracted=_is_extracted(mutant.path),
                    ),
                )
                number = next(tried)
                if number % TOLD_EVERY == 0:
                    print(f"… {number} of {len(mutants)} tried", flush=True)
                if verdict.outcome == Outcome.SURVIVED:
                    print(spell_survivor(verdict, (ROOT / mutant.path).read_bytes()), flush=True)
                return verdict

            return list(pool.map(judge, mutants))


def _group(path: str) -> str:
    """Modules of one room take about as long."""
    return next(room for room in ROOMS if path.startswith(f"{room}/"))


def _is_extracted(path: str) -> bool:
    """Whether documents extracted before are as good as new: not where extracting is changed."""
    return not path.startswith("extractors")


def main() -> int:
    """Draw, try, tell; 1 where the tests could not be run."""
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    started = time.monotonic()
    mutants = draw_mutants(ROOT, given.seed, given.count)
    print(f"{len(mutants)} mutants drawn by seed {given.seed}", flush=True)
    try:
        verdicts = try_all(mutants, given.workers)
    except FailingTestsError as error:
        print(error)
        return 1
    print(f"\n{spell_totals(verdicts)} in {(time.monotonic() - started) / 60:.0f} minutes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
