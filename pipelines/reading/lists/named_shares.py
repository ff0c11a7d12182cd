"""Shares of regions in running text: `其中江阳区12个、龙马潭区9个`, `三县各3500双`.

Belongs here: finding region names right before a figure. Does not belong here: tables.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.quantities.grammar import Number, NumberKind
from pipelines.reading.language.dates import read_small_numeral
from pipelines.reading.language.passage import read_passage
from pipelines.reading.language.text import Text
from pipelines.vocabulary import RegionMatch, Vocabulary

COLONS = "：:"
EDGES = "、 —-·•●"
MIN_TOWNS = 2
MIN_NAMED = 2
PROVISIONAL = "provisional"
STOPS = "，；：:。（(\n"


@dataclass(frozen=True, slots=True)
class NamedShare:
    """A figure that the text gives as the share of each of these regions."""

    number: Number
    regions: tuple[RegionMatch, ...]


def find_named_shares(text: Text, region_code: str | None) -> tuple[NamedShare, ...]:
    """The figures of a text that stand right after nothing but names of regions.

    A region that no list has (a town) is taken where several figures stand after such names, or
    where name and figure are all of the text.
    """
    if region_code is None:
        return ()
    found: list[NamedShare] = []
    end_of_last = 0
    for number in text.numbers:
        if number.kind in (NumberKind.QUANTITY, NumberKind.UNRESOLVED):
            before = text.printed[end_of_last : number.span_start]
            so_far = text.printed[: number.span_start]
            regions = _read_all_parts(so_far, region_code, text.vocabulary)
            regions = regions or _read_names(before, region_code, text.vocabulary)
            if regions:
                found.append(NamedShare(number, regions))
            end_of_last = number.span_end
    found.extend(_find_respective(text, region_code))
    made = [share for share in found if _is_made_up(share)]
    is_all = len(found) == 1 and len(text.quantities) == 1 and _is_only_share(text, found[0])
    if len(made) >= MIN_TOWNS or is_all:
        return tuple(found)
    return tuple(share for share in found if share not in made)


def _find_respective(text: Text, region_code: str) -> list[NamedShare]:
    """The figures of as many regions as were named before 分别, in their order."""
    numbers = list(text.quantities)
    for at, number in enumerate(numbers):
        before = read_passage(text.printed[: number.span_start], text.vocabulary).text
        match = text.language.pattern("respectively").search(before)
        if match is None:
            continue
        names = text.language.pattern("name_break").split(match["names"])
        regions = [text.vocabulary.regions.resolve(name, within=region_code) for name in names]
        listed = _joined_to(text, numbers[at:])
        if len(names) < MIN_NAMED or len(names) != len(listed):
            continue
        if any(r is None or r.kind == PROVISIONAL for r in regions):
            continue
        return [
            NamedShare(figure, (region,))
            for figure, region in zip(listed, regions, strict=True)
            if region is not None
        ]
    return []


def _joined_to(text: Text, numbers: list[Number]) -> list[Number]:
    """The first number with those that only a joint parts from the one before."""
    listed = numbers[:1]
    for number in numbers[1:]:
        between = text.printed[listed[-1].span_end : number.span_start]
        if text.language.pattern("joint").fullmatch(between) is None:
            break
        listed.append(number)
    return listed


def _read_all_parts(
    before: str, region_code: str, vocabulary: Vocabulary
) -> tuple[RegionMatch, ...]:
    """All regions right under the document's, where the words count just as many of them."""
    words = read_passage(before, vocabulary).text
    match = vocabulary.language.pattern("each_part").search(words)
    if match is None:
        return ()
    parts = vocabulary.regions.children(region_code)
    matches = [vocabulary.regions.resolve(part.name, within=region_code) for part in parts]
    known = tuple(one for one in matches if one is not None)
    return known if read_small_numeral(match["count"]) == len(parts) == len(known) else ()


def _is_made_up(share: NamedShare) -> bool:
    return any(region.kind == PROVISIONAL for region in share.regions)


def _is_only_share(text: Text, share: NamedShare) -> bool:
    """Whether a text is a name and its figure, and nothing besides."""
    names = sum(len(region.name) for region in share.regions)
    shown = sum(1 for character in text.words if character.isalnum())
    return shown <= names + len(share.number.as_printed)


def _read_names(before: str, region_code: str, vocabulary: Vocabulary) -> tuple[RegionMatch, ...]:
    """The regions that the words since the last figure name, where they name nothing else."""
    language = vocabulary.language
    segment = read_passage(before, vocabulary).text.rstrip(COLONS)
    for stop in STOPS:
        segment = segment.rsplit(stop, 1)[-1]
    segment = _without_lead(segment.strip(EDGES), vocabulary)
    is_each = language.pattern("each_of").search(segment) is not None
    segment = language.pattern("each_of").sub("", segment).strip(EDGES)
    parts = language.pattern("name_break").split(segment)
    names = [_without_lead(name, vocabulary) for name in parts if name]
    if not names or (len(names) > 1 and not is_each):
        return ()
    matches = [vocabulary.regions.resolve(name, within=region_code) for name in names]
    known = tuple(match for match in matches if match is not None)
    is_below = all(
        match.kind == PROVISIONAL or vocabulary.regions.is_within(match.region_code, region_code)
        for match in known
    )
    return known if len(known) == len(names) and is_below else ()


def _without_lead(words: str, vocabulary: Vocabulary) -> str:
    lead = vocabulary.language.pattern("share_lead").match(words)
    return words[lead.end() :] if lead is not None else words
