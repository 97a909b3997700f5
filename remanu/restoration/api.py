"""JSON of restoration."""

from __future__ import annotations

from flask_smorest import Blueprint

from remanu.restoration.schemas import VERBS
from remanu.web import acts


def json() -> Blueprint:
    """Every JSON route of this feature."""
    blueprint = acts.api("restoration")
    acts.publish_json(VERBS, blueprint)
    return blueprint
