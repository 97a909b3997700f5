"""What readers report, and what the owner does about it: open, answered, closed, each step with a reason."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response, jsonify, make_response, redirect, render_template, request
from sqlalchemy.engine import Connection

from remanu.accounts.queries import names_of
from remanu.errors import BadInput
from remanu.provenance import actions
from remanu.provenance.queries import inbox, oddities
from remanu.provenance.views.words import MISMATCHES
from remanu.rules.permissions import READERS
from remanu.rules.reports import STATES
from remanu.web.access import allow
from remanu.web.context import actor, here
from remanu.web.limits import at_most
from remanu.web.negotiation import wants_json
from remanu.web.words import N_, REASONS

STATE_WORDS = {"open": N_("Open"), "answered": N_("Answered"), "closed": N_("Closed")}
_REFUSED = 422
_SEE_OTHER = 303


@allow("read:reports")
@at_most(120)
def reports() -> Response:
    """Reports in one state, the newest first; the same as JSON."""
    return _page(request.args.get("state", "open"), {})


@allow("read:reports")
@at_most(60)
def settle() -> Response:
    """Answer or close one report; a refusal is said beside the form and keeps what was typed."""
    who, typed = actor(), request.form
    to, why = typed.get("to", ""), typed.get("why", "")
    try:
        here().database.transact(
            lambda tx: actions.settle_report(tx, who, typed.get("report", ""), to=to, why=why)
        )
    except BadInput as error:
        if wants_json():
            raise
        wrong = {typed.get("report", ""): REASONS.get(str(error.details["why"]), "")}
        return _page(typed.get("state", "open"), wrong, status=_REFUSED)
    if wants_json():
        return jsonify({"state": to})
    return make_response(redirect(f"/reports?state={to}", _SEE_OTHER))


def _may(readers: str) -> bool:
    return bool(actor().roles & READERS[readers])


def _page(state: str, wrong: dict[str, str], *, status: int = 200) -> Response:
    chosen, store = state if state in STATES else "open", here().database
    with store.reading() as connection:
        rows = inbox.reports(
            connection, actor().org_id, state=chosen, keyring=store.keyring, now=store.clock.now()
        )
        names = names_in(connection, rows)
    if wants_json():
        return make_response(jsonify({"state": chosen, "reports": [_said(one) for one in rows]}), status)
    page = render_template(
        "provenance/inbox.html",
        reports=rows,
        state=chosen,
        states=STATE_WORDS,
        names=names,
        whats=MISMATCHES,
        may_see_readings=_may("supervision"),
        typed=request.form,
        wrong=wrong,
    )
    return make_response(page, status)


def names_in(connection: Connection, rows: Iterable[inbox.Report | oddities.Odd]) -> dict[str, str]:
    """The names of those who took these steps, for their own house; erased ones are left out."""
    refs = sorted({step.by for row in rows for step in row.steps})
    return names_of(connection, here().database.keyring, actor().org_id, refs)


def _said(one: inbox.Report) -> dict[str, object]:
    return {
        "id": one.id,
        "code": one.code,
        "label": one.label,
        "what": one.what,
        "note": one.note,
        "contact": one.contact.text if one.contact else "",
        "at": one.at.isoformat(),
        "state": one.state,
        "steps": [step_of(step) for step in one.steps],
    }


def step_of(step: inbox.Step) -> dict[str, object]:
    """A step as JSON."""
    return {"state": step.state, "why": step.why, "by": step.by, "at": step.at.isoformat()}
