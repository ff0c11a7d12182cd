"""A short run of the readers' bench; `make readers` is the long one."""

from __future__ import annotations

import pytest

from tests.benchmarks.readers import publish_under_readers


@pytest.mark.slow
def test_readers_go_on_undisturbed_and_see_one_version_at_a_time() -> None:
    found = publish_under_readers(readers=4, publishings=3, pause_s=0.3)
    assert found["reads"] > 4
    assert (found["errors"], found["mixtures"]) == (0, 0)
    assert found["versions seen"] > 4
