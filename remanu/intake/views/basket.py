"""The basket: each scan is a row at once, what stands against the act is grouped, and all goes or nothing does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from remanu.errors import BadInput, Refusal
from remanu.intake import actions, queries
from remanu.intake.schemas import bulk, words
from remanu.intake.schemas.bulk import Values
from remanu.parts.views.scanning import read_photo
from remanu.rules import basket as rules
from remanu.rules import identity
from remanu.rules.permissions import PERMISSIONS
from remanu.web import acts, shape, uploads
from remanu.web.access import allow
from remanu.web.context import actor, here, is_badge, shown
from remanu.web.strict import unflatten
from remanu.web.words import N_

_MUST = {"signed_by", "evidence", "place", "why"}


def _wanted() -> str:
    """The act that the address names, else the first that the person may do."""
    asked = request.values.get("act", "")
    held = actor().roles
    may = [name for name in bulk.ACTS if held & PERMISSIONS[bulk.KINDS[name]]]
    return asked if asked in bulk.ACTS else next(iter(may), "move")


@allow("read:workshop")
def basket() -> ResponseReturnValue:
    """What was scanned, what stands against the act, and the form that does it."""
    return _page(_wanted())


def _page(act: str, *, typed: Values | None = None, problem: Refusal | None = None) -> ResponseReturnValue:
    with here().database.reading() as connection:
        rows = queries.basket_of(connection, actor())
    blocked = rules.blockers(act, [one.seen for one in rows])
    title, form, _ = bulk.ACTS[act]
    controls = [one for one in acts.plain_fields(form) if one.name != "codes"]
    page = render_template(
        "intake/basket.html",
        act=act,
        acts={name: one[0] for name, one in bulk.ACTS.items()},
        title=title,
        rows=[one.row for one in rows],
        blocked=blocked,
        stands={code: one.reason for one in blocked for code in one.codes},
        controls=[_needed(one) for one in controls],
        may=bool(actor().roles & PERMISSIONS[bulk.KINDS[act]]),
        typed=typed or {},
        problem=problem,
        errors=_errors(problem, {one.name for one in controls}),
        key=str(uuid4()),
        words=words,
        most=rules.MOST,
    )
    return page, problem.status if problem else 200


def _needed(one: acts.Field) -> acts.Field:
    return replace(one, required=True) if one.name in _MUST else one


def _errors(problem: Refusal | None, names: set[str]) -> dict[str, list[str]]:
    """What is wrong by control; what is wrong with a scan stands above the list alone."""
    details = {} if problem is None else problem.details
    told: Any = details.get("fields", {})
    if "field" in details:
        told = {str(details["field"]): [str(details.get("why", ""))]}
    return {name: reasons for name, reasons in told.items() if name.partition(".")[0] in names}


@allow("read:workshop")
def put() -> ResponseReturnValue:
    """One scan becomes a row; a code that lies there already is named and counted."""
    act = _wanted()
    try:
        read = request.form.get("text") or read_photo()
        if is_badge(read):
            raise BadInput("code", "badge-scanned")
        code = identity.parse_own_scan(read, here().config.label_hosts).item
        _, twice = here().database.transact(lambda tx: actions.put(tx, actor(), code))
    except Refusal as problem:
        return _page(act, typed={"text": shown(request.form.get("text", "")[:200])}, problem=problem)
    if twice:
        flash(N_("This part lies in the basket already."), "attention")
    return redirect(url_for("intake.basket", act=act), 303)


@allow("read:workshop")
def take_out() -> ResponseReturnValue:
    """Take one row out, or all that stand against the act for one reason."""
    codes = request.form.getlist("codes")[: rules.MOST]
    here().database.transact(lambda tx: actions.take_out(tx, actor(), codes))
    return redirect(url_for("intake.basket", act=_wanted()), 303)


def _submit(act: str) -> ResponseReturnValue:
    typed = {name: shown(value) for name, value in request.form.items()}
    try:
        answer = bulk.do_all(act, _values(act), key=typed.get("key"))
    except Refusal as problem:
        if problem.status in {401, 403, 404} and problem.code != "own-work":
            raise
        return _page(act, typed=typed, problem=problem)
    flash(bulk.ACTS[act][0])
    return redirect(url_for("intake.basket", act=act, done=answer["count"]), 303)


def _values(act: str) -> Values:
    plain = {k: v for k, v in request.form.items() if k not in {"key", "act", "codes"} and v != ""}
    values = unflatten(plain)
    values["codes"] = request.form.getlist("codes")
    if act == "receive":
        values["evidence"] = [*values.get("evidence", []), *uploads.keep(request.files.getlist("photos"))]
    return shape.take(bulk.ACTS[act][1], values)


@allow("act:intake.receive")
def receive_all() -> ResponseReturnValue:
    """Receive everything in the basket."""
    return _submit("receive")


@allow("act:intake.accept")
def accept_all() -> ResponseReturnValue:
    """Accept everything in the basket."""
    return _submit("accept")


@allow("act:intake.move")
def move_all() -> ResponseReturnValue:
    """Move everything in the basket."""
    return _submit("move")


@allow("act:parts.remove")
def remove_all() -> ResponseReturnValue:
    """Take everything in the basket out of its position."""
    return _submit("remove")


ROUTES = (
    ("/basket", "basket", basket, ("GET",)),
    ("/basket/put", "put", put, ("POST",)),
    ("/basket/take_out", "take_out", take_out, ("POST",)),
    ("/basket/receive", "receive_all", receive_all, ("POST",)),
    ("/basket/accept", "accept_all", accept_all, ("POST",)),
    ("/basket/move", "move_all", move_all, ("POST",)),
    ("/basket/remove", "remove_all", remove_all, ("POST",)),
)
