"""JSON of labels."""

from __future__ import annotations

from flask_smorest import Blueprint

from remanu.web import acts
from remanu.labelling.schemas import VERBS


def json() -> Blueprint:
    """Every JSON route of this feature."""
    blueprint = acts.api("labelling")
    acts.publish_json(VERBS, blueprint)
    return blueprint
