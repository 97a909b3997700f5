"""Pages about parts: the workshop's home with its scan, one part with what may be done next, search."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from remanu.parts.schemas import VERBS
from remanu.web.access import SIGNED_IN, allow
from remanu.web.acts import publish_pages


def pages() -> Blueprint:
    """Every page of this feature."""
    blueprint = Blueprint("parts", __name__)
    publish_pages(VERBS, blueprint)
    blueprint.add_url_rule("/", "home", home)
    blueprint.add_url_rule("/parts/<item_id>", "part", part)
    return blueprint


@allow(SIGNED_IN)
def home() -> ResponseReturnValue:
    """Where everybody begins: scan, and what waits."""
    return "", 204


@allow(SIGNED_IN)
def part(item_id: str) -> ResponseReturnValue:
    """One part as insiders see it."""
    return item_id, 200
