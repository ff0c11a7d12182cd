"""How likely it is that two facts speak of the same promise: all evidence, weighed together.

The words decide; unit, number, action, lead body, category and order can tip a pair over a
threshold or keep it from it, and some contradictions rule a pair out whatever the words.

Belongs here: weighing one pair. Does not belong here: which pairs are weighed (`blocking`), and
which of several is taken (`joining`).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.linking.comparing import SPECIFIC_WEIGHT, Comparison, compare
from pipelines.linking.profiles import Profile
from pipelines.linking.words import IndicatorWords, Phrase

CERTAIN = 0.70
"""At least so much for a link. With nothing but words missing on one side, it is reached when they
are at most one and a half times as long as those in common."""
POSSIBLE = 0.48
"""At least so much for a candidate that a person is asked about."""
JUST_BELOW = 0.01
"""What is capped stays so far below certain."""
RULED_OUT = 0.0

UNIT_AGREES = 0.04
UNIT_DIFFERS = -0.04
RATE_BESIDE_COUNT = -0.10
NUMBER_CLOSE = 0.03
NUMBER_SAME = 0.15
"""Two documents that restate one promise print one number."""
NUMBER_FAR = -0.06
NUMBER_ABSURD = -0.15
SHARE_TOO_LARGE = -0.15
QUOTED_NAME = 0.10
LONG_NAME = 5
MOSTLY_OWN = 0.5
LONG_PHRASE = 4.0
"""So many characters in common, two words, name a thing whatever else is said of it."""
SAME_SURROUNDINGS = 0.03
DIFFERENT_THINGS = -0.12
OTHER_ACTION = -0.10

CLOSE_RATIO = (0.5, 5.0)
"""Results were between half and five times what was promised, save for slips and other things."""
ABSURD_RATIO = (0.05, 30.0)
MOST_OF_A_SHARE = 1.2
"""A district's own promise beyond the whole city's is not a share of it, rounding aside."""

RESULT, SHARE, YEAR, TWIN = "result", "share", "year", "twin"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome for one pair. `score` is a fraction, more than 1 where much else
    speaks for the same words; `reasons` name the evidence for and against."""

    score: float
    method: str
    reasons: tuple[str, ...]

    @property
    def is_certain(self) -> bool:
        """Whether the pair is linked."""
        return self.score >= CERTAIN

    @property
    def is_possible(self) -> bool:
        """Whether the pair is shown to a person."""
        return POSSIBLE <= self.score < CERTAIN

    @property
    def reason(self) -> str:
        """The evidence in words."""
        return "; ".join(self.reasons)


@dataclass(slots=True)
class _Scale:
    """Gathers the evidence of one pair."""

    score: float
    reasons: list[str]
    most: float = 1.0

    def add(self, points: float, reason: str) -> None:
        """Counts evidence for or against."""
        self.score += points
        self.reasons.append(reason)

    def cap(self, reason: str) -> None:
        """Leaves the pair to a person at most."""
        self.most = CERTAIN - JUST_BELOW
        self.reasons.append(reason)


def weigh(fact: Profile, target: Profile, relation: str, words: IndicatorWords) -> Verdict:
    """Weighs a fact against a target. `relation` is `result`, `share`, `year` or `twin`."""
    contradiction = find_contradiction(fact, target, words)
    if contradiction:
        return Verdict(RULED_OUT, "similarity", (contradiction,))
    comparison = compare(
        fact.phrase, target.phrase, fact.context, target.line, left_may_say_more=relation == SHARE
    )
    opposed = find_opposed(fact.phrase, target.phrase, words.soft_pairs)
    is_same_text = comparison.similarity == 1.0 and fact.is_comparable and not opposed
    said = "same words" if is_same_text else f"words {comparison.similarity:.2f} alike"
    scale = _Scale(comparison.similarity, [said])
    agrees = fact.family is not None and fact.family == target.family
    names = _find_names(fact.phrase, target.phrase)
    if names:
        scale.add(QUOTED_NAME, f"both name {'、'.join(sorted(names))}")
    is_plain = {fact.unit, target.unit} <= words.plain_units
    _weigh_units(scale, fact, target, agrees, is_plain or is_same_text)
    if not is_same_text:
        _weigh_numbers(scale, fact, target, relation)
    if fact.category and fact.category == target.category:
        scale.add(SAME_SURROUNDINGS, "same category")
    if fact.leads & target.leads:
        scale.add(SAME_SURROUNDINGS, "same lead body")
    is_telling = agrees and fact.unit not in words.plain_units
    _weigh_words(scale, comparison, agrees, is_telling, bool(names))
    if fact.stage != target.stage:
        scale.cap("one of the two only begins")
    if opposed and not names:
        scale.add(OTHER_ACTION, opposed)
        scale.cap("another thing may be meant")
    if comparison.is_partial:
        scale.cap("only a part of an enumeration")
    if relation != SHARE and not is_same_text:
        _weigh_scope(scale, fact.phrase, comparison)
    if not fact.is_comparable or not target.is_comparable:
        scale.cap("the words do not say enough")
    score = max(0.0, min(scale.score, scale.most))
    if score < POSSIBLE and (agrees or is_plain) and _are_kin(fact, target, comparison):
        scale.reasons.append("kindred words")
        score = POSSIBLE
    return Verdict(score, "same_text" if is_same_text else "similarity", tuple(scale.reasons))


def find_contradiction(fact: Profile, target: Profile, words: IndicatorWords) -> str | None:
    """What rules the pair out whatever else speaks for it; None where nothing does."""
    left, right = fact.phrase, target.phrase
    if left.has_effect != right.has_effect:
        return "one counts whom the work serves or what it costs"
    is_same_measure = fact.family == target.family and fact.unit not in words.plain_units
    has_place = left.capacities or right.capacities
    if has_place and not left.capacities & right.capacities and not is_same_measure:
        # The words of one may leave the head noun out, but not when what is counted is a place.
        return f"one counts {'、'.join(sorted(left.capacities ^ right.capacities))}, the other not"
    dimensions = {fact.dimension, target.dimension}
    if None not in dimensions and len(dimensions) == 2 and "ratio" not in dimensions:
        return f"{fact.unit} and {target.unit} measure different things"
    opposed = find_opposed(left, right, words.action_pairs)
    if opposed:
        return opposed
    said = fact.context.marks if fact.context else frozenset()
    return _find_exclusive(left.marks, right.marks, said, words.marked)


def find_opposed(left: Phrase, right: Phrase, pairs: frozenset[frozenset[str]]) -> str | None:
    """Actions that are not done to the same thing, where neither side names both of them."""
    for action in sorted(left.actions - right.actions):
        for other in sorted(right.actions - left.actions):
            if frozenset((action, other)) in pairs:
                return f"opposite actions: {action}, {other}"
    return None


Marks = frozenset[tuple[str, str]]


def _find_exclusive(left: Marks, right: Marks, said: Marks, marked: Marks) -> str | None:
    """`said` are the marks of what was said before the left phrase."""
    for name in sorted({name for name, _ in left | right}):
        ours = {mark for mark in left if mark[0] == name}
        theirs = {mark for mark in right if mark[0] == name}
        if ours and theirs and not ours & theirs:
            return f"{'、'.join(sorted(m for _, m in ours | theirs))} shut one another out"
        if not (ours and theirs) and (ours | theirs) <= marked and not theirs & said:
            return f"only one is {'、'.join(sorted(m for _, m in ours | theirs))}"
    return None


def _weigh_scope(scale: _Scale, phrase: Phrase, comparison: Comparison) -> None:
    """Leaves to a person what speaks of a kind only.

    A district may take part in its own kind of what the city counts; a result, or the next year's
    plan, that says more than the promise counts something narrower.
    """
    if comparison.is_narrower:
        scale.cap("only some of an enumeration")
    own_words = sum(map(len, comparison.left_only))
    is_short = comparison.common < LONG_PHRASE and own_words >= MOSTLY_OWN * phrase.weight
    if is_short or phrase.weight > comparison.common / MOSTLY_OWN:
        scale.cap("half of its words are its own")


def _are_kin(fact: Profile, target: Profile, comparison: Comparison) -> bool:
    """Whether the words are of one family and not both say something else besides."""
    ours, theirs = fact.phrase.kin, target.phrase.kin
    if not {family for _, family in ours} & {family for _, family in theirs}:
        return False
    return fact.stage == target.stage and not (
        _say_more(comparison.left_only, ours) and _say_more(comparison.right_only, theirs)
    )


def _say_more(left_over: tuple[str, ...], kin: tuple[tuple[str, str], ...]) -> bool:
    """Whether left-over words are more than the kindred ones or a piece of them."""
    for run in left_over:
        if any(run in word for word, _ in kin):
            continue
        for word, _ in kin:
            run = run.replace(word, "")
        if len(run) >= SPECIFIC_WEIGHT:
            return True
    return False


def _find_names(left: Phrase, right: Phrase) -> set[str]:
    """Names that one of two phrases quotes and the other quotes or holds."""
    names = {name for name in left.quoted if name in right.core}
    names |= {name for name in right.quoted if name in left.core}
    return names | {
        name for name in left.quoted if any(_is_same_name(name, other) for other in right.quoted)
    }


def _is_same_name(name: str, other: str) -> bool:
    """The same, or a long name with one character misprinted."""
    if len(name) != len(other):
        return False
    slips = sum(one != two for one, two in zip(name, other, strict=True))
    return slips == 0 or (slips == 1 and len(name) >= LONG_NAME)


def _weigh_units(
    scale: _Scale, fact: Profile, target: Profile, agrees: bool, may_differ: bool
) -> None:
    if fact.family is None or target.family is None:
        return
    if agrees:
        scale.add(UNIT_AGREES, "units agree")
    elif "ratio" in (fact.dimension, target.dimension):
        scale.add(RATE_BESIDE_COUNT, f"{fact.unit} beside {target.unit}")
        if not (fact.says_all or target.says_all):
            scale.cap("a count says nothing of a rate unless it is all of them")
    else:
        scale.add(UNIT_DIFFERS, f"{fact.unit} beside {target.unit}")
        if not may_differ:
            scale.cap("units of different things")


def _weigh_numbers(scale: _Scale, fact: Profile, target: Profile, relation: str) -> None:
    ours, theirs = fact.base_value, target.base_value
    if not ours or not theirs or fact.dimension != target.dimension:
        return
    ratio = ours / theirs
    if relation == SHARE:
        if ratio > MOST_OF_A_SHARE:
            scale.add(SHARE_TOO_LARGE, "more than the whole that it would be a share of")
    elif relation == TWIN and ratio == 1:
        scale.add(NUMBER_SAME, "the same number")
    elif CLOSE_RATIO[0] <= ratio <= CLOSE_RATIO[1]:
        scale.add(NUMBER_CLOSE, "numbers close")
    elif not ABSURD_RATIO[0] <= ratio <= ABSURD_RATIO[1]:
        scale.add(NUMBER_ABSURD, "numbers of a wholly different size")
    elif relation == RESULT:
        scale.add(NUMBER_FAR, "numbers apart")


def _weigh_words(
    scale: _Scale, comparison: Comparison, agrees: bool, is_telling: bool, has_name: bool
) -> None:
    """Leaves pairs to a person whose words name different things.

    A unit of its own (a bed, a lesson) makes up for a head noun in other words; 个 does not.
    """
    if comparison.left_only and comparison.right_only and not (has_name and agrees):
        ours, theirs = "、".join(comparison.left_only), "、".join(comparison.right_only)
        scale.add(DIFFERENT_THINGS, f"one says {ours}, the other {theirs}")
        scale.cap("each names something of its own")
    elif comparison.left_tail and not has_name:
        scale.cap(f"another head noun: {comparison.left_tail}")
    elif comparison.right_tail and not agrees:
        scale.cap(f"another head noun: {comparison.right_tail}")
    elif comparison.differ_at_end and not is_telling and not has_name:
        scale.cap("the head nouns differ")
