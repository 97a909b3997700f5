"""Reading reference data: lists and instruments, and the packs that cases work by; here under one name."""

from __future__ import annotations

from remanu.catalogue.queries.packs import pack_by, pack_of
from remanu.catalogue.queries.reference import (
    GENERAL_CLASSES,
    PAGE,
    VALUE_LIMITS,
    InForce,
    Row,
    ValueLimit,
    editions,
    editions_in_force,
    find_instrument,
    find_list,
    find_model,
    find_type,
    instrument_classes,
    instrument_numbered,
    instruments,
    known_codes,
    lists,
    models,
    part_types,
    value_limit,
)

__all__ = [
    "GENERAL_CLASSES",
    "PAGE",
    "VALUE_LIMITS",
    "InForce",
    "Row",
    "ValueLimit",
    "editions",
    "editions_in_force",
    "find_instrument",
    "find_list",
    "find_model",
    "find_type",
    "instrument_classes",
    "instrument_numbered",
    "instruments",
    "known_codes",
    "lists",
    "models",
    "pack_by",
    "pack_of",
    "part_types",
    "value_limit",
]
