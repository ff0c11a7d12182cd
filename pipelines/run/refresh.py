"""One refresh, from the raw folder to the published file, as plain calls.

Belongs here: the steps in their order, without Dagster. The job of `defs` calls the same steps;
tests and scripts call this. Does not belong here: what a step does (`intake`, `release`).
"""

from __future__ import annotations

from pipelines.console.summary import Summary
from pipelines.publishing.fingerprint import is_unchanged
from pipelines.publishing.publish import run_lock
from pipelines.run.extraction import Reader, read_with_extractors
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


def has_nothing_new(folders: Folders) -> bool:
    """Whether the published file was made from exactly what lies there now, by the same code."""
    return folders.warehouse.exists() and is_unchanged(
        folders.warehouse, compute_fingerprint(folders.raw)
    )


def refresh(
    folders: Folders, progress: Progress | None = None, reader: Reader = read_with_extractors
) -> Summary:
    """Run all steps.

    Raises:
        PipelineError: the run as a whole failed; the published file is as it was.
    """
    with run_lock(folders.warehouse):
        stock = take_stock(folders, progress)
        extraction = extract(stock, progress, reader)
        meaning = link(stock, read_meaning(stock, extraction, progress), progress)
        build_candidate(folders, stock, meaning, progress=progress)
        check_candidate(folders, stock, meaning, progress)
        return publish_candidate(folders, stock, meaning, progress)
