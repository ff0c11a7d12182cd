"""The job, when it runs by itself, and what makes it run."""

from __future__ import annotations

from pathlib import Path

import dagster as dg

from pipelines.defs.resources import FoldersResource
from pipelines.intake import compute_fingerprint

# In one process: the steps are few, and starting a process for each costs more than its work.
refresh = dg.define_asset_job(
    "refresh",
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="Read the raw folder, check, publish the warehouse (刷新).",
)

nightly = dg.ScheduleDefinition(
    name="nightly",
    job=refresh,
    cron_schedule="0 2 * * *",
    execution_timezone="Asia/Shanghai",
    description="Every night at two o'clock, Chinese time.",
)


@dg.sensor(name="raw_folder", job=refresh, minimum_interval_seconds=60)
def raw_folder(
    context: dg.SensorEvaluationContext, folders: FoldersResource
) -> dg.SensorResult | dg.SkipReason:
    """Refresh when the content of the raw folder changes; its hash is the cursor."""
    raw = Path(folders.raw)
    if not raw.is_dir():
        return dg.SkipReason(f"There is no folder {raw}.")
    fingerprint = compute_fingerprint(raw)
    if fingerprint == context.cursor:
        return dg.SkipReason("The raw folder is as it was.")
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=fingerprint)], cursor=fingerprint)
