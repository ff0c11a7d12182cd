"""A sample of mutants, the same for the same seed.

Belongs here: which modules are sampled, and the draw. Does not belong here: what can be changed.
"""

from __future__ import annotations

import itertools
import random
from pathlib import Path

from tests.mutants.signatures import Signatures
from tests.mutants.sites import KINDS, Mutant, find_mutants, is_another_program

ROOMS = ("pipelines/reading", "pipelines/quantities", "extractors", "pipelines/linking")


def list_modules(root: Path) -> list[Path]:
    """Every module of the sampled rooms, in the order of names."""
    return sorted(path for room in ROOMS for path in (root / room).rglob("*.py"))


def find_all(root: Path) -> list[Mutant]:
    """Every mutant of every sampled module."""
    modules = list_modules(root)
    signatures = Signatures(modules)
    return [mutant for path in modules for mutant in find_mutants(path, root, signatures)]


def draw_mutants(root: Path, seed: int, count: int) -> list[Mutant]:
    """As many of each kind as of any other, each kind drawn over all functions alike.

    Some kinds have many times the places of others: drawn by their number they would crowd out the
    conditions and comparisons, in which the rules stand.
    """
    chance = random.Random(seed)
    by_kind: dict[str, list[Mutant]] = {kind: [] for kind in KINDS}
    for mutant in find_all(root):
        by_kind[mutant.kind].append(mutant)
    for pool in by_kind.values():
        chance.shuffle(pool)
    drawn: list[Mutant] = []
    for kind in itertools.cycle(KINDS):
        if len(drawn) == count or not any(by_kind.values()):
            return drawn
        mutant = _next_sound(by_kind[kind], root)
        if mutant is not None:
            drawn.append(mutant)
    return drawn


def _next_sound(pool: list[Mutant], root: Path) -> Mutant | None:
    while pool:
        mutant = pool.pop()
        if is_another_program(mutant, (root / mutant.path).read_bytes()):
            return mutant
    return None
