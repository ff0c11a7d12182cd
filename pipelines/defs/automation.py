"""The job, when it runs by itself, what makes it run, and who is called when it goes wrong.

Nothing runs by itself until it is switched on: by `make nightly`, which sets `MINSHENG_AUTOMATION`,
or one by one on Dagster's page. Opening the page publishes nothing.
"""

from __future__ import annotations

import os

import dagster as dg

from pipelines.console.summary import read_summary
from pipelines.defs.resources import FoldersResource
from pipelines.publishing.fingerprint import is_unchanged
from pipelines.run.intake import compute_fingerprint
from pipelines.run.notification import Notification, describe_waiting, is_wanted, notify
from pipelines.run.refresh import has_nothing_new

AUTOMATION_VARIABLE = "MINSHENG_AUTOMATION"
_ON = ("1", "on", "true", "yes")


def is_switched_on() -> bool:
    """Whether the schedule and the sensor run from the start."""
    return os.environ.get(AUTOMATION_VARIABLE, "").lower() in _ON


def _status_of_sensor(is_on: bool) -> dg.DefaultSensorStatus:
    return dg.DefaultSensorStatus.RUNNING if is_on else dg.DefaultSensorStatus.STOPPED


# In one process: the steps are few, and starting a process for each costs more than its work.
refresh = dg.define_asset_job(
    "refresh",
    # Pages are written when somebody asks for them: no night has to.
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets("site"),
    executor_def=dg.in_process_executor,
    description="Read the raw folder, check, publish the warehouse (刷新).",
)


@dg.schedule(
    job=refresh,
    cron_schedule="0 2 * * *",
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.RUNNING
    if is_switched_on()
    else dg.DefaultScheduleStatus.STOPPED,
)
def nightly(folders: FoldersResource) -> dg.RunRequest | dg.SkipReason:
    """Every night at two o'clock, Chinese time, unless nothing has changed."""
    if has_nothing_new(folders.resolve()):
        return dg.SkipReason("Nothing has changed since the last refresh.")
    return dg.RunRequest()


@dg.sensor(
    job=refresh,
    minimum_interval_seconds=60,
    default_status=_status_of_sensor(is_switched_on()),
)
def raw_folder(
    context: dg.SensorEvaluationContext, folders: FoldersResource
) -> dg.SensorResult | dg.SkipReason:
    """Refresh when the content of the raw folder changes; its hash is the cursor.

    A content is asked for once: one that made a run fail is not tried again until it changes, or
    until the night.
    """
    resolved = folders.resolve()
    if not resolved.raw.is_dir():
        return dg.SkipReason(f"There is no folder {resolved.raw}.")
    fingerprint = compute_fingerprint(resolved.raw)
    if fingerprint == context.cursor:
        return dg.SkipReason("The raw folder is as it was.")
    if is_unchanged(resolved.warehouse, fingerprint):
        return dg.SensorResult(
            skip_reason="The published warehouse is made of just this.", cursor=fingerprint
        )
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=fingerprint)], cursor=fingerprint)


@dg.run_failure_sensor(default_status=_status_of_sensor(is_wanted()))
def failed(context: dg.RunFailureSensorContext, folders: FoldersResource) -> None:
    """Call whoever wants to be called when a run fails, whichever it was."""
    causes = [_find_cause(event) for event in context.get_step_failure_events()]
    notify(
        Notification(
            outcome="failed",
            exit_status=1,
            code="run_failed",
            message="; ".join(filter(None, causes)) or context.failure_event.message or "",
            warehouse=folders.warehouse,
        )
    )


def _find_cause(event: dg.DagsterEvent) -> str:
    """What went wrong at the bottom of it: Dagster wraps it in errors of its own."""
    error = getattr(event.event_specific_data, "error", None)
    while error is not None and error.cause is not None:
        error = error.cause
    return error.message.strip() if error is not None else ""


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    monitored_jobs=[refresh],
    default_status=_status_of_sensor(is_wanted()),
)
def waiting(context: dg.RunStatusSensorContext, folders: FoldersResource) -> None:
    """Call whoever wants to be called when a run published and something waits for a person."""
    notify(describe_waiting(read_summary(folders.resolve().warehouse)))
