"""What a plan's text promises: its quantities by their weight beside each other.

Belongs here: weighing the quantities of one text against each other. Does not belong here: the
weight of one (`goal_rules`), or where the text stands.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.quantities.grammar import Number, NumberKind
from pipelines.reading.clauses.frame import Frame
from pipelines.reading.clauses.goal_rules import GOAL_RULES, Weight
from pipelines.reading.clauses.rules import choose
from pipelines.reading.language.passage import CLAUSE_ENDS, SENTENCE_ENDS, Passage
from pipelines.reading.language.text import Text


@dataclass(frozen=True, slots=True)
class Promise:
    """A quantity that a text promises, with the words that say what is counted, the words before
    that say of what (`新增学位` after `新建成中小学`), and the rule that says so."""

    number: Number
    indicator: str
    context: str
    rule: str


@dataclass(frozen=True, slots=True)
class Qualification:
    """A quantity that only qualifies another, and the rule that says so."""

    number: Number
    rule: str


@dataclass(frozen=True, slots=True)
class Promises:
    """The quantities of a plan's text: what is promised, and what qualifies it."""

    promised: tuple[Promise, ...]
    qualifying: tuple[Qualification, ...]


def read_promises(text: Text) -> Promises:
    """Split the quantities of a text into promises and scope, in the order of the text.

    What the words around a quantity leave open its neighbours decide: `20个村（社）` is a promise
    where it stands alone and scope beside another, and so is `为1000名居民提供…`.
    """
    weights, rules = weigh(text)
    best = max(weights.values(), default=Weight.QUALIFIES)
    promised: list[Promise] = []
    qualifying: list[Qualification] = []
    for index, weight in weights.items():
        number = text.numbers[index]
        rival = best
        if weight == Weight.BENEFICIARIES:
            # Whom a measured service is for is told in its own clause; without a unit, anywhere.
            ends = SENTENCE_ENDS if number.unit is None else CLAUSE_ENDS
            rival = _best_between(text.passage, index, weights, ends)
        if weight == Weight.QUALIFIES or weight < rival:
            qualifying.append(Qualification(number, rules[index]))
        else:
            counted = text.counted[index]
            promised.append(Promise(number, counted.words, counted.context, rules[index]))
    return Promises(tuple(promised), tuple(qualifying))


def weigh(text: Text) -> tuple[dict[int, Weight], dict[int, str]]:
    """The weight of each quantity by its index, and the name of the rule that gave it."""
    weights: dict[int, Weight] = {}
    rules: dict[int, str] = {}
    for index, number in enumerate(text.numbers):
        if number.kind is not NumberKind.QUANTITY:
            continue
        rule = choose(GOAL_RULES, Frame(text, index, promised_before=any(weights.values())))
        weight = rule.verdict
        if weight is Weight.AS_BEFORE:
            weight = [w for _, w in sorted(weights.items()) if w > Weight.QUALIFIES][-1]
        weights[index], rules[index] = weight, rule.name
    return weights, rules


def _best_between(passage: Passage, index: int, weights: dict[int, Weight], marks: str) -> Weight:
    """The best weight of the sentence or clause that a number stands in."""
    start = passage.spans[index][0]
    low = passage.cut_before(start, marks, passage.whole)
    high = passage.cut_after(start, marks, passage.whole)
    return max(w for i, w in weights.items() if low <= passage.spans[i][0] < high)
