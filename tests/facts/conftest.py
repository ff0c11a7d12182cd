"""Makes the facts as read, and the known faults, recordable."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--record-facts",
        action="store_true",
        help="write the facts as read now, and their faults, to tests/facts",
    )
