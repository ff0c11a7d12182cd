"""What becomes of damaged files: `make damage` prints it by the way in which they were broken.

Each file is read and understood in a worker, within the limits of every run, and its facts are held
beside those of the sound file: by the count of digits, and by the rule for losses, as if the sound
file had been published before. Of what passes both, the facts are the same or not.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from random import Random

from extractors.records import Document
from pipelines.checks.completeness import count_digits
from pipelines.facts import DocumentFacts
from pipelines.inventory import show_name, take_inventory
from pipelines.publishing.continuity import Edition, read_run
from pipelines.publishing.losses import Words, find_losses, list_held
from pipelines.reading import read_facts
from pipelines.run.extraction import Refusal, extract_documents
from pipelines.run.limits import Limits
from pipelines.run.settings import Settings
from pipelines.run.single_document import read_with_extractors, read_within_limits
from pipelines.run.workers import Ended, run_in_workers
from pipelines.sources import SourceEntry
from pipelines.vocabulary import Vocabulary, load_vocabulary
from tests.benchmarks.bombs import BOMBS
from tests.benchmarks.damaging import WAYS, Way

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "documents"

SAME = "same facts"
UNSEEN = "other facts, unseen"
HELD = ("held: digits", "held: loss")
OURS = ("reader_failed", "reading_failed")
"""Errors of our own code: named, but nothing that a damaged file should meet."""


@dataclass(frozen=True, slots=True)
class Case:
    """One damaged file: a sound one, a way to break it (by its place in the list), and chance."""

    source: Path
    way: int
    seed: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a damaged file; `lost` and `new` are facts that went and came unseen."""

    outcome: str
    lost: int = 0
    new: int = 0
    seconds: float = 0.0
    memory_mb: int = 0


@lru_cache(maxsize=1)
def _vocabulary() -> Vocabulary:
    return load_vocabulary()


@lru_cache(maxsize=64)
def _read_sound(source: Path) -> DocumentFacts:
    facts = _understand(read_with_extractors(source), source)
    assert facts.figures, f"{source} has no facts"
    return facts


def _understand(document: Document, source: Path) -> DocumentFacts:
    named = replace(document, name=source.name)
    return read_facts(named, SourceEntry(source.name), _vocabulary())


def examine(case: Case) -> Verdict:
    """Break the file, read it, and say what became of it. Runs in a worker."""
    began = time.monotonic()
    random = Random(f"{case.source.name} {case.way} {case.seed}")
    broken = WAYS[case.way].apply(case.source.read_bytes(), random)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / case.source.name
        path.write_bytes(broken)
        outcome = read_within_limits(read_with_extractors, Limits(), path)
    verdict = (
        _judge(outcome, case.source) if isinstance(outcome, Document) else Verdict(outcome.code)
    )
    return replace(
        verdict,
        seconds=time.monotonic() - began,
        memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000,
    )


def _judge(document: Document, source: Path) -> Verdict:
    sound = _read_sound(source)
    try:
        facts = _understand(document, source)
    except Exception:  # as a run does: one document's failure is that document's refusal
        return Verdict("reading_failed")
    if any(count.printed != count.recorded for count in count_digits(document, facts.figures)):
        return Verdict("held: digits")
    before, now = read_run([sound]), read_run([facts])
    losses = find_losses(before, now, (), Settings().most_lost_share, Words())
    if list_held(losses):
        return Verdict("held: loss")
    stated, restated = _count_stated(before), _count_stated(now)
    lost, new = (stated - restated).total(), (restated - stated).total()
    return Verdict(UNSEEN if lost or new else SAME, lost, new)


def _count_stated(edition: Edition) -> Counter[tuple[str, str, str]]:
    return Counter(
        (fact.kind, fact.fact_id, fact.printed)
        for facts in edition.stated.values()
        for fact in facts
    )


def plan_cases(sources: Sequence[Path], count: int, seed: int) -> list[Case]:
    """So many cases, the ways by turns, the sources by chance."""
    random = Random(seed)
    fitting = {
        way: [source for source in sources if source.suffix == f".{WAYS[way].format}"]
        for way in range(len(WAYS))
    }
    ways = [way for way in fitting if fitting[way]]
    return [
        Case(random.choice(fitting[ways[n % len(ways)]]), ways[n % len(ways)], seed * 100_000 + n)
        for n in range(count)
    ]


def run_cases(cases: Sequence[Case], workers: int) -> Iterator[tuple[Case, Verdict]]:
    """Examine all cases in workers; one that was ended has that as its outcome."""
    named = {Ended.TIME: "timed_out", Ended.MEMORY: "out_of_memory", Ended.DIED: "worker_died"}
    for position, result in run_in_workers(examine, cases, Limits(), workers):
        verdict = Verdict(named[result]) if isinstance(result, Ended) else result
        yield cases[position], verdict


def run_bombs(names: Sequence[str], workers: int) -> dict[str, tuple[str, float]]:
    """The outcome of each bomb and what it took, as a run reads them: all in one folder."""
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder)
        for name in names:
            BOMBS[name](raw / name)
        began = time.monotonic()
        outcomes: dict[str, tuple[str, float]] = {}
        files = take_inventory(raw, Limits().file_bytes)
        extract_documents(
            files,
            workers=workers,
            on_done=lambda file, outcome: outcomes.update(
                {
                    file.path.name: (
                        outcome.code if isinstance(outcome, Refusal) else "read",
                        time.monotonic() - began,
                    )
                }
            ),
        )
    return outcomes


def run_names(count: int, seed: int) -> tuple[int, int]:
    """A sound document under names of chance bytes: how many were read, and how many refused.

    Raises AssertionError where two have one id, or an id cannot be stored.
    """
    random = Random(seed)
    content = min(FIXTURES.glob("*.docx"), key=lambda path: path.stat().st_size).read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(count):
            name = random.randbytes(random.randint(1, 60)).translate(None, b"\0/").lstrip(b".~")
            if name:
                (Path(folder) / sys.intern(_decode(name))).write_bytes(content)
        files = take_inventory(Path(folder))
        ids = [file.document_id for file in files]
        assert len(set(ids)) == len(ids)
        assert all(show_name(name) == name for name in (file.file_name for file in files))
        extraction = extract_documents(files)
    return len(extraction.documents), len(extraction.refusals)


def _decode(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def print_table(found: Sequence[tuple[Case, Verdict]]) -> None:
    """By way: files, refused, held, same facts, other facts unseen, and what those lost."""
    head = (
        f"{'format and way':34} {'files':>5} {'refused':>7} {'held':>5} {'same':>5} {'unseen':>6}"
    )
    print(f"{head} {'lost':>6} {'new':>5}")
    for way in WAYS:
        rows = [verdict for case, verdict in found if WAYS[case.way] is way]
        if not rows:
            continue
        same = sum(row.outcome == SAME for row in rows)
        held = sum(row.outcome in HELD for row in rows)
        unseen = [row for row in rows if row.outcome == UNSEEN]
        refused = len(rows) - same - held - len(unseen)
        mark = "checksum" if way.is_checked else ""
        print(
            f"{way.format:5}{way.name:29} {len(rows):5} {refused:7} {held:5} {same:5} "
            f"{len(unseen):6} {sum(r.lost for r in unseen):6} {sum(r.new for r in unseen):5} {mark}"
        )
    print("outcomes: " + ", ".join(f"{n} {o}" for o, n in _count(found).most_common()))
    slowest = max(found, key=lambda pair: pair[1].seconds)
    print(
        f"slowest {slowest[1].seconds:.1f} s ({_name(WAYS[slowest[0].way])}, "
        f"{slowest[0].source.name}), largest worker {max(v.memory_mb for _, v in found)} MB"
    )
    for case, verdict in found:
        if verdict.outcome in (*OURS, "timed_out", "worker_died", "out_of_memory"):
            print(f"  {verdict.outcome}: {_name(WAYS[case.way])}, {case.source.name}, {case.seed}")


def _name(way: Way) -> str:
    return f"{way.format} {way.name}"


def _count(found: Sequence[tuple[Case, Verdict]]) -> Counter[str]:
    return Counter(verdict.outcome for _, verdict in found)


def main() -> None:
    """`python -m tests.benchmarks.damage --files 3000 --seed 1`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    began = time.monotonic()
    sources = sorted([*(ROOT / "raw").glob("*.pdf"), *(ROOT / "raw").glob("*.docx")])
    sources += sorted(path for path in FIXTURES.iterdir() if path.suffix in (".pdf", ".docx"))
    found = list(run_cases(plan_cases(sources, arguments.files, arguments.seed), arguments.workers))
    print_table(found)
    bombs = run_bombs(list(BOMBS), arguments.workers)
    print("bombs: " + ", ".join(f"{name} {code}" for name, (code, _) in sorted(bombs.items())))
    print(f"all bombs {max(seconds for _, seconds in bombs.values()):.0f} s")
    read, refused = run_names(300, arguments.seed)
    print(f"names: {read} read, {refused} refused")
    bad = sum(_count(found)[outcome] for outcome in ("worker_died", "timed_out", *OURS))
    bad += sum(code in ("worker_died", *OURS) for code, _ in bombs.values())
    print(f"{len(found)} files, {time.monotonic() - began:.0f} s; crashes, hangs, unnamed: {bad}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
