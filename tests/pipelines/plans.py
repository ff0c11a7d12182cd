"""Small plans as JSON files, and a stand-in for reading them: what a run does with documents is
tested here without any PDF. `read_plan` is the reader, `understand_plan` the meaning."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from extractors.records import Document, Line, Paragraph
from pipelines.checks import Layer, Outcome, Severity, load_rules
from pipelines.facts import (
    Allocation,
    Commitment,
    DocumentFact,
    DocumentFacts,
    Figure,
    Milestone,
    Target,
)
from pipelines.inventory import document_id_of, hash_file
from pipelines.run import release
from pipelines.run.intake import Folders

REGIONS = ("330102", "330105", "330106", "330108")


class Refused(Exception):
    """What a reader says of a file that it cannot read."""

    code = "unreadable"
    message = "It is damaged. Save it anew."


LAYERS_LOOKED_AT = (Layer.ARITHMETIC, Layer.COMPLETENESS)


def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a run read plans, quickly: in this process, by the rules that plans can break.

    The code counts as unchanged, even while somebody edits it.
    """
    rules = tuple(rule for rule in load_rules() if rule.layer in LAYERS_LOOKED_AT)
    monkeypatch.setattr("pipelines.reading.read_facts", understand_plan)
    monkeypatch.setattr("pipelines.run.intake.extract.__defaults__", (None, read_plan))
    monkeypatch.setattr("pipelines.run.intake.CODE", ())
    monkeypatch.setattr("pipelines.run.extraction.run_in_workers", run_here)
    monkeypatch.setattr("pipelines.checks.runner.load_rules", lambda: rules)


def run_here(
    work: Callable[[Any], Any], items: Sequence[Any], *_: object
) -> Iterator[tuple[int, Any]]:
    """What workers do, without processes and limits."""
    for position, item in enumerate(items):
        yield position, work(item)


def ask(folders: Folders, question: str) -> list[tuple[Any, ...]]:
    """What a published file answers."""
    with duckdb.connect(str(folders.warehouse), read_only=True) as connection:
        return connection.execute(question).fetchall()


def break_no_documents_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a critical rule fail for a row that belongs to no document."""
    evaluate = release.run_checks

    def evaluate_and_break(path: Path, **more: Any) -> tuple[Outcome, ...]:
        outcomes = evaluate(path, **more)
        rule = next(o.rule for o in outcomes if o.rule.severity is Severity.CRITICAL)
        broken = Outcome(rule, False, 1, ({"unit": "?"},))
        return tuple(broken if outcome.rule is rule else outcome for outcome in outcomes)

    monkeypatch.setattr(release, "run_checks", evaluate_and_break)


@dataclass
class Plan:
    """One target, its shares, and a step; `hidden` digits are printed and stand in no ledger."""

    target: int = 100
    shares: tuple[int, ...] = (40, 60)
    step_due_on: str = "2024-06-30"
    hidden: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    def write(self, folder: Path, name: str) -> Path:
        """Put the plan where a source lies."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}.plan"
        content = {
            "target": self.target,
            "shares": self.shares,
            "step_due_on": self.step_due_on,
            "hidden": self.hidden,
            **self.extra,
        }
        path.write_text(json.dumps(content))
        return path


def read_plan(path: Path) -> Document:
    """The document of a plan: its printed numbers, one a word, and the plan for what comes next."""
    text = path.read_text()
    if not text.startswith("{"):
        raise Refused
    plan = json.loads(text)
    printed = " ".join([*(str(n) for n in (plan["target"], *plan["shares"])), plan["hidden"]])
    return Document(
        name=path.name,
        format="plan",
        sha256=hash_file(path),
        blocks=(Paragraph((Line(text),)),),
        pages=None,
        characters=(printed,),
    )


def understand_plan(document: Document, *_: object) -> DocumentFacts:
    """The facts of a plan."""
    plan = json.loads(document.paragraphs[0].text)
    if plan.get("fails"):
        raise ValueError("no such thing")
    name = document_id_of(document.name)
    line, target = f"{name}/1", f"{name}/1.1"
    numbers = (plan["target"], *plan["shares"])
    figures = tuple(
        Figure(
            figure_id=f"{name}/figure/{number}",
            document_id=name,
            page=None,
            table_no=1,
            row_no=1,
            col_no=number + 1,
            char_start=0,
            char_end=len(str(value)),
            as_printed=str(value),
            value=Decimal(value),
            unit="个",
            role="allocation" if number else "target",
            rule="column:plan",
            fact_id=target,
            context=str(value),
            x0=None,
            top=None,
            x1=None,
            bottom=None,
        )
        for number, value in enumerate(numbers)
    )
    targets = tuple(
        Target(
            target_id=target,
            commitment_id=line,
            document_id=name,
            region_code="330100",
            plan_year=2024,
            indicator="新增停车位",
            indicator_id=None,
            value=Decimal(plan["target"]),
            unit="个",
            comparator="=",
            base_value=Decimal(plan["target"]),
            base_unit="个",
            as_printed=str(plan["target"]),
            figure_id=figures[0].figure_id,
        )
        for _ in range(plan.get("copies", 1))
    )
    return DocumentFacts(
        document=DocumentFact(
            document_id=name,
            title=f"Plan {name}",
            kind="allocation_table",
            publisher=None,
            region_code="330100",
            plan_year=2024,
            as_of=None,
            file_name=document.name,
            sha256=document.sha256,
            pages=None,
        ),
        commitments=(
            Commitment(
                commitment_id=line,
                document_id=name,
                item_no="1",
                category=None,
                title="新增停车位",
                detail=None,
                region_code="330100",
                plan_year=2024,
                due_on=date(2024, 11, 30),
                page=None,
                table_no=1,
                row_no=1,
                as_printed="新增停车位",
            ),
        ),
        targets=targets,
        allocations=tuple(
            Allocation(
                target_id=target,
                region_code=region,
                region=region,
                value=Decimal(value),
                unit="个",
                as_printed=str(value),
                figure_id=figure.figure_id,
            )
            for region, value, figure in zip(REGIONS, plan["shares"], figures[1:], strict=False)
        ),
        milestones=(
            Milestone(
                milestone_id=f"{line}/step/1",
                commitment_id=line,
                target_id=None,
                document_id=name,
                starts_on=None,
                due_on=date.fromisoformat(plan["step_due_on"]),
                expected_value=None,
                expected_share=None,
                unit=None,
                comparator="=",
                is_cumulative=True,
                text="完成",
                as_printed="完成",
                figure_id=None,
            ),
        ),
        figures=figures,
    )
