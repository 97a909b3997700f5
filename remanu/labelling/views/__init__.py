"""Pages of labels, gathered in one blueprint."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint
from flask.typing import ResponseReturnValue

from remanu.labelling.queries import title_of
from remanu.labelling.schemas import VERBS
from remanu.labelling.views import browser, designs, labels, needed, printers
from remanu.web.acts import publish_pages
from remanu.web.locale import gettext

__all__ = ["pages"]


_ROUTES: tuple[tuple[str, Callable[..., ResponseReturnValue], list[str]], ...] = (
    *((path, view, ["GET"]) for path, view in labels.ROUTES),
    *((path, view, ["GET"]) for path, view in (*designs.ROUTES, *browser.ROUTES)),
    *needed.ROUTES,
    *printers.ROUTES,
)


def pages() -> Blueprint:
    """Every page of this feature."""
    blueprint = Blueprint("labelling", __name__)
    publish_pages(VERBS, blueprint)
    blueprint.add_app_template_filter(lambda name: gettext(title_of(name)), "stock")
    for path, view, methods in _ROUTES:
        blueprint.add_url_rule(path, view.__name__, view, methods=methods)
    return blueprint
