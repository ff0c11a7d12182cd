"""Resources: where sources come from, where the warehouse goes, and who hears of the progress."""

from __future__ import annotations

from pathlib import Path

import dagster as dg

from pipelines.run.intake import DEFAULT_RAW, DEFAULT_WAREHOUSE, Folders
from pipelines.run.progress import Silence

GROUP = "minsheng"
"""One group for all assets: the web UI then opens on the whole graph."""


class FoldersResource(dg.ConfigurableResource[None]):
    """The two paths of a run; the project's own unless a run says otherwise.

    `accept_losses` names documents whose loss of facts a person lets go out in this run.
    """

    raw: str = str(DEFAULT_RAW)
    warehouse: str = str(DEFAULT_WAREHOUSE)
    accept_losses: list[str] = []  # noqa: RUF012

    def resolve(self) -> Folders:
        """The paths as the plain functions take them."""
        return Folders(Path(self.raw), Path(self.warehouse), tuple(self.accept_losses))


@dg.definitions
def resources() -> dg.Definitions:
    """`folders`, and a `progress` that `minsheng refresh` replaces by one that draws."""
    return dg.Definitions(resources={"folders": FoldersResource(), "progress": Silence()})
