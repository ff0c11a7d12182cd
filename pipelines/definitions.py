"""The Dagster project's entry: everything under `defs/`, found by Dagster itself.

Importing this imports Dagster and DuckDB, but not pandas, Great Expectations or a PDF library:
the web UI, the schedule and the sensor start without them, and each run imports what it needs.
"""

from __future__ import annotations

import warnings

import dagster as dg

import pipelines.defs
from pipelines.installation import PACKAGE


@dg.definitions
def defs() -> dg.Definitions:
    """All assets, checks, jobs, schedules, sensors and resources of the project."""
    # By the package, not by a pyproject.toml in a folder above it: a wheel has none.
    tree = dg.ComponentTree.from_module(defs_module=pipelines.defs, project_root=PACKAGE)
    with warnings.catch_warnings(action="ignore", category=dg.PreviewWarning):
        # Of Dagster's own loader, by which its projects are read: nobody here calls it.
        return tree.build_defs()
