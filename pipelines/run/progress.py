"""How a run tells what it is doing, while it does it.

Belongs here: what a listener must understand, and one that says nothing. Does not belong here:
drawing on a terminal (`narration`).
"""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Hears what a run is doing. Called from one thread, step after step."""

    def begin(self, step: str, total: int | None = None) -> None:
        """A step begins; `total` is how many things it will go through, where that is known."""

    def advance(self, detail: str) -> None:
        """One thing of the step is done."""

    def end(self, outcome: str) -> None:
        """The step is done, with this outcome in a few words."""


class Silence:
    """Hears all and tells nothing."""

    def begin(self, step: str, total: int | None = None) -> None:
        """Say nothing."""

    def advance(self, detail: str) -> None:
        """Say nothing."""

    def end(self, outcome: str) -> None:
        """Say nothing."""
