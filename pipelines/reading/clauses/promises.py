"""Which quantities of a plan's text are promised, and which only qualify another.

Belongs here: telling targets from scope (`12个镇街`, `每个场所不少于150平方米`, `离校2年内`), and
the words that say what each target counts. Does not belong here: any of those words (they are in
`vocabulary/scope_cues.csv`), or where the text stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from pipelines.quantities.grammar import Number, NumberKind
from pipelines.reading.language.counted import read_counted
from pipelines.reading.language.passage import CLAUSE_ENDS, SENTENCE_ENDS, Passage, read_passage
from pipelines.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Promise:
    """A quantity that a text promises, with the words that say what is counted, and the words
    before that say of what (`新增学位` after `新建成中小学`)."""

    number: Number
    indicator: str
    context: str


@dataclass(frozen=True, slots=True)
class PromiseReading:
    """The quantities of a plan's text: what is promised, and what qualifies it."""

    promises: tuple[Promise, ...]
    scope: tuple[Number, ...]


BOUNDS = (">=", ">")
"""Who prints a lower bound promises it: 覆盖人群不少于40万人次 is more than a description."""


class _Weight(IntEnum):
    """How much a quantity looks like the promise of its text."""

    QUALIFIES = 0
    PLACES = 1
    """A count of places to do something in: the promise only where the text has no other."""
    BENEFICIARIES = 2
    """Whom something is done for: the promise only where its clause has no other."""
    PROMISED = 3


def read_promises(printed: str, vocabulary: Vocabulary) -> PromiseReading:
    """Split the quantities of a text into promises and scope, in the order of the text.

    What the words around a quantity leave open its neighbours decide: `20个村（社）` is a promise
    where it stands alone and scope beside another, and so is `为1000名居民提供…`.
    """
    passage = read_passage(printed)
    weights: dict[int, _Weight] = {}
    for index, number in enumerate(passage.numbers):
        if number.kind == NumberKind.QUANTITY:
            weights[index] = _weigh(passage, index, weights, vocabulary)
    best = max(weights.values(), default=_Weight.QUALIFIES)
    counted = read_counted(printed, passage.numbers)
    promises: list[Promise] = []
    scope: list[Number] = []
    for index, weight in weights.items():
        number = passage.numbers[index]
        rival = best
        if weight == _Weight.BENEFICIARIES:
            # Whom a measured service is for is told in its own clause; without a unit, anywhere.
            ends = SENTENCE_ENDS if number.unit is None else CLAUSE_ENDS
            rival = _best_between(passage, index, weights, ends)
        if weight == _Weight.QUALIFIES or weight < rival:
            scope.append(number)
        else:
            promises.append(Promise(number, counted[index].words, counted[index].context))
    return PromiseReading(tuple(promises), tuple(scope))


def _best_between(passage: Passage, index: int, weights: dict[int, _Weight], marks: str) -> _Weight:
    """The best weight of the sentence or clause that a number stands in."""
    whole = (0, len(passage.text))
    start = passage.spans[index][0]
    low = passage.cut_before(start, marks, whole)
    high = passage.cut_after(start, marks, whole)
    return max(w for i, w in weights.items() if low <= passage.spans[i][0] < high)


def _weigh(
    passage: Passage, index: int, before_it: dict[int, _Weight], vocabulary: Vocabulary
) -> _Weight:
    number = passage.numbers[index]
    words = vocabulary.scope
    start, end = passage.wide_spans[index]
    within = passage.enclosing(start, end)
    clause_start = passage.cut_before(start, CLAUSE_ENDS, within)
    before = passage.text[clause_start:start]
    after = passage.text[end : passage.cut_after(end, CLAUSE_ENDS, within)]
    unit = vocabulary.units.resolve(number.unit) if number.unit else None
    if unit is not None and unit.dimension in words.dimensions:
        return _Weight.QUALIFIES
    if words.per_piece.match(before) or words.after.match(after) or words.before.search(before):
        return _Weight.QUALIFIES
    if words.attributes.fullmatch(before) and before_it and number.comparator == "~":
        # 总长18.6公里 is promised with the roads; 面积约18万方 only describes them.
        return _Weight.QUALIFIES
    if words.places.match(passage.text, end):
        return _Weight.PLACES
    is_bracketed = within != (0, len(passage.text))
    if words.parts.match(before) and is_bracketed and any(before_it.values()):
        # A part in brackets (其中12.9万老年人) is what the number before it is.
        return [w for _, w in sorted(before_it.items()) if w > _Weight.QUALIFIES][-1]
    if words.beneficiaries.search(before) and number.comparator not in BOUNDS:
        return _Weight.BENEFICIARIES
    return _Weight.PROMISED
