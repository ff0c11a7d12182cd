"""Labelled facts as records, so that linking is scored apart from reading.

The gold labels of the five documents (`tests/gold`) and the invented cases beside this file become
`DocumentFacts`, in the shape that reading yields. Nothing here knows which links are right until
`score` compares.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from rapidfuzz import fuzz

from pipelines.facts import Commitment, DocumentFact, DocumentFacts, Report, Target
from pipelines.linking import Linking

HERE = Path(__file__).parent
GOLD = HERE.parents[1] / "gold"

CITY, YUHANG, BINJIANG = "330100", "330110", "330108"
PLANS = {
    "2023-hangzhou-district-breakdown": ("allocation_table", CITY, 2023),
    "2023-yuhang-voting-list": ("voting_list", YUHANG, 2023),
    "2024-binjiang-q1-progress": ("progress_report", BINJIANG, 2024),
    "2024-hangzhou-responsibility-list": ("responsibility_list", CITY, 2024),
}
CASES = {
    "north": "130100",
    "south": "430100",
    "east": "320500",
    "west": "520100",
    "river": "420500",
    "hill": "530100",
    "coast": "350200",
    "lake": "420700",
    "moor": "450300",
    "cape": "370200",
}
"""Invented cases and the city that each is set in."""
SHARE_DISTRICTS = dict.fromkeys(CASES, "02") | {"east": "05", "coast": "03"}
ARTICLE = "2024-hangzhou-year-end-results"


@dataclass(frozen=True)
class Label:
    """What a person says of one figure: the targets that it may be joined to, if any."""

    from_id: str
    certain: frozenset[str]
    possible: frozenset[str]
    to_document: str | None
    words: str


@dataclass(frozen=True)
class Score:
    """How linking did. `wrong` and `missed` name the pairs."""

    right: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.wrong)) if self.right else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missed)) if self.right else 0.0

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.3f}, recall {self.recall:.3f} "
            f"({self.right} right, {len(self.wrong)} wrong, {len(self.missed)} missed)"
        )


def read_csv(path: Path) -> list[dict[str, str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    return list(csv.DictReader(lines))


def make_document(
    document_id: str, kind: str, region: str, year: int, as_of: date | None = None
) -> DocumentFact:
    return DocumentFact(
        document_id, document_id, kind, None, region, year, as_of, document_id, "", None
    )


def make_line(document: DocumentFact, item: str, title: str) -> Commitment:
    return Commitment(
        commitment_id=f"{document.document_id}/{item}",
        document_id=document.document_id,
        item_no=item,
        category=None,
        title=title,
        detail=None,
        region_code=document.region_code,
        plan_year=document.plan_year,
        due_on=None,
        page=None,
        table_no=None,
        row_no=None,
        as_printed=title,
    )


def make_target(line: Commitment, number: int, row: dict[str, str]) -> Target:
    return Target(
        target_id=f"{line.commitment_id}.{number}",
        commitment_id=line.commitment_id,
        document_id=line.document_id,
        region_code=line.region_code,
        plan_year=line.plan_year,
        indicator=row["indicator"],
        indicator_id=None,
        value=Decimal(row["value"]) if row["value"] else None,
        unit=row["unit"] or None,
        comparator=row.get("comparator") or "=",
        base_value=None,
        base_unit=None,
        as_printed=row["indicator"],
        figure_id=None,
    )


def make_report(
    document: DocumentFact, number: int, row: dict[str, str], text: str, part_of: str | None
) -> Report:
    return Report(
        report_id=f"{document.document_id}#{number}",
        document_id=document.document_id,
        commitment_id=None,
        target_id=None,
        region_code=document.region_code,
        as_of=None,
        indicator=row["indicator"],
        value=Decimal(row["value"]),
        unit=row["unit"] or None,
        comparator=row.get("comparator") or "=",
        as_printed=row["indicator"],
        text=text,
        figure_id=None,
        part_of=part_of,
    )


def gold_documents() -> tuple[DocumentFacts, ...]:
    """The five documents as labelled: the plans with their targets, the article with reports."""
    documents = [_gold_plan(document_id) for document_id in PLANS]
    return (*documents, _gold_article())


def _gold_plan(document_id: str) -> DocumentFacts:
    kind, region, year = PLANS[document_id]
    document = make_document(document_id, kind, region, year)
    rows = read_csv(GOLD / "facts" / f"{document_id}.targets.csv")
    lines: dict[str, Commitment] = {}
    targets: list[Target] = []
    for row in rows:
        place = row["item_no"] + ("/" + row["row"] if "title" in row else "")
        title = row.get("title") or "，".join(
            other["indicator"] for other in rows if other["item_no"] == row["item_no"]
        )
        line = lines.setdefault(place, make_line(document, place, title))
        targets.append(make_target(line, int(row["nth"]), row))
    return DocumentFacts(document, tuple(lines.values()), tuple(targets))


def _gold_article() -> DocumentFacts:
    document = make_document(ARTICLE, "results_article", CITY, 2024, date(2024, 12, 31))
    contexts = {
        row["as_printed"]: row["context"]
        for row in read_csv(GOLD / "figures" / f"{ARTICLE}.csv")
        if row["role"] == "report"
    }
    rows = read_csv(GOLD / "facts" / f"{ARTICLE}.reports.csv")
    reports = tuple(
        make_report(
            document,
            int(row["nth"]),
            row,
            contexts.get(f"{row['value']}{row['unit']}", row["indicator"]),
            row["part_of"] or None,
        )
        for row in rows
    )
    return DocumentFacts(document, reports=reports)


def gold_labels() -> tuple[Label, ...]:
    """The labelled links of `tests/gold/links.csv`, one label a figure and document."""
    ids = {
        (target.document_id, target.target_id.split("/")[1], target.target_id.rsplit(".", 1)[1]): (
            target.target_id
        )
        for facts in gold_documents()
        for target in facts.targets
    }

    def target_of(document_id: str, item: str, nth: str) -> str:
        if document_id.endswith("breakdown"):
            return f"{document_id}/{item}.{nth}"
        if document_id.endswith("list") and document_id.startswith("2024"):
            item = item.split("/")[0]
        return ids.get((document_id, item, nth), f"{document_id}/{item}.{nth}")

    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in read_csv(GOLD / "links.csv"):
        if row["kind"] == "result_of":
            from_id = f"{ARTICLE}#{row['from_nth']}"
        else:
            from_id = target_of(row["from_document"], row["from_item"], row["from_nth"])
        found.setdefault((from_id, row["from_indicator"]), []).append(row)
    labels: list[Label] = []
    for (from_id, words), rows in found.items():
        ends = [
            (target_of(row["to_document"], row["to_item"], row["to_nth"]), row["certainty"])
            for row in rows
            if row["to_document"]
        ]
        labels.append(
            Label(
                from_id,
                frozenset(end for end, certainty in ends if not certainty),
                frozenset(end for end, certainty in ends if certainty),
                rows[0]["to_document"] or None,
                words,
            )
        )
    return tuple(labels)


def invented_documents() -> tuple[tuple[DocumentFacts, ...], tuple[Label, ...]]:
    """The invented cases: for each a plan, and what reports on it, shares in it or follows it."""
    documents: list[DocumentFacts] = []
    labels: list[Label] = []
    facts_rows = read_csv(HERE / "invented_facts.csv")
    regions = CASES
    shares = {case: region[:4] + SHARE_DISTRICTS[case] for case, region in CASES.items()}
    years = {"result_of": 2024, "share_of": 2024, "year": 2025}
    for case, region in regions.items():
        plan = make_document(f"{case}-plan", "responsibility_list", region, 2024)
        rows = [row for row in read_csv(HERE / "invented_targets.csv") if row["case"] == case]
        titles = list(dict.fromkeys(row["title"] for row in rows))
        lines = [make_line(plan, str(n), title) for n, title in enumerate(titles, start=1)]
        targets = tuple(
            make_target(lines[titles.index(row["title"])], int(row["key"]), row) for row in rows
        )
        keys = {target.target_id.rsplit(".", 1)[1]: target.target_id for target in targets}
        documents.append(DocumentFacts(plan, tuple(lines), targets))
        for kind, year in years.items():
            chosen = [row for row in facts_rows if (row["case"], row["kind"]) == (case, kind)]
            if not chosen:
                continue
            place = shares[case] if kind == "share_of" else region
            document = make_document(
                f"{case}-{kind}",
                "results_article" if kind == "result_of" else "voting_list",
                place,
                year,
            )
            ids: list[str] = []
            if kind == "result_of":
                reports = tuple(
                    make_report(document, n, row, row["indicator"], row["part_of"] or None)
                    for n, row in enumerate(chosen, start=1)
                )
                ids = [report.report_id for report in reports]
                documents.append(DocumentFacts(document, reports=reports))
            else:
                own = [
                    make_line(document, str(n), f"{row['indicator']}{row['value']}{row['unit']}")
                    for n, row in enumerate(chosen, start=1)
                ]
                made = tuple(
                    make_target(line, 1, row) for line, row in zip(own, chosen, strict=True)
                )
                ids = [target.target_id for target in made]
                documents.append(DocumentFacts(document, tuple(own), made))
            for from_id, row in zip(ids, chosen, strict=True):
                ends = frozenset({keys[row["to_key"]]} if row["to_key"] else ())
                is_certain = not row["certainty"]
                labels.append(
                    Label(
                        from_id,
                        ends if is_certain else frozenset(),
                        frozenset() if is_certain else ends,
                        plan.document_id,
                        f"{case} {kind} {row['indicator']}",
                    )
                )
    return tuple(documents), tuple(labels)


def score(linking: Linking, labels: Iterable[Label], documents: Iterable[str]) -> Score:
    """Counts the links of labelled figures to targets of these documents.

    A link is right if it is labelled, wrong if the label names none or another; where the label is
    possible, nothing counts.
    """
    judged = set(documents)
    words = {
        target.target_id: target.indicator
        for facts in linking.documents
        for target in facts.targets
    }
    made: dict[str, set[str]] = {}
    for link in linking.links:
        if link.to_kind == "target" and _document_of(link.to_id, linking) in judged:
            made.setdefault(link.from_id, set()).add(link.to_id)
    right = 0
    wrong: list[str] = []
    missed: list[str] = []
    for label in labels:
        for to_id in sorted(made.get(label.from_id, ())):
            if to_id in label.certain:
                right += 1
            elif to_id not in label.possible:
                wrong.append(f"{label.words} -> {words[to_id]}")
        missed.extend(
            f"{label.words} -> {words.get(to_id, to_id)}"
            for to_id in sorted(label.certain - made.get(label.from_id, set()))
        )
    return Score(right, tuple(wrong), tuple(missed))


def score_read(linking: Linking) -> Score:
    """Scores the gold links on facts as they are read.

    A labelled figure is the fact of its document with the same value and the most similar words.
    """
    facts = {
        f.document.document_id: [
            *((t.target_id, t.indicator, t.value) for t in f.targets),
            *(
                (r.report_id, r.indicator, r.value)
                for r in f.reports
                if r.target_id is None or (f.document.document_id == ARTICLE)
            ),
        ]
        for f in linking.documents
    }

    def find(document_id: str, words: str, value: str) -> str | None:
        wanted = Decimal(value) if value else None
        same = [fact for fact in facts.get(document_id, ()) if fact[2] == wanted]
        best = max(same, key=lambda fact: fuzz.ratio(fact[1], words), default=None)
        return best[0] if best else None

    labels: dict[str, list[tuple[str | None, str]]] = {}
    judged: dict[str, tuple[str, str]] = {}
    missing: list[str] = []
    for row in read_csv(GOLD / "links.csv"):
        from_id = find(row["from_document"], row["from_indicator"], row["from_value"])
        to_id = find(row["to_document"], row["to_indicator"], row["to_value"])
        if from_id is None:
            if row["to_document"] and not row["certainty"]:
                missing.append(row["from_indicator"])
            continue
        labels.setdefault(from_id, []).append((to_id, row["certainty"]))
        judged[from_id] = (row["to_document"], row["from_indicator"])
    result = score(
        linking,
        [
            Label(
                from_id,
                frozenset(end for end, certainty in ends if end and not certainty),
                frozenset(end for end, certainty in ends if end and certainty),
                judged[from_id][0] or None,
                judged[from_id][1],
            )
            for from_id, ends in labels.items()
        ],
        PLANS.keys() - {"2023-yuhang-voting-list", "2024-binjiang-q1-progress"},
    )
    return Score(result.right, result.wrong, (*result.missed, *missing))


def _document_of(target_id: str, linking: Linking) -> str:
    return next(_documents_with(target_id, linking), "")


def _documents_with(target_id: str, linking: Linking) -> Iterator[str]:
    for facts in linking.documents:
        if any(target.target_id == target_id for target in facts.targets):
            yield facts.document.document_id
