from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.mutants.drawing import ROOMS, draw_mutants, find_all
from tests.mutants.sites import KINDS

CODE = """\
def f{0}(a):
    if a == {0}:
        g(a)
    return a
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for room in ROOMS:
        (tmp_path / room).mkdir(parents=True)
        for number in range(8):
            (tmp_path / room / f"m{number}.py").write_text(CODE.format(number), encoding="utf-8")
    return tmp_path


def test_the_same_seed_draws_the_same_mutants(project: Path) -> None:
    assert draw_mutants(project, 7, 20) == draw_mutants(project, 7, 20)
    assert draw_mutants(project, 7, 20) != draw_mutants(project, 8, 20)


def test_each_kind_is_drawn_as_often(project: Path) -> None:
    counts = Counter(mutant.kind for mutant in draw_mutants(project, 1, 50))
    assert counts == dict.fromkeys(KINDS, 10)


def test_no_mutant_is_drawn_twice_and_no_more_than_there_are(project: Path) -> None:
    drawn = draw_mutants(project, 1, 10_000)
    assert len(drawn) == len(set(drawn))
    assert set(drawn) == set(find_all(project))


def test_every_room_is_drawn_from(project: Path) -> None:
    paths = {mutant.path.rpartition("/")[0] for mutant in draw_mutants(project, 1, 100)}
    assert paths == set(ROOMS)
