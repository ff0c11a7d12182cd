"""Scores of whole rounds: `python -m tests.rounds.score 1 2 [--faults] [--published]`.

Belongs here: reading the documents of a round, linking them, holding both against what their author
expects, and pooling with intervals. A round's first run, taken before anybody looked at what went
wrong, stands in `first_runs.md`; what this prints later is a figure on documents that the code was
mended on.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path

import yaml

from extractors import read_document
from extractors.errors import DocumentError
from pipelines.doubting import hold_doubtful
from pipelines.facts import DocumentFact, DocumentFacts
from pipelines.linking import Linking, link_facts
from pipelines.reading import read_facts
from pipelines.reading.documents.genre import NOT_OF_THE_GENRE
from pipelines.sources import SourceEntry
from pipelines.vocabulary import load_vocabulary
from tests.fixtures.scoring import Row, Score, score_facts, simplify_unit, simplify_words

ROUNDS = Path(__file__).resolve().parent
RESAMPLES = 2000
KINDS = (
    "target",
    "allocation",
    "milestone",
    "report",
    "report_link",
    "responsibility",
    "identity",
    "document_link",
    "words",
)
LEAST_ALIKE = 0.4
"""Words of a target that share less with what its author wrote name something else."""


def list_round(name: str) -> list[tuple[Path, Path]]:
    """The documents of a round with their expected files."""
    folder = ROUNDS / name
    return [
        (path, folder / "expected" / f"{path.stem}.yml")
        for path in sorted((folder / "documents").iterdir())
    ]


def score_document(
    path: Path, labels: Path, *, as_published: bool = False
) -> tuple[DocumentFacts, list[Score]]:
    """What is read of a document, and how it compares with what its author expects.

    Of a document that is refused nothing is read; `as_published`, nor of what is held back.
    """
    facts = _read(path)
    if as_published:
        doubted = hold_doubtful(facts, load_vocabulary())
        is_held = bool(doubted.documents) or any(
            notice.code == NOT_OF_THE_GENRE for notice in facts.notices
        )
        facts = DocumentFacts(facts.document) if is_held else doubted.facts
    expected: Row = yaml.safe_load(labels.read_text(encoding="utf-8"))
    return facts, [
        *score_facts(facts, expected),
        score_identity(facts, expected),
        score_words(facts, expected),
    ]


def _read(path: Path) -> DocumentFacts:
    try:
        document = read_document(path)
    except DocumentError as error:
        print(f"{path.name} is refused: {error}")
        nothing = dict.fromkeys(("publisher", "region_code", "plan_year", "as_of", "pages"))
        return DocumentFacts(
            DocumentFact(path.stem, "", "", file_name=path.name, sha256="", **nothing)
        )
    return read_facts(document, SourceEntry(file_name=path.name), load_vocabulary())


def score_words(facts: DocumentFacts, expected: Row) -> Score:
    """Whether each target that was found, by value and unit, is called by the words of its author.

    Words may open with those of the clause before, or leave them out.
    """
    found, missed = 0, []
    for row in expected["targets"]:
        if row["value"] is None:
            continue
        called = [
            (target.indicator, f"{target.context}{target.indicator}")
            for target in facts.targets
            if target.value == Decimal(row["value"])
            and simplify_unit(target.unit) == simplify_unit(row["unit"])
        ]
        if not called:
            continue
        wanted = simplify_words(row["indicator"])
        if max(_likeness(wanted, words) for pair in called for words in pair) >= LEAST_ALIKE:
            found += 1
        else:
            missed.append(f"{wanted} is called {called[0][0]}")
    return Score("words", found, tuple(missed), tuple(missed))


def score_identity(facts: DocumentFacts, expected: Row) -> Score:
    """Kind, region, plan year and the day that a report speaks for."""
    document = facts.document
    kinds = (expected["kind"], *expected.get("kind_also", ()))
    pairs = {
        f"kind {expected['kind']}": (document.kind in kinds, document.kind),
        f"region {expected['region_code']}": (
            document.region_code == expected["region_code"],
            document.region_code,
        ),
        f"year {expected['plan_year']}": (
            document.plan_year == expected["plan_year"],
            document.plan_year,
        ),
        f"as_of {expected.get('as_of')}": (
            str(document.as_of) == str(expected.get("as_of")),
            document.as_of,
        ),
    }
    missed = tuple(name for name, (is_right, _) in pairs.items() if not is_right)
    invented = tuple(
        f"{name.split()[0]} {read}" for name, (is_right, read) in pairs.items() if not is_right
    )
    return Score("identity", len(pairs) - len(missed), missed, invented)


def score_links(linking: Linking, labels: Mapping[str, Row]) -> dict[str, Score]:
    """For each document whose author names links to another: which of its reports were joined.

    A report counts as joined where its target, or one that this is joined to, is the one meant:
    that of the named document, line and words.
    """
    values = {t.target_id: t for facts in linking.documents for t in facts.targets}
    twins: dict[str, set[str]] = defaultdict(set)
    for link in linking.links:
        if link.from_kind == link.to_kind == "target":
            twins[link.from_id].add(link.to_id)
            twins[link.to_id].add(link.from_id)
    scores = {}
    for facts in linking.documents:
        document_id = facts.document.document_id
        if "links" not in labels[document_id]:
            continue
        wanted = {_meant(link, labels) for link in labels[document_id]["links"]}
        joined = set()
        strange = set()
        for report in facts.reports:
            if report.target_id is None or report.value is None:
                continue
            for target_id in (report.target_id, *sorted(twins[report.target_id])):
                target = values[target_id]
                pair = (report.value, target.document_id, target.value)
                joined.add(pair)
                if target.document_id != document_id and target_id == report.target_id:
                    strange.add(pair)
        scores[document_id] = Score(
            "document_link",
            len(wanted & joined),
            tuple(" ".join(map(str, pair)) for pair in sorted(wanted - joined, key=str)),
            tuple(" ".join(map(str, pair)) for pair in sorted(strange - wanted, key=str)),
        )
    return scores


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _meant(link: Row, labels: Mapping[str, Row]) -> tuple[Decimal, str, Decimal | None]:
    """The value reported, the other document, and the value of the target meant there."""
    value = Decimal(str(link["report"]).rsplit("/", 1)[1])
    other = str(link["target_document"])
    of_line = [
        row
        for row in labels[other]["targets"]
        if link["target_item"] is None or str(row["item"]) == str(link["target_item"])
    ]
    # Authors wrote the other file's wording from memory.
    printed = max(of_line, key=lambda row: _likeness(row["indicator"], link["target_indicator"]))[
        "value"
    ]
    return value, other, Decimal(printed) if printed is not None else None


def ratios(scores: list[Score]) -> tuple[float, float]:
    """Pooled recall and precision."""
    found = sum(score.found for score in scores)
    true = found + sum(len(score.missed) for score in scores)
    read = found + sum(len(score.invented) for score in scores)
    return (found / true if true else 1.0), (found / read if read else 1.0)


def interval(scores: list[Score], which: int, seed: int = 1) -> tuple[float, float]:
    """A 95 % interval of a pooled ratio, by drawing documents anew."""
    draw = random.Random(seed)
    values = sorted(ratios(draw.choices(scores, k=len(scores)))[which] for _ in range(RESAMPLES))
    return values[int(0.025 * RESAMPLES)], values[int(0.975 * RESAMPLES) - 1]


def _tell(name: str, facts: DocumentFacts, scores: Sequence[Score], shows_faults: bool) -> None:
    line = " ".join(f"{s.kind[:6]} {s.found}/-{len(s.missed)}/+{len(s.invented)}" for s in scores)
    open_ = sum(figure.role == "unresolved" for figure in facts.figures)
    print(f"{name}/{facts.document.document_id[:30]:30} {line} unresolved {open_}")
    if not shows_faults:
        return
    for score in scores:
        for sign, rows in (("-", score.missed), ("+", score.invented)):
            for row in rows:
                print(f"      {sign} {score.kind}: {row}")


def main(names: list[str]) -> None:
    """Print the pooled table of these rounds, and each fault where asked to (`--faults`); with
    `--published`, of what is not held back."""
    as_published = "--published" in names
    shows_faults = "--faults" in names
    by_kind: dict[str, list[Score]] = defaultdict(list)
    for name in (name for name in names if not name.startswith("--")):
        read: list[DocumentFacts] = []
        labels: dict[str, Row] = {}
        scored: dict[str, list[Score]] = {}
        for path, expected in list_round(name):
            facts, scores = score_document(path, expected, as_published=as_published)
            read.append(facts)
            labels[path.stem] = yaml.safe_load(expected.read_text(encoding="utf-8"))
            scored[path.stem] = scores
        for document_id, score in score_links(link_facts(read, load_vocabulary()), labels).items():
            scored[document_id].append(score)
        for facts in read:
            scores = scored[facts.document.document_id]
            _tell(name, facts, scores, shows_faults)
            for score in scores:
                by_kind[score.kind].append(score)
    print("| | recall | 95 % | precision | 95 % | found | missed | invented |")
    for kind in KINDS:
        scores = by_kind[kind]
        recall, precision = ratios(scores)
        low, high = interval(scores, 0)
        bottom, top = interval(scores, 1)
        missed = sum(len(score.missed) for score in scores)
        invented = sum(len(score.invented) for score in scores)
        found = sum(score.found for score in scores)
        print(
            f"| {kind} | {recall:.3f} | {low:.2f}–{high:.2f} | {precision:.3f} "
            f"| {bottom:.2f}–{top:.2f} | {found} | {missed} | {invented} |"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
