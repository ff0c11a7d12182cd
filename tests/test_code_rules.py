"""The code of the reading rooms keeps to the rules of the house that no linter looks after.

No word of the domain stands in code (another folder of words swaps them all), no function grows
past what one can keep in mind, and imports go one way. Where a rule does not hold yet, the file and
its count are listed: the lists may only shrink, and each must say exactly what is there.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
READING = "pipelines/reading"
WORDLESS_ROOMS = (READING, "pipelines/quantities", "pipelines/linking")
HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

EXAMPLES = ("fires", "spares")

SIZED = ("pipelines", "extractors")
MOST_LINES = 50
MOST_PARAMETERS = 6
MOST_COMPLEXITY = 12

EXCEPTIONS: dict[str, dict[str, str]] = {}
"""By file, literals with Chinese characters that may stay, each with the reason why."""

LITERALS_LEFT: dict[str, int] = {
    "pipelines/quantities/numerals.py": 19,
    "pipelines/quantities/text.py": 3,
}
"""By file, how many literals with Chinese characters are still to go to the vocabulary."""

LARGE_LEFT: dict[str, tuple[str, ...]] = {}
"""By file, the functions that are still too long, too complex or take too much."""


def list_modules(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))


def name_file(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# --- words ----------------------------------------------------------------------------------------


def find_words(source: str) -> Iterator[str]:
    """Each literal with Chinese characters, less docstrings and the examples of rules.

    Parts of an f-string count alone. Comments are no literals, and punctuation is no word.
    """
    tree = ast.parse(source)
    apart = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    apart |= {id(inner) for example in find_examples(tree) for inner in ast.walk(example)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str() as text) if id(node) not in apart and HAN.search(text):
                yield text


def find_examples(tree: ast.Module) -> Iterator[ast.expr]:
    """What rules must and must not fire on: nothing is read by it."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Rule"), keywords=keywords):
                yield from (kw.value for kw in keywords if kw.arg in EXAMPLES)


def test_no_word_of_the_domain_stands_in_code() -> None:
    found = {}
    for path in list_modules(*WORDLESS_ROOMS):
        name = name_file(path)
        words = [
            word
            for word in find_words(path.read_text(encoding="utf-8"))
            if word not in EXCEPTIONS.get(name, {})
        ]
        if words:
            found[name] = len(words)
    assert_exactly(found, LITERALS_LEFT, "LITERALS_LEFT")


def test_every_exception_is_still_needed_and_has_a_reason() -> None:
    for name, reasons in EXCEPTIONS.items():
        words = set(find_words((ROOT / name).read_text(encoding="utf-8")))
        assert set(reasons) <= words, f"{name} has these no more: {set(reasons) - words}"
        assert all(len(reason.split()) > 3 for reason in reasons.values())


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ('A = "民生"', ["民生"]),
        ('A = f"{b}年{c}"', ["年"]),
        ('A = "\\u6c11"', ["民"]),
        ('A = re.compile("第[0-9]+条")', ["第[0-9]+条"]),
        ('Rule("民生", fires=("实事",), spares=("十件",))', ["民生"]),
        ('f(fires="实事")', ["实事"]),
        ('"""民生"""', []),
        ('def f():\n    """民生"""\n', []),
        ("A = 1  # 民生", []),
        ('A = "，。（）“”、；："', []),
    ],
)
def test_words_are_found_wherever_they_are_literals(code: str, words: list[str]) -> None:
    assert list(find_words(code)) == words


# --- functions ------------------------------------------------------------------------------------


def list_functions(tree: ast.AST, within: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in ast.iter_child_nodes(tree):
        name = f"{within}{getattr(node, 'name', '')}"
        if isinstance(node, ast.FunctionDef):
            yield name, node
        inner = isinstance(node, ast.FunctionDef | ast.ClassDef)
        yield from list_functions(node, f"{name}." if inner else within)


def count_lines(function: ast.FunctionDef) -> int:
    """From `def` to the last line, without the docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return lines
    docstring = function.body[0]
    return lines - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)


def count_parameters(function: ast.FunctionDef) -> int:
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    return sum(argument.arg not in ("self", "cls") for argument in named)


def find_complex(room: str) -> set[tuple[str, int]]:
    """File and line of each function that the linter finds too complex."""
    settings = f"lint.mccabe.max-complexity={MOST_COMPLEXITY}"
    command = ("check", "--isolated", "--no-cache", "--select=C901", "--output-format=json")
    found = subprocess.run(
        [sys.executable, "-m", "ruff", *command, "--config", settings, room],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return {
        (name_file(Path(fault["filename"])), fault["location"]["row"])
        for fault in json.loads(found.stdout)
    }


def test_no_function_is_larger_than_one_can_keep_in_mind() -> None:
    complex_ones = {place for room in SIZED for place in find_complex(room)}
    found: dict[str, tuple[str, ...]] = {}
    for path in list_modules(*SIZED):
        name = name_file(path)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function_name, function in list_functions(tree):
            large = [
                word
                for word, is_so in (
                    ("lines", count_lines(function) > MOST_LINES),
                    ("parameters", count_parameters(function) > MOST_PARAMETERS),
                    ("complexity", (name, function.lineno) in complex_ones),
                )
                if is_so
            ]
            if large:
                found[name] = (*found.get(name, ()), f"{function_name}: {', '.join(large)}")
    assert_exactly(found, LARGE_LEFT, "LARGE_LEFT")


def test_functions_are_measured_without_docstring_and_self() -> None:
    code = 'class A:\n    def f(self, a, *, b):\n        """One.\n\n        Two.\n        """\n'
    [(name, function)] = list_functions(ast.parse(code + "        return a + b\n"))
    assert (name, count_lines(function), count_parameters(function)) == ("A.f", 2, 2)


# --- imports --------------------------------------------------------------------------------------


def list_imports(tree: ast.Module, known: set[str]) -> set[str]:
    """The known modules that a module imports, at its head or within a function."""
    imported = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names} & known
            imported |= inner or {node.module}
    return imported & known


def find_circle(graph: dict[str, set[str]]) -> list[str]:
    """The modules of a circle of imports, in its order; nothing where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        return circle
    return []


def test_imports_of_reading_go_without_a_circle() -> None:
    trees = {
        name_file(path).removesuffix(".py").removesuffix("/__init__").replace("/", "."): ast.parse(
            path.read_text(encoding="utf-8")
        )
        for path in list_modules(READING)
    }
    graph = {name: list_imports(tree, set(trees)) for name, tree in trees.items()}
    assert sum(map(len, graph.values())) > len(graph) / 2
    assert find_circle(graph) == []


def test_a_circle_of_imports_is_found() -> None:
    known = {"p.a", "p.b"}
    a = list_imports(ast.parse("from p import b"), known)
    b = list_imports(ast.parse("def f():\n    from p.a import x"), known)
    assert set(find_circle({"p.a": a, "p.b": b})) == known


# --- lists that shrink ----------------------------------------------------------------------------


def assert_exactly(found: Mapping[str, object], left: Mapping[str, object], name: str) -> None:
    """Fails with the list as it has to be where it is not what was found."""
    if found != left:
        changed = sorted(key for key in {*found, *left} if found.get(key) != left.get(key))
        changes = "".join(f"  {key}: {left.get(key)} → {found.get(key)}\n" for key in changed)
        entries = "".join(f"    {key!r}: {value!r},\n" for key, value in sorted(found.items()))
        pytest.fail(f"\n{changes}{name} has to be\n{{\n{entries}}}", pytrace=False)
