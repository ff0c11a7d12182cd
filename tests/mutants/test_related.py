from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutants.drawing import ROOMS
from tests.mutants.related import BACKSTOPS, list_tests


@pytest.fixture
def project(tmp_path: Path) -> Path:
    tests = {
        "pipelines/reading/clauses/test_promises.py": "",
        "pipelines/reading/test_prose.py": "from pipelines.reading.clauses import promises\n",
        "test_far.py": "import pipelines.reading.clauses.promises\n",
        "test_other.py": "from pipelines.reading import read_facts\n",
        "benchmarks/test_speed.py": "import pipelines.reading.clauses.promises\n",
        "facts/test_facts.py": "",
    }
    for name, text in tests.items():
        path = tmp_path / "tests" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_a_modules_own_tests_come_first_then_who_imports_it_then_its_room(project: Path) -> None:
    assert list_tests("pipelines/reading/clauses/promises.py", project) == (
        "tests/pipelines/reading/clauses/test_promises.py",
        "tests/pipelines/reading/test_prose.py",
        "tests/test_far.py",
        "tests/pipelines/reading",
        "tests/facts/test_facts.py",
    )


def test_every_room_has_a_backstop_that_is_there(project_root: Path) -> None:
    assert set(BACKSTOPS) == set(ROOMS)
    for tests in BACKSTOPS.values():
        assert all((project_root / test).exists() for test in tests)
