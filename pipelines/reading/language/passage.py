"""A text cut where its author cut it: brackets, sentences and clauses, with places to the letter.

Belongs here: one `Passage` that holds a printed text, its normalised form, the numbers in both, and
where a clause around a number begins and ends. Does not belong here: what the words mean.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import lru_cache

from pipelines.quantities.grammar import Number, NumberKind
from pipelines.quantities.text import normalize
from pipelines.vocabulary import Language, Vocabulary

SENTENCE_ENDS = "。；！？;!?"
CLAUSE_ENDS = SENTENCE_ENDS + "，："
REMEMBERED = 65_536
"""How many texts are remembered, by identity of their vocabulary."""
_OPENERS = {
    "（": "）",
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "(": ")",
}
_OPENERS |= {"[": "]", "【": "】", "［": "］", "〔": "〕"}
_CLOSERS = {closer: opener for opener, closer in _OPENERS.items()}


@dataclass(frozen=True, eq=False)
class Passage:
    """A text as printed and as normalised; `text` positions are of the normalised text.

    Parsed once for each printed text and vocabulary: see `read_passage`.

    `spans` holds, for each number, the half open range in `text` of the number with its unit;
    `wide_spans` the same with the comparator words on either side. `brackets` holds the half open
    ranges between each pair of brackets or quotation marks (the marks themselves lie outside).
    """

    printed: str
    vocabulary: Vocabulary = field(repr=False)
    text: str
    offsets: tuple[int, ...]
    numbers: tuple[Number, ...]
    spans: tuple[tuple[int, int], ...] = ()
    wide_spans: tuple[tuple[int, int], ...] = ()
    brackets: tuple[tuple[int, int], ...] = field(default=())

    @property
    def language(self) -> Language:
        """The words by which the text is understood."""
        return self.vocabulary.language

    @property
    def whole(self) -> tuple[int, int]:
        """The range of all of it."""
        return 0, len(self.text)

    def in_text(self, index: int) -> int:
        """The position in `text` of a position in `printed` (the next kept character)."""
        return bisect_left(self.offsets, index)

    def in_printed(self, index: int) -> int:
        """The position in `printed` of a position in `text`."""
        return self.offsets[index]

    def end_in_printed(self, index: int) -> int:
        """The end in `printed` of a stretch that ends before `index` in `text`."""
        if index == 0:
            return self.offsets[0]
        return min(self.offsets[index - 1] + 1, self.offsets[index])

    def line_starts(self) -> tuple[int, ...]:
        """Positions in `text` before which the author began a new line."""
        starts: list[int] = []
        at = self.printed.find("\n")
        while at >= 0:
            starts.append(bisect_right(self.offsets, at))
            at = self.printed.find("\n", at + 1)
        return tuple(dict.fromkeys(starts))

    def enclosing(self, start: int, end: int) -> tuple[int, int]:
        """The innermost bracketed range around [start, end), or the whole text."""
        best = self.whole
        for low, high in self.brackets:
            if low <= start and end <= high and high - low < best[1] - best[0]:
                best = (low, high)
        return best

    def is_nested(self, index: int, within: tuple[int, int]) -> bool:
        """Whether the position lies in a bracket that is itself inside the range `within`."""
        return any(
            low <= index < high and within[0] <= low and high <= within[1] and (low, high) != within
            for low, high in self.brackets
        )

    def cut_before(self, index: int, marks: str, within: tuple[int, int]) -> int:
        """Where the stretch that `index` lies in begins: after the last mark, outside brackets."""
        for at in range(index - 1, within[0] - 1, -1):
            if self.text[at] in marks and not self.is_nested(at, within):
                return at + 1
        return within[0]

    def cut_after(self, index: int, marks: str, within: tuple[int, int]) -> int:
        """Where the stretch that `index` lies in ends: at the next mark, outside brackets."""
        for at in range(index, within[1]):
            if self.text[at] in marks and not self.is_nested(at, within):
                return at
        return within[1]

    def split(self, marks: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """The stretches of [start, end) between marks that stand outside brackets, none empty."""
        stop = len(self.text) if end is None else end
        whole = self.whole
        stretches: list[tuple[int, int]] = []
        while start < stop:
            cut = min(self.cut_after(start, marks, whole), stop)
            if cut > start:
                stretches.append((start, cut))
            start = cut + 1
        return stretches


@lru_cache(maxsize=REMEMBERED)
def read_passage(printed: str, vocabulary: Vocabulary) -> Passage:
    """Normalise a text and find its numbers and brackets. Cells repeat, and share one passage."""
    normalized = normalize(printed)
    numbers = vocabulary.grammar.find_numbers(printed)
    offsets = tuple(normalized.offsets)

    def locate(start: int, end: int) -> tuple[int, int]:
        return bisect_left(offsets, start), bisect_left(offsets, end)

    return Passage(
        printed=printed,
        vocabulary=vocabulary,
        text=normalized.text,
        offsets=offsets,
        numbers=numbers,
        spans=tuple(locate(number.start, number.end) for number in numbers),
        wide_spans=tuple(
            locate(min(number.span_start, number.start), max(number.span_end, number.end))
            for number in numbers
        ),
        brackets=find_brackets(normalized.text),
    )


def find_brackets(text: str) -> tuple[tuple[int, int], ...]:
    """Ranges between matching brackets and quotation marks; an unmatched mark is ignored."""
    found: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for at, character in enumerate(text):
        if character in _OPENERS:
            opened.append((character, at + 1))
        elif character in _CLOSERS:
            depth = next(
                (
                    back
                    for back in range(len(opened) - 1, -1, -1)
                    if opened[back][0] == _CLOSERS[character]
                ),
                None,
            )
            if depth is not None:
                found.append((opened[depth][1], at))
                del opened[depth:]
    return tuple(sorted(found))


def counts_something(passage: Passage, number: Number) -> bool:
    """Whether the number counts things: a quantity that is not a stretch of time."""
    if number.kind is not NumberKind.QUANTITY:
        return False
    return number.unit not in passage.language.words("duration_unit")
