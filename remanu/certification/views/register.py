"""Pages of the register beside certificates: schemes, accreditations, a workshop's matters, outside documents."""

from __future__ import annotations

import json
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from remanu.certification import queries
from remanu.certification.schemas import about, words
from remanu.certification.views.desk import may
from remanu.rules import lifecycle
from remanu.rules.certification import Line
from remanu.web.access import EVERYBODY, allow
from remanu.web.context import actor, here
from remanu.web.limits import at_most

_READ = "read:certification"


def page_of(found: list[Any]) -> tuple[list[Any], bool]:
    """The rows of one page, and whether there are more."""
    return found[: queries.PAGE], len(found) > queries.PAGE


@allow(_READ)
def schemes() -> ResponseReturnValue:
    """Approved schemes of everybody, and drafts of one's own."""
    after = request.args.get("after", "")
    with here().database.reading() as connection:
        rows, more = page_of(queries.schemes(connection, after=after, limit=queries.PAGE + 1))
        drafts = queries.drafts(connection, actor().org_id)
    return render_template(
        "certification/schemes.html",
        rows=rows,
        drafts=drafts,
        after=after,
        cursor=rows[-1].id if more else "",
        own=actor().org_id,
        named=about.named,
        may_draft=may("draft_scheme"),
        may_approve=may("approve_scheme"),
        may_add=may("add_edition"),
    )


@allow(EVERYBODY)
@at_most(240)
def scheme(scheme_id: str) -> ResponseReturnValue:
    """One approved scheme as everybody may read it: its activities, editions and how certificates are watched over."""
    with here().database.reading() as connection:
        row = queries.read_scheme(connection, scheme_id)
        editions = queries.editions(connection, row.code)
    today = about.today_anywhere()
    return render_template(
        "certification/scheme.html",
        row=row,
        activities=json.loads(row.activities),
        statuses=json.loads(row.statuses),
        editions=[(one, queries.edition_in_force(one, today)) for one in editions],
        words=words,
        named=about.named,
    )


@allow(_READ)
def accreditations() -> ResponseReturnValue:
    """Accreditations that everybody may read, newest first."""
    after = request.args.get("after", "")
    with here().database.reading() as connection:
        rows, more = page_of(queries.accreditations(connection, after=after, limit=queries.PAGE + 1))
    return render_template(
        "certification/accreditations.html",
        rows=[(one, one.on(about.today())) for one in rows],
        after=after,
        cursor=rows[-1].row.id if more else "",
        named=about.named,
        may_grant=may("grant_accreditation"),
    )


@allow(EVERYBODY)
@at_most(240)
def accreditation(accreditation_id: str) -> ResponseReturnValue:
    """One accreditation: whom, for what, how it stands and what was decided."""
    with here().database.reading() as connection:
        found = queries.read_accreditation(connection, accreditation_id)
        told = queries.steps_of(connection, [accreditation_id])[accreditation_id]
    now = found.on(about.today_anywhere())
    return render_template(
        "certification/accreditation.html",
        one=found,
        now=now,
        areas=[(about.area_word(each), each in now.paused) for each in now.areas],
        history=list(reversed(told)),
        offered=[one.action for one in lifecycle.allowed("SM-6", now.state) if one.action != "expire"],
        words=words,
        named=about.named,
    )


@allow(_READ)
def mine() -> ResponseReturnValue:
    """What the workshop applied for and how each stands at its body."""
    after = request.args.get("after", "")
    with here().database.reading() as connection:
        found = queries.applications(connection, actor().org_id, after=after, limit=queries.PAGE + 1)
    rows, more = page_of(found)
    return render_template(
        "certification/mine.html",
        rows=rows,
        after=after,
        cursor=rows[-1].id if more else "",
        named=about.named,
        family_word=about.family_word,
        may_apply=may("apply"),
    )


@allow(_READ)
def application(application_id: str) -> ResponseReturnValue:
    """One application: what was asked for, how it stands, what the workshop said since."""
    with here().database.reading() as connection:
        row = queries.find_application(connection, actor().org_id, application_id)
        requests = queries.own_requests(connection, actor().org_id, application_id)
        open_ = queries.to_answer(connection, row)
        sent = queries.filed(connection, actor().org_id, application_id)
    return render_template(
        "certification/application.html",
        row=row,
        lines=[about.line_word(Line(**one)) for one in json.loads(row.lines)],
        requests=requests,
        open_clauses=[(one, about.clause_word(one)) for one in open_],
        sent=sent,
        words=words,
        named=about.named,
        family_word=about.family_word,
        may_ask=may("request"),
    )


@allow(_READ)
def outside() -> ResponseReturnValue:
    """Documents of outside bodies that the organisation recorded."""
    after = request.args.get("after", "")
    with here().database.reading() as connection:
        found = queries.outside(connection, actor().org_id, after=after, limit=queries.PAGE + 1)
    rows, more = page_of(found)
    return render_template(
        "certification/outside.html",
        rows=rows,
        after=after,
        cursor=rows[-1].id if more else "",
        words=words,
        may_record=may("record_outside"),
    )


@allow(_READ)
def outside_record(record_id: str) -> ResponseReturnValue:
    """One document: what it says, where it was seen, who looked."""
    with here().database.reading() as connection:
        row = queries.find_outside(connection, actor().org_id, record_id)
        own_work = queries.is_own_work(connection, row)
    return render_template(
        "certification/outside_record.html",
        row=row,
        own_work=own_work,
        models=json.loads(row.models),
        words=words,
        family_word=about.family_word,
        may_confirm=may("confirm_outside") and row.state == "recorded",
    )


ROUTES = (
    ("/certification/schemes", schemes),
    ("/certification/schemes/<scheme_id>", scheme),
    ("/certification/accreditations", accreditations),
    ("/certification/accreditations/<accreditation_id>", accreditation),
    ("/certification/applications", mine),
    ("/certification/applications/<application_id>", application),
    ("/certification/outside", outside),
    ("/certification/outside/<record_id>", outside_record),
)
