"""Pages of release: the certifier's desk and certificates; every page of the feature is registered here."""

from __future__ import annotations

from flask import Blueprint

from remanu.release.schemas import VERBS
from remanu.release.views import desk, papers
from remanu.web.acts import publish_pages


def pages() -> Blueprint:
    """Every page of this feature."""
    blueprint = Blueprint("release", __name__)
    publish_pages(VERBS, blueprint)
    for path, view, methods in (*desk.ROUTES, *papers.ROUTES):
        blueprint.add_url_rule(path, view.__name__, view, methods=methods)
    return blueprint
