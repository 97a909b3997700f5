"""What can happen in reference data; here all of it stands under one name."""

from __future__ import annotations

from remanu.catalogue.events.packs import (
    APPROVE_PACK,
    DRAFT_PACK,
    PUBLISH_EDITION,
    PUT_IN_FORCE,
    EditionPublished,
    Kept,
    PackApproved,
    PackDrafted,
    PackPutInForce,
)
from remanu.catalogue.events.reference import (
    ADD_INSTRUMENT,
    ADD_MODEL,
    DEFINE_TYPE,
    InstrumentAdded,
    Model,
    ModelsAdded,
    TypeDefined,
)

__all__ = [
    "ADD_INSTRUMENT",
    "ADD_MODEL",
    "APPROVE_PACK",
    "DEFINE_TYPE",
    "DRAFT_PACK",
    "KINDS",
    "PUBLISH_EDITION",
    "PUT_IN_FORCE",
    "EditionPublished",
    "InstrumentAdded",
    "Kept",
    "Model",
    "ModelsAdded",
    "PackApproved",
    "PackDrafted",
    "PackPutInForce",
    "TypeDefined",
]

KINDS = (ADD_MODEL, DEFINE_TYPE, PUBLISH_EDITION, ADD_INSTRUMENT, DRAFT_PACK, APPROVE_PACK, PUT_IN_FORCE)
