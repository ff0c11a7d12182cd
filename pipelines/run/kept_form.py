"""What came of one document as bytes, and back: the form in which it travels and is kept.

Belongs here: packing a result and unpacking it, exactly. Does not belong here: where it is kept and
whether it can be relied on (`kept`).

JSON, compressed; a row of facts is a list of values in the order of the fields in
`pipelines.facts`. Unlike a pickle it can hold nothing but values, whoever wrote it. Decimals and
days are texts, so that not a digit changes.
"""

from __future__ import annotations

import json
import types
import typing
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from pipelines.checks.completeness import DigitCount
from pipelines.facts import DocumentFact, DocumentFacts
from pipelines.inventory import Fault

_FAST = 1
"""The level of compression: higher ones gain a tenth and take three times as long."""
_MOST_BYTES = 1 << 30
"""Nothing that a document within its limits says comes near; what claims to is not unpacked."""
_PLAIN = frozenset({str, int, float, bool})
_AS_TEXT: dict[Any, tuple[Callable[[Any], str], Callable[[str], Any]]] = {
    Decimal: (str, Decimal),
    date: (date.isoformat, date.fromisoformat),
}


class DamagedFormError(ValueError):
    """The bytes are not those of a result."""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What came of a document: its facts, its digits counted, and how much of it there was.

    `tables` and `pages` are counts; a Word file has no pages.
    """

    facts: DocumentFacts
    digits: tuple[DigitCount, ...]
    tables: int
    pages: int | None


@dataclass(frozen=True, slots=True)
class _Column:
    """The place of a value that JSON has no kind for, and how it becomes a text and back."""

    position: int
    write: Callable[[Any], str]
    read: Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the rows of one kind of record are written."""

    kind: type
    width: int
    take: Callable[[Any], tuple[Any, ...]]
    columns: tuple[_Column, ...]


def _describe(kind: type) -> _Shape:
    names = [field.name for field in fields(kind)]
    hints = typing.get_type_hints(kind)
    columns = []
    for position, name in enumerate(names):
        for held in _list_kinds(hints[name]):
            if held in _AS_TEXT:
                columns.append(_Column(position, *_AS_TEXT[held]))
            elif held not in _PLAIN:
                raise TypeError(f"{kind.__name__}.{name} holds {held}: it cannot be kept")
    return _Shape(kind, len(names), attrgetter(*names), tuple(columns))


def _list_kinds(hint: Any) -> list[Any]:
    """The types that a field may hold, less None."""
    is_union = typing.get_origin(hint) in (typing.Union, types.UnionType)
    return [
        held for held in (typing.get_args(hint) if is_union else (hint,)) if held is not type(None)
    ]


_DOCUMENT = _describe(DocumentFact)
_DIGITS = _describe(DigitCount)
_FACTS = {
    name: _describe(typing.get_args(hint)[0])
    for name, hint in typing.get_type_hints(DocumentFacts).items()
    if name != "document"
}
"""The shape of each kind of fact, by the field of `DocumentFacts` that holds it."""


def pack(result: ReadDocument | Fault) -> bytes:
    """The bytes of a result.

    Raises:
        TypeError: a fact holds what no column of its kind may hold.
    """
    content: dict[str, Any]
    if isinstance(result, Fault):
        content = {"fault": [result.code, result.message]}
    else:
        content = {
            "document": _write((result.facts.document,), _DOCUMENT),
            "facts": {
                name: _write(getattr(result.facts, name), shape) for name, shape in _FACTS.items()
            },
            "digits": _write(result.digits, _DIGITS),
            "extent": [result.tables, result.pages],
        }
    # Escaped, so that half a character, as damaged files have them, comes back as it was.
    text = json.dumps(content, separators=(",", ":"), check_circular=False)
    return zlib.compress(text.encode("ascii"), _FAST)


def unpack(packed: bytes) -> ReadDocument | Fault:
    """The result that was packed.

    Raises:
        DamagedFormError: these are no such bytes.
    """
    try:
        unpacker = zlib.decompressobj()
        text = unpacker.decompress(packed, _MOST_BYTES)
        if not unpacker.eof:
            raise DamagedFormError("cut short, or endless")
        content = json.loads(text)
        if "fault" in content:
            return Fault(*content["fault"])
        (document,) = _read(content["document"], _DOCUMENT, {})
        words: dict[str, str] = {}
        facts = DocumentFacts(
            document=document,
            **{name: _read(content["facts"][name], shape, words) for name, shape in _FACTS.items()},
        )
        return ReadDocument(facts, _read(content["digits"], _DIGITS, words), *content["extent"])
    except DamagedFormError:
        raise
    except (
        zlib.error,
        ValueError,
        TypeError,
        LookupError,
        ArithmeticError,
        RecursionError,
    ) as error:
        raise DamagedFormError(str(error)) from error


def _write(records: Iterable[Any], shape: _Shape) -> list[list[Any]]:
    rows = []
    for record in records:
        row = list(shape.take(record))
        for column in shape.columns:
            if row[column.position] is not None:
                row[column.position] = column.write(row[column.position])
        rows.append(row)
    return rows


def _read(rows: list[list[Any]], shape: _Shape, words: dict[str, str]) -> tuple[Any, ...]:
    """The records of rows; `words` lets texts that repeat, as ids do, be in memory once."""
    records = []
    share = words.setdefault
    for row in rows:
        if len(row) != shape.width:
            raise DamagedFormError(f"a row of {len(row)} values for {shape.kind.__name__}")
        values = [share(value, value) if type(value) is str else value for value in row]
        for column in shape.columns:
            if values[column.position] is not None:
                values[column.position] = column.read(values[column.position])
        records.append(shape.kind(*values))
    return tuple(records)
