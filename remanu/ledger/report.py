"""What a check of the record says: each thing that is wrong, named by table and key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

WHOLE, WRONG, UNABLE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Problem:
    """One record that is not as it was written: where it lies, what of it is wrong, and why that shows."""

    table: str
    key: str
    what: str
    why: str

    def __str__(self) -> str:
        """One line for a person."""
        return f"{self.table} {self.key}: {self.what}: {self.why}"


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a check: problems, and how much was looked at."""

    problems: tuple[Problem, ...]
    counted: Mapping[str, int] = field(default_factory=dict)

    @property
    def code(self) -> int:
        """The exit code of the command: 0 whole, 1 something is wrong and named."""
        return WRONG if self.problems else WHOLE
