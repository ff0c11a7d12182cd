"""Reading without the search for cycles that Python makes while objects are created.

Belongs here: switching the collector off and on again around work that makes no cycles. A page is
tens of thousands of small tuples that all stay, and each search walks through every one of them for
nothing: up to a tenth of the time of reading. Does not belong here: the reference engine, whose
library makes cycles that would fill the memory.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pause_collection() -> Iterator[None]:
    """Keep the collector off; it is on afterwards if it was on before, whatever was raised."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
