"""Odd readings, and what the owner found about them: open, answered, closed, each step with a reason."""

from __future__ import annotations

from flask import Response, jsonify, make_response, redirect, render_template, request

from remanu.errors import BadInput
from remanu.provenance import actions
from remanu.provenance.actions import Noted
from remanu.provenance.queries import oddities
from remanu.provenance.queries.oddities import Key, Odd
from remanu.provenance.views.inbox import STATE_WORDS, names_in, step_of
from remanu.rules.reports import STATES
from remanu.web.access import allow
from remanu.web.context import actor, here
from remanu.web.limits import at_most
from remanu.web.negotiation import wants_json
from remanu.web.words import N_, REASONS

SIGN_WORDS = {
    "never-issued": N_("Nobody here issued this label: perhaps a copy, perhaps a slip in typing"),
    "label-ended": N_("It was read after it was taken out of use: it may still hang on something"),
    "part-scrapped": N_("Its part is scrapped: it may have been put on another one"),
    "before-delivery": N_("Read without signing in before the part left: often a phone of the workshop"),
    "far-apart": N_("Read in places too far apart for the time between"),
    "held-twice": N_("Another record here says that it holds the same part"),
}
_REFUSED = 422
_SEE_OTHER = 303


@allow("read:supervision")
@at_most(120)
def readings() -> Response:
    """Odd readings in one state, the newest first; the same as JSON."""
    return _page(request.args.get("state", "open"), {})


@allow("read:supervision")
@at_most(60)
def settle_reading() -> Response:
    """Answer or close one of them; a refusal is said beside the form and keeps what was typed."""
    who, said = actor(), _typed()
    try:
        here().database.transact(lambda tx: actions.settle_reading(tx, who, said))
    except BadInput as error:
        if wants_json():
            raise
        wrong = {(said.item_id, said.label, said.sign): REASONS.get(str(error.details["why"]), "")}
        return _page(request.form.get("state", "open"), wrong, status=_REFUSED)
    if wants_json():
        return jsonify({"state": said.to})
    return make_response(redirect(f"/readings?state={said.to}", _SEE_OTHER))


def _typed() -> Noted:
    return Noted(
        **{name: request.form.get(name, "") for name in ("item_id", "label", "sign", "day", "to", "why")}
    )


def _page(state: str, wrong: dict[Key, str], *, status: int = 200) -> Response:
    chosen, org_id, now = state if state in STATES else "open", actor().org_id, here().database.clock.now()
    with here().database.reading() as connection:
        every = oddities.noted(connection, org_id, oddities.found(connection, org_id, now=now))
        rows = oddities.in_state(every, chosen)
        names = names_in(connection, rows)
    if wants_json():
        return make_response(jsonify({"state": chosen, "readings": [_said(one) for one in rows]}), status)
    page = render_template(
        "provenance/readings.html",
        readings=rows,
        state=chosen,
        states=STATE_WORDS,
        names=names,
        signs=SIGN_WORDS,
        typed=request.form,
        wrong=wrong,
    )
    return make_response(page, status)


def _said(one: Odd) -> dict[str, object]:
    return {
        "item_id": one.item_id,
        "code": one.code,
        "label": one.label,
        "sign": one.sign,
        "many": one.many,
        "day": one.day,
        "state": one.state,
        "steps": [step_of(step) for step in one.steps],
    }
