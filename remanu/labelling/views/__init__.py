"""Pages of labels, gathered in one blueprint."""

from __future__ import annotations

from flask import Blueprint

from remanu.labelling.schemas import VERBS
from remanu.labelling.views import labels
from remanu.web.acts import publish_pages

__all__ = ["pages"]


def pages() -> Blueprint:
    """Every page of this feature."""
    blueprint = Blueprint("labelling", __name__)
    publish_pages(VERBS, blueprint)
    for path, view in (*labels.ROUTES,):
        blueprint.add_url_rule(path, view.__name__, view)
    return blueprint
