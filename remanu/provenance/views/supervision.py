"""The supervisor's page: certificates and their states, refused signatures, reports, and the record's health."""

from __future__ import annotations

import json

from flask import Response, make_response, render_template, request

from remanu.provenance.queries import oddities
from remanu.provenance.queries import supervision as watched
from remanu.provenance.views.oddities import SIGN_WORDS
from remanu.provenance.views.words import MISMATCHES
from remanu.release import queries as release
from remanu.rules.permissions import READERS
from remanu.rules.travel import Place, middle
from remanu.web.access import allow
from remanu.web.acts import all_verbs
from remanu.web.context import actor, here
from remanu.web.limits import at_most
from remanu.web.words import CLASSES, LINTS

_SIGNING = frozenset({"inspection", "release"})
_DIGITS = 10


@allow("read:supervision")
@at_most(120)
def supervision() -> Response:
    """Everything that a supervisor reads about his organisation, and nothing to press."""
    org_id, now = actor().org_id, here().database.clock.now()
    before = request.args.get("before", "")
    below = int(before) if before.isascii() and before.isdigit() and len(before) < _DIGITS else None
    with here().database.reading() as connection:
        seen = oddities.found(connection, org_id, now=now)
        left = seen.without(oddities.closed(oddities.noted(connection, org_id, seen)))
        page = render_template(
            "provenance/supervision.html",
            certificates=release.issued(connection, org_id, before=below),
            more=release.PAGE,
            refusals=watched.refusals(connection, org_id),
            mismatches=watched.mismatches(connection, org_id),
            may_see_reports=bool(actor().roles & READERS["reports"]),
            odd=left,
            near=near,
            signs=SIGN_WORDS,
            health=watched.health(connection),
            faulty=[(row, json.loads(row.findings)) for row in release.faulty(connection, org_id)],
            lints=LINTS,
            halts=sorted(release.halts(connection, org_id)),
            classes=CLASSES,
            acts={verb.name: verb.title for verb in all_verbs().values() if verb.feature in _SIGNING},
            whats=MISMATCHES,
            before=before,
        )
    return make_response(page)


def near(place: Place) -> str:
    """The middle of a square in degrees, as maps take it; nothing finer is known."""
    north, east = middle(place)
    return f"{abs(north)}° {'N' if north >= 0 else 'S'}, {abs(east)}° {'E' if east >= 0 else 'W'}"
