"""How alike two phrases are, and what each says that the other does not.

Characters are compared as pairs (bigrams), single characters count half: word order may differ
between two sources, and a dictionary of all words is not to be had. What is left over on *both*
sides tells more than what is left over on one: 残疾人托养机构 and 托养机构 may be one thing,
水美乡村 and 未来乡村 are two.

Belongs here: comparing words. Does not belong here: units, numbers and places (`weighing`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from pipelines.linking.words import Phrase

SINGLE_CHARACTER = 0.5
"""A character matched outside any pair is often chance."""
ONE_SIDED = 0.25
TWO_SIDED = 0.75
"""How much of what is left over counts against a pair: words left out on one side are usual between
a headline and an article; words that differ on both sides name different things."""
SAYS_MORE = 0.4
"""A result that says more than the promise is often a part of it: 公益性岗位 of all 岗位."""
SPECIFIC_WEIGHT = 2.0
"""Left-over words say something of their own from two characters of full weight, a Chinese word."""
IN_CONTEXT = 0.6
"""A word of the clause before may belong to what follows, or may not."""
OWN_WORDS_LEFT = 0.4
"""The context speaks only for a phrase whose own words are mostly found."""
MEMBER_ALIKE = 0.5
"""A member has a counterpart from here on: more in common than not."""
MEMBER_DISCOUNT = 0.9
"""A member of an enumeration is the same thing, but only a part of what is counted."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two phrases are: 0 to 1, and the words that only one of them has.

    `left_only` and `right_only` hold left-over words of their own meaning. `left_tail` and
    `right_tail` are those that stand at the end, where the head noun stands; `differ_at_end`:
    neither ends with anything that the other has. `common` is the weight of what both say, in
    characters. `is_partial`: only some members of an enumeration have a counterpart. `is_narrower`:
    all of the left have one, but they speak of no more than half of the right.
    """

    similarity: float
    left_only: tuple[str, ...]
    right_only: tuple[str, ...]
    left_tail: str
    right_tail: str
    differ_at_end: bool = False
    common: float = 0.0
    is_partial: bool = False
    is_narrower: bool = False


def compare(
    left: Phrase,
    right: Phrase,
    context: Phrase | None = None,
    line: Phrase | None = None,
    left_may_say_more: bool = True,
) -> Comparison:
    """Compares as wholes and by the members of an enumeration, and takes the better.

    `context` is what was said before the left phrase; it may supply words that the left leaves out.
    `line` are the words of the line that the right phrase stands in, which may do so for the right.
    `left_may_say_more`: words of its own on the left count no more than those on the right.

    What an enumeration names besides is another thing: where it is left over, the wholes agree in
    part only.
    """
    whole = _compare_whole(left, right, context, line, left_may_say_more)
    if not left.members and not right.members:
        return whole
    if (left.members and whole.left_only) or (right.members and whole.right_only):
        whole = replace(whole, is_partial=True)
    members = _compare_members(left, right)
    return max(whole, members, key=lambda one: (not one.is_partial, one.similarity))


def _compare_whole(
    left: Phrase,
    right: Phrase,
    context: Phrase | None = None,
    line: Phrase | None = None,
    left_may_say_more: bool = True,
) -> Comparison:
    if left.segments == right.segments:
        return Comparison(1.0 if left.segments else 0.0, (), (), "", "")
    left_pairs, right_pairs = _cover(left, right), _cover(right, left)
    left_marks, right_marks = _match_singles(left, left_pairs, right, right_pairs)
    if context is not None and _is_mostly_found(left, left_marks):
        _match_context(right, right_marks, context)
    if line is not None and _is_mostly_found(right, right_marks):
        _match_context(left, left_marks, line)
    left_common, left_rest, left_only, left_tail = _weigh_rest(left, left_marks)
    right_common, right_rest, right_only, right_tail = _weigh_rest(right, right_marks)
    common = (left_common + right_common) / 2
    if not common:
        return Comparison(0.0, left_only, right_only, left_tail, right_tail)
    says_more = left_rest > right_rest and not left_may_say_more
    one_sided = SAYS_MORE if says_more else ONE_SIDED
    against = one_sided * max(left_rest, right_rest) + TWO_SIDED * min(left_rest, right_rest)
    differ = not (_ends_in_common(left, left_marks) or _ends_in_common(right, right_marks))
    differ = differ and (_has_head_noun(left) or _has_head_noun(right))
    likeness = common / (common + against)
    return Comparison(likeness, left_only, right_only, left_tail, right_tail, differ, common)


def _cover(phrase: Phrase, other: Phrase) -> list[list[float]]:
    """1.0 for each character of a pair that the other phrase has too, else 0."""
    marks: list[list[float]] = []
    for segment in phrase.segments:
        found = [0.0] * len(segment)
        for start in range(len(segment) - 1):
            if segment[start : start + 2] in other.bigrams:
                found[start] = found[start + 1] = 1.0
        marks.append(found)
    return marks


def _match_singles(
    left: Phrase, left_marks: list[list[float]], right: Phrase, right_marks: list[list[float]]
) -> tuple[list[list[float]], list[list[float]]]:
    """Marks characters that both have left over, as often as both have them."""
    open_left, open_right = _open_letters(left, left_marks), _open_letters(right, right_marks)
    shared = Counter(open_left) & Counter(open_right)
    if shared:
        for phrase, marks in ((left, left_marks), (right, right_marks)):
            remaining = Counter(shared)
            for segment, found in zip(phrase.segments, marks, strict=True):
                for index, letter in enumerate(segment):
                    if not found[index] and remaining[letter] > 0:
                        remaining[letter] -= 1
                        found[index] = SINGLE_CHARACTER
    return left_marks, right_marks


def _match_context(phrase: Phrase, marks: list[list[float]], context: Phrase) -> None:
    """Marks words that only the context has, as worth a little less than words said outright."""
    for segment, found in zip(phrase.segments, marks, strict=True):
        for start in range(len(segment) - 1):
            if segment[start : start + 2] in context.bigrams:
                for index in (start, start + 1):
                    found[index] = max(found[index], IN_CONTEXT)


def _is_mostly_found(phrase: Phrase, marks: list[list[float]]) -> bool:
    common, rest, _, _ = _weigh_rest(phrase, marks)
    return rest <= OWN_WORDS_LEFT * (common + rest)


def _ends_in_common(phrase: Phrase, marks: list[list[float]]) -> bool:
    return bool(phrase.segments) and marks[-1][-1] > SINGLE_CHARACTER


def _has_head_noun(phrase: Phrase) -> bool:
    """Whether the last word tells what is counted; 点 and 中心 do not."""
    return bool(phrase.weights) and phrase.weights[-1][-1] >= 1.0


def _open_letters(phrase: Phrase, marks: list[list[float]]) -> list[str]:
    return [
        letter
        for segment, found in zip(phrase.segments, marks, strict=True)
        for letter, mark in zip(segment, found, strict=True)
        if not mark
    ]


def _weigh_rest(
    phrase: Phrase, marks: list[list[float]]
) -> tuple[float, float, tuple[str, ...], str]:
    """Weight in common and left over, the left-over words of their own, and the one at the end."""
    common = rest = 0.0
    only: list[str] = []
    tail = ""
    for segment, weights, found in zip(phrase.segments, phrase.weights, marks, strict=True):
        run, run_weight = "", 0.0
        for letter, weight, mark in zip(segment, weights, found, strict=True):
            common += weight * mark
            rest += weight * (1.0 - mark)
            if mark:
                if run_weight >= SPECIFIC_WEIGHT:
                    only.append(run)
                run, run_weight = "", 0.0
                # A generic word at the end is no head noun of its own.
                tail = "" if weight >= 1.0 or mark == 1.0 else tail
            else:
                run, run_weight = run + letter, run_weight + weight
                if run_weight >= SPECIFIC_WEIGHT:
                    tail = run
        if run_weight >= SPECIFIC_WEIGHT:
            only.append(run)
    return common, rest, tuple(only), tail


def _compare_members(left: Phrase, right: Phrase) -> Comparison:
    """Every member of one phrase against its best counterpart among the members of the other."""
    lefts, rights = left.members or (left,), right.members or (right,)
    best = [
        max((_compare_whole(one, other) for other in rights), key=_by_likeness) for one in lefts
    ]
    are_all_met = all(one.similarity >= MEMBER_ALIKE for one in best)
    met = sum(any(_covers(one, other) for one in lefts) for other in rights)
    chosen = min(best, key=_by_likeness) if are_all_met else max(best, key=_by_likeness)
    mean = sum(one.similarity for one in best) / len(best)
    return replace(
        chosen,
        similarity=(mean if are_all_met else chosen.similarity) * MEMBER_DISCOUNT,
        is_partial=not are_all_met,
        is_narrower=2 * met <= len(rights),
    )


def _covers(general: Phrase, member: Phrase) -> bool:
    """Whether a phrase says the same as a member or less, and nothing else."""
    comparison = _compare_whole(general, member)
    return comparison.similarity >= MEMBER_ALIKE and not comparison.left_only


def _by_likeness(comparison: Comparison) -> float:
    return comparison.similarity
