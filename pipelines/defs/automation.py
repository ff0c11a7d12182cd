"""The job, when it runs by itself, and what makes it run."""

from __future__ import annotations

import dagster as dg

from pipelines.defs.resources import FoldersResource
from pipelines.publishing.fingerprint import is_unchanged
from pipelines.run.intake import compute_fingerprint
from pipelines.run.refresh import has_nothing_new

# In one process: the steps are few, and starting a process for each costs more than its work.
refresh = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="Read the raw folder, check, publish the warehouse (刷新).",
)


@dg.schedule(
    job=refresh,
    cron_schedule="0 2 * * *",
    execution_timezone="Asia/Shanghai",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
def nightly(folders: FoldersResource) -> dg.RunRequest | dg.SkipReason:
    """Every night at two o'clock, Chinese time, unless nothing has changed."""
    if has_nothing_new(folders.resolve()):
        return dg.SkipReason("Nothing has changed since the last refresh.")
    return dg.RunRequest()


@dg.sensor(
    job=refresh,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
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
