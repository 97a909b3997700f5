"""A reader says that the part in his hand does not match: a form for anybody, asked of nobody who he is."""

from __future__ import annotations

from flask import Response, make_response, render_template, request

from remanu.errors import BadInput, NotFound, UnknownCode
from remanu.provenance import actions, queries
from remanu.provenance.actions import Complaint
from remanu.provenance.queries import Found, contacts
from remanu.provenance.views.words import MISMATCHES
from remanu.rules import identity
from remanu.web.access import EVERYBODY, allow
from remanu.web.context import here
from remanu.web.limits import at_most
from remanu.web.words import REASONS

_LABEL = 6
_REFUSED = 422


@allow(EVERYBODY)
@at_most(60)
def form(code: str) -> Response:
    """What does not match? One choice, and words if one likes."""
    return _page(found_of(code), {}, label=label_of(request.args.get("label", "")))


@allow(EVERYBODY)
@at_most(6)
def send(code: str) -> Response:
    """Keep the report; sent twice, it is kept once."""
    found, typed = found_of(code), request.form
    label = label_of(typed.get("label", ""))
    said = Complaint(
        org_id=found.org_id,
        item_id=found.item_id,
        label=label,
        what=typed.get("what", ""),
        note=typed.get("note", ""),
        address=request.remote_addr or "",
        contact=typed.get("contact", ""),
    )
    try:
        here().database.transact(lambda tx: actions.report(tx, said))
    except BadInput as error:
        wrong = {str(error.details["field"]): REASONS.get(str(error.details["why"]), "")}
        return _page(found, wrong, label=label, status=_REFUSED)
    return make_response(render_template("provenance/reported.html", code=found.code))


def _page(found: Found, wrong: dict[str, str], *, label: str, status: int = 200) -> Response:
    page = render_template(
        "provenance/report.html",
        code=found.code,
        label=label,
        whats=MISMATCHES,
        typed=request.form,
        wrong=wrong,
        keep_days=contacts.keep_days(here().database.clock.now().date()),
    )
    return make_response(page, status)


def found_of(code: str) -> Found:
    """The part that a public form is about; NotFound for what is no code, UnknownCode for one of no part."""
    try:
        item = identity.parse_item(code)
    except BadInput as error:
        raise NotFound(what="page") from error
    with here().database.reading() as connection:
        found = queries.find(connection, item)
    if found is None:
        raise UnknownCode(read=item)
    return found


def label_of(typed: str) -> str:
    """What may stand for a label in a form that anybody fills in; nothing for what can be none."""
    label = typed[:_LABEL]
    return label if label.isascii() and label.isalnum() else ""
