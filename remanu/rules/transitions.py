"""A step of a state machine as data; the tables of all machines are made of these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from remanu.rules.duties import DIFFERS

Machine = Literal["SM-1", "SM-3", "SM-4", "SM-5", "SM-6", "SM-8"]
NEW = "-"
"""The state of what does not exist yet."""


@dataclass(frozen=True, slots=True)
class Transition:
    """A step of a machine; rows share a number where the reference's table has them in one line.

    `differs_from` names verbs of the same case whose doer must be another person.
    """

    no: int
    machine: Machine
    action: str
    sources: frozenset[str]
    target: str
    roles: frozenset[str]
    guards: tuple[str, ...]
    differs_from: tuple[str, ...]


def row(
    machine: Machine, no: int, action: str, *, sources: str, target: str, roles: str, guards: str = ""
) -> Transition:
    """A row of a machine's table; words of a list stand in one text, with spaces between."""
    # Any guard fails while a case is on hold (domain.md §3.2); no other machine knows a hold.
    universal = ("not_on_hold",) if machine == "SM-1" else ()
    return Transition(
        no=no,
        machine=machine,
        action=action,
        sources=frozenset(sources.split()),
        target=target,
        roles=frozenset(roles.split()),
        guards=(*universal, *guards.split()),
        differs_from=tuple(sorted(DIFFERS.get(action, ()))) if machine == "SM-1" else (),
    )
