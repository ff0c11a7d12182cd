"""Holds what was read of a document against the gold labels: precision and recall per role.

Belongs here: loading labels, pairing them with what was read, the counts, and each fault by name.
Does not belong here: which faults are known (see `tests.facts`).
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from pipelines.facts import DocumentFacts, Figure

GOLD = Path(__file__).parent
MEASURES = ("target", "allocation", "milestone", "report", "scope")


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """A labelled number. `left` and `right` are the printed characters around it."""

    left: str
    right: str
    as_printed: str
    value: Decimal | None
    unit: str
    comparator: str
    role: str
    certainty: str


@dataclass(slots=True)
class Score:
    """Counts of one class: right, read though not labelled so, labelled though not read so."""

    right: int = 0
    spurious: int = 0
    missed: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        read = self.right + self.spurious
        return self.right / read if read else 1.0

    @property
    def recall(self) -> float:
        labelled = self.right + self.missed
        return self.right / labelled if labelled else 1.0

    def add(self, other: Score) -> None:
        """Take in the counts of another document."""
        self.right += other.right
        self.spurious += other.spurious
        self.missed += other.missed
        self.faults.extend(other.faults)


def read_labels(path: Path) -> list[dict[str, str]]:
    """The rows of a label file without its explaining comments."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def load_figures(document_id: str) -> list[GoldFigure]:
    """The labelled numbers of a document in reading order."""
    figures = []
    for row in read_labels(GOLD / "figures" / f"{document_id}.csv"):
        left, _, rest = row["context"].partition("[" + row["as_printed"] + "]")
        figures.append(
            GoldFigure(
                left=left,
                right=rest,
                as_printed=row["as_printed"],
                value=Decimal(row["value"]) if row["value"] else None,
                unit=row["unit"],
                comparator=row["comparator"],
                role=row["role"],
                certainty=row["certainty"],
            )
        )
    return figures


def _key(printed: str) -> str:
    digits = re.sub(r"[^0-9０-９]", "", printed)
    return digits.translate(str.maketrans("０１２３４５６７８９", "0123456789")) or printed[:1]


def _around(figure: Figure) -> tuple[str, str]:
    """The characters left and right of a figure in its context, white space dropped."""
    start = min(12, figure.char_start)
    left = figure.context[:start]
    right = figure.context[start + figure.char_end - figure.char_start :]
    return re.sub(r"\s", "", left), re.sub(r"\s", "", right)


def pair_figures(
    figures: Sequence[Figure], gold: Sequence[GoldFigure]
) -> list[tuple[Figure | None, GoldFigure | None]]:
    """Each label with the figure that it labels: same digits, likest surroundings, same order."""
    read_by_key: dict[str, list[Figure]] = defaultdict(list)
    gold_by_key: dict[str, list[GoldFigure]] = defaultdict(list)
    for figure in figures:
        read_by_key[_key(re.sub(r"\s", "", figure.as_printed))].append(figure)
    for label in gold:
        gold_by_key[_key(label.as_printed)].append(label)
    pairs: list[tuple[Figure | None, GoldFigure | None]] = []
    for key in {**gold_by_key, **read_by_key}:
        read, labels = read_by_key[key], gold_by_key[key]
        ranked = sorted(
            (-_likeness(figure, label), abs(i - j), i, j)
            for i, figure in enumerate(read)
            for j, label in enumerate(labels)
        )
        taken_read: set[int] = set()
        taken_labels: set[int] = set()
        for _, _, i, j in ranked:
            if i not in taken_read and j not in taken_labels:
                taken_read.add(i)
                taken_labels.add(j)
                pairs.append((read[i], labels[j]))
        pairs.extend((f, None) for i, f in enumerate(read) if i not in taken_read)
        pairs.extend((None, g) for j, g in enumerate(labels) if j not in taken_labels)
    return pairs


def _likeness(figure: Figure, label: GoldFigure) -> int:
    left, right = _around(figure)
    count = 0
    for one, other in zip(reversed(left), reversed(label.left), strict=False):
        if one != other:
            break
        count += 1
    printed = re.sub(r"\s", "", figure.as_printed) + right
    for one, other in zip(printed, label.as_printed + label.right, strict=False):
        if one != other:
            break
        count += 1
    return count


def score_figures(facts: DocumentFacts) -> dict[str, Score]:
    """Scores of a document's ledger: `presence`, `value`, `unit`, `comparator` (of
    targets and reports), `role`, and each role."""
    document_id = facts.document.document_id
    scores: dict[str, Score] = defaultdict(Score)
    comparators = {
        fact.figure_id: fact.comparator
        for fact in (*facts.targets, *facts.reports)
        if fact.figure_id is not None
    }
    for figure, label in pair_figures(facts.figures, load_figures(document_id)):
        if label is None:
            assert figure is not None
            _miss(scores["presence"], "spurious", f"{figure.figure_id} {figure.context!r}")
            continue
        if label.certainty == "optional":
            continue
        where = f"{document_id} …{label.left}[{label.as_printed}]{label.right}…"
        if figure is None:
            _miss(scores["presence"], "missed", where)
            continue
        scores["presence"].right += 1
        if label.role in MEASURES:
            _compare(scores["value"], figure.value == label.value, f"{where}: {figure.value}")
            _compare(scores["unit"], (figure.unit or "") == label.unit, f"{where}: {figure.unit}")
            if figure.figure_id in comparators:
                compared = comparators[figure.figure_id]
                _compare(scores["comparator"], compared == label.comparator, f"{where}: {compared}")
        if label.certainty:
            continue
        _compare(scores["role"], figure.role == label.role, "")
        if figure.role == label.role:
            scores[f"role {label.role}"].right += 1
        else:
            fault = f"{where}: {figure.role}, not {label.role}"
            _miss(scores[f"role {label.role}"], "missed", fault)
            _miss(scores[f"role {figure.role}"], "spurious", "")
    return dict(scores)


def _compare(score: Score, is_right: bool, fault: str) -> None:
    if is_right:
        score.right += 1
    else:
        score.missed += 1
        score.spurious += 1
        if fault:
            score.faults.append(fault)


def _miss(score: Score, side: str, fault: str) -> None:
    setattr(score, side, getattr(score, side) + 1)
    if fault:
        score.faults.append(f"{side}: {fault}")


def score_facts(
    name: str,
    facts: DocumentFacts,
    read: Iterable[tuple[object, ...]],
    label_key: Callable[[dict[str, str]], tuple[object, ...] | None],
) -> Score:
    """Score facts as a multiset of keys. `label_key` gives None for a row that is not scored;
    a key read beyond the labels counts as spurious unless an unscored row allows it."""
    document_id = facts.document.document_id
    rows = read_labels(GOLD / "facts" / f"{document_id}.{name}.csv")
    labelled: Counter[tuple[object, ...]] = Counter()
    for row in rows:
        key = label_key(row)
        if key is not None:
            labelled[key] += 1
    found = Counter(read)
    score = Score(right=(labelled & found).total())
    for key, count in (labelled - found).items():
        score.missed += count
        score.faults += [f"missed: {_spell_key(key)}"] * count
    for key, count in (found - labelled).items():
        score.spurious += count
        score.faults += [f"spurious: {_spell_key(key)}"] * count
    return score


def _spell_key(key: tuple[object, ...]) -> str:
    return " ".join(str(part) for part in key if part not in (None, ""))


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _without_possible(
    read: Iterable[tuple[object, ...]], possible: Counter[tuple[object, ...]]
) -> list[tuple[object, ...]]:
    """What was read, less one for each label that can be defended but is not scored."""
    left = Counter(possible)
    kept = []
    for key in read:
        if left[key]:
            left[key] -= 1
        else:
            kept.append(key)
    return kept


def score_targets(facts: DocumentFacts) -> Score:
    """Quantified promises, by item, value, unit and comparator."""
    numbers = {c.commitment_id: c.item_no for c in facts.commitments}
    read = [
        (numbers[t.commitment_id], t.value, t.unit or "", t.comparator)
        for t in facts.targets
        if t.value is not None
    ]

    def key(row: dict[str, str]) -> tuple[object, ...]:
        return (row["item_no"], _decimal(row["value"]), row["unit"], row["comparator"])

    rows = read_labels(GOLD / "facts" / f"{facts.document.document_id}.targets.csv")
    kept = _without_possible(read, Counter(key(row) for row in rows if row["certainty"]))
    return score_facts(
        "targets", facts, kept, lambda r: None if r["certainty"] or not r["value"] else key(r)
    )


def score_allocations(facts: DocumentFacts) -> Score:
    """Shares of regions, by item, line, region, value and unit."""
    suffixes = (a.target_id.rpartition("/")[2].partition(".") for a in facts.allocations)
    read = [
        (item, line, a.region, a.value, a.unit)
        for (item, _, line), a in zip(suffixes, facts.allocations, strict=True)
    ]
    return score_facts(
        "allocations",
        facts,
        read,
        lambda r: (r["item_no"], r["line"], r["region"], Decimal(r["value"]), r["unit"]),
    )


def score_milestones(facts: DocumentFacts) -> Score:
    """Steps with a number, by item, day, and value or share; a figure is counted once."""
    numbers = {c.commitment_id: c.item_no for c in facts.commitments}
    target_units = {t.target_id: t.unit for t in facts.targets}
    seen = set()
    read: list[tuple[object, ...]] = []
    for m in facts.milestones:
        if m.figure_id is None or m.figure_id in seen:
            continue
        seen.add(m.figure_id)
        share = m.expected_share if target_units.get(m.target_id or "") != "%" else None
        value = None if share is not None else m.expected_value
        read.append((numbers[m.commitment_id], str(m.due_on), value, share))

    def key(row: dict[str, str]) -> tuple[object, ...]:
        numbers = (_decimal(row["expected_value"]), _decimal(row["expected_share"]))
        return (row["item_no"], row["due_on"], *numbers)

    rows = read_labels(GOLD / "facts" / f"{facts.document.document_id}.milestones.csv")
    kept = _without_possible(read, Counter(key(row) for row in rows if row["certainty"]))
    return score_facts(
        "milestones",
        facts,
        kept,
        lambda r: (
            None if r["certainty"] or not (r["expected_value"] or r["expected_share"]) else key(r)
        ),
    )


def score_reports(facts: DocumentFacts) -> Score:
    """Figures reported as done, by item where rows have one, value, unit, comparator, and the day
    where the source names one."""
    numbers = {c.commitment_id: c.item_no for c in facts.commitments}
    read = [
        (
            numbers.get(r.commitment_id or "", "") or "",
            *(r.value, r.unit or "", r.comparator, str(r.as_of)),
        )
        for r in facts.reports
        if r.value is not None
    ]
    score = Score()
    rows = read_labels(GOLD / "facts" / f"{facts.document.document_id}.reports.csv")
    for row in sorted(rows, key=lambda row: bool(row["certainty"])):
        wanted = (_decimal(row["value"]), row["unit"], row["comparator"])
        match = next(
            (
                other
                for other in read
                if other[0] == row.get("item_no", "")
                and other[1:4] == wanted
                and row["as_of"] in ("", other[4])
            ),
            None,
        )
        if match is not None:
            read.remove(match)
            score.right += not row["certainty"]
        elif not row["certainty"]:
            score.missed += 1
            score.faults.append(f"missed: {_spell_key((*wanted, row['as_of'], row['indicator']))}")
    score.spurious = len(read)
    score.faults += [f"spurious: {_spell_key(other)}" for other in read]
    return score


SCORED_FACTS = {
    "targets": score_targets,
    "allocations": score_allocations,
    "milestones": score_milestones,
    "reports": score_reports,
}


def score_document(facts: DocumentFacts) -> dict[str, Score]:
    """Every score of a document: its ledger, and the facts that it has labels for."""
    scores = score_figures(facts)
    for name, score in SCORED_FACTS.items():
        if (GOLD / "facts" / f"{facts.document.document_id}.{name}.csv").exists():
            scores[name] = score(facts)
    return scores
