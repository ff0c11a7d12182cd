"""What a run would lose stays published until a person lets it go, whatever the cause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from extractors.records import Document
from pipelines.console.summary import Summary
from pipelines.facts import DocumentFacts
from pipelines.run.intake import Folders
from pipelines.run.refresh import has_nothing_new, refresh
from pipelines.sources import InvalidSourcesError
from tests.pipelines.plans import Plan, ask, read_plan, stand_in, understand_plan

Run = Callable[..., Summary]
FOUR = Plan(shares=(10, 20, 30, 40))


@pytest.fixture
def run(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> Run:
    stand_in(monkeypatch)

    def run_once(*accept: str) -> Summary:
        return refresh(replace(folders, accept_losses=accept), reader=read_plan)

    return run_once


def write_others(folders: Folders) -> None:
    """So many other facts that what one document loses is little of all."""
    for name in "wxyz":
        FOUR.write(folders.raw, name)


def read_otherwise(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[DocumentFacts], DocumentFacts]
) -> None:
    """Let the code read the same sources in another way."""
    monkeypatch.setattr(
        "pipelines.reading.read_facts",
        lambda document, *more: change(understand_plan(document, *more)),
    )


def read_as(kind: str) -> Callable[[DocumentFacts], DocumentFacts]:
    def change(item: DocumentFacts) -> DocumentFacts:
        return replace(item, document=replace(item.document, kind=kind))

    return change


def drop_steps(item: DocumentFacts) -> DocumentFacts:
    return replace(item, milestones=())


def sign(folders: Folders, document: str, loss: str) -> None:
    (folders.raw / "accepted_losses.yml").write_text(
        f"accepted:\n- document: {document}\n  loss: {loss}\n  reason: It was withdrawn.\n"
        "  signed_by: A Person\n  signed_on: 2026-11-24\n"
    )


def test_a_document_that_vanishes_stays_published_until_it_is_let_go(
    folders: Folders, run: Run
) -> None:
    source = Plan().write(folders.raw, "b")
    write_others(folders)
    run()
    source.unlink()
    summary = run()
    assert [line.document_id for line in summary.held] == ["b"]
    assert summary.exit_status == 2
    assert "--accept-loss b" in summary.held[0].reasons[0]
    assert ask(folders, "SELECT count(*) FROM core.allocation WHERE document_id = 'b'") == [(2,)]
    assert has_nothing_new(folders)

    summary = run("b")
    assert [line.document_id for line in summary.documents] == ["w", "x", "y", "z"]
    assert summary.exit_status == 0
    assert ask(folders, "SELECT status FROM quality.loss") == [("accepted",)]
    assert run().exit_status == 0


def test_four_of_five_documents_gone_publishes_nothing_of_the_loss(
    folders: Folders, run: Run
) -> None:
    for name in "abcde":
        FOUR.write(folders.raw, name)
    run()
    facts = ask(folders, "SELECT count(*) FROM core.allocation")
    for name in "abcd":
        (folders.raw / f"{name}.plan").unlink()
    assert run().exit_status == 2
    assert ask(folders, "SELECT count(*) FROM core.allocation") == facts


def test_a_document_stripped_of_much_is_held_and_one_stripped_of_little_is_not(
    folders: Folders, run: Run
) -> None:
    FOUR.write(folders.raw, "a")
    write_others(folders)
    run()
    question = "SELECT count(*) FROM core.allocation WHERE document_id = 'a'"
    # Of seven facts one goes, then another two of the six: a seventh is little, a third is much.
    Plan(shares=(10, 20, 70)).write(folders.raw, "a")
    assert [line.status for line in run().losses] == ["allowed"]
    assert ask(folders, question) == [(3,)]
    Plan(shares=(100,)).write(folders.raw, "a")
    summary = run()
    assert [line.status for line in summary.losses] == ["held"]
    assert "2 of its 6 published facts are found no more" in summary.held[0].reasons[0]
    assert ask(folders, question) == [(3,)]
    (folders.raw / "settings.yml").write_text("most_lost_share: 0.34")
    assert run().exit_status == 0
    assert ask(folders, question) == [(1,)]


def test_an_error_page_in_a_documents_place_is_held(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    FOUR.write(folders.raw, "a")
    run()
    Plan(target=404, shares=()).write(folders.raw, "a")

    def understand_nothing(document: Document, *_: object) -> DocumentFacts:
        item = understand_plan(document)
        return DocumentFacts(document=item.document, figures=item.figures)

    monkeypatch.setattr("pipelines.reading.read_facts", understand_nothing)
    assert run().exit_status == 2
    assert ask(folders, "SELECT count(*) FROM core.target") == [(1,)]


def test_another_kind_holds_a_document_that_lost_nothing(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan().write(folders.raw, "a")
    run()
    read_otherwise(monkeypatch, read_as("voting_list"))
    summary = run()
    assert "its kind was allocation_table and is voting_list" in summary.held[0].reasons[0]
    assert ask(folders, "SELECT kind FROM core.document") == [("allocation_table",)]


def test_a_change_of_code_that_loses_much_of_all_publishes_not_even_a_small_loss(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan(shares=(50, 50)).write(folders.raw, "a")
    FOUR.write(folders.raw, "b")
    run()
    # One of five facts of a is much, one of seven of b is little, two of twelve of all are much.
    (folders.raw / "settings.yml").write_text("most_lost_share: 0.15")
    read_otherwise(monkeypatch, drop_steps)
    summary = run()
    assert {line.document_id: line.status for line in summary.losses} == {"a": "held", "b": "held"}
    assert "of all 12 published facts this run loses 2" in summary.losses[1].reason
    assert ask(folders, "SELECT count(*) FROM core.milestone") == [(2,)]


def test_a_signature_lets_the_very_loss_go_and_no_other(folders: Folders, run: Run) -> None:
    Plan().write(folders.raw, "a")
    source = FOUR.write(folders.raw, "b")
    run()
    source.unlink()
    run()
    [(loss,)] = ask(folders, "SELECT loss_id FROM quality.loss")
    sign(folders, "b", "loss-000000000000")
    summary = run()
    assert "signs another loss of it (loss-000000000000)" in summary.held[0].reasons[0]
    sign(folders, "b", loss)
    assert run().exit_status == 0
    assert ask(folders, "SELECT signed_by, reason FROM quality.loss")[0][0] == "A Person"


def test_a_signature_that_cannot_be_read_fails_the_run(folders: Folders, run: Run) -> None:
    Plan().write(folders.raw, "a")
    (folders.raw / "accepted_losses.yml").write_text("accepted: [{document: a, loos: x}]")
    with pytest.raises(InvalidSourcesError, match="loos"):
        run()


def test_a_renamed_file_is_named_beside_what_vanished(folders: Folders, run: Run) -> None:
    Plan().write(folders.raw, "a")
    run()
    (folders.raw / "a.plan").rename(folders.raw / "z.plan")
    assert "z.plan has its very bytes" in run().losses[0].reason


def test_a_file_that_cannot_be_read_any_more_is_no_loss(folders: Folders, run: Run) -> None:
    Plan().write(folders.raw, "a")
    run()
    (folders.raw / "a.plan").write_text("nonsense")
    assert run().losses == ()


def test_a_document_that_never_was_published_may_go(folders: Folders, run: Run) -> None:
    Plan().write(folders.raw, "a")
    Plan(shares=(1, 2)).write(folders.raw, "b")
    run()
    (folders.raw / "b.plan").unlink()
    summary = run()
    assert ([line.document_id for line in summary.documents], summary.exit_status) == (["a"], 0)


def test_every_run_says_how_many_facts_came_went_and_changed(folders: Folders, run: Run) -> None:
    FOUR.write(folders.raw, "a")
    first = run().run
    assert first is not None
    assert (first.added, first.removed, first.changed) == (7, 0, 0)
    Plan(target=200, shares=(10, 20, 30, 140)).write(folders.raw, "a")
    second = run().run
    assert second is not None
    # The document's hash is no fact; the target and one share say something else.
    assert (second.added, second.removed) == (0, 0)
    assert second.changed == 2


def rename_targets(item: DocumentFacts) -> DocumentFacts:
    """The same facts at the same places, under identifiers of another make."""
    new = {target.target_id: f"{target.commitment_id}/new" for target in item.targets}
    return replace(
        item,
        targets=tuple(replace(t, target_id=new[t.target_id]) for t in item.targets),
        allocations=tuple(replace(a, target_id=new[a.target_id]) for a in item.allocations),
        figures=tuple(replace(f, fact_id=new.get(f.fact_id or "")) for f in item.figures),
    )


def test_signatures_follow_facts_whose_identifiers_a_change_of_code_changed(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan(shares=(40, 50)).write(folders.raw, "b")
    (folders.raw / "accepted_discrepancies.yml").write_text(
        "accepted:\n- {document: b, check: shares_add_up, target: b/1.1, expected: 100, actual: 90,"
        " reason: So it is printed., signed_by: A Person, signed_on: 2026-11-21}\n"
    )
    assert run().exit_status == 0
    read_otherwise(monkeypatch, rename_targets)
    for _ in range(2):
        # In the run that changed it, and in those after.
        summary = run()
        assert summary.exit_status == 0, summary.held
        assert [line.status for line in summary.discrepancies] == ["accepted"]
    assert ("target", "b/1.1", "b/1/new") in ask(
        folders, "SELECT fact_kind, former_id, fact_id FROM quality.former_id"
    )
    assert ask(folders, "SELECT count(*) FROM quality.loss") == [(0,)]


def test_verdicts_on_links_follow_too(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan().write(folders.raw, "a")
    Plan(target=10, shares=(4, 6)).write(folders.raw, "b")
    (folders.raw / "accepted_links.yml").write_text(
        "links:\n- {verdict: confirm, from: b/1.1, from_text: 新增停车位, to: a/1.1,"
        " to_text: 新增停车位, reason: Looked at., signed_by: A Person, signed_on: 2026-11-24}\n",
        encoding="utf-8",
    )
    run()
    question = "SELECT from_id, to_id FROM core.link WHERE method = 'signed' AND to_kind = 'target'"
    assert ask(folders, question) == [("b/1.1", "a/1.1")]
    read_otherwise(monkeypatch, rename_targets)
    run()
    assert ask(folders, question) == [("b/1/new", "a/1/new")]
