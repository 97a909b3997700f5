"""A reader says roughly where he read a label: only with a plain yes, and rounded before it leaves his browser."""

from __future__ import annotations

from flask import Response, make_response, render_template, request

from remanu.errors import BadInput
from remanu.provenance import actions
from remanu.provenance.actions import Whereabouts
from remanu.provenance.queries import Found
from remanu.provenance.queries.travel import limits
from remanu.provenance.views.report import found_of, label_of
from remanu.web.access import EVERYBODY, allow
from remanu.web.context import here
from remanu.web.limits import at_most
from remanu.web.negotiation import wants_json
from remanu.web.words import REASONS

_REFUSED = 422
_DIGITS = 4


@allow(EVERYBODY)
@at_most(60)
def ask_place(code: str) -> Response:
    """What is asked, what is kept and for how long; a yes is the reader's to give."""
    return _page(found_of(code), {}, label=label_of(request.args.get("label", "")))


@allow(EVERYBODY)
@at_most(6)
def tell_place(code: str) -> Response:
    """Keep the rough place; a refusal says why, as a page or as JSON."""
    found, typed = found_of(code), request.form
    label = label_of(typed.get("label", ""))
    said = Whereabouts(
        org_id=found.org_id,
        item_id=found.item_id,
        label=label,
        row=_whole(typed.get("row", "")),
        column=_whole(typed.get("column", "")),
        device=typed.get("device", ""),
        consent=typed.get("consent") == "yes",
    )
    try:
        here().database.transact(lambda tx: actions.tell_place(tx, said))
    except BadInput as error:
        if wants_json():
            raise
        wrong = {str(error.details["field"]): REASONS.get(str(error.details["why"]), "")}
        return _page(found, wrong, label=label, status=_REFUSED)
    if wants_json():
        return make_response({"kept": True, "keep_days": _days()})
    return make_response(render_template("provenance/placed.html", code=found.code, days=_days()))


def _whole(typed: str) -> int:
    """A whole number of few digits; anything else is a square that is none."""
    digits = typed.removeprefix("-")
    return int(typed) if digits.isascii() and digits.isdigit() and len(digits) < _DIGITS else 10**_DIGITS


def _days() -> int:
    return limits(here().database.clock.now().date()).keep_days


def _page(found: Found, wrong: dict[str, str], *, label: str, status: int = 200) -> Response:
    page = render_template("provenance/place.html", code=found.code, label=label, days=_days(), wrong=wrong)
    return make_response(page, status)
