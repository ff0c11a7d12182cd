"""A text cut where its author cut it: brackets, sentences and clauses, with places to the letter.

Belongs here: one `Passage` that holds a printed text, its normalised form, the numbers in both, and
where a clause around a number begins and ends. Does not belong here: what the words mean.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import lru_cache

from pipelines.quantities.grammar import Number, find_numbers
from pipelines.quantities.text import normalize

SENTENCE_ENDS = "。；！？;!?"
CLAUSE_ENDS = SENTENCE_ENDS + "，："
_ITEM_NUMERAL = r"(?:[二三四五]?十[一二三四五六七八九]?|[一二三四五六七八九])"
ITEM_NUMBER = (
    rf"(?:\d{{1,2}}[.、．](?!\d)|（(?:\d{{1,2}}|{_ITEM_NUMERAL})）|[①-⑳]|{_ITEM_NUMERAL}[是、])"
)
"""A pattern for what numbers an item at its head: 1. （一） ① 一是."""
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


@dataclass(frozen=True)
class Passage:
    """A text as printed and as normalised; `text` positions are of the normalised text.

    `spans` holds, for each number, the half open range in `text` of the number with its unit;
    `wide_spans` the same with the comparator words on either side. `brackets` holds the half open
    ranges between each pair of brackets or quotation marks (the marks themselves lie outside).
    """

    printed: str
    text: str
    offsets: tuple[int, ...]
    numbers: tuple[Number, ...]
    spans: tuple[tuple[int, int], ...] = ()
    wide_spans: tuple[tuple[int, int], ...] = ()
    brackets: tuple[tuple[int, int], ...] = field(default=())

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
        best = (0, len(self.text))
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
        whole = (0, len(self.text))
        stretches: list[tuple[int, int]] = []
        while start < stop:
            cut = min(self.cut_after(start, marks, whole), stop)
            if cut > start:
                stretches.append((start, cut))
            start = cut + 1
        return stretches


@lru_cache(maxsize=4096)
def read_passage(printed: str) -> Passage:
    """Normalise a text and find its numbers and brackets."""
    normalized = normalize(printed)
    return place_numbers(printed, normalized.text, tuple(normalized.offsets), find_numbers(printed))


def place_numbers(
    printed: str, text: str, offsets: tuple[int, ...], numbers: tuple[Number, ...]
) -> Passage:
    """A passage from a normalised text and numbers whose places are in the printed text."""

    def locate(start: int, end: int) -> tuple[int, int]:
        return bisect_left(offsets, start), bisect_left(offsets, end)

    return Passage(
        printed=printed,
        text=text,
        offsets=offsets,
        numbers=numbers,
        spans=tuple(locate(number.start, number.end) for number in numbers),
        wide_spans=tuple(
            locate(min(number.span_start, number.start), max(number.span_end, number.end))
            for number in numbers
        ),
        brackets=find_brackets(text),
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


def clause_around(printed: str, number: Number) -> str:
    """The clause of a number, normalised: from the stop before it to the stop after it."""
    passage = read_passage(printed)
    start = passage.in_text(number.start)
    whole = (0, len(passage.text))
    low = passage.cut_before(start, CLAUSE_ENDS, whole)
    return passage.text[low : passage.cut_after(start, CLAUSE_ENDS, whole)]
