"""The wheel alone is enough: installed into an empty environment, it works in an empty folder.

The libraries are those that run these tests, found by a path file, so that nothing is downloaded.
"""

from __future__ import annotations

import email
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipelines.installation import PACKAGE

pytestmark = pytest.mark.slow

FIXTURE = "10-jiuquan-2025-regions-down.docx"

Call = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def wheel(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run([*build, "--directory", folder], cwd=project_root, check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds the wheel and no checkout."""
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=False)
    program = home / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--quiet", "--python", str(program), "install"]
    subprocess.run([*pip, "--no-deps", "--no-index", "--no-compile", wheel], check=True)
    (packages,) = (home / "lib").glob("python*/site-packages")
    # A folder that is merely on the path has no path files: the editable project stays out.
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return program.parent


@pytest.fixture
def call(installed: Path, tmp_path: Path) -> Call:
    """Calls the installed command in an empty folder."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MINSHENG_", "PYTHON", "DAGSTER_HOME"))
    }

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [installed / "minsheng", *words],
            cwd=tmp_path,
            env={**clean, "COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_all_that_is_no_code_is_in_the_wheel(wheel: Path, project_root: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    listed = subprocess.run(
        ["git", "ls-files", "extractors", "pipelines", "sql"],
        cwd=project_root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert listed
    assert inside >= {re.sub("^sql/", "pipelines/sql/", name) for name in listed}
    assert {name.partition("/")[0] for name in inside if ".dist-info" not in name} == {
        "extractors",
        "pipelines",
    }


def test_the_wheel_asks_for_libraries_in_ranges_that_the_lock_lies_in(
    wheel: Path, project_root: Path
) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
        metadata = email.message_from_bytes(archive.read(name))
    required = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]
    declared = tomllib.loads((project_root / "pyproject.toml").read_text())["project"]
    assert len(required) == len(declared["dependencies"])
    assert not [line for line in required if "==" in line or not re.search(">=", line)]
    lock = (project_root / "requirements.lock").read_text()
    pinned = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE))
    from packaging.requirements import Requirement

    for requirement in map(Requirement, required):
        assert requirement.specifier.contains(pinned[requirement.name]), requirement


def test_a_refresh_in_an_empty_folder_publishes_a_file(
    call: Call, tmp_path: Path, project_root: Path
) -> None:
    (tmp_path / "in").mkdir()
    source = project_root / "tests" / "fixtures" / "documents" / FIXTURE
    (tmp_path / "in" / FIXTURE).write_bytes(source.read_bytes())
    done = call("refresh", "--raw", "in", "--warehouse", "out/cities.duckdb")
    assert done.returncode in (0, 2), done.stdout + done.stderr
    assert done.stderr == ""
    assert "make " not in done.stdout
    with duckdb.connect(str(tmp_path / "out" / "cities.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "SELECT status, (SELECT count(*) FROM core.figure) > 0 FROM core.document"
        ).fetchall()
    assert found == [("published", True)]
    again = call("refresh", "--raw", "in", "--warehouse", "out/cities.duckdb")
    assert "Nothing has changed" in again.stdout


def test_without_a_checkout_the_current_folder_is_worked_in(call: Call, tmp_path: Path) -> None:
    done = call("refresh")
    assert done.returncode == 1
    assert f"There is no folder {tmp_path / 'raw'}" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_what_an_installed_project_brings_is_found(call: Call, tmp_path: Path) -> None:
    assert re.fullmatch(r"minsheng \d+\.\d+\.\d+\+[0-9a-f]{12}\n", call("--version").stdout)
    assert call("init").returncode == 0
    assert (tmp_path / "raw" / "vocabulary" / "units.csv").is_file()
    assert "01  " in call("questions").stdout


def test_dagster_finds_the_definitions_of_an_installed_project(
    installed: Path, tmp_path: Path
) -> None:
    # With the project's settings of Dagster, by which nothing leaves the machine.
    (tmp_path / "dagster.yaml").write_bytes((PACKAGE / "dagster.yaml").read_bytes())
    validate = ["-m", "dagster", "definitions", "validate", "-m", "pipelines.definitions"]
    done = subprocess.run(
        [installed / "python", *validate],
        cwd=tmp_path,
        env={**os.environ, "DAGSTER_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_installed_project_names_the_libraries_that_it_runs_with(
    installed: Path, tmp_path: Path
) -> None:
    code = "from pipelines.installation import list_libraries; print(*list_libraries())"
    told = subprocess.run(
        [installed / "python", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    names = {line.partition("==")[0] for line in told}
    assert names >= {"minsheng-warehouse", "duckdb", "pdfplumber", "pdfminer-six"}
    assert "pytest" not in names
