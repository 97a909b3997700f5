"""JSON of intake, gathered in one blueprint."""

from __future__ import annotations

from flask_smorest import Blueprint

from remanu.intake.api import basket, desk, gate, places
from remanu.intake.schemas import VERBS
from remanu.web import acts

__all__ = ["json"]


def json() -> Blueprint:
    """Every JSON route of this feature."""
    blueprint = acts.api("intake")
    acts.publish_json(VERBS, blueprint)
    for path, schema, view in (*gate.READS, *desk.READS, *basket.READS, *places.READS):
        described = blueprint.response(200, schema)(view)
        blueprint.route(path, methods=["GET"], endpoint=view.__name__)(described)
    basket.publish(blueprint)
    return blueprint
