"""The Dagster project's entry: everything under `defs/`, found by Dagster itself.

Importing this imports Dagster and DuckDB, but not pandas, Great Expectations or a PDF library:
the web UI, the schedule and the sensor start without them, and each run imports what it needs.
"""

from __future__ import annotations

from pathlib import Path

import dagster as dg


@dg.definitions
def defs() -> dg.Definitions:
    """All assets, checks, jobs, schedules, sensors and resources of the project."""
    return dg.load_from_defs_folder(path_within_project=Path(__file__).parent)
