"""Makes the invented city importable from the tests of this folder, and answers recordable."""

import sys
from pathlib import Path

import pytest

# Tests are imported by path, so the modules beside them are found only through their folder.
sys.path.insert(0, str(Path(__file__).resolve().parent))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--record-answers",
        action="store_true",
        help="write what the questions of sql/questions answer now to tests/sql/answers",
    )
