"""Which changes are found in a piece of code, and that each stands at its exact place."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.mutants.signatures import Signatures
from tests.mutants.sites import KINDS, Mutant, find_mutants, is_another_program

HEAD = "import re\n\n"


def find(tmp_path: Path, code: str) -> tuple[bytes, list[Mutant]]:
    path = tmp_path / "module.py"
    path.write_text(HEAD + code, encoding="utf-8")
    source = path.read_bytes()
    found = find_mutants(path, tmp_path, Signatures([path]))
    return source, [mutant for mutant in found if is_another_program(mutant, source)]


def changed_lines(tmp_path: Path, code: str, kind: str) -> set[str]:
    """The lines, new and stripped, that changes of one kind make."""
    source, mutants = find(tmp_path, code)
    old = source.decode().splitlines()
    return {
        line.strip()
        for mutant in mutants
        if mutant.kind == kind
        for line in mutant.apply(source).decode().splitlines()
        if line not in old
    }


IF = """\
def f(a, b):
    if a < 3 and b:
        g(a)
    elif b:
        h()
    else:
        k()
"""


def test_conditions_and_their_operands_are_negated(tmp_path: Path) -> None:
    assert changed_lines(tmp_path, IF, "condition negated") == {
        "if not (a < 3 and b):",
        "if not (a < 3) and b:",
        "if a < 3 and not (b):",
        "elif not (b):",
    }


def test_each_branch_and_each_operand_is_dropped(tmp_path: Path) -> None:
    _, mutants = find(tmp_path, IF)
    dropped = [mutant for mutant in mutants if mutant.kind == "branch dropped"]
    assert [mutant.text for mutant in dropped] == ["(a < 3)", "(b)", "pass", "pass", "pass"]


@pytest.mark.parametrize(
    ("condition", "changed"),
    [
        ("a < 3", "a <= 3"),
        ("len(a) >= b", "len(a) > b"),
        ("a.x0 < b.x0", "a.x0 >= b.x0"),
        ("a == b", "a != b"),
        ("(a) is not (b)", "(a) is (b)"),
        ("a not in b", "a in b"),
    ],
)
def test_comparisons_are_changed(tmp_path: Path, condition: str, changed: str) -> None:
    code = f"def f(a, b):\n    return {condition}\n"
    assert changed_lines(tmp_path, code, "comparison changed") == {f"return {changed}"}


def test_numbers_words_and_switches_are_changed(tmp_path: Path) -> None:
    code = 'def f(a=1, b=True):\n    return a, "民生", 2.5\n'
    assert changed_lines(tmp_path, code, "constant changed") == {
        "def f(a=2, b=True):",
        "def f(a=1, b=False):",
        'return a, "", 2.5',
        'return a, "民生", 3.5',
    }


def test_a_call_gives_way_to_what_it_is_given_or_to_nothing(tmp_path: Path) -> None:
    code = """\
def trim(text: str) -> str:
    return text.strip()

def find(text: str) -> int | None: ...

def is_good(text: str) -> bool: ...

def use(text):
    note(text)
    return [trim(text), find(text), is_good(text), re.sub("a", "b", text), sorted(text)]
"""
    last = 'return [trim(text), find(text), is_good(text), re.sub("a", "b", text), sorted(text)]'
    assert changed_lines(tmp_path, code, "call removed") == {
        "return (text)",
        "pass",
        last.replace("trim(text)", "(text)"),
        last.replace("find(text)", "None"),
        last.replace("is_good(text)", "False"),
        last.replace("is_good(text)", "True"),
        last.replace('re.sub("a", "b", text)', "(text)"),
        last.replace("sorted(text)", "(text)"),
    }


@pytest.mark.parametrize(
    "code",
    [
        'def f():\n    """Says what it does."""\n',
        "LIMIT = 3\n",
        'class A:\n    __slots__ = ("a",)\n    limit: int = 3\n',
        'def f(a: "list[int]") -> "int | None": ...\n',
        'def f(a):\n    raise ValueError("x", 3, a < 4)\n',
        'def f(a):\n    return "a sentence to a person"\n',
        'def f(a):\n    return f"row 3 {a}"\n',
        'def f(a):\n    logger.info("x", 3)\n',
        "def f(a, b):\n    return zip(a, b, strict=True)\n",
        "@cache(1)\ndef f(a):\n    return a\n",
    ],
)
def test_what_no_test_need_see_is_left_alone(tmp_path: Path, code: str) -> None:
    _, mutants = find(tmp_path, code)
    assert [mutant for mutant in mutants if mutant.text != "pass"] == []


def test_conditions_of_rules_are_functions_too(tmp_path: Path) -> None:
    code = 'RULES = (Rule("name", lambda f: f.is_quoted and f.says("cue"), fires=("words",)),)\n'
    assert changed_lines(tmp_path, code, "branch dropped") == {
        'RULES = (Rule("name", lambda f: (f.is_quoted), fires=("words",)),)',
        'RULES = (Rule("name", lambda f: (f.says("cue")), fires=("words",)),)',
    }
    assert changed_lines(tmp_path, code, "constant changed") == {
        'RULES = (Rule("name", lambda f: f.is_quoted and f.says(""), fires=("words",)),)'
    }


def test_a_change_keeps_to_its_place_after_characters_of_several_bytes(tmp_path: Path) -> None:
    code = 'def f(a):\n    return a == "民生" or a == "实事"  # 民生\n'
    source, mutants = find(tmp_path, code)
    for mutant in mutants:
        after = mutant.apply(source)
        assert after.startswith(source[: mutant.start])
        assert after.endswith(source[mutant.end :])
        ast.parse(after)
    assert {mutant.line for mutant in mutants} == {4}


def test_every_kind_is_found_in_code_that_has_all(tmp_path: Path) -> None:
    _, mutants = find(tmp_path, IF)
    assert {mutant.kind for mutant in mutants} == set(KINDS)


def test_a_change_that_changes_nothing_is_no_mutant(tmp_path: Path) -> None:
    source, _ = find(tmp_path, "def f():\n    pass\n")
    start = source.index(b"pass")
    same = Mutant("module.py", 4, "branch dropped", start, start + 4, "pass")
    broken = Mutant("module.py", 4, "branch dropped", start, start + 4, "pass(")
    assert not is_another_program(same, source)
    assert not is_another_program(broken, source)
