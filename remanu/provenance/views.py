"""Pages of provenance."""

from __future__ import annotations

from flask import Blueprint

from remanu.provenance.schemas import VERBS
from remanu.web.acts import publish_pages


def pages() -> Blueprint:
    """Every page of this feature."""
    blueprint = Blueprint("provenance", __name__)
    publish_pages(VERBS, blueprint)
    return blueprint
