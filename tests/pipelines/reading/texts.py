"""Texts for tests of the reading layer, with the words of the project's own vocabulary."""

from __future__ import annotations

from pipelines.quantities.grammar import Number
from pipelines.reading.language.passage import Passage, read_passage
from pipelines.reading.language.text import Text, unplaced
from pipelines.vocabulary import load_vocabulary


def text_of(printed: str) -> Text:
    """A text that stands nowhere."""
    return unplaced(printed, load_vocabulary())


def passage_of(printed: str) -> Passage:
    """A passage by itself."""
    return read_passage(printed, load_vocabulary())


def numbers_of(printed: str) -> tuple[Number, ...]:
    """Every number of a text."""
    return load_vocabulary().grammar.find_numbers(printed)
