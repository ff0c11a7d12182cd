from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutants.running import (
    COPIED,
    Copies,
    FailingTestsError,
    Outcome,
    changed,
    measure,
    try_mutant,
)
from tests.mutants.sites import Mutant

CODE = "def is_odd(n):\n    while n > 1:\n        n = n - 2\n    return n == 1\n"
TEST = "from extractors.odd import is_odd\n\n\ndef test_odd():\n    assert is_odd(7)\n"
TESTS = ("tests/test_odd.py",)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for name in COPIED:
        if "." not in name:
            (root / name).mkdir(parents=True)
    (root / "pyproject.toml").write_text("", encoding="utf-8")
    (root / "extractors" / "__init__.py").write_text("", encoding="utf-8")
    (root / "extractors" / "odd.py").write_text(CODE, encoding="utf-8")
    (root / "tests" / "test_odd.py").write_text(TEST, encoding="utf-8")
    return root


@pytest.fixture
def copies(project: Path, tmp_path: Path) -> Copies:
    return Copies(project, tmp_path / "copies", 1)


def mutant(old: str, new: str) -> Mutant:
    start = CODE.index(old)
    return Mutant("extractors/odd.py", 1, "constant changed", start, start + len(old), new)


@pytest.mark.parametrize(
    ("old", "new", "outcome"),
    [
        ("n == 1", "n != 1", Outcome.KILLED),
        ("n == 1", "n = = 1", Outcome.KILLED),
        ("n == 1", "n > 0", Outcome.SURVIVED),
        ("n - 2", "n - 0", Outcome.HUNG),
        ("n - 2", "n - 2 + 0 * len(bytes(10**10))", Outcome.KILLED),
    ],
)
def test_what_comes_of_a_mutant(copies: Copies, old: str, new: str, outcome: Outcome) -> None:
    limit_s = 5 if outcome == Outcome.HUNG else 60
    found, _ = try_mutant(copies, mutant(old, new), TESTS, limit_s, is_extracted=False)
    assert found == outcome


def test_a_mutant_leaves_no_trace_for_the_next_one(copies: Copies) -> None:
    for _ in range(2):
        killed = try_mutant(copies, mutant("== 1", "== 2"), TESTS, 60, is_extracted=False)
        alive = try_mutant(copies, mutant("== 1", "!= 0"), TESTS, 60, is_extracted=False)
        assert (killed[0], alive[0]) == (Outcome.KILLED, Outcome.SURVIVED)
    assert measure(copies, TESTS, is_extracted=False) > 0


def test_the_project_itself_is_never_changed(project: Path, copies: Copies) -> None:
    with copies.take() as copy, changed(copy, mutant("== 1", "== 2")):
        assert (copy / "extractors/odd.py").read_text(encoding="utf-8") != CODE
        assert (project / "extractors/odd.py").read_text(encoding="utf-8") == CODE
    assert (copy / "extractors/odd.py").read_text(encoding="utf-8") == CODE


def test_tests_that_fail_by_themselves_are_told(project: Path, tmp_path: Path) -> None:
    failing = TEST.replace("is_odd(7)", "is_odd(8)")
    (project / "tests" / "test_odd.py").write_text(failing, encoding="utf-8")
    with pytest.raises(FailingTestsError, match="without any change"):
        measure(Copies(project, tmp_path / "more", 1), TESTS, is_extracted=False)
