"""Pages of certification: the desk, the register, the catalogue."""

from __future__ import annotations

from flask import Blueprint

from remanu.certification.schemas import VERBS
from remanu.certification.views import catalogue, desk, register
from remanu.web.acts import publish_pages


def pages() -> Blueprint:
    """Every page of this feature."""
    blueprint = Blueprint("certification", __name__)
    publish_pages(VERBS, blueprint)
    for path, view in (*desk.ROUTES, *register.ROUTES, *catalogue.ROUTES):
        blueprint.add_url_rule(path, view.__name__, view)
    return blueprint
