"""Pages of parts."""

from __future__ import annotations

from flask import Blueprint

from remanu.parts.schemas import VERBS
from remanu.web.acts import publish_pages


def pages() -> Blueprint:
    """Every page of this feature."""
    blueprint = Blueprint("parts", __name__)
    publish_pages(VERBS, blueprint)
    return blueprint
