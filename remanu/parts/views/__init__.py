"""Pages about parts, gathered in one blueprint."""

from __future__ import annotations

from flask import Blueprint

from remanu.families.spoken import spoken
from remanu.parts.schemas import VERBS
from remanu.parts.views import counting, files, find, home, lives, naming, part, scanning, tree
from remanu.web.acts import publish_pages
from remanu.web.locale import current

__all__ = ["pages"]


def pages() -> Blueprint:
    """Every page of this feature."""
    blueprint = Blueprint("parts", __name__)
    publish_pages(VERBS, blueprint)
    blueprint.add_app_template_filter(_spoken, "spoken")
    every = (home, part, find, scanning, files, tree, counting, lives, naming)
    for routes in (one.ROUTES for one in every):
        for path, view, methods in routes:
            blueprint.add_url_rule(path, view.__name__, view, methods=methods)
    return blueprint


def _spoken(name: str) -> str:
    """A recorded name as the packs say it in the language of the request."""
    return spoken(name, current())
