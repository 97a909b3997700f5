"""Pages of labels."""

from __future__ import annotations

from flask import Blueprint

from remanu.labelling.schemas import VERBS
from remanu.web.acts import publish_pages


def pages() -> Blueprint:
    """Every page of this feature."""
    blueprint = Blueprint("labelling", __name__)
    publish_pages(VERBS, blueprint)
    return blueprint
