"""Chinese quantities: text in one form, and every number in it."""

from pipelines.quantities.grammar import (
    Number,
    NumberGrammar,
    NumberKind,
    find_numbers,
    load_grammar,
)
from pipelines.quantities.text import NormalizedText, normalize, simplify
from pipelines.quantities.words import Unit, convert_to_base, load_units

__all__ = [
    "NormalizedText",
    "Number",
    "NumberGrammar",
    "NumberKind",
    "Unit",
    "convert_to_base",
    "find_numbers",
    "load_grammar",
    "load_units",
    "normalize",
    "simplify",
]
