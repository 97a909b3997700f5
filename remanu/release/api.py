"""JSON of release: acts from the table of verbs, the queue, a dossier, certificates."""

from __future__ import annotations

import json as plain
from typing import Any

from flask import request
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from remanu.drawing.form import Block
from remanu.parts.queries import find_case
from remanu.release import queries
from remanu.release.schemas import VERBS
from remanu.release.schemas.printing import block_by_block
from remanu.web import acts
from remanu.web.access import allow
from remanu.web.context import actor, here

_WORKSHOP = "read:workshop"
_CERTIFIER = "read:certifier"


class WaitingRow(Schema):
    """A case that waits; `why` says what stands against a signature of whoever asks."""

    cursor = fields.String()
    case = fields.String(attribute="case.id")
    state = fields.String(attribute="case.state")
    code = fields.String(attribute="case.code")
    name = fields.String(attribute="case.name")
    family = fields.String(attribute="case.family")
    since = fields.AwareDateTime(attribute="case.changed_at")
    claim_class = fields.String(allow_none=True)
    done = fields.Integer()
    whole = fields.Integer()
    why = fields.List(fields.String())


class LineRow(Schema):
    """A line of the checklist."""

    gate = fields.String()
    code = fields.String()
    done = fields.Boolean()


class DossierAnswer(Schema):
    """The checklist with the class it supports; `digest` is that of the record a signature would sign."""

    case = fields.String()
    state = fields.String()
    done = fields.Integer()
    whole = fields.Integer()
    lines = fields.List(fields.Nested(LineRow))
    claim_class = fields.String(allow_none=True)
    why_not_higher = fields.List(fields.String())
    dossier = fields.String(allow_none=True)
    digest = fields.String(allow_none=True)
    certificate = fields.String(allow_none=True)


def _plain(row: Any, name: str) -> Any:
    text = row[name] if isinstance(row, dict) else getattr(row, name)
    return plain.loads(text) if text else None


class CertificateRow(Schema):
    """A certificate: `record` is what was signed, `approval` the signature."""

    id = fields.String()
    number = fields.String()
    state = fields.String()
    code = fields.String()
    life = fields.Integer()
    claim_class = fields.String()
    warranty_days = fields.Integer()
    digest = fields.String()
    record = fields.Function(lambda row: _plain(row, "record"))
    approval = fields.Function(lambda row: _plain(row, "approval"))
    authorisation = fields.String()
    issued_at = fields.AwareDateTime(allow_none=True)
    supersedes = fields.String(allow_none=True)
    superseded_by = fields.String(allow_none=True)
    ended_at = fields.AwareDateTime(allow_none=True)
    reason = fields.String(allow_none=True)
    copies = fields.Integer()


class ReviewRow(Schema):
    """A review that stands: which certificate of which part, why and since when."""

    id = fields.String()
    certificate = fields.String(attribute="certificate_id")
    number = fields.String()
    code = fields.String()
    reason = fields.String()
    recall = fields.String(attribute="recall_id", allow_none=True)
    since = fields.AwareDateTime()
    cause = fields.String(allow_none=True)
    affected = fields.Function(queries.affected)


class SignedByRow(Schema):
    """By what it was signed; `holds` says whether a passkey's evidence was checked and holds, null without one."""

    method = fields.String()
    continued = fields.Boolean()
    short_name = fields.String()
    holds = fields.Boolean(allow_none=True)
    faults = fields.List(fields.String())


class CertificateAnswer(CertificateRow):
    """One certificate with by what it was signed and the reviews that stand against it."""

    signed_by = fields.Nested(SignedByRow, allow_none=True)

    reviews = fields.List(fields.Nested(ReviewRow))


class BlockRow(Schema):
    """One block of the form."""

    no = fields.String()
    caption = fields.String()
    lines = fields.List(fields.String())


class Before(Schema):
    """A page of numbers below this one."""

    before = fields.Integer(load_default=None)


def json() -> Blueprint:
    """Every JSON route of this feature."""
    blueprint = acts.api("release")
    acts.publish_json(VERBS, blueprint)
    for path, schema, view in _READS:
        described = blueprint.response(200, schema)(view)
        blueprint.route(path, methods=["GET"], endpoint=view.__name__)(described)
    listed = blueprint.arguments(Before, location="query")(certificates)
    described = blueprint.response(200, CertificateRow(many=True))(listed)
    blueprint.route("/certificates", methods=["GET"], endpoint="certificates")(described)
    return blueprint


@allow(_CERTIFIER)
def certify() -> list[queries.Waiting]:
    """What waits for a signature, the oldest first, a page after the row with the cursor `after`."""
    given = request.args.get("after", "")
    after = given if given.isprintable() else ""
    with here().database.reading() as connection:
        return queries.queue(connection, actor(), here().database.clock.now(), after=after)


@allow(_CERTIFIER)
def dossier(case_id: str) -> dict[str, Any]:
    """The checklist of a case, and the digest that a signature would sign."""
    who, now = actor(), here().database.clock.now()
    with here().database.reading() as connection:
        case = find_case(connection, who.org_id, case_id)
        view, draft = queries.dossier(connection, case, now), queries.draft_of(connection, case)
        row = view.sealed
        claim = queries.carried(connection, case, view, now)
        paper = row and draft and queries.draft_record(connection, case, row, draft)
        return {
            "case": case.id,
            "state": case.state,
            "done": view.done,
            "whole": view.whole,
            "lines": view.lines,
            "claim_class": claim.word,
            "why_not_higher": claim.why_not_higher,
            "dossier": row and row.digest,
            "digest": queries.digest_of(paper) if paper else None,
            "certificate": draft and draft.id,
        }


@allow(_WORKSHOP)
def certificate(certificate_id: str) -> dict[str, Any]:
    """One certificate as it was signed, what became of it, and whether it is under review."""
    org_id = actor().org_id
    with here().database.reading() as connection:
        row = queries.find_certificate(connection, org_id, certificate_id)
        said = row._mapping  # noqa: SLF001 -- the row's own public name for it
        reviews = queries.standing_reviews(connection, org_id, row.id)
        return {**said, "signed_by": queries.signed_by(connection, row), "reviews": reviews}


@allow(_WORKSHOP)
def form(certificate_id: str) -> list[Block]:
    """The certificate block by block, in the language that was asked for; of a draft what a signature would sign."""
    with here().database.reading() as connection:
        row = queries.find_certificate(connection, actor().org_id, certificate_id)
        return list(block_by_block(connection, row))


@allow(_CERTIFIER)
def reviews() -> list[queries.Row]:
    """Releases under review, the newest first, a page below `before`."""
    with here().database.reading() as connection:
        return queries.reviews(connection, actor().org_id, before=request.args.get("before", ""))


@allow(_CERTIFIER)
def certificates(asked: dict[str, Any]) -> list[queries.Row]:
    """Every number that was ever taken, the newest first."""
    with here().database.reading() as connection:
        return queries.issued(connection, actor().org_id, before=asked["before"])


_READS = (
    ("/certify", WaitingRow(many=True), certify),
    ("/cases/<case_id>/dossier", DossierAnswer, dossier),
    ("/certificates/<certificate_id>", CertificateAnswer, certificate),
    ("/certificates/<certificate_id>/form", BlockRow(many=True), form),
    ("/reviews", ReviewRow(many=True), reviews),
)
