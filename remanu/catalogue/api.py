"""JSON of reference data."""

from __future__ import annotations

from flask_smorest import Blueprint

from remanu.web import acts
from remanu.catalogue.schemas import VERBS


def json() -> Blueprint:
    """Every JSON route of this feature."""
    blueprint = acts.api("catalogue")
    acts.publish_json(VERBS, blueprint)
    return blueprint
