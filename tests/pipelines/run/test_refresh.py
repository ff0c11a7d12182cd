"""What a run publishes, what it holds back, and what it leaves alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from extractors.records import Document
from pipelines import inventory
from pipelines.checks import CheckFailedToRunError
from pipelines.console.summary import Summary
from pipelines.errors import PipelineError
from pipelines.publishing import publish as publishing
from pipelines.publishing.publish import PublishError, new_path, rejected_path
from pipelines.run import left_out, release
from pipelines.run.intake import Folders, NoSourcesError
from pipelines.run.refresh import has_nothing_new, refresh
from pipelines.run.verdicts import OtherRefreshError, UncheckedBuildError, UnsoundBuildError
from pipelines.sources import InvalidSourcesError
from tests.pipelines.plans import Plan, ask, break_no_documents_rule, read_plan, stand_in

Run = Callable[[], Summary]


@pytest.fixture
def run(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> Run:
    stand_in(monkeypatch)
    return lambda: refresh(folders, reader=read_plan)


def sign(folders: Folders, **changed: object) -> None:
    entry = {
        "document": "b",
        "check": "shares_add_up",
        "target": "b/1.1",
        "expected": 100,
        "actual": 90,
        "reason": "So it is printed.",
        "signed_by": "A Person",
        "signed_on": "2026-11-21",
        **changed,
    }
    text = yaml.safe_dump({"accepted": [entry]}).replace("'2026-11-21'", "2026-11-21")
    (folders.raw / "accepted_discrepancies.yml").write_text(text)


def statuses(summary: Summary) -> dict[str, str]:
    return {line.document_id: line.status for line in summary.documents}


def failed(summary: Summary) -> set[tuple[str, str | None]]:
    return {(check.name, check.document_id) for check in summary.checks_failed}


def test_what_is_sound_is_published(folders: Folders, run: Run) -> None:
    Plan().write(folders.raw, "a")
    Plan(target=10, shares=(4, 6)).write(folders.raw, "b")
    summary = run()
    assert statuses(summary) == {"a": "published", "b": "published"}
    assert (summary.exit_status, failed(summary)) == (0, set())
    assert dict(summary.facts)["allocation"] == 4
    assert ask(folders, "SELECT count(*), bool_and(success) FROM quality.check_result")[0][1]
    assert not new_path(folders.warehouse).exists()


def test_an_unsigned_disagreement_holds_its_document_back_and_no_other(
    folders: Folders, run: Run
) -> None:
    Plan().write(folders.raw, "a")
    Plan(shares=(40, 50)).write(folders.raw, "b")
    summary = run()
    assert statuses(summary) == {"a": "published", "b": "held"}
    assert ("shares_add_up", "b") in failed(summary)
    assert summary.exit_status == 2
    assert "accepted_discrepancies.yml" in summary.held[0].reasons[0]
    [line] = summary.discrepancies
    assert (line.subject_id, line.expected, line.actual, line.status) == (
        "b/1.1",
        "100个",
        "90个",
        "disagrees",
    )
    assert ask(folders, "SELECT DISTINCT document_id FROM core.target") == [("a",)]


def test_a_held_document_keeps_its_last_good_version(folders: Folders, run: Run) -> None:
    Plan().write(folders.raw, "a")
    Plan(target=10, shares=(4, 6)).write(folders.raw, "b")
    run()
    Plan(target=20, shares=(4, 6)).write(folders.raw, "b")
    summary = run()
    assert statuses(summary)["b"] == "held"
    assert ask(folders, "SELECT value FROM core.target WHERE document_id = 'b'") == [(10,)]


def test_a_signed_disagreement_is_published_as_accepted(folders: Folders, run: Run) -> None:
    Plan(shares=(40, 50)).write(folders.raw, "b")
    sign(folders)
    summary = run()
    assert (statuses(summary), summary.exit_status) == ({"b": "published"}, 0)
    assert [line.status for line in summary.discrepancies] == ["accepted"]


@pytest.mark.parametrize(
    "stale",
    [{"actual": 91}, {"target": "b/1.2"}, {"check": "parts_add_up"}],
    ids=["numbers", "target", "check"],
)
def test_a_signature_that_matches_nothing_is_an_error(
    folders: Folders, run: Run, stale: dict[str, object]
) -> None:
    Plan(shares=(40, 50)).write(folders.raw, "b")
    sign(folders, **stale)
    summary = run()
    assert ("signatures_are_current", "b") in failed(summary)
    assert summary.exit_status == 2


def test_a_signature_for_what_has_been_mended_is_an_error(folders: Folders, run: Run) -> None:
    Plan().write(folders.raw, "b")
    sign(folders)
    summary = run()
    assert failed(summary) == {("signatures_are_current", "b")}
    assert summary.exit_status == 2


def test_a_file_that_cannot_be_read_is_quarantined_and_the_others_load(
    folders: Folders, run: Run
) -> None:
    Plan().write(folders.raw, "a")
    (folders.raw / "b.plan").write_text("nonsense")
    summary = run()
    assert statuses(summary) == {"a": "published", "b": "quarantined"}
    assert summary.held[0].reasons == ("unreadable: It is damaged. Save it anew.",)
    assert summary.exit_status == 2


def test_a_quarantined_document_keeps_its_last_good_version(folders: Folders, run: Run) -> None:
    Plan().write(folders.raw, "a")
    run()
    (folders.raw / "a.plan").write_text("nonsense")
    assert statuses(run()) == {"a": "quarantined"}
    assert ask(folders, "SELECT value FROM core.target") == [(100,)]


def test_a_document_that_makes_the_reading_fail_is_quarantined(folders: Folders, run: Run) -> None:
    Plan().write(folders.raw, "a")
    Plan(extra={"fails": True}).write(folders.raw, "b")
    summary = run()
    assert statuses(summary) == {"a": "published", "b": "quarantined"}
    assert summary.held[0].reasons[0].startswith("reading_failed: ")


def test_a_step_after_its_own_due_date_is_found_and_published(folders: Folders, run: Run) -> None:
    Plan(step_due_on="2024-12-31").write(folders.raw, "a")
    summary = run()
    assert failed(summary) == {("milestones_before_due", "a")}
    assert (statuses(summary), summary.exit_status) == ({"a": "published"}, 0)


@pytest.mark.parametrize("hidden", ["7", "７"])
def test_a_lost_digit_holds_the_document_back(folders: Folders, run: Run, hidden: str) -> None:
    Plan().write(folders.raw, "a")
    Plan(hidden=hidden).write(folders.raw, "b")
    summary = run()
    assert failed(summary) == {("digits_are_all_in_the_ledger", "b")}
    assert statuses(summary) == {"a": "published", "b": "held"}


def test_facts_that_no_table_could_take_hold_their_document_back(
    folders: Folders, run: Run
) -> None:
    Plan().write(folders.raw, "a")
    Plan(extra={"copies": 2}).write(folders.raw, "b")
    summary = run()
    assert ("target_is_there_once", "b") in failed(summary)
    assert statuses(summary) == {"a": "published", "b": "held"}


def test_nothing_new_is_noticed_and_a_changed_source_too(folders: Folders, run: Run) -> None:
    Plan().write(folders.raw, "a")
    assert not has_nothing_new(folders)
    run()
    assert has_nothing_new(folders)
    Plan(target=10, shares=(4, 6)).write(folders.raw, "a")
    assert not has_nothing_new(folders)


def test_a_run_that_fails_leaves_the_published_file_as_it_was(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan().write(folders.raw, "a")
    run()
    before = folders.warehouse.read_bytes()

    def fail(*_: object, **__: object) -> None:
        raise CheckFailedToRunError("no such rule")

    monkeypatch.setattr(release, "run_checks", fail)
    with pytest.raises(CheckFailedToRunError):
        run()
    assert folders.warehouse.read_bytes() == before
    assert rejected_path(folders.warehouse).exists()
    assert not new_path(folders.warehouse).exists()


def test_a_fault_that_is_no_documents_own_publishes_nothing(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan().write(folders.raw, "a")
    break_no_documents_rule(monkeypatch)
    with pytest.raises(UnsoundBuildError):
        run()
    assert not folders.warehouse.exists()
    assert rejected_path(folders.warehouse).exists()


def test_another_refreshs_build_is_neither_published_nor_rejected(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan().write(folders.raw, "a")
    evaluate = release.run_checks

    def let_another_build(path: Path, **more: Any) -> Any:
        outcomes = evaluate(path, **more)
        with duckdb.connect(str(path)) as connection:
            connection.execute("UPDATE quality.run SET run_id = 'another'")
        return outcomes

    monkeypatch.setattr(release, "run_checks", let_another_build)
    with pytest.raises(OtherRefreshError):
        run()
    assert new_path(folders.warehouse).exists()


def test_mistakes_beside_the_sources_fail_the_run_before_anything_is_read(
    folders: Folders, run: Run
) -> None:
    Plan().write(folders.raw, "a")
    (folders.raw / "sources.yml").write_text("documents: {a.plan: {colour: red}}")
    with pytest.raises(InvalidSourcesError, match="colour"):
        run()


def test_an_entry_for_a_file_that_is_not_there_is_told(folders: Folders, run: Run) -> None:
    Plan().write(folders.raw, "a")
    (folders.raw / "sources.yml").write_text("documents: {misspelt.plan: {plan_year: 2024}}")
    summary = run()
    assert failed(summary) == {("source_entries_have_files", None)}
    assert summary.exit_status == 0


def test_a_copy_of_another_file_is_told_and_published(folders: Folders, run: Run) -> None:
    for name in ("a", "b"):
        Plan().write(folders.raw, name)
    summary = run()
    assert failed(summary) == {("documents_are_no_copies", "b")}
    assert summary.exit_status == 0


def test_a_file_whose_bytes_cannot_be_had_is_quarantined_and_the_others_load(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan().write(folders.raw, "a")
    locked = Plan(target=10, shares=(4, 6)).write(folders.raw, "b")
    hash_readable = inventory.hash_file

    def refuse(path: Path) -> str:
        if path == locked:
            raise PermissionError(path)
        return hash_readable(path)

    monkeypatch.setattr(inventory, "hash_file", refuse)
    locked.write_text("nonsense")
    summary = run()
    assert statuses(summary) == {"a": "published", "b": "quarantined"}
    assert has_nothing_new(folders)


def test_a_file_that_is_written_to_meanwhile_keeps_its_last_good_version(
    folders: Folders, run: Run
) -> None:
    source = Plan(target=10, shares=(4, 6)).write(folders.raw, "a")
    run()
    Plan(target=20, shares=(4, 16)).write(folders.raw, "a")

    def write_and_read(path: Path) -> Document:
        Plan(target=30, shares=(4, 26)).write(folders.raw, "a")
        return read_plan(path)

    summary = refresh(folders, reader=write_and_read)
    assert summary.held[0].reasons[0].startswith("changed_while_read")
    assert ask(folders, "SELECT value FROM core.target") == [(10,)]
    assert source.exists()
    assert not has_nothing_new(folders)
    assert statuses(run()) == {"a": "published"}


def test_a_failure_of_new_and_last_good_version_alike_is_told_once(
    folders: Folders, run: Run
) -> None:
    Plan(shares=(40, 50)).write(folders.raw, "b")
    sign(folders)
    run()
    (folders.raw / "accepted_discrepancies.yml").unlink()
    summary = run()
    assert statuses(summary) == {"b": "held"}
    assert [check.name for check in summary.checks_failed] == ["shares_add_up"]


def test_while_one_refresh_is_at_work_another_does_not_begin(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(monkeypatch)
    Plan().write(folders.raw, "a")
    refused: list[str] = []

    def try_another(path: Path) -> Document:
        # Another process's lock is not this one's: it shows as soon as nothing is held here.
        with monkeypatch.context() as other:
            other.setattr(publishing, "_held_here", set())
            with pytest.raises(PublishError) as error:
                refresh(folders, reader=read_plan)
        refused.append(error.value.code)
        return read_plan(path)

    summary = refresh(folders, reader=try_another)
    assert refused == ["refresh_running"]
    assert summary.exit_status == 0


def test_a_missing_folder_publishes_nothing(folders: Folders, run: Run) -> None:
    with pytest.raises(NoSourcesError, match="no folder"):
        run()
    assert not folders.warehouse.exists()


def test_a_folder_that_lost_all_its_documents_publishes_nothing(folders: Folders, run: Run) -> None:
    source = Plan().write(folders.raw, "a")
    run()
    source.unlink()
    with pytest.raises(NoSourcesError, match="holds no documents"):
        run()
    assert ask(folders, "SELECT count(*) FROM core.document") == [(1,)]


def test_a_folder_that_takes_no_files_is_named(folders: Folders, run: Run) -> None:
    Plan().write(folders.raw, "a")
    folders.warehouse.parent.write_text("a file where the folder should be")
    with pytest.raises(PublishError) as refused:
        run()
    assert refused.value.code == "not_writable"


def test_a_newcomer_does_not_take_the_id_of_a_published_document(
    folders: Folders, run: Run
) -> None:
    Plan().write(folders.raw, "a")
    run()
    newcomer = folders.raw / "a.another"
    newcomer.write_bytes(Plan(target=10, shares=(4, 6)).write(folders.raw, "b").read_bytes())
    (folders.raw / "b.plan").unlink()
    summary = run()
    assert statuses(summary) == {"a": "published", "a.another": "quarantined"}
    assert summary.exit_status == 2
    assert summary.held[0].reasons[0].startswith("duplicate_name: ")
    assert ask(folders, "SELECT value FROM core.target") == [(100,)]


def test_a_source_that_changes_before_it_is_kept_holds_its_document_back(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Plan().write(folders.raw, "a")
    Plan(target=10, shares=(4, 6)).write(folders.raw, "b")
    find = left_out.find_misfits

    def find_and_change(*facts: Any) -> Any:
        source.write_text("other bytes")
        return find(*facts)

    monkeypatch.setattr(left_out, "find_misfits", find_and_change)
    summary = run()
    assert statuses(summary) == {"a": "held", "b": "published"}
    assert summary.held[0].reasons[0].startswith("originals_are_kept: ")


def test_a_build_that_was_cut_short_or_not_checked_is_not_published(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan().write(folders.raw, "a")
    monkeypatch.setattr("pipelines.run.refresh.check_candidate", lambda *_: None)
    with pytest.raises(UncheckedBuildError):
        run()
    assert not folders.warehouse.exists()
    monkeypatch.setattr("pipelines.publishing.sealing.seal_build", lambda *_: None)
    with pytest.raises(OtherRefreshError):
        run()
    assert not folders.warehouse.exists()


def test_why_a_document_is_held_outlives_a_kill_between_building_and_publishing(
    folders: Folders, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan().write(folders.raw, "a")
    Plan(shares=(40, 50)).write(folders.raw, "b")
    asked: list[tuple[Any, ...]] = []

    def note(*arguments: Any) -> Summary:
        asked.append(arguments)
        return release.publish_candidate(*arguments)

    def stop(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipelines.run.refresh.publish_candidate", note)
    with monkeypatch.context() as killed:
        killed.setattr("pipelines.publishing.build.finish_build", stop)
        # A kill tidies nothing up.
        killed.setattr(release, "reject", lambda *_: None)
        with pytest.raises(PipelineError):
            run()
    summary = release.publish_candidate(*asked[0])
    assert statuses(summary) == {"a": "published", "b": "held"}
    assert summary.held[0].reasons[0].startswith("shares_add_up: ")
    assert [line.status for line in summary.discrepancies] == ["disagrees"]


@pytest.mark.parametrize("note", [None, "README.md", ".gitkeep"])
def test_a_first_run_on_an_empty_folder_publishes_nothing(
    folders: Folders, run: Run, note: str | None
) -> None:
    folders.raw.mkdir()
    if note:
        (folders.raw / note).write_text("Sources go here.")
    with pytest.raises(NoSourcesError, match="holds no documents"):
        run()
    assert not folders.warehouse.exists()


def test_a_file_in_the_place_of_the_folder_is_told(folders: Folders, run: Run) -> None:
    folders.raw.write_text("not a folder")
    with pytest.raises(NoSourcesError, match="but a file"):
        run()


def test_documents_of_subfolders_go_out_with_the_folder_in_every_id(
    folders: Folders, run: Run
) -> None:
    Plan().write(folders.raw / "2024", "a")
    Plan(target=10, shares=(4, 6)).write(folders.raw / "2025", "a")
    assert statuses(run()) == {"2024/a": "published", "2025/a": "published"}
    assert ask(folders, "SELECT target_id FROM core.target ORDER BY 1") == [
        ("2024/a/1.1",),
        ("2025/a/1.1",),
    ]
    assert ask(folders, "SELECT file_name FROM core.document ORDER BY 1")[0] == ("2024/a.plan",)


def test_a_name_that_is_no_text_is_published_and_refused_like_any_other(
    folders: Folders, run: Run
) -> None:
    good, bad = (os.fsdecode(name.encode("gbk")) for name in ("杭州计划", "坏"))
    Plan().write(folders.raw, good)
    (folders.raw / f"{bad}.plan").write_text("nonsense")
    assert statuses(run()) == {"杭州计划": "published", "坏": "quarantined"}
    assert has_nothing_new(folders)


def test_what_is_no_file_is_quarantined_and_the_others_load(folders: Folders, run: Run) -> None:
    Plan().write(folders.raw, "a")
    os.mkfifo(folders.raw / "pipe.pdf")
    (folders.raw / "gone.pdf").symlink_to("nowhere")
    summary = run()
    assert statuses(summary) == {"a": "published", "gone": "quarantined", "pipe": "quarantined"}
    assert {line.reasons[0].split(":")[0] for line in summary.held} == {
        "dangling_link",
        "not_a_file",
    }
