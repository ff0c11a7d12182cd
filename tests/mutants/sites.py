"""Every small change that can be made to the functions of a module, each at its exact place.

Belongs here: which nodes of a syntax tree can be changed, into what, and what is left alone because
no test need ever see it. Does not belong here: which changes are drawn, and how tests are run.

Left alone: all code outside functions, docstrings, annotations, sentences (a string with blanks
between Latin words speaks to a person), what is raised or logged, and settings of a call that
change nothing that a caller sees (`strict=`, `encoding=`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.signatures import Signatures

KINDS = (
    "condition negated",
    "branch dropped",
    "constant changed",
    "call removed",
    "comparison changed",
)
BOUNDS: dict[type[ast.cmpop], str] = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">"}
"""Moved by one, where whole numbers are compared."""
OPPOSITES: dict[type[ast.cmpop], str] = {
    ast.Lt: ">=",
    ast.LtE: ">",
    ast.Gt: "<=",
    ast.GtE: "<",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
SETTINGS = frozenset({"strict", "encoding", "newline", "maxsize"})
LOGGERS = frozenset({"log", "logger", "logging", "warnings"})


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: bytes `start` to `end` of the file at `path` become `text`.

    `path` is relative to the project; `line` counts from 1.
    """

    path: str
    line: int
    kind: str
    start: int
    end: int
    text: str

    def apply(self, source: bytes) -> bytes:
        """The source of the module with the change made."""
        return source[: self.start] + self.text.encode() + source[self.end :]


def find_mutants(path: Path, root: Path, signatures: Signatures) -> list[Mutant]:
    """Every change that can be made to the functions of a module, in the order of places."""
    source = path.read_bytes()
    tree = ast.parse(source)
    finder = _Finder(source, path.relative_to(root).as_posix(), signatures)
    found = {mutant for function in _outer_functions(tree) for mutant in finder.visit(function)}
    return sorted(found, key=lambda m: (m.start, m.end, m.kind, m.text))


def is_another_program(mutant: Mutant, source: bytes) -> bool:
    """Whether the changed source parses, and not to the same tree."""
    try:
        changed = ast.parse(mutant.apply(source))
    except SyntaxError:
        return False
    return ast.dump(changed) != ast.dump(ast.parse(source))


def _outer_functions(node: ast.AST) -> Iterator[ast.AST]:
    """Functions, methods and lambdas that stand in no other: a rule's condition is often one."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
        else:
            yield from _outer_functions(child)


class _Finder:
    """Goes through a function and yields the changes of each node."""

    def __init__(self, source: bytes, path: str, signatures: Signatures) -> None:
        self.source = source
        self.path = path
        self.signatures = signatures
        self.line_starts = [0]
        for line in source.splitlines(keepends=True):
            self.line_starts.append(self.line_starts[-1] + len(line))

    def visit(self, node: ast.AST) -> Iterator[Mutant]:
        """The mutants of a node and of all that it holds."""
        yield from self._changes(node)
        for child in self._seen_children(node):
            yield from self.visit(child)

    def _seen_children(self, node: ast.AST) -> Iterator[ast.AST]:
        """What a node holds, less what no test need see."""
        if isinstance(node, ast.Raise | ast.JoinedStr) or self._is_logging(node):
            return
        hidden: list[ast.AST] = []
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            hidden = [*node.decorator_list, *([node.returns] if node.returns else [])]
        elif isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            hidden = [node.annotation]
        elif isinstance(node, ast.Assert) and node.msg:
            hidden = [node.msg]
        elif isinstance(node, ast.Call):
            hidden = [keyword for keyword in node.keywords if keyword.arg in SETTINGS]
        for child in ast.iter_child_nodes(node):
            if child not in hidden and not _is_lone_string(child):
                yield child

    def _is_logging(self, node: ast.AST) -> bool:
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name))):
                return name in LOGGERS
        return False

    # --- places -----------------------------------------------------------------------------------

    def _at(self, line: int, column: int) -> int:
        return self.line_starts[line - 1] + column

    def _span(self, *nodes: ast.AST) -> tuple[int, int]:
        first, last = nodes[0], nodes[-1]
        assert isinstance(first, _PLACED)
        assert isinstance(last, _PLACED)
        assert last.end_lineno is not None
        assert last.end_col_offset is not None
        start = self._at(first.lineno, first.col_offset)
        return start, self._at(last.end_lineno, last.end_col_offset)

    def _text(self, node: ast.AST) -> str:
        start, end = self._span(node)
        return self.source[start:end].decode()

    def _mutant(self, kind: str, text: str, *nodes: ast.AST) -> Mutant:
        start, end = self._span(*nodes)
        return self._between(kind, start, end, text)

    def _between(self, kind: str, start: int, end: int, text: str) -> Mutant:
        line = self.source.count(b"\n", 0, start) + 1
        return Mutant(self.path, line, kind, start, end, text)

    # --- changes ----------------------------------------------------------------------------------

    def _changes(self, node: ast.AST) -> Iterator[Mutant]:
        match node:
            case ast.If() | ast.While() | ast.IfExp():
                yield self._negate(node.test)
                yield from self._drop_branches(node)
            case ast.BoolOp():
                yield from self._change_operands(node)
            case ast.comprehension():
                for test in node.ifs:
                    yield self._negate(test)
                    yield self._mutant("branch dropped", "True", test)
            case ast.match_case(guard=guard):
                if guard is not None:
                    yield self._negate(guard)
                yield self._mutant("branch dropped", "pass", *node.body)
            case ast.Compare():
                yield from self._change_comparisons(node)
            case ast.Constant():
                yield from self._change_constant(node)
            case ast.Expr(value=ast.Call()):
                yield self._mutant("call removed", "pass", node)
            case ast.Call():
                yield from self._replace_call(node)

    def _negate(self, test: ast.expr) -> Mutant:
        return self._mutant("condition negated", f"not ({self._text(test)})", test)

    def _drop_branches(self, node: ast.If | ast.While | ast.IfExp) -> Iterator[Mutant]:
        if isinstance(node, ast.IfExp):
            for branch in (node.body, node.orelse):
                yield self._mutant("branch dropped", f"({self._text(branch)})", node)
            return
        if isinstance(node, ast.While):
            return
        yield self._mutant("branch dropped", "pass", *node.body)
        has_else = node.orelse and not self._is_elif(node.orelse[0])
        if has_else:
            yield self._mutant("branch dropped", "pass", *node.orelse)

    def _is_elif(self, node: ast.stmt) -> bool:
        start, _ = self._span(node)
        return isinstance(node, ast.If) and self.source.startswith(b"elif", start)

    def _change_operands(self, node: ast.BoolOp) -> Iterator[Mutant]:
        joint = " and " if isinstance(node.op, ast.And) else " or "
        for dropped in node.values:
            if isinstance(dropped, _TRUTHS):
                yield self._negate(dropped)
            rest = [f"({self._text(value)})" for value in node.values if value is not dropped]
            yield self._mutant("branch dropped", joint.join(rest), node)

    def _change_comparisons(self, node: ast.Compare) -> Iterator[Mutant]:
        operands = [node.left, *node.comparators]
        for at, operator in enumerate(node.ops):
            _, start = self._span(operands[at])
            end, _ = self._span(operands[at + 1])
            between = self.source[start:end].decode()
            # Brackets of an operand stand outside its node, so the sign is sought in between.
            old = _SIGNS[type(operator)]
            if between.count(old) == 1 and "#" not in between:
                is_whole = any(map(_is_whole, operands[at : at + 2]))
                signs = {**OPPOSITES, **BOUNDS} if is_whole else OPPOSITES
                text = between.replace(old, signs[type(operator)])
                yield self._between("comparison changed", start, end, text)

    def _change_constant(self, node: ast.Constant) -> Iterator[Mutant]:
        match node.value:
            case bool() as value:
                yield self._mutant("constant changed", str(not value), node)
            case int() | float() as value:
                yield self._mutant("constant changed", f"{value + 1}", node)
            case str() as value if not _is_sentence(value):
                yield self._mutant("constant changed", '""' if value else '"changed"', node)

    def _replace_call(self, node: ast.Call) -> Iterator[Mutant]:
        for other in self.signatures.find_stand_ins(node):
            text = other if isinstance(other, str) else f"({self._text(other)})"
            yield self._mutant("call removed", text, node)


_PLACED = (ast.expr, ast.stmt)
# Operands that are asked rather than given: `word or ""` has no negation that makes sense.
_TRUTHS = (ast.Compare, ast.UnaryOp, ast.Call, ast.BoolOp, ast.Name, ast.Attribute)
_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Is: "is",
    ast.IsNot: "is not",
}


def _is_lone_string(node: ast.AST) -> bool:
    """A docstring, or a string that stands for itself and does nothing."""
    match node:
        case ast.Expr(value=ast.Constant(value=str())):
            return True
    return False


def _is_whole(operand: ast.expr) -> bool:
    """Whether an operand is seen to be a whole number. To lengths measured on paper, `<` and `<=`
    are the same, and no test could tell them apart."""
    match operand:
        case ast.Constant(value=int()) | ast.Call(func=ast.Name(id="len")):
            return True
    return False


def _is_sentence(text: str) -> bool:
    words = [word for word in text.split() if word.isascii() and any(map(str.isalpha, word))]
    return len(words) > 1
