"""Paragraphs that tell, place by place, what each is to do of what was promised before.

Belongs here: recognising such paragraphs (`甲镇：新建公厕5座，建成公园3个`). Does not belong here:
which target each figure is a share of (`recording.shares`).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.reading.language.text import Text
from pipelines.reading.recognition import PlaceShares, Setting

COLONS = "：:"
NAME_MAX_LENGTH = 12
MIN_PLACES = 2


def shares_by_place(paragraphs: Sequence[Text], setting: Setting) -> tuple[PlaceShares, ...]:
    """The paragraphs that open with a place below the document's and a colon, where several do."""
    found = [share for text in paragraphs if (share := _read(text, setting)) is not None]
    return tuple(found) if len(found) >= MIN_PLACES else ()


def _read(text: Text, setting: Setting) -> PlaceShares | None:
    cut = next((at for at, mark in enumerate(text.printed) if mark in COLONS), None)
    if cut is None or not 0 < cut <= NAME_MAX_LENGTH:
        return None
    rest = text.part(cut + 1, len(text.printed))
    region = setting.region_named(text.part(0, cut).words)
    if region is None or region.region_code == setting.region_code or not rest.quantities:
        return None
    return PlaceShares(text, rest, region)
