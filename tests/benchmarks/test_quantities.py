"""How fast numbers are read, beside a plain peer in the same run. Printed, never asserted on time.

Peer: one regular expression for digits and one `cn2an` call a match, which knows no measure word,
comparator or label. `pytest tests/benchmarks/test_quantities.py -s` shows the table.
"""

import re
import time
from collections.abc import Callable
from pathlib import Path

import cn2an
import pytest

from extractors import read_document
from extractors.records import Table
from pipelines.quantities import find_numbers, load_grammar, normalize

RAW = Path(__file__).parents[2] / "raw"
_PEER = re.compile(r"[0-9]+(?:\.[0-9]+)?[万亿]?|[一二两三四五六七八九十百千万]+")


@pytest.fixture(scope="module")
def phrases() -> tuple[str, ...]:
    """Clauses of the source documents that hold a digit."""
    texts: list[str] = []
    for path in sorted(RAW.glob("*.docx")):
        for block in read_document(path).blocks:
            texts += [c.text for c in block.cells] if isinstance(block, Table) else [block.text]
    clauses = (clause for text in texts for clause in re.split(r"[；。;]", text))
    return tuple(clause for clause in clauses if re.search(r"\d", clause))


def read_with_peer(phrase: str) -> list[float]:
    """What a regular expression and cn2an make of it: bare values, some of them wrong."""
    values = []
    for match in _PEER.finditer(phrase):
        try:
            values.append(float(cn2an.cn2an(match.group(), "smart")))
        except ValueError:
            continue
    return values


def count_per_second(read: Callable[[str], object], phrases: tuple[str, ...]) -> float:
    started = time.perf_counter()
    for phrase in phrases:
        read(phrase)
    return len(phrases) / (time.perf_counter() - started)


def read_uncached(phrase: str) -> object:
    normalize.cache_clear()
    return load_grammar().read(phrase)


@pytest.mark.slow
def test_reading_speed_beside_a_peer(phrases: tuple[str, ...]) -> None:
    read_uncached(phrases[0])
    ours = max(count_per_second(read_uncached, phrases) for _ in range(3))
    peer = max(count_per_second(read_with_peer, phrases) for _ in range(3))
    found = sum(len(find_numbers(phrase)) for phrase in phrases)
    print(
        f"\n{len(phrases)} phrases, {found} numbers: grammar {ours:,.0f} phrases/s, "
        f"regex + cn2an {peer:,.0f} phrases/s, ratio {ours / peer:.2f}"
    )
    assert found > 0
