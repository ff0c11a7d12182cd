"""Words that are put together from parts: templates, and all that they make.

Belongs here: expanding `{level?}{单位|部门}` into words. Does not belong here: any word, and what
the words mean (`headers`).

In a template `{name}` stands for any alternative of a part, `{甲|乙}` for either (each a word, or
the name of a part), and a `?` before the closing brace says that it may be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import product

SLOT = re.compile(r"\{([^{}]*)\}")
PART_NAME = re.compile(r"[a-z_]+")
MOST_WORDS = 20_000
"""A template that makes more says too little about what it means."""


class Parts:
    """Alternatives by name."""

    def __init__(self, parts: Mapping[str, Iterable[str]]) -> None:
        """Expands the parts in order; each may name earlier ones.

        Raises `ValueError` where one names a part that does not stand before it.
        """
        self._alternatives: dict[str, tuple[str, ...]] = {}
        for name, templates in parts.items():
            self._alternatives[name] = tuple(
                dict.fromkeys(word for template in templates for word in self.expand(template))
            )

    def expand(self, template: str) -> tuple[str, ...]:
        """All words that a template makes, each once.

        Raises `ValueError` where it names a part that does not exist, has stray braces, or makes
        more than `MOST_WORDS`.
        """
        pieces: list[tuple[str, ...]] = []
        position, count = 0, 1
        for slot in SLOT.finditer(template):
            pieces.append((template[position : slot.start()],))
            pieces.append(self._choose(slot[1], template))
            count *= len(pieces[-1])
            position = slot.end()
        pieces.append((template[position:],))
        if any(mark in piece for (piece, *_) in pieces for mark in "{}?|"):
            raise ValueError(f"stray mark in {template}")
        if count > MOST_WORDS:
            raise ValueError(f"{template} makes {count} words; say more of what it means")
        return tuple(dict.fromkeys("".join(words) for words in product(*pieces)))

    def _choose(self, slot: str, template: str) -> tuple[str, ...]:
        choices: list[str] = [""] if slot.endswith("?") else []
        for choice in slot.removesuffix("?").split("|"):
            if not PART_NAME.fullmatch(choice):
                choices.append(choice)
            elif choice in self._alternatives:
                choices.extend(self._alternatives[choice])
            else:
                raise ValueError(f"{template} names {choice}, which is no part")
        return tuple(dict.fromkeys(choices))
