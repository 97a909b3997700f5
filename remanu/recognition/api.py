"""JSON of recognition: agreements and arrangements."""

from __future__ import annotations

from dataclasses import asdict

from flask import request
from flask_smorest import Blueprint

from remanu.parts.queries import find_case
from remanu.recognition import queries
from remanu.recognition.schemas import VERBS, about, told
from remanu.recognition.schemas.told import Told
from remanu.web import acts
from remanu.web.access import EVERYBODY, allow
from remanu.web.context import actor, here
from remanu.web.limits import at_most

_READ = "read:recognition"


def json() -> Blueprint:
    """Every JSON route of this feature."""
    blueprint = acts.api("recognition")
    acts.publish_json(VERBS, blueprint)
    for path, view in _READS:
        described = blueprint.response(200)(view)
        blueprint.route(path, methods=["GET"], endpoint=view.__name__)(described)
    return blueprint


@allow(EVERYBODY)
@at_most(240)
def agreements() -> list[Told]:
    """Approved agreements, newest first, 50 at a time; `home` and `there` choose sides, `after` is the last id seen."""
    home, there, after = (request.args.get(one, "") for one in ("home", "there", "after"))
    with here().database.reading() as connection:
        rows = queries.agreements(connection, home=home, there=there, after=after)
    return [told.agreement(one, about.today_anywhere()) for one in rows]


@allow(EVERYBODY)
@at_most(240)
def agreement(agreement_id: str) -> Told:
    """One approved agreement."""
    with here().database.reading() as connection:
        return told.agreement(queries.read_agreement(connection, agreement_id), about.today_anywhere())


@allow(_READ)
def drafts() -> list[Told]:
    """Drafts of the organisation, newest first."""
    with here().database.reading() as connection:
        return [told.agreement(one, about.today()) for one in queries.drafts(connection, actor().org_id)]


@allow(_READ)
def draft(agreement_id: str) -> Told:
    """One agreement of the organisation, drafts too."""
    with here().database.reading() as connection:
        return told.agreement(queries.find_agreement(connection, actor().org_id, agreement_id), about.today())


@allow(_READ)
@at_most(30)
def preview(agreement_id: str) -> Told:
    """What a draft would change: units by word before and after, and up to 50 that change."""
    now = here().database.clock.now()
    with here().database.reading() as connection:
        row = queries.find_agreement(connection, actor().org_id, agreement_id)
        total, job = queries.count_units(connection, {}), queries.looked(connection, row)
        found = None if job is None else job[1]
        if found is None:
            keys = queries.units_after(connection, {}, ("", ""), limit=queries.LOOKED_AT)
            found = queries.preview(connection, row, keys, now=now, most=queries.PAGE)
    return {**asdict(found), "total": total, "job": None if job is None else job[0].state}


@allow(EVERYBODY)
@at_most(240)
def arrangements() -> list[Told]:
    """Every arrangement; who signs stands with each of them."""
    with here().database.reading() as connection:
        return [told.arrangement(one, []) for one in queries.arrangements(connection)]


@allow(EVERYBODY)
@at_most(240)
def arrangement(arrangement_id: str) -> Told:
    """One arrangement and who signs it."""
    with here().database.reading() as connection:
        row = queries.read_arrangement(connection, arrangement_id)
        return told.arrangement(row, queries.signatories(connection, arrangement_id))


@allow("read:certifier")
def as_if(case_id: str) -> list[Told]:
    """Verdicts on a submitted unit in each jurisdiction, as if it were released today; empty before it is submitted."""
    now = here().database.clock.now()
    with here().database.reading() as connection:
        case = find_case(connection, actor().org_id, case_id)
        found = queries.released_today(connection, case, now)
    return [
        {"jurisdiction": code, "word": one.word, "missing": list(one.missing)} for code, one in found.items()
    ]


_READS = (
    ("/cases/<case_id>/recognition", as_if),
    ("/agreements", agreements),
    ("/agreements/drafts", drafts),
    ("/agreements/<agreement_id>", agreement),
    ("/agreements/<agreement_id>/draft", draft),
    ("/agreements/<agreement_id>/preview", preview),
    ("/arrangements", arrangements),
    ("/arrangements/<arrangement_id>", arrangement),
)
