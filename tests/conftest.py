"""What every test may lean on: the project's folders, and neither network nor haste."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# How fast a machine is says nothing about a property.
settings.register_profile("project", deadline=None)
settings.load_profile("project")

# Before anything imports them: nothing phones home from a test.
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DAGSTER_DG_UPDATE_CHECK_ENABLED", "0")

NEWEST = "2024-hangzhou-year-end-results.pdf"
"""The real document that came in last: the first version of a warehouse is published without it."""

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def raw_folder() -> Path:
    """The real documents."""
    return ROOT / "raw"


@pytest.fixture(scope="session")
def refreshed_twice(raw_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of the real documents with a version behind it, so that there is what moved.

    It is for reading only: whoever changes anything about it takes a copy of its folder.
    """
    from pipelines.run.intake import Folders
    from pipelines.run.refresh import refresh

    folder = tmp_path_factory.mktemp("refreshed")
    earlier = Folders(folder / "raw", folder / "warehouse" / "minsheng.duckdb")
    shutil.copytree(raw_folder, earlier.raw, ignore=shutil.ignore_patterns(NEWEST))
    refresh(earlier)
    refresh(Folders(raw_folder, earlier.warehouse))
    return earlier.warehouse
