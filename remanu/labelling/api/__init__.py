"""JSON of labels, gathered in one blueprint."""

from __future__ import annotations

from flask_smorest import Blueprint

from remanu.labelling.api import designs, labels, printers
from remanu.labelling.schemas import VERBS
from remanu.web import acts

__all__ = ["json"]


def json() -> Blueprint:
    """Every JSON route of this feature."""
    blueprint = acts.api("labelling")
    acts.publish_json(VERBS, blueprint)
    for path, schema, view in (*labels.READS, *printers.READS, *designs.READS):
        described = blueprint.response(200, schema)(view)
        blueprint.route(path, methods=["GET"], endpoint=view.__name__)(described)
    for path, asked, schema, do in (*printers.ASKS, *labels.ASKS):
        taken = blueprint.arguments(asked)(blueprint.response(200, schema)(do))
        blueprint.route(path, methods=["POST"], endpoint=do.__name__)(taken)
    for path, schema, turn in printers.TURNS:
        told = blueprint.response(200, schema)(turn)
        blueprint.route(path, methods=["POST"], endpoint=turn.__name__)(told)
    return blueprint
