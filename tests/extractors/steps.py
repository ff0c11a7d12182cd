"""Counting what a call does, so that a test can say how its work grows without a clock."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def count_steps(call: Callable[[], object]) -> int:
    """How many lines of Python a call runs: the same at each run, whatever the machine does."""
    steps = 0

    def trace(frame: FrameType, event: str, argument: object) -> Callable[..., object]:
        nonlocal steps
        steps += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return steps
