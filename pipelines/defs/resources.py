"""Resources: where sources come from, where the warehouse goes, and who hears of the progress."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import dagster as dg

from pipelines.run.attempt import ending_logged
from pipelines.run.intake import DEFAULT_RAW, DEFAULT_WAREHOUSE, Folders
from pipelines.run.logs import LoggedProgress
from pipelines.run.settings import read_settings
from pipelines.run.turn import in_turn

SOURCES, READING, PUBLISHED = "sources", "reading", "published"
"""Groups of assets by stage, so that the graph reads from left to right; the tables between reading
and publishing are grouped by their schema."""


class FoldersResource(dg.ConfigurableResource["FoldersResource"]):
    """The two paths of a run; the project's own unless a run says otherwise.

    A run that has them has its turn: it waits while another one is at work, whoever started that,
    and keeps others waiting from its first step to its last. A sensor only looks, and never waits.

    `accept_losses` names documents whose loss of facts a person lets go out in this run. With
    `reads_anew` every document is read, also where its result is known from an earlier run.
    """

    raw: str = str(DEFAULT_RAW)
    warehouse: str = str(DEFAULT_WAREHOUSE)
    accept_losses: list[str] = []  # noqa: RUF012
    reads_anew: bool = False

    def resolve(self) -> Folders:
        """The paths as the plain functions take them."""
        raw, warehouse = Path(self.raw).absolute(), Path(self.warehouse).absolute()
        return Folders(raw, warehouse, tuple(self.accept_losses), self.reads_anew)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[FoldersResource]:
        """Wait for the run's turn, and hold it until the run is over."""
        folders = self.resolve()
        if context.run is None:
            yield self
            return

        def say(whom: str) -> None:
            if context.log is not None:
                context.log.info(f"Waiting: {whom}")

        with ExitStack() as turn:
            # A run that ends here has no step that could log its end.
            with ending_logged(folders.warehouse):
                patience_s = read_settings(folders.raw).wait_for_run_s
                turn.enter_context(in_turn(folders.warehouse, patience_s, say))
            yield self


@dg.definitions
def resources() -> dg.Definitions:
    """`folders`, and a `progress` that `minsheng refresh` replaces by one that draws.

    Steps run in one process, also those that a person picks on the page: they are few, starting a
    process for each costs more than its work, and the run's turn is held by that process.
    """
    return dg.Definitions(
        resources={"folders": FoldersResource(), "progress": LoggedProgress()},
        executor=dg.in_process_executor,
    )
