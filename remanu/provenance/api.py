"""JSON of provenance."""

from __future__ import annotations

from flask_smorest import Blueprint

from remanu.provenance.schemas import VERBS
from remanu.web import acts


def json() -> Blueprint:
    """Every JSON route of this feature."""
    blueprint = acts.api("provenance")
    acts.publish_json(VERBS, blueprint)
    return blueprint
