"""Operands of a content stream as values: numbers, matrices, strings.

Belongs here: spelling alone (ISO 32000-1, 7.3 and 8.3.4). A malformed operand counts as 0, as
viewers have it: the outline decides where to look closer, and must not fall. Does not belong here:
what the operators do with them (`pdf_content`).
"""

from __future__ import annotations

import re
from typing import Any

from pikepdf import Array

Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_ESCAPE = re.compile(rb"\\(?:[0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b""}


def read_number(token: bytes) -> float:
    """A number; 0 where it is none."""
    try:
        return float(token)
    except ValueError:
        return 0.0


def read_numbers(operands: list[bytes], count: int) -> list[float]:
    """The last `count` operands as numbers; as many zeros where there are fewer."""
    try:
        numbers = list(map(float, operands[-count:]))
    except ValueError:
        numbers = [read_number(token) for token in operands[-count:]]
    return numbers if len(numbers) == count else [0.0] * count


def read_pair(operands: list[bytes]) -> tuple[float, float]:
    """The last two operands."""
    try:
        return float(operands[-2]), float(operands[-1])
    except (ValueError, IndexError):
        x, y = read_numbers(operands, 2)
        return x, y


def read_matrix(operands: list[bytes]) -> Matrix:
    """The last six operands, in the order of the `cm` operator."""
    a, b, c, d, e, f = read_numbers(operands, 6)
    return a, b, c, d, e, f


def read_form_matrix(form: Any) -> Matrix:
    """The `/Matrix` of a form; the identity where it has none or a malformed one."""
    value = form.get("/Matrix")
    try:
        a, b, c, d, e, f = (
            (float(number) for number in value) if isinstance(value, Array) else IDENTITY
        )
    except (TypeError, ValueError):
        return IDENTITY
    return a, b, c, d, e, f


def read_literal(literal: bytes) -> bytes:
    """The bytes of a string in parentheses, its escapes undone."""
    if b"\\" not in literal:
        return literal[1:-1]
    return _ESCAPE.sub(_undo_escape, literal[1:-1])


def _undo_escape(match: re.Match[bytes]) -> bytes:
    escaped = match[0][1:]
    if escaped.isdigit():
        return bytes([int(escaped, 8) & 0xFF])
    return _ESCAPED.get(escaped[:1], escaped)


def read_hex(spelled: bytes) -> bytes:
    """The bytes of a string in hexadecimal digits, without its angle brackets."""
    try:
        return bytes.fromhex(spelled.decode("ascii"))
    except ValueError:  # a blank within a pair of digits, or a last digit alone
        digits = b"".join(spelled.split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
