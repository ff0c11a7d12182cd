"""What the domain knows is data: no Chinese word stands in code."""

import ast
import re
from pathlib import Path

import pytest

import pipelines

ROOT = Path(pipelines.__file__).parent
ROOMS = ("linking", "quantities", "vocabulary")
EXCEPTIONS = {
    # The digits and multipliers of a script are no words of a domain; they change with no city.
    "quantities/numerals.py",
}
CHINESE = re.compile(r"[\u3400-\u9fff]")


def find_words(source: str) -> list[tuple[int, str]]:
    """Line and text of the strings that hold Chinese; what documents the code does not count."""
    tree = ast.parse(source)
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documentation
        and CHINESE.search(node.value)
    ]


MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_holds_a_word_of_the_domain(path: Path) -> None:
    found = find_words(path.read_text(encoding="utf-8"))
    assert bool(found) == (path.relative_to(ROOT).as_posix() in EXCEPTIONS), found


def test_words_are_found_wherever_they_stand() -> None:
    source = '"""单位"""\nA = "牵头"\ndef f(x: int) -> str:\n    """目标"""\n    return f"{x}万"\n'
    assert [text for _, text in find_words(source)] == ["牵头", "万"]
