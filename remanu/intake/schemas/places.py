"""Shapes of what is typed of places, and their verbs."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from sqlalchemy.engine import Connection

from remanu.intake import actions, queries
from remanu.intake.queries import Row
from remanu.intake.schemas import desk
from remanu.web import shape
from remanu.web.acts import On, Values, Verb
from remanu.web.context import shown
from remanu.web.words import N_


class AddPlace(shape.Form):
    """How a place is called."""

    name = shape.Line(
        required=True,
        limit=60,
        metadata={
            "label": N_("Name of the place"),
            "help": N_(
                "As people call it: Shelf 3-04, Bench 2, Crane bay. A place is given up and never renamed."
            ),
        },
    )


def _page(place: Row) -> str:
    return url_for("intake.place", place_id=place.id)


def _page_of_new(_target: Any, answer: Values) -> str:
    return url_for("intake.place", place_id=answer["more"]["place"])


def moving(_connection: Connection, _item: Any) -> Values:
    """What the camera read at the place comes back in the address and waits in the field."""
    return {"suggested": {"place": shown(request.args.get("text", "")[:200])}}


ON_PLACES = On("places", lambda *_: None, lambda _: "", lambda _: url_for("intake.places"), travels=False)
ON_PLACE = On(
    "places/<target_id>",
    queries.find_place,
    lambda one: "retired" if one.retired_at else "in-use",
    _page,
    travels=False,
)
VERBS = (
    Verb(
        "intake.add_place",
        N_("Add a place"),
        ON_PLACES,
        AddPlace,
        actions.add_place,
        then=_page_of_new,
        answer=lambda done: {"place": done.subject.id, "code": done.body.code},
    ),
    Verb("intake.retire_place", N_("Give up the place"), ON_PLACE, desk.Nothing, actions.retire_place),
)
