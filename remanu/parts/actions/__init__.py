"""Doing things to parts; here all acts stand under one name."""

from remanu.parts.actions.counters import note_counter, read_counter
from remanu.parts.actions.entering import NewItem, claim_identity, note_mark, read_mark, register, words
from remanu.parts.actions.identifiers import (
    add_identifier,
    confirm_prefix,
    end_prefix,
    mint_identifier,
    withdraw_identifier,
)
from remanu.parts.actions.links import Word, leave_word, link_record, note_link, take_word
from remanu.parts.actions.lives import check_life, check_proof, control_part, read_split, trace_installation
from remanu.parts.actions.service import attach, field_event, hold, lift_hold, return_core
from remanu.parts.actions.steps import check_step, sealed_note
from remanu.parts.actions.trees import Read, Unrecorded, fit, remove

__all__ = [
    "NewItem",
    "Read",
    "Unrecorded",
    "Word",
    "add_identifier",
    "attach",
    "check_life",
    "check_proof",
    "check_step",
    "claim_identity",
    "confirm_prefix",
    "control_part",
    "end_prefix",
    "field_event",
    "fit",
    "hold",
    "leave_word",
    "lift_hold",
    "link_record",
    "mint_identifier",
    "note_counter",
    "note_link",
    "note_mark",
    "read_counter",
    "read_mark",
    "read_split",
    "register",
    "remove",
    "return_core",
    "sealed_note",
    "take_word",
    "trace_installation",
    "withdraw_identifier",
    "words",
]
