from __future__ import annotations

from tests.mutants.__main__ import Verdict, spell_survivor, spell_totals
from tests.mutants.running import Outcome
from tests.mutants.sites import Mutant

SOURCE = b"def f(a):\n    return a == 1\n"
MUTANT = Mutant("extractors/odd.py", 2, "comparison changed", 22, 26, " != ")


def test_a_survivor_is_named_with_its_place_and_its_change() -> None:
    assert spell_survivor(Verdict(MUTANT, Outcome.SURVIVED, 1.0), SOURCE).splitlines() == [
        "survived  extractors/odd.py:2  comparison changed",
        "    -    return a == 1",
        "    +    return a != 1",
    ]


def test_totals_are_told_by_folder_and_by_kind() -> None:
    outcomes = [Outcome.SURVIVED, Outcome.KILLED, Outcome.HUNG, Outcome.KILLED]
    told = spell_totals([Verdict(MUTANT, outcome, 1.0) for outcome in outcomes])
    counted = [line.split() for line in told.splitlines()]
    assert ["extractors", "3", "1"] in counted
    assert ["comparison", "changed", "3", "1"] in counted
    assert "3 of 4 killed (75%), 1 of them by the clock" in told
