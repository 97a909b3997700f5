"""JSON of certification: the desk, files, applications, the register and the catalogue."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from flask import request
from flask_smorest import Blueprint

from remanu.certification import queries
from remanu.certification.schemas import VERBS, about, answers, effects, told
from remanu.web import acts
from remanu.web.access import EVERYBODY, allow
from remanu.web.context import actor, here
from remanu.web.limits import at_most

_READ = "read:certification"
_AHEAD = timedelta(days=60)
Told = dict[str, Any]


def json() -> Blueprint:
    """Every JSON route of this feature."""
    blueprint = acts.api("certification")
    acts.publish_json(VERBS, blueprint)
    for path, schema, view in READS:
        described = blueprint.response(200, schema)(view)
        blueprint.route(path, methods=["GET"], endpoint=view.__name__)(described)
    return blueprint


def _after() -> str:
    return request.args.get("after", "")


@allow(_READ)
def desk() -> Told:
    """What waits in the body: applications, files, surveillance due within two months, requests, complaints."""
    org_id = actor().org_id
    with here().database.reading() as connection:
        waiting = queries.files(connection, org_id, queries.WAITING, after=_after())
        due = queries.surveillance_due(connection, org_id, about.today() + _AHEAD)
        lost = queries.lost_of_body(connection, org_id, about.today())
        incoming = queries.incoming(connection, org_id)
        requests = queries.requests(connection, org_id)
        complaints = queries.complaints(connection, org_id, state="open")
    return {
        "incoming": [{"id": one.id, "family": one.family, "scheme": one.scheme} for one in incoming],
        "files": [
            {"id": one.id, "state": one.state, "family": one.family} for one in waiting[: queries.PAGE]
        ],
        "surveillance": [{"id": one.id, "number": one.number, "due_on": one.due_on} for one in due],
        "accreditation_lost": lost,
        "requests": [{"id": one.id, "wish": one.wish, "application": one.application} for one in requests],
        "complaints": [{"id": one.id, "kind": one.kind} for one in complaints],
    }


@allow("read:body")
def file(file_id: str) -> Told:
    """One file of the body."""
    org_id = actor().org_id
    with here().database.reading() as connection:
        found = queries.find_file(connection, org_id, file_id, about.today())
        said = queries.clauses(connection, org_id, file_id)
        requests = queries.requests(connection, org_id, found.row.application)
        complaints = queries.complaints(connection, org_id, file_id=file_id)
        papers = queries.filed(connection, org_id, file_id)
        return {
            **told.file(found, said, requests, complaints),
            "documents": [told.filed(one) for one in papers],
            "sent": [told.filed(one) for one in queries.sent(connection, found.row)],
        }


@allow(_READ)
def applications() -> list[Told]:
    """The workshop's applications, newest first, 50 at a time; `after` is the id of the last one seen."""
    with here().database.reading() as connection:
        return [
            told.application(one) for one in queries.applications(connection, actor().org_id, after=_after())
        ]


@allow(_READ)
def application(application_id: str) -> Told:
    """One application and how it stands at the body."""
    with here().database.reading() as connection:
        row = queries.find_application(connection, actor().org_id, application_id)
        open_ = queries.to_answer(connection, row)
        return told.application(row) | ({"to_answer": open_} if open_ else {})


@allow(_READ)
def schemes() -> list[Told]:
    """Approved schemes, newest first, 50 at a time."""
    with here().database.reading() as connection:
        rows = queries.schemes(connection, after=_after())
    return [told.scheme(one, (), about.today()) for one in rows]


@allow(EVERYBODY)
@at_most(240)
def scheme(scheme_id: str) -> Told:
    """One approved scheme with its editions."""
    with here().database.reading() as connection:
        row = queries.read_scheme(connection, scheme_id)
        return told.scheme(row, queries.editions(connection, row.code), about.today_anywhere())


@allow(_READ)
def accreditations() -> list[Told]:
    """Accreditations, newest first, 50 at a time."""
    with here().database.reading() as connection:
        found = queries.accreditations(connection, after=_after())
    return [told.accreditation(one, about.today()) for one in found]


@allow(EVERYBODY)
@at_most(240)
def accreditation(accreditation_id: str) -> Told:
    """One accreditation as it stands today."""
    with here().database.reading() as connection:
        found = queries.read_accreditation(connection, accreditation_id)
    return told.accreditation(found, about.today_anywhere())


@allow(_READ)
def outside() -> list[Told]:
    """Documents of outside bodies that the organisation recorded, newest first, 50 at a time."""
    with here().database.reading() as connection:
        return [told.outside(one) for one in queries.outside(connection, actor().org_id, after=_after())]


@allow(_READ)
def outside_record(record_id: str) -> Told:
    """One document of an outside body."""
    with here().database.reading() as connection:
        row = queries.find_outside(connection, actor().org_id, record_id)
        return {**told.outside(row), "recorded_by_own_workshop": queries.is_own_work(connection, row)}


@allow(EVERYBODY)
@at_most(240)
def products() -> list[Told]:
    """The catalogue: by `q`, `family`, `country`, `batch`, newest first, 50 at a time; `after` is the last id seen."""
    today = about.today_anywhere()
    with here().database.reading() as connection:
        found = queries.entries(connection, about.asked(), after=_after())
        lost = queries.lost(connection, found, today)
    return [told.summary(one, today, lost.get(one.id)) for one in found]


@allow(EVERYBODY)
@at_most(240)
def entry(certification_id: str) -> Told:
    """One entry of the catalogue with its history, its units and the accreditations behind it."""
    today = about.today_anywhere()
    with here().database.reading() as connection:
        found = queries.find_entry(connection, certification_id, today)
        units, _ = queries.units(connection, found.row, today, after=_after())
        behind = queries.accreditations_of(connection, found.row.org_id)
        said = told.entry(found, units, behind, today)
        return {
            **said,
            "accreditation_lost_on": told.day(queries.lost(connection, [found.row], today).get(certification_id)),
            "surveillance_overdue": queries.overdue_since(connection, found.row, today) or None,
            "originals": [
                {"maker": maker, "part_number": number}
                for maker, number in queries.originals(connection, certification_id)
            ],
        }


@allow("read:body")
def effect(file_id: str) -> Told:
    """What stopping the certificate would mark; `line` narrows it, `after` is the id of the next page."""
    with here().database.reading() as connection:
        found = queries.find_file(connection, actor().org_id, file_id, about.today())
        shown = effects.listed(connection, found, limit=queries.PAGE)
    listed = [told.marked(one) for one in shown.units]
    return {**asdict(shown.effect), "line": shown.line, "after": shown.cursor, "listed": listed}


READS = (
    ("/certification/desk", answers.DeskAnswer, desk),
    ("/certification/files/<file_id>", answers.FileAnswer, file),
    ("/certification/files/<file_id>/effect", answers.EffectAnswer, effect),
    ("/certification/applications", answers.ApplicationAnswer(many=True), applications),
    ("/certification/applications/<application_id>", answers.ApplicationAnswer, application),
    ("/certification/schemes", answers.SchemeAnswer(many=True), schemes),
    ("/certification/schemes/<scheme_id>", answers.SchemeAnswer, scheme),
    ("/certification/accreditations", answers.AccreditationRow(many=True), accreditations),
    ("/certification/accreditations/<accreditation_id>", answers.AccreditationRow, accreditation),
    ("/certification/outside", answers.OutsideAnswer(many=True), outside),
    ("/certification/outside/<record_id>", answers.OutsideAnswer, outside_record),
    ("/recognised-products", answers.EntryRow(many=True), products),
    ("/recognised-products/<certification_id>", answers.EntryAnswer, entry),
)
