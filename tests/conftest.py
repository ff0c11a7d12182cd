"""What every test may lean on: the project's folders, and neither network nor haste."""

import os
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

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def raw_folder() -> Path:
    """The real documents."""
    return ROOT / "raw"
