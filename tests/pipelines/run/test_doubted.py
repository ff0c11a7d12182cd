"""A run keeps back what makes no sense, says whose fault it is, and lets it go once signed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pipelines.console.last_run import judge_last_run
from pipelines.console.rule_counts import count_rules
from pipelines.console.summary import Summary
from pipelines.facts import Commitment, DocumentFacts, Notice, Target
from pipelines.reading.documents.genre import NOT_OF_THE_GENRE
from pipelines.run.intake import Folders
from pipelines.run.refresh import refresh
from tests.pipelines.plans import Plan, ask, read_plan, stand_in, understand_plan

Run = Callable[[], Summary]


@pytest.fixture
def run(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> Run:
    stand_in(monkeypatch)
    return lambda: refresh(folders, reader=read_plan)


def add_line(monkeypatch: pytest.MonkeyPatch, change: Callable[[Target], Target]) -> None:
    """Let the code read one line more, with a target like the first one's, changed."""

    def understand(*arguments: Any) -> DocumentFacts:
        facts = understand_plan(*arguments)
        name = facts.document.document_id
        line: Commitment = replace(
            facts.commitments[0], commitment_id=f"{name}/2", item_no="2", row_no=2
        )
        target = change(
            replace(facts.targets[0], target_id=f"{name}/2.1", commitment_id=f"{name}/2")
        )
        return replace(
            facts,
            commitments=(*facts.commitments, line),
            targets=(*facts.targets, replace(target, figure_id=None)),
        )

    monkeypatch.setattr("pipelines.reading.read_facts", understand)


def without_unit(target: Target) -> Target:
    return replace(target, unit=None, base_unit=None, base_value=None)


def sign(folders: Folders, document: str, reading: str) -> None:
    (folders.raw / "accepted_readings.yml").write_text(
        f"accepted:\n- document: {document}\n  reading: {reading}\n  looked_at: Page 1.\n"
        "  signed_by: A Person\n  signed_on: 2026-11-24\n"
    )


def test_a_line_that_makes_no_sense_waits_and_the_others_go_out(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_line(monkeypatch, without_unit)
    Plan().write(folders.raw, "a")
    summary = run()
    assert [(line.document_id, line.status) for line in summary.documents] == [("a", "published")]
    assert summary.exit_status == 2
    assert ask(folders, "SELECT target_id FROM core.target") == [("a/1.1",)]
    [(line, number, reasons, page)] = ask(
        folders, "SELECT commitment_id, item_no, reasons, row_no FROM quality.held_line"
    )
    assert (line, number, page) == ("a/2", "2", 2)
    assert "in which unit" in reasons
    [failed] = [check for check in summary.checks_failed if check.name == "lines_make_sense"]
    assert "our fault" in failed.message
    counts = {count.name: count.decided for count in count_rules(folders.warehouse)}
    assert counts["target_has_a_unit"] == 1
    assert counts["title_is_a_name"] == counts["shares_add_up_somewhere"] == 0
    last = judge_last_run(folders.warehouse, summary)
    assert last is not None
    assert last.exit_status == 2
    assert "a/2" in last.sentence


def test_a_signed_line_goes_out(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_line(monkeypatch, without_unit)
    Plan().write(folders.raw, "a")
    [held] = run().held_lines
    sign(folders, "a", held.reading)
    summary = run()
    assert summary.exit_status == 0
    assert not summary.held_lines
    assert ask(folders, "SELECT count(*) FROM core.target") == [(2,)]


def test_a_signature_of_another_reading_changes_nothing_and_is_named(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_line(monkeypatch, without_unit)
    Plan().write(folders.raw, "a")
    sign(folders, "a", "0123456789ab")
    summary = run()
    assert [line.commitment_id for line in summary.held_lines] == ["a/2"]
    assert "accepted_readings_are_current" in {check.name for check in summary.checks_failed}


def test_a_document_of_which_most_makes_no_sense_is_held_whole(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan().write(folders.raw, "a")
    assert run().exit_status == 0
    add_line(monkeypatch, without_unit)
    monkeypatch.setattr("pipelines.doubting.holding.MOST_HELD_SHARE", 0.4)
    Plan(shares=(30, 70)).write(folders.raw, "a")
    summary = run()
    assert [line.status for line in summary.documents] == ["held"]
    [reason] = summary.documents[0].reasons
    assert "1 of its 2 lines are doubtful" in reason
    assert "our fault" in reason
    # Its last good version stays.
    assert ask(folders, "SELECT count(*) FROM core.target") == [(1,)]

    reading = reason.partition("(reading ")[2].partition(")")[0]
    sign(folders, "a", reading)
    assert run().exit_status == 0
    assert ask(folders, "SELECT count(*) FROM core.target") == [(2,)]


def test_a_document_of_another_genre_is_quarantined_and_the_others_go_out(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def understand(*arguments: Any) -> DocumentFacts:
        facts = understand_plan(*arguments)
        if facts.document.document_id != "b":
            return facts
        notice = Notice("b", NOT_OF_THE_GENRE, "It is about something else.", "", *[None] * 6)
        return replace(facts, notices=(notice,))

    monkeypatch.setattr("pipelines.reading.read_facts", understand)
    for name in "ab":
        Plan().write(folders.raw, name)
    summary = run()
    assert [(line.document_id, line.status) for line in summary.documents] == [
        ("a", "published"),
        ("b", "quarantined"),
    ]
    assert ask(folders, "SELECT code, message FROM quality.quarantine") == [
        (NOT_OF_THE_GENRE, "It is about something else.")
    ]
    assert ask(folders, "SELECT DISTINCT document_id FROM core.target") == [("a",)]
    assert summary.exit_status == 2
