"""Pages of the register: agreements in force and ended, drafts of one's own, arrangements and who signs them."""

from __future__ import annotations

import json

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from remanu.recognition import actions, queries
from remanu.recognition.schemas import about, said, words
from remanu.rules.permissions import PERMISSIONS
from remanu.rules.verdicts import WORDS
from remanu.web.access import EVERYBODY, allow
from remanu.web.context import actor, here
from remanu.web.limits import at_most

_READ = "read:recognition"


def _may(verb: str) -> bool:
    return bool(actor().roles & PERMISSIONS[f"recognition.{verb}"])


@allow(EVERYBODY)
@at_most(240)
def agreements() -> ResponseReturnValue:
    """Approved agreements of everybody, newest first; of one side or of both where they are chosen."""
    home, there, after = (request.args.get(one, "") for one in ("home", "there", "after"))
    with here().database.reading() as connection:
        found = queries.agreements(connection, home=home, there=there, after=after, limit=queries.PAGE + 1)
    rows, day = found[: queries.PAGE], about.today_anywhere()
    return render_template(
        "recognition/agreements.html",
        rows=[(one, words.STATES[about.standing(one, day)]) for one in rows],
        sides=[(code, about.side(code)) for code in queries.jurisdictions()],
        home=home,
        there=there,
        after=after,
        cursor=rows[-1].id if len(found) > queries.PAGE else "",
        named=about.named,
        side=about.side,
    )


@allow(EVERYBODY)
@at_most(240)
def agreement(agreement_id: str) -> ResponseReturnValue:
    """One approved agreement as everybody may read it: sides, dates, lines, what became of it."""
    with here().database.reading() as connection:
        row = queries.read_agreement(connection, agreement_id)
    return render_template(
        "recognition/agreement.html",
        row=row,
        state=words.STATES[about.standing(row, about.today_anywhere())],
        lines=[about.line_said(one) for one in queries.lines_of(row)],
        suspended=json.loads(row.suspended),
        mine=about.is_stewards(row),
        offered=about.offered(row),
        words=words,
        named=about.named,
        side=about.side,
    )


@allow(_READ)
def drafts() -> ResponseReturnValue:
    """What the steward works on: drafts, approved texts of his own, signatures that wait for a second person."""
    org_id = actor().org_id
    with here().database.reading() as connection:
        rows = queries.drafts(connection, org_id)
        approved = [one for one in queries.agreements(connection) if one.org_id == org_id]
        waiting = queries.to_confirm(connection, org_id)
    day = about.today()
    return render_template(
        "recognition/drafts.html",
        rows=rows,
        approved=[(one, about.standing(one, day)) for one in approved],
        states=words.STATES,
        waiting=waiting,
        named=about.named,
        side=about.side,
        may_draft=_may("draft_agreement"),
    )


@allow(_READ)
def draft(agreement_id: str) -> ResponseReturnValue:
    """One agreement of the organisation, as its steward works on it."""
    with here().database.reading() as connection:
        row = queries.find_agreement(connection, actor().org_id, agreement_id)
        former = queries.in_place_of(connection, row)
    return render_template(
        "recognition/draft.html",
        row=row,
        former=former,
        state=words.STATES[about.standing(row, about.today())],
        lines=[about.line_said(one) for one in queries.lines_of(row)],
        words=words,
        named=about.named,
        side=about.side,
        may_write=_may("add_line") and row.state == "draft",
    )


@allow(_READ)
@at_most(30)
def preview(agreement_id: str) -> ResponseReturnValue:
    """What a draft would change for releases in force: how many units have each word before and after, and which."""
    now = here().database.clock.now()
    with here().database.reading() as connection:
        row = queries.find_agreement(connection, actor().org_id, agreement_id)
        total = queries.count_units(connection, {})
        job = queries.looked(connection, row)
        found = None if job is None else job[1]
        if found is None:
            keys = queries.units_after(connection, {}, ("", ""), limit=queries.LOOKED_AT)
            found = queries.preview(connection, row, keys, now=now, most=queries.PAGE)
    return render_template(
        "recognition/preview.html",
        row=row,
        found=found,
        total=total,
        job=None if job is None else job[0],
        may_ask=_may("draft_agreement") and row.state == "draft",
        counts=[
            (said.sign(one), found.before.get(one, 0), found.after.get(one, 0))
            for one in WORDS
            if one in found.before or one in found.after
        ],
        changes=[(one, said.sign(one.before), said.sign(one.after)) for one in found.changes],
        named=about.named,
        side=about.side,
    )


@allow("act:recognition.draft_agreement")
@at_most(30)
def look(agreement_id: str) -> ResponseReturnValue:
    """Ask the worker to compute it over every unit."""
    here().database.transact(lambda tx: actions.ask_preview(tx, actor(), agreement_id))
    return redirect(url_for("recognition.preview", agreement_id=agreement_id), 303)


@allow(EVERYBODY)
@at_most(240)
def arrangements() -> ResponseReturnValue:
    """Every arrangement of accreditors that somebody recorded here."""
    with here().database.reading() as connection:
        rows = queries.arrangements(connection)
    return render_template("recognition/arrangements.html", rows=rows, named=about.named)


@allow(EVERYBODY)
@at_most(240)
def arrangement(arrangement_id: str) -> ResponseReturnValue:
    """One arrangement and who signs it, from when and until when."""
    with here().database.reading() as connection:
        row = queries.read_arrangement(connection, arrangement_id)
        signed = queries.signatories(connection, arrangement_id)
    return render_template(
        "recognition/arrangement.html",
        row=row,
        signed=[(one, json.loads(one.schemes)) for one in signed],
        today=about.today_anywhere().isoformat(),
        mine=about.is_stewards(row),
        named=about.named,
    )


ROUTES = (
    ("/agreements", agreements),
    ("/agreements/drafts", drafts),
    ("/agreements/<agreement_id>", agreement),
    ("/agreements/<agreement_id>/draft", draft),
    ("/agreements/<agreement_id>/preview", preview),
    ("/arrangements", arrangements),
    ("/arrangements/<arrangement_id>", arrangement),
)
