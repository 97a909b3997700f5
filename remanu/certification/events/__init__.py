"""What can happen in certification; here all kinds stand under one name."""

from __future__ import annotations

from remanu.certification.events import accreditations, clients, decisions, evaluation, outside, schemes
from remanu.certification.events.bodies import Area, Cited, Line, Move, Retro, Signature

__all__ = [
    "KINDS",
    "Area",
    "Cited",
    "Line",
    "Move",
    "Retro",
    "Signature",
    "accreditations",
    "clients",
    "decisions",
    "evaluation",
    "outside",
    "schemes",
]

KINDS = (
    *schemes.KINDS,
    *accreditations.KINDS,
    *clients.KINDS,
    *evaluation.KINDS,
    *decisions.KINDS,
    *outside.KINDS,
)
