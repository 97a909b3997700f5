"""Pages of intake, gathered in one blueprint."""

from __future__ import annotations

from flask import Blueprint

from remanu.intake.schemas import VERBS
from remanu.intake.views import accounts, basket, criteria, gate, places, tags
from remanu.web.acts import publish_pages

__all__ = ["pages"]


def pages() -> Blueprint:
    """Every page of this feature."""
    blueprint = Blueprint("intake", __name__)
    blueprint.record_once(lambda state: state.app.url_map.converters.update(place_code=places.PlaceCode))
    publish_pages(VERBS, blueprint)
    for part in (gate, criteria, accounts, tags, basket, places):
        for path, name, view, methods in part.ROUTES:
            blueprint.add_url_rule(path, name, view, methods=list(methods))
    return blueprint
