"""What a function would have to give if it were not called: read from its annotations.

Belongs here: the annotations of every function and method by name, and what stands in for a call.
Does not belong here: where calls stand.

A call that is replaced by something of another type fails at once and shows nothing about the
tests; what stands in is therefore an argument of the type that is returned, or the emptiest such
value.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

EMPTY = {
    "bool": ("False", "True"),
    "str": ('""',),
    "tuple": ("()",),
    "list": ("[]",),
    "dict": ("{}",),
    "set": ("set()",),
    "frozenset": ("frozenset()",),
    "Counter": ("Counter()",),
    "Iterator": ("iter(())",),
    "Iterable": ("()",),
    "Sequence": ("()",),
    "Mapping": ("{}",),
}
# What these return is of the kind of what they are called on.
SHAPING = frozenset(
    {
        *("strip", "lstrip", "rstrip", "removeprefix", "removesuffix", "replace", "translate"),
        *("lower", "upper", "casefold", "normalize", "copy"),
        *("intersection", "union", "difference"),
    }
)
# What these return is of the kind of their first argument.
ORDERING = frozenset({"sorted", "reversed", "abs", "round"})
CHOOSING = frozenset({"min", "max"})
BUILT_IN = frozenset(
    name for kind in (str, list, dict, set, tuple, int, bytes) for name in dir(kind)
) | {"search", "match", "fullmatch", "finditer", "findall", "group", "start", "end", "span", "sub"}


@dataclass(frozen=True, slots=True)
class Signature:
    """The annotations of a function as written; `parameters` without `self` and `cls`."""

    parameters: tuple[str, ...]
    returns: str


class Signatures:
    """The functions of some modules; a name that stands for two different ones is not known."""

    def __init__(self, modules: Iterable[Path]) -> None:
        self._known: dict[str, Signature | None] = {}
        for path in modules:
            for node in ast.walk(ast.parse(path.read_bytes())):
                if isinstance(node, ast.FunctionDef) and node.returns is not None:
                    self._add(node, ast.unparse(node.returns))

    def _add(self, node: ast.FunctionDef, returns: str) -> None:
        parameters = tuple(
            ast.unparse(arg.annotation) if arg.annotation else ""
            for arg in node.args.args
            if arg.arg not in ("self", "cls")
        )
        signature = Signature(parameters, returns)
        known = self._known.setdefault(node.name, signature)
        if known != signature:
            self._known[node.name] = None

    def find_stand_ins(self, call: ast.Call) -> tuple[ast.expr | str, ...]:
        """What can stand in for a call: a part of it, or an expression; nothing where not known."""
        match call.func:
            case ast.Attribute(value=receiver, attr=name) if name in SHAPING:
                return (receiver,)
            case ast.Attribute(value=ast.Name(id="re"), attr="sub") if len(call.args) > 2:
                return (call.args[2],)
            case ast.Name(id=name) if name in ORDERING and call.args:
                return () if isinstance(call.args[0], ast.GeneratorExp) else (call.args[0],)
            case ast.Name(id=name) if name in CHOOSING and len(call.args) > 1:
                return tuple(arg for arg in call.args if not isinstance(arg, ast.Starred))
            case ast.Attribute(attr=name) if name in BUILT_IN:
                return ()
            case ast.Attribute(attr=name) | ast.Name(id=name):
                signature = self._known.get(name)
                return _stand_ins(call, signature) if signature is not None else ()
        return ()


def _stand_ins(call: ast.Call, signature: Signature) -> tuple[ast.expr | str, ...]:
    for parameter, argument in zip(signature.parameters, call.args, strict=False):
        if parameter == signature.returns and not isinstance(argument, ast.Starred):
            return (argument,)
    if "None" in signature.returns.split(" | "):
        return ("None",)
    return EMPTY.get(signature.returns.split("[")[0], ())
