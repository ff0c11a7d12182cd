"""The Dagster job `refresh`, run in this process: no web UI, no daemon, nothing left behind.

Belongs here: starting the job for the command and getting its summary back.
Does not belong here: what the job does (`defs`).
"""

from __future__ import annotations

from typing import Any

from pipelines.console.summary import Summary, read_summary
from pipelines.errors import PipelineError
from pipelines.publishing.publish import new_path, reject
from pipelines.run.attempt import InterruptedRunError, ending_logged
from pipelines.run.intake import Folders
from pipelines.run.logs import LoggedProgress
from pipelines.run.notification import describe_failure, describe_waiting, notify
from pipelines.run.progress import Progress
from pipelines.run.refresh import has_nothing_new
from pipelines.run.settings import read_settings
from pipelines.run.turn import in_turn

JOB = "refresh"


class RunFailedError(PipelineError):
    """The job failed for a reason that nobody foresaw; the message names the step and the error."""

    def __init__(self, message: str) -> None:
        super().__init__("run_failed", message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.message,))


def run_refresh_job(folders: Folders, progress: Progress) -> Summary:
    """Run the job, after whichever run is at work, and return what it published.

    Whoever wants to be called of a failure, or of something that waits, is called (`notification`).

    Raises:
        PipelineError: the step's own, where the failure was foreseen.
    """
    try:
        summary = _run_in_turn(folders, LoggedProgress(progress))
    except Exception as error:
        if not isinstance(error, InterruptedRunError):
            _tell(progress, notify(describe_failure(error, folders.warehouse)))
        raise
    _tell(progress, notify(describe_waiting(summary)))
    return summary


def _tell(progress: Progress, problems: tuple[str, ...]) -> None:
    for problem in problems:
        progress.begin("Calling somebody")
        progress.end(problem)


def _run_in_turn(folders: Folders, progress: Progress) -> Summary:
    def say(whom: str) -> None:
        progress.begin("Waiting")
        progress.end(whom)

    with ending_logged(folders.warehouse):
        patience_s = read_settings(folders.raw).wait_for_run_s
        with in_turn(folders.warehouse, patience_s, say) as has_waited:
            if has_waited and has_nothing_new(folders):
                # The other run has published just this.
                return read_summary(folders.warehouse)
            return _execute(folders, progress)


def _execute(folders: Folders, progress: Progress) -> Summary:
    import dagster as dg

    from pipelines.definitions import defs
    from pipelines.defs.resources import FoldersResource

    job = defs().resolve_job_def(JOB)
    resources = {
        "folders": FoldersResource(
            raw=str(folders.raw),
            warehouse=str(folders.warehouse),
            accept_losses=list(folders.accept_losses),
            reads_anew=folders.reads_anew,
        ),
        "progress": progress,
        # What passes between steps of one process need not go through the disk.
        "io_manager": dg.mem_io_manager,
    }
    quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    with dg.DagsterInstance.ephemeral() as instance:
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
