"""The invented city of the SQL tests serves here too."""

import sys
from pathlib import Path

# Tests are imported by path, so the modules beside them are found only through their folder.
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "sql"))
