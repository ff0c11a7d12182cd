"""The error that every expected failure of the pipeline is.

Belongs here: the base class alone. Each part of the pipeline names its own failures beside the code
that raises them. Does not belong here: what can go wrong in reading a file (`extractors.errors`).
"""

from __future__ import annotations


class PipelineError(Exception):
    """A failure that was foreseen: a stable code, and a sentence that says what to do.

    `code` never changes once released, so that scripts and documents may name it.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return f"{self.message} [{self.code}]"

    def __reduce__(self) -> tuple[type[PipelineError], tuple[str, str]]:
        """Keep both parts when the error crosses from one process to another."""
        return (type(self), (self.code, self.message))
