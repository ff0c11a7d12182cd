"""The Dagster job `refresh`, run in this process: no web UI, no daemon, nothing left behind.

Belongs here: starting the job for the command and getting its summary back.
Does not belong here: what the job does (`defs`).
"""

from __future__ import annotations

from typing import Any

from pipelines.console.summary import Summary
from pipelines.errors import PipelineError
from pipelines.publishing.publish import new_path, reject, run_lock
from pipelines.run.attempt import InterruptedRunError, ending_logged
from pipelines.run.intake import Folders
from pipelines.run.progress import Progress

JOB = "refresh"


class RunFailedError(PipelineError):
    """The job failed for a reason that nobody foresaw; the message names the step and the error."""

    def __init__(self, message: str) -> None:
        super().__init__("run_failed", message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.message,))


def run_refresh_job(folders: Folders, progress: Progress) -> Summary:
    """Run the job and return what it published.

    Raises:
        PipelineError: the step's own, where the failure was foreseen.
    """
    import dagster as dg

    from pipelines.definitions import defs
    from pipelines.defs.resources import FoldersResource

    job = defs().resolve_job_def(JOB)
    resources = {
        "folders": FoldersResource(
            raw=str(folders.raw),
            warehouse=str(folders.warehouse),
            accept_losses=list(folders.accept_losses),
        ),
        "progress": progress,
        # What passes between steps of one process need not go through the disk.
        "io_manager": dg.mem_io_manager,
    }
    quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    with (
        ending_logged(folders.warehouse),
        run_lock(folders.warehouse),
        dg.DagsterInstance.ephemeral() as instance,
    ):
        try:
            result = job.execute_in_process(
                instance=instance, run_config=quiet, resources=resources
            )
        except dg.DagsterExecutionInterruptedError as error:
            reject(new_path(folders.warehouse), folders.warehouse)
            raise InterruptedRunError from error
        except dg.DagsterError as error:
            # Dagster's own word: a blocking check failed, so that `published` never ran.
            reject(new_path(folders.warehouse), folders.warehouse)
            raise RunFailedError(f"Nothing was published. {error}") from error
    summary = result.asset_value("published")
    assert isinstance(summary, Summary)
    return summary
