"""One refresh, from the raw folder to the published file, as plain calls.

Belongs here: the steps in their order, without Dagster. The job of `defs` calls the same steps;
tests and scripts call this. Does not belong here: what a step does (`intake`, `release`).
"""

from __future__ import annotations

from pipelines.console.summary import Summary
from pipelines.publishing.fingerprint import is_unchanged
from pipelines.publishing.publish import run_lock
from pipelines.publishing.versions import find_damage
from pipelines.run.attempt import begin_run, ending_logged
from pipelines.run.intake import (
    Folders,
    compute_fingerprint,
    extract,
    link,
    read_meaning,
    take_stock,
)
from pipelines.run.progress import Progress
from pipelines.run.release import build_candidate, check_candidate, publish_candidate
from pipelines.run.single_document import Reader, read_with_extractors


def has_nothing_new(folders: Folders) -> bool:
    """Whether the published file was made from exactly what lies there now, by the same code.

    A file that is damaged anywhere is never as good as new.
    """
    if not folders.warehouse.is_file() or folders.accept_losses or folders.reads_anew:
        return False
    return (
        is_unchanged(folders.warehouse, compute_fingerprint(folders.raw))
        and find_damage(folders.warehouse) is None
    )


def refresh(
    folders: Folders, progress: Progress | None = None, reader: Reader = read_with_extractors
) -> Summary:
    """Run all steps.

    Raises:
        PipelineError: the run as a whole failed; the published file is as it was.
    """
    with ending_logged(folders.warehouse), run_lock(folders.warehouse):
        run_id = begin_run(folders.warehouse, progress)
        stock = take_stock(folders, progress, run_id)
        extraction = extract(stock, progress, reader)
        meaning = link(stock, read_meaning(stock, extraction, progress), progress, folders)
        build_candidate(folders, stock, meaning, progress=progress)
        check_candidate(folders, stock, meaning, progress)
        return publish_candidate(folders, stock, meaning, progress)
