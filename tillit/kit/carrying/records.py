"""A row as plain values that JSON holds alike whatever the database, and back again."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tillit.kit.values import plain

Record = dict[str, Any]
ACCOUNT = "account:"
written = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def as_line(record: Mapping[str, Any]) -> bytes:
    """One line, the same for the same values."""
    return written(record).encode() + b"\n"


def as_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return plain(value) if isinstance(value, date | Decimal) else value


def renamed(value: Any, name: Callable[[str], str]) -> Any:
    """The value with each text in it as `name` has it."""
    if isinstance(value, str):
        return name(value)
    if isinstance(value, list):
        return [renamed(it, name) for it in value]
    if isinstance(value, dict):
        return {name(key): renamed(it, name) for key, it in value.items()}
    return value


def read_value(field: Any, value: Any) -> Any:
    """The value for the column. Raises ValueError when the export would have written it otherwise."""
    read = field.to_python(value)
    again = as_value(read)
    if again != value or type(again) is not type(value):
        raise ValueError(value)
    return read
