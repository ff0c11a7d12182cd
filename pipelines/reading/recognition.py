"""How a layout becomes lines: what a recogniser yields, and choosing the best of several.

Belongs here: the protocol that recognisers of tables and of running text share. Does not belong
here: any layout.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.reading.language.passage import read_passage
from pipelines.reading.language.text import Text
from pipelines.reading.rows import Line, Remainder
from pipelines.vocabulary import RegionMatch, Vocabulary


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a document before its parts are read."""

    vocabulary: Vocabulary
    region_code: str | None
    plan_year: int | None
    is_report: bool = False
    """Whether its title announces results: what its sentences tell is done unless they say more."""

    def region_named(self, name: str) -> RegionMatch | None:
        """The region that a name means in this document."""
        return self.vocabulary.regions.resolve(name, within=self.region_code)

    def words_of(self, printed: str) -> str:
        """Printed words in Simplified characters without any white space."""
        return read_passage(printed, self.vocabulary).text.replace(" ", "")


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a recogniser did not understand; see `pipelines.facts.Notice`."""

    code: str
    message: str
    text: Text | None = None
    as_printed: str = ""
    vocabulary: str | None = None
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceShares:
    """A paragraph that tells what one place is to do: its figures stand in `told`."""

    text: Text
    told: Text
    region: RegionMatch


@dataclass(frozen=True, slots=True)
class Recognition:
    """The lines of a part of a document, with the evidence for reading it so.

    `evidence` is between 0 and 1: how much of what the layout must have was found; `says` tells it
    to a person. `results` are texts that report without belonging to a line.
    """

    layout: str
    evidence: float
    says: str
    lines: tuple[Line, ...] = ()
    remainders: tuple[Remainder, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    results: tuple[Text, ...] = ()
    shares: tuple[PlaceShares, ...] = ()
    roles: frozenset[str] = field(default=frozenset())


def best_of(recognitions: Iterable[Recognition | None]) -> Recognition | None:
    """The recognition with the best evidence, the first of several that are as good."""
    found = [recognition for recognition in recognitions if recognition is not None]
    return max(found, key=lambda recognition: recognition.evidence, default=None)
