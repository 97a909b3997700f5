"""Pages of recognition: the register of agreements and arrangements."""

from __future__ import annotations

from flask import Blueprint

from remanu.recognition.schemas import VERBS
from remanu.recognition.views import desk, register
from remanu.web.acts import publish_pages


def pages() -> Blueprint:
    """Every page of this feature."""
    blueprint = Blueprint("recognition", __name__)
    publish_pages(VERBS, blueprint)
    for path, view in register.ROUTES:
        blueprint.add_url_rule(path, view.__name__, view)
    blueprint.add_url_rule("/agreements/<agreement_id>/preview", "look", register.look, methods=["POST"])
    blueprint.add_app_template_global(desk.as_if, "recognised_as_if")
    return blueprint
