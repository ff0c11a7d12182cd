"""Setting up says how far it is, and why it failed."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def install(project_root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("install", project_root / ".ci" / "install.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_tells_what_is_fetched_and_what_is_unpacked(install: ModuleType, tmp_path: Path) -> None:
    assert install.tell("", 3) == "fetching: 0 of 3"
    fetching = "Collecting a==1 (from -r x)\n  Downloading a\nCollecting b==1 (from -r x)\n"
    assert install.tell(fetching, 3) == "fetching: 2 of 3"
    unpacking = install.tell(fetching + "Installing collected packages: a, b\n", 3)
    assert unpacking.startswith("unpacking: ")
    (tmp_path / "a-1.dist-info").mkdir()
    (tmp_path / "a").mkdir()
    assert install.count_installed(tmp_path) == 1


def test_what_cannot_be_installed_is_told_with_pips_own_words(
    project_root: Path, tmp_path: Path
) -> None:
    lock = tmp_path / "x.lock"
    lock.write_text("no-such-package-of-ours==1.0 --hash=sha256:" + "0" * 64)
    done = subprocess.run(
        [sys.executable, project_root / ".ci" / "install.py", lock],
        env={"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": "/dev/null"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Installing the 1 packages" in done.stdout
    assert "No matching distribution found for no-such-package-of-ours" in done.stdout
