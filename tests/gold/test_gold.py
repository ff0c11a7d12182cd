"""The five documents against their gold labels: the table of scores, and what holds without fault.

Each single fault is held by `tests/facts/test_known_faults.py`.
"""

from __future__ import annotations

from functools import cache

import pytest

from tests.gold.scoring import GOLD, Score, score_document
from tests.read_documents import facts_of, list_sources

DOCUMENTS = {path.stem: path for path in list_sources()}
LABELLED = sorted(path.stem for path in (GOLD / "figures").glob("*.csv"))


@cache
def totals() -> dict[str, Score]:
    """The scores over all documents."""
    scores: dict[str, Score] = {}
    for document_id in LABELLED:
        for name, score in score_document(facts_of(DOCUMENTS[document_id])).items():
            scores.setdefault(name, Score()).add(score)
    return scores


def print_table(scores: dict[str, Score]) -> None:
    print(f"\n{'':18}{'right':>7}{'spurious':>10}{'missed':>8}{'precision':>11}{'recall':>8}")
    for name, score in sorted(scores.items()):
        print(
            f"{name:18}{score.right:7}{score.spurious:10}{score.missed:8}"
            f"{score.precision:11.4f}{score.recall:8.4f}"
        )


def test_every_printed_number_is_in_the_ledger_once(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print_table(totals())
    assert totals()["presence"].recall == 1
    assert totals()["presence"].precision == 1


def test_nothing_is_unresolved() -> None:
    unresolved = [
        figure.figure_id
        for document_id in LABELLED
        for figure in facts_of(DOCUMENTS[document_id]).figures
        if figure.role == "unresolved"
    ]
    assert unresolved == []
