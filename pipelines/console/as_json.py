"""What a command prints with `--json`.

Belongs here: turning what the commands found out into JSON. Does not belong here: finding it out.

Records become objects with the names of their fields; dates and times ISO 8601 texts; decimals
numbers where a double says the same, and texts where it would not.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import typer


def print_json(value: object) -> None:
    """One JSON value on the standard output, readable for people too."""
    typer.echo(json.dumps(to_json(value), ensure_ascii=False, indent=2, allow_nan=False))


def to_json(value: object) -> Any:
    """The same in what JSON knows. What it does not know is told as its text."""
    match value:
        case None | bool() | str() | int():
            return value
        case float():
            return value if math.isfinite(value) else str(value)
        case Decimal():
            return _to_number(value)
        case datetime() | date() | time():
            return value.isoformat()
        case Mapping():
            return {str(key): to_json(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [to_json(item) for item in value]
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            fields = dataclasses.fields(value)
            return {field.name: to_json(getattr(value, field.name)) for field in fields}
        case _:
            return str(value)


def _to_number(value: Decimal) -> int | float | str:
    if not value.is_finite():
        return str(value)
    if value == value.to_integral_value():
        return int(value)
    near = float(value)
    return near if Decimal(repr(near)) == value else str(value)
