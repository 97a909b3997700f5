"""Taking named fields from decoded events: what is absent or of another shape is empty, never an error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Values = Mapping[str, Any]


def text(values: Values, name: str) -> str:
    """A field as text."""
    value = values.get(name)
    return value if isinstance(value, str) else ""


def number(values: Values, name: str) -> int:
    """A field as a whole number."""
    value = values.get(name)
    return value if isinstance(value, int) else 0


def part(values: Values, name: str) -> Values:
    """A field that holds fields."""
    value = values.get(name)
    return value if isinstance(value, dict) else {}


def rows(values: Values, name: str) -> Iterator[Values]:
    """The rows of a field that lists fields."""
    value = values.get(name)
    return (one for one in value if isinstance(one, dict)) if isinstance(value, list) else iter(())


def texts(values: Values, name: str) -> tuple[str, ...]:
    """A field that lists texts."""
    value = values.get(name)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def when(document: Values) -> str:
    """When an event happened, as it says."""
    return text(part(document, "at"), "utc")


def zone(document: Values) -> str:
    """The zone of the site where it happened."""
    return text(part(document, "at"), "zone") or "UTC"


def case(body: Values) -> str:
    """The case that an event belongs to, if any; a core that comes back belongs to the case it opens."""
    moved = text(part(body, "step"), "case") or text(part(body, "turn"), "case")
    return text(body, "new_case") or text(body, "case") or moved
