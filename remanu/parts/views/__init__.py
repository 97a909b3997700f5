"""Pages about parts, gathered in one blueprint."""

from __future__ import annotations

from flask import Blueprint

from remanu.parts.schemas import VERBS
from remanu.parts.views import files, find, home, part, scanning
from remanu.web.acts import publish_pages

__all__ = ["pages"]


def pages() -> Blueprint:
    """Every page of this feature."""
    blueprint = Blueprint("parts", __name__)
    publish_pages(VERBS, blueprint)
    for routes in (home.ROUTES, part.ROUTES, find.ROUTES, scanning.ROUTES, files.ROUTES):
        for path, view, methods in routes:
            blueprint.add_url_rule(path, view.__name__, view, methods=methods)
    return blueprint
