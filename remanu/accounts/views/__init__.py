"""Pages about people, gathered in one blueprint."""

from __future__ import annotations

from flask import Blueprint

from remanu.accounts.schemas import VERBS
from remanu.accounts.views import entry, people
from remanu.accounts.views.entry import badge_checker, session_loader
from remanu.web.acts import publish_pages

__all__ = ["badge_checker", "pages", "session_loader"]


def pages() -> Blueprint:
    """Every page of this feature."""
    blueprint = Blueprint("accounts", __name__)
    publish_pages(VERBS, blueprint)
    for path, view, methods in (*entry.ROUTES, *people.ROUTES):
        blueprint.add_url_rule(path, view.__name__, view, methods=methods)
    blueprint.after_app_request(entry.touch)
    return blueprint
