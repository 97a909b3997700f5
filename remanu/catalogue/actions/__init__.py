"""Acts of reference data; here all of them stand under one name."""

from __future__ import annotations

from remanu.catalogue.actions.packs import approve_pack, draft_pack, publish_edition, put_in_force
from remanu.catalogue.actions.reference import (
    BATCH,
    KINDS_OF_ENGINE,
    NewModel,
    add_instrument,
    add_model,
    define_type,
    list_subject,
)

__all__ = [
    "BATCH",
    "KINDS_OF_ENGINE",
    "NewModel",
    "add_instrument",
    "add_model",
    "approve_pack",
    "define_type",
    "draft_pack",
    "list_subject",
    "publish_edition",
    "put_in_force",
]
