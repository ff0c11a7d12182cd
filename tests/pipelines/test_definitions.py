"""Dagster finds what it needs, loads it without the heavy engines, and runs the same steps."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
import yaml

from pipelines.checks import load_rules
from pipelines.definitions import defs
from pipelines.defs import documents as documents_module
from pipelines.defs.automation import failed, nightly, raw_folder, waiting
from pipelines.defs.resources import FoldersResource
from pipelines.defs.site import site
from pipelines.defs.warehouse import list_relations
from pipelines.installation import PACKAGE
from pipelines.publishing import publish as publishing
from pipelines.publishing.publish import refresh_lock, rejected_path
from pipelines.publishing.run_log import read_log
from pipelines.publishing.schema import fact_tables
from pipelines.run.attempt import InterruptedRunError
from pipelines.run.intake import Folders
from pipelines.run.job import RunFailedError, run_refresh_job
from pipelines.run.progress import Silence
from pipelines.run.verdicts import UncheckedBuildError
from pipelines.sources import InvalidSourcesError
from tests.pipelines.plans import Plan, break_no_documents_rule, stand_in


@pytest.fixture(scope="module")
def definitions() -> dg.Definitions:
    return defs()


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    stand_in(monkeypatch)
    (tmp_path / "raw").mkdir()
    return Folders(raw=tmp_path / "raw", warehouse=tmp_path / "x.duckdb")


def test_loading_the_definitions_imports_no_engine() -> None:
    code = (
        "import sys; from pipelines.definitions import defs; defs().resolve_job_def('refresh');"
        "print([m for m in ('great_expectations', 'pandas', 'pdfplumber', 'docx')"
        " if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_the_graph_leads_from_the_documents_to_the_published_file(
    definitions: dg.Definitions,
) -> None:
    graph = definitions.resolve_asset_graph()
    keys = {key.to_user_string() for key in graph.get_all_asset_keys()}
    assert keys >= {"documents", "extracted", "facts", "linked", "published"}
    assert keys >= {table.full_name.replace(".", "/") for table in fact_tables()}
    parents = graph.get(dg.AssetKey("published")).parent_keys
    assert dg.AssetKey(["core", "target"]) in parents


def test_every_rule_is_a_blocking_asset_check(definitions: dg.Definitions) -> None:
    checks = definitions.resolve_asset_graph().asset_check_keys
    assert {key.name for key in checks} == {rule.name for rule in load_rules()}
    assert all(definitions.resolve_asset_graph().get(key).blocking for key in checks)


def test_every_asset_and_check_says_what_it_is(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    for key in graph.get_all_asset_keys():
        assert graph.get(key).description, key
    for key in graph.asset_check_keys:
        assert graph.get(key).description, key


def test_the_schedule_runs_at_two_in_the_night_in_china(definitions: dg.Definitions) -> None:
    schedule = definitions.resolve_schedule_def("nightly")
    assert schedule.cron_schedule == "0 2 * * *"
    assert schedule.execution_timezone == "Asia/Shanghai"
    assert schedule.job_name == "refresh"


def test_the_site_comes_after_the_published_file_and_no_night_writes_it(
    definitions: dg.Definitions,
) -> None:
    graph = definitions.resolve_asset_graph()
    assert graph.get(dg.AssetKey("site")).parent_keys == {dg.AssetKey("published")}
    selected = definitions.resolve_job_def("refresh").asset_layer.selected_asset_keys
    assert dg.AssetKey("site") not in selected
    assert dg.AssetKey("published") in selected


def test_the_site_is_written_when_somebody_asks_for_it(folders: Folders) -> None:
    Plan().write(folders.raw, "a")
    run_refresh_job(folders, Silence())
    paths = FoldersResource(raw=str(folders.raw), warehouse=str(folders.warehouse))
    result = dg.materialize([site], resources={"folders": paths}, selection=[site])
    assert result.success
    assert (folders.warehouse.with_name("site") / "index.html").is_file()


def ask_what_runs(**environment: str) -> str:
    code = (
        "from pipelines.definitions import defs; d = defs();"
        "print({x.name for x in (*d.sensors, *d.schedules)"
        " if x.default_status.value == 'RUNNING'} or 'nothing')"
    )
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MINSHENG_")}
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**clean, **environment},
    ).stdout


def test_nothing_runs_by_itself_until_it_is_switched_on() -> None:
    assert ask_what_runs() == "nothing\n"
    switched_on = ask_what_runs(MINSHENG_AUTOMATION="on")
    assert set(ast.literal_eval(switched_on)) == {"nightly", "raw_folder"}
    called = ask_what_runs(MINSHENG_NOTIFY_COMMAND="true")
    assert set(ast.literal_eval(called)) == {"failed", "waiting"}


def test_a_run_of_the_page_waits_for_the_one_that_is_at_work(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan().write(folders.raw, "a")
    (folders.raw / "settings.yml").write_text("wait_for_run_s: 0")
    resources = {"folders": FoldersResource(raw=str(folders.raw), warehouse=str(folders.warehouse))}
    monkeypatch.setattr(publishing, "_held_here", Forgetful())
    with refresh_lock(folders.warehouse):
        with pytest.raises(dg.DagsterResourceFunctionError) as refused:
            defs().resolve_job_def("refresh").execute_in_process(resources=resources)
        assert "wait until it is done" in str(refused.value.__cause__)
        # A sensor only looks.
        with dg.build_sensor_context(resources=resources) as context:
            assert isinstance(raw_folder(context), dg.SensorResult)


class Forgetful(set[Path]):
    """As in another process: nothing that this one locked counts as its own."""

    def __contains__(self, _: object) -> bool:
        return False


def test_a_run_of_the_page_holds_its_turn_from_first_to_last(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan().write(folders.raw, "a")
    held: list[bool] = []
    take = documents_module.take_stock

    def look(*given: Any) -> Any:
        held.append(folders.warehouse in publishing._held_here)
        return take(*given)

    monkeypatch.setattr(documents_module, "take_stock", look)
    resources = {"folders": FoldersResource(raw=str(folders.raw), warehouse=str(folders.warehouse))}
    defs().resolve_job_def("refresh").execute_in_process(resources=resources)
    assert held == [True]
    assert folders.warehouse not in publishing._held_here


@pytest.fixture
def called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    target = tmp_path / "called.json"
    monkeypatch.setenv("MINSHENG_NOTIFY_COMMAND", f"sh -c 'cat > {target}'")
    return target


def test_a_run_of_the_page_that_fails_calls_like_the_command(
    folders: Folders, called: Path
) -> None:
    (folders.raw / "sources.yml").write_text("nonsense: 1")
    resource = FoldersResource(raw=str(folders.raw), warehouse=str(folders.warehouse))
    with dg.DagsterInstance.ephemeral() as instance:
        result = (
            defs()
            .resolve_job_def("refresh")
            .execute_in_process(
                instance=instance, resources={"folders": resource}, raise_on_error=False
            )
        )
        about = dg.build_run_status_sensor_context(
            sensor_name="failed",
            dagster_event=result.get_run_failure_event(),
            dagster_instance=instance,
            dagster_run=result.dagster_run,
            resources={"folders": resource},
        )
        with about.for_run_failure() as context:
            failed(context)
    content = json.loads(called.read_text())
    assert content["outcome"] == "failed"
    assert "sources.yml needs correcting" in content["message"]


def test_a_run_of_the_page_that_holds_something_calls_like_the_command(
    folders: Folders, called: Path
) -> None:
    Plan(shares=(1, 2)).write(folders.raw, "b")
    resource = FoldersResource(raw=str(folders.raw), warehouse=str(folders.warehouse))
    with dg.DagsterInstance.ephemeral() as instance:
        result = (
            defs()
            .resolve_job_def("refresh")
            .execute_in_process(instance=instance, resources={"folders": resource})
        )
        about = dg.build_run_status_sensor_context(
            sensor_name="waiting",
            dagster_event=result.get_run_success_event(),
            dagster_instance=instance,
            dagster_run=result.dagster_run,
            resources={"folders": resource},
        )
        with about as context:
            waiting(context)
    content = json.loads(called.read_text())
    assert [document["document_id"] for document in content["documents"]] == ["b"]


def test_the_pages_log_shows_each_step_and_document(tmp_path: Path, folders: Folders) -> None:
    Plan().write(folders.raw, "a")
    settings = yaml.safe_load((PACKAGE / "dagster.yaml").read_text())
    with dg.instance_for_test(overrides={"python_logs": settings["python_logs"]}) as instance:
        result = (
            defs()
            .resolve_job_def("refresh")
            .execute_in_process(
                instance=instance,
                resources={
                    "folders": FoldersResource(
                        raw=str(folders.raw), warehouse=str(folders.warehouse)
                    )
                },
            )
        )
        shown = [entry.user_message for entry in instance.all_logs(result.run_id)]
    assert any(message.startswith("a: read") for message in shown)
    assert any(message.startswith("Publishing: ") for message in shown)


def test_the_nightly_run_is_skipped_while_nothing_has_changed(folders: Folders) -> None:
    Plan().write(folders.raw, "a")
    resources = {"folders": FoldersResource(raw=str(folders.raw), warehouse=str(folders.warehouse))}
    with dg.build_schedule_context(resources=resources) as context:
        assert isinstance(nightly(context), dg.RunRequest)
        run_refresh_job(folders, Silence())
        assert isinstance(nightly(context), dg.SkipReason)
    with dg.build_sensor_context(resources=resources) as context:
        result = raw_folder(context)
    assert isinstance(result, dg.SensorResult)
    assert not result.run_requests


def test_the_sensor_asks_for_a_run_when_the_folder_changes_and_only_then(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    resources = {"folders": FoldersResource(raw=str(raw), warehouse=str(tmp_path / "x"))}

    def tick(cursor: str | None) -> dg.SensorResult | dg.SkipReason:
        with dg.build_sensor_context(cursor=cursor, resources=resources) as context:
            result = raw_folder(context)
        assert isinstance(result, dg.SensorResult | dg.SkipReason)
        return result

    assert isinstance(tick(None), dg.SkipReason)
    Plan().write(raw, "a")
    first = tick(None)
    assert isinstance(first, dg.SensorResult)
    assert len(first.run_requests or ()) == 1
    assert isinstance(tick(first.cursor), dg.SkipReason)
    Plan(target=1).write(raw, "a")
    second = tick(first.cursor)
    assert isinstance(second, dg.SensorResult)
    assert second.cursor != first.cursor


def test_the_job_publishes_and_returns_its_summary(folders: Folders) -> None:
    Plan().write(folders.raw, "a")
    Plan(shares=(1, 2)).write(folders.raw, "b")
    summary = run_refresh_job(folders, Silence())
    assert {line.document_id: line.status for line in summary.documents} == {
        "a": "published",
        "b": "held",
    }
    assert folders.warehouse.exists()


def test_a_foreseen_failure_comes_out_of_the_job_as_itself(folders: Folders) -> None:
    (folders.raw / "sources.yml").write_text("nonsense: 1")
    with pytest.raises(InvalidSourcesError):
        run_refresh_job(folders, Silence())


def test_a_run_that_is_stopped_says_so_and_publishes_nothing(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    Plan().write(folders.raw, "a")

    def stop(*_: object, **__: object) -> None:
        raise dg.DagsterExecutionInterruptedError

    monkeypatch.setattr("pipelines.defs.warehouse.check_candidate", stop)
    with pytest.raises(InterruptedRunError):
        run_refresh_job(folders, Silence())
    assert not folders.warehouse.exists()


def test_a_fault_that_is_no_documents_own_blocks_publishing(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_no_documents_rule(monkeypatch)
    Plan().write(folders.raw, "a")
    with pytest.raises(RunFailedError, match="blocking"):
        run_refresh_job(folders, Silence())
    assert not folders.warehouse.exists()
    assert rejected_path(folders.warehouse).exists()


class Steps:
    """Runs some of the assets at a time, as somebody may select them on the page of Dagster."""

    def __init__(self, folders: Folders, kept: Path) -> None:
        self._folders = folders
        self._kept = kept
        self._instance = dg.DagsterInstance.ephemeral()

    def run(self, *assets: str, checks: bool = False) -> None:
        names = [dg.AssetKey(name.split("/")) for name in assets]
        graph = defs().resolve_asset_graph()
        job = dg.define_asset_job(
            "some",
            selection=dg.AssetSelection.assets(*names).without_checks()
            if not checks
            else dg.AssetSelection.checks(*graph.asset_check_keys),
        ).resolve(asset_graph=graph)
        job.execute_in_process(
            instance=self._instance,
            resources={
                "folders": FoldersResource(
                    raw=str(self._folders.raw), warehouse=str(self._folders.warehouse)
                ),
                "progress": Silence(),
                "io_manager": dg.FilesystemIOManager(base_dir=str(self._kept)),
            },
        )


READING = ("documents", "extracted", "facts", "linked")
TABLES = tuple(relation.full_name.replace(".", "/") for relation in list_relations())


@pytest.fixture
def steps(folders: Folders, tmp_path: Path) -> Steps:
    return Steps(folders, tmp_path / "kept")


def test_what_no_rule_has_looked_at_is_not_published_whatever_was_selected(
    folders: Folders, steps: Steps
) -> None:
    Plan(shares=(1, 2)).write(folders.raw, "a")
    steps.run(*READING, *TABLES)
    with pytest.raises(UncheckedBuildError):
        steps.run("published")
    assert not folders.warehouse.exists()


def test_the_checks_of_one_build_do_not_let_another_out(folders: Folders, steps: Steps) -> None:
    Plan().write(folders.raw, "a")
    steps.run(*READING, *TABLES)
    steps.run(checks=True)
    steps.run(*TABLES)
    with pytest.raises(UncheckedBuildError):
        steps.run("published")
    steps.run(*TABLES)
    steps.run(checks=True)
    steps.run("published")
    assert read_log(folders.warehouse)[-1].run.outcome == "published"


def test_a_run_of_the_page_that_its_checks_block_is_logged_as_failed(
    folders: Folders, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_no_documents_rule(monkeypatch)
    Plan().write(folders.raw, "a")
    steps.run(*READING, *TABLES)
    with pytest.raises(dg.DagsterError):
        steps.run(checks=True)
    [logged] = read_log(folders.warehouse)
    assert (logged.run.outcome, logged.run.code) == ("failed", "unsound_build")
    assert any(not failure.success for failure in logged.failures)


def test_assets_are_grouped_by_stage() -> None:
    groups = {
        spec.key.to_user_string(): spec.group_name for spec in defs().resolve_all_asset_specs()
    }
    assert groups["documents"] == "sources"
    assert {groups[name] for name in ("extracted", "facts", "linked")} == {"reading"}
    assert {name.partition("/")[0] for name in groups if "/" in name} == {
        "core",
        "marts",
        "quality",
    }
    assert all(groups[name] == name.partition("/")[0] for name in groups if "/" in name)
    assert {groups[name] for name in ("published", "site")} == {"published"}
