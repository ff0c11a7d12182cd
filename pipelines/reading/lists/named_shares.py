"""Shares of regions in running text: `其中江阳区12个、龙马潭区9个`, `三县各3500双`.

Belongs here: finding region names right before a figure. Does not belong here: tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.quantities.grammar import Number, NumberKind
from pipelines.quantities.text import simplify
from pipelines.reading.recording.ledger import SourceText
from pipelines.vocabulary import RegionMatch, Vocabulary

LEAD_IN = re.compile(r"^(?:其中|包括|含|分别为|分别是|为)+")
EACH = re.compile(
    r"(?:[两二三四五六七八九十]{1,2}[个]?(?:区县|县区|县市|市县|区|县|市|旗|地|镇|街道|乡))?各$"
)
NAME_BREAK = re.compile(r"[、，；：:（(和及与]")
STOPS = "，；：:。（(\n"


@dataclass(frozen=True, slots=True)
class ProseShare:
    """A figure that the text gives as the share of each of these regions."""

    number: Number
    regions: tuple[RegionMatch, ...]


def find_prose_shares(
    text: SourceText, region_code: str | None, vocabulary: Vocabulary
) -> tuple[ProseShare, ...]:
    """The figures of a text that stand right after nothing but names of listed regions."""
    if region_code is None:
        return ()
    shares: list[ProseShare] = []
    end_of_last = 0
    for number in text.numbers:
        before = text.text[end_of_last : number.span_start]
        if number.kind in (NumberKind.QUANTITY, NumberKind.UNRESOLVED):
            regions = _read_names(before, region_code, vocabulary)
            if regions:
                shares.append(ProseShare(number, regions))
            end_of_last = number.span_end
    return tuple(shares)


def _read_names(before: str, region_code: str, vocabulary: Vocabulary) -> tuple[RegionMatch, ...]:
    """The regions that the words since the last figure name, where they name nothing else."""
    segment = simplify(before)
    for stop in STOPS:
        segment = segment.rsplit(stop, 1)[-1]
    segment = LEAD_IN.sub("", segment.strip("、 "))
    is_each = EACH.search(segment) is not None
    segment = EACH.sub("", segment).strip("、 ")
    names = [LEAD_IN.sub("", name) for name in NAME_BREAK.split(segment) if name]
    if not names or (len(names) > 1 and not is_each):
        return ()
    matches = [vocabulary.regions.resolve(name, within=region_code) for name in names]
    known = tuple(m for m in matches if m is not None and m.kind != "provisional")
    is_below = all(vocabulary.regions.is_within(m.region_code, region_code) for m in known)
    return known if len(known) == len(names) and is_below else ()
