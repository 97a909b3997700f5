"""Doing things to parts; here all acts stand under one name."""

from remanu.parts.actions.counters import note_counter, read_counter
from remanu.parts.actions.entering import NewItem, claim_identity, note_mark, read_mark, register, words
from remanu.parts.actions.service import attach, field_event, hold, lift_hold, return_core
from remanu.parts.actions.steps import check_step, sealed_note

__all__ = [
    "NewItem",
    "attach",
    "check_step",
    "claim_identity",
    "field_event",
    "hold",
    "lift_hold",
    "note_counter",
    "note_mark",
    "read_counter",
    "read_mark",
    "register",
    "return_core",
    "sealed_note",
    "words",
]
