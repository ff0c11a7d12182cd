"""Which tests can tell that a module was changed, the likeliest first.

Belongs here: the test modules of a module, by their place in the tree and by what they import. Does
not belong here: how they are run.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path, PurePosixPath

FACTS = "tests/facts/test_facts.py"
LAYOUTS = "tests/test_same_facts_in_other_layouts.py"
LINKS = "tests/facts/test_links.py"
BACKSTOPS = {
    "extractors": ("tests/extractors", FACTS, LAYOUTS),
    "pipelines/quantities": ("tests/pipelines/quantities", "tests/pipelines/reading", FACTS),
    "pipelines/reading": ("tests/pipelines/reading", FACTS, LAYOUTS),
    "pipelines/linking": ("tests/pipelines/linking", LINKS),
}
"""For each room the tests that hold what it is for, after those of the module itself."""
APART = ("tests/benchmarks", "tests/mutants", "tests/facts")
"""What measures, what tests the tests, and what stands among the backstops already."""


def list_tests(path: str, root: Path) -> tuple[str, ...]:
    """Test modules and folders for the module at `path`, in the order to run them.

    The module's own tests come first, then those that import it by name, then its room's.
    """
    module = PurePosixPath(path)
    own = f"tests/{module.parent}/test_{module.stem}.py"
    imported = _name_module(module)
    importing = [test for test, names in _imports(root).items() if imported in names]
    room = next(room for room in BACKSTOPS if path.startswith(f"{room}/"))
    tests = [own, *importing, *BACKSTOPS[room]]
    return tuple(test for test in dict.fromkeys(tests) if (root / test).exists())


def _name_module(module: PurePosixPath) -> str:
    parts = module.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def _imports(root: Path) -> dict[str, frozenset[str]]:
    """The modules that each test module names in an import."""
    named = {}
    for path in sorted((root / "tests").rglob("test_*.py")):
        test = path.relative_to(root).as_posix()
        if not test.startswith(APART):
            named[test] = frozenset(_names_imported(ast.parse(path.read_bytes())))
    return named


def _names_imported(tree: ast.Module) -> list[str]:
    """Only deep imports: what a package gives as its face says little about one module of it."""
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    return names
