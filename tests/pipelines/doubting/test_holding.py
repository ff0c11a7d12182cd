"""What a guard doubts is kept back: the line alone, or the document where too little stands."""

from __future__ import annotations

import json
from dataclasses import replace

from pipelines.doubting import hold_doubtful, list_readings
from pipelines.facts import DocumentFacts
from pipelines.vocabulary import load_vocabulary
from tests.pipelines.reading.documents import read

HEADER = ["序号", "项目名称", "目标任务", "完成时限", "责任单位"]
RIGHT = ["{n}", "凉亭", "新建凉亭5座", "11月底", "民政局"]
WRONG = ["{n}", "公厕", "公厕达标率120%，新建公厕9座", "11月底", "民政局"]


def plan(*rows: list[str]) -> DocumentFacts:
    numbered = [[row[0].format(n=n), *row[1:]] for n, row in enumerate(rows, start=1)]
    return read("松江区2031年民生实事责任清单", [HEADER, *numbered], region="310117")


def test_a_doubtful_line_is_taken_out_with_all_its_facts() -> None:
    facts = plan(RIGHT, WRONG, RIGHT)
    doubted = hold_doubtful(facts, load_vocabulary())
    [held] = doubted.lines
    line = facts.commitments[1].commitment_id
    assert (held.commitment_id, held.item_no, held.document_id) == (
        line,
        "2",
        facts.document.document_id,
    )
    assert "more than the whole" in held.reasons
    kept = doubted.facts
    assert [c.item_no for c in kept.commitments] == ["1", "3"]
    for facts_of_a_kind in (kept.targets, kept.milestones, kept.responsibilities, kept.statements):
        assert all(fact.commitment_id != line for fact in facts_of_a_kind)


def test_its_figures_stay_in_the_ledger_as_held() -> None:
    facts = plan(RIGHT, WRONG, RIGHT)
    targets = {t.target_id for t in facts.targets if t.commitment_id.endswith("/2")}
    stated = {f.figure_id for f in facts.figures if f.fact_id in targets}
    kept = hold_doubtful(facts, load_vocabulary()).facts
    assert len(kept.figures) == len(facts.figures)
    held = {f.figure_id for f in kept.figures if f.role == "held"}
    assert held == stated
    assert stated
    assert all(f.fact_id is None for f in kept.figures if f.role == "held")


def test_what_was_read_of_it_can_be_looked_at() -> None:
    [held] = hold_doubtful(plan(RIGHT, WRONG, RIGHT), load_vocabulary()).lines
    read_of_it = json.loads(held.as_read)
    assert read_of_it["title"] == "公厕"
    assert [target["value"] for target in read_of_it["targets"]] == ["120", "9"]
    assert read_of_it["bodies"] == ["民政局"]


def test_a_signed_reading_goes_out_and_another_reading_is_another_hash() -> None:
    facts = plan(RIGHT, WRONG, RIGHT)
    [held] = hold_doubtful(facts, load_vocabulary()).lines
    signed = {(held.document_id, held.reading)}
    assert hold_doubtful(facts, load_vocabulary(), signed).facts == facts
    assert held.reading in list_readings(facts)

    targets = tuple(replace(t, value=(t.value or 0) + 1) for t in facts.targets)
    other = replace(facts, targets=targets)
    assert hold_doubtful(other, load_vocabulary(), signed).lines
    assert held.reading not in list_readings(other)


def test_where_most_lines_are_doubtful_the_document_is_and_nothing_is_taken_out() -> None:
    facts = plan(RIGHT, WRONG, WRONG)
    doubted = hold_doubtful(facts, load_vocabulary())
    assert doubted.facts == facts
    assert not doubted.lines
    [whole] = doubted.documents
    assert whole.guard == "most_lines_stand"
    assert "2 of its 3 lines" in whole.message
    signed = {(whole.document_id, whole.reading)}
    assert not hold_doubtful(facts, load_vocabulary(), signed).documents
    assert whole.reading in list_readings(facts)


def test_half_of_the_lines_are_not_most() -> None:
    assert not hold_doubtful(plan(RIGHT, WRONG), load_vocabulary()).documents


def test_a_document_that_makes_sense_is_as_it_was() -> None:
    facts = plan(RIGHT, RIGHT)
    doubted = hold_doubtful(facts, load_vocabulary())
    assert (doubted.facts, doubted.lines, doubted.documents) == (facts, (), ())
