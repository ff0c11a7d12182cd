"""Where the runs of this folder's tests read and publish."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.run.intake import Folders


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(raw=tmp_path / "raw", warehouse=tmp_path / "warehouse" / "x.duckdb")
