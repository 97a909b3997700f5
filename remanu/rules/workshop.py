"""What is done to a unit and its components between work order and test: closed words, and when each act is possible.

These words stand in event bodies, which any holder of a bundle may read; whatever else there is to say is sealed.
"""

from __future__ import annotations

from collections.abc import Mapping

from remanu.errors import NotAllowed
from remanu.rules import lifecycle

LOOP_LIMIT = 3
"""How often a case may go back to work after a failure (I24)."""

REPORTS = ("found", "missing", "not_disturbed")
CLEANING_METHODS = (
    "hot_wash",
    "high_pressure",
    "ultrasonic",
    "solvent",
    "steam",
    "blasting",
    "dry_ice",
    "by_hand",
)
ORIGINS = ("new", "reman", "used_serviceable")
CAUSES = ("assembly", "machining", "component", "rig", "measurement", "dossier", "other")
CHANGES = ("substitute", "delete")
CHANGE_REASONS = ("obsolete", "improved", "shortage", "equivalent", "variant", "safety", "other")
SCRAP_REASONS = ("beyond_repair", "uneconomic", "unsafe", "life_ended", "untraceable", "other")

# What each disposition lets in: an order for a new part is not met by a used one.
_FITS: Mapping[str, frozenset[str]] = {
    "REPLACE_NEW": frozenset({"new"}),
    "REPLACE_MANDATORY": frozenset({"new"}),
    "REPLACE_REMAN": frozenset({"new", "reman"}),
}
_STATES: Mapping[str, frozenset[str]] = {
    "record_component": frozenset({"IN_WORK"}),
    "operate": frozenset({"IN_RESTORATION"}),
    "replace": frozenset({"DISPOSITIONED", "IN_RESTORATION", "RESTORED"}),
    "install": frozenset({"DISPOSITIONED", "RESTORED"}),
}
"""Acts on components are no steps of the case; these are the states in which the case lets them happen."""


def is_possible(verb: str, state: str) -> bool:
    """Whether the case lets this act on a component happen in this state."""
    return state in _STATES[verb]


def check_state(verb: str, state: str) -> None:
    """NotAllowed where the case does not let this act on a component happen."""
    if not is_possible(verb, state):
        steps = lifecycle.allowed("SM-1", state)
        raise NotAllowed(action=verb, state=state, allowed=[step.action for step in steps])


def fits(origin: str, disposition: str | None, *, mandatory: bool) -> bool:
    """Whether a part of this origin may come in for one with this disposition (I16)."""
    if mandatory:
        return origin == "new"
    return origin in _FITS.get(disposition or "", frozenset(ORIGINS))
