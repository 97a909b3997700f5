"""The supervisor's page: certificates and their states, refused signatures, reports, and the record's health."""

from __future__ import annotations

import json
from datetime import timedelta

from flask import Response, make_response, render_template, request

from remanu.provenance.queries import custody, travel
from remanu.provenance.queries import supervision as watched
from remanu.provenance.views.words import MISMATCHES
from remanu.release import queries as release
from remanu.rules.travel import Place, middle
from remanu.web.access import allow
from remanu.web.acts import all_verbs
from remanu.web.context import actor, here
from remanu.web.limits import at_most
from remanu.web.words import CLASSES, LINTS, N_

_DAYS = timedelta(days=30)
ODDITIES = {
    "never-issued": N_("Nobody here issued this label: perhaps a copy, perhaps a slip in typing"),
    "label-ended": N_("It was read after it was taken out of use: it may still hang on something"),
    "part-scrapped": N_("Its part is scrapped: it may have been put on another one"),
    "before-delivery": N_("Read without signing in before the part left: often a phone of the workshop"),
}
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
        page = render_template(
            "provenance/supervision.html",
            certificates=release.issued(connection, org_id, before=below),
            more=release.PAGE,
            refusals=watched.refusals(connection, org_id),
            mismatches=watched.mismatches(connection, org_id),
            strange=watched.strange_scans(connection, org_id, since=f"{now - _DAYS:%Y-%m-%d}"),
            apart=travel.far_apart(connection, org_id, now=now),
            near=near,
            contested=custody.contested(connection, org_id),
            oddities=ODDITIES,
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
