"""What an article says in words follows the figures that stand in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipelines.facts import DocumentFacts
from pipelines.linking.following import follow_figures
from tests.pipelines.reading.documents import read

LINES = {"plan/1.1": "plan/1", "plan/1.2": "plan/1", "plan/2.1": "plan/2"}


def article(*targets: str | None) -> DocumentFacts:
    """One sentence that reports two figures, joined to these targets."""
    facts = read("衢州市2024年民生实事成绩单", "全市新建公园30个，新增托位500个。")
    reports = zip(facts.reports, targets, strict=True)
    return replace(facts, reports=tuple(replace(r, target_id=t) for r, t in reports))


@pytest.mark.parametrize(
    ("targets", "line", "target"),
    [
        (("plan/1.1", "plan/1.1"), "plan/1", "plan/1.1"),
        (("plan/1.1", None), "plan/1", "plan/1.1"),
        (("plan/1.1", "plan/1.2"), "plan/1", None),
        (("plan/1.1", "plan/2.1"), None, None),
        ((None, None), None, None),
    ],
)
def test_a_sentence_is_of_what_its_figures_are_of(
    targets: tuple[str | None, ...], line: str | None, target: str | None
) -> None:
    [statement] = follow_figures(article(*targets), LINES)
    assert (statement.commitment_id, statement.target_id) == (line, target)


def test_a_statement_that_has_a_line_keeps_it() -> None:
    facts = article("plan/1.1", "plan/1.1")
    known = replace(facts.statements[0], commitment_id="plan/9")
    assert follow_figures(replace(facts, statements=(known,)), LINES) == (known,)
