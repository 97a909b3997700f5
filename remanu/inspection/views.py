"""Pages of inspection."""

from __future__ import annotations

from flask import Blueprint

from remanu.inspection.schemas import VERBS
from remanu.web.acts import publish_pages


def pages() -> Blueprint:
    """Every page of this feature."""
    blueprint = Blueprint("inspection", __name__)
    publish_pages(VERBS, blueprint)
    return blueprint
