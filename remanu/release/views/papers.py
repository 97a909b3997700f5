"""Certificates: all numbers, one certificate with what became of it, and the paper as PDF."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from remanu.drawing.certificate import draw_certificate
from remanu.drawing.paper import blocks, conceded
from remanu.parts.queries import CaseView, find_case
from remanu.parts.schemas.told import POLICY_WORDS
from remanu.release import queries
from remanu.release.schemas.printing import block_by_block, drawn, kept_word, method_word, signer_of
from remanu.rules import canonical as jcs
from remanu.web.access import allow
from remanu.web.context import actor, here
from remanu.web.locale import current, gettext
from remanu.web.words import CLASSES, N_, REASONS

_WORKSHOP = "read:workshop"
_CERTIFIER = "read:certifier"
_DIGITS = 9
ACTS = (
    ("supersede", N_("Correct this certificate"), ("ISSUED",), frozenset({"certifying_staff"})),
    ("duplicate_copy", N_("Print it again"), ("ISSUED",), frozenset({"certifying_staff"})),
    ("void", N_("Give up this number"), ("DRAFT",), frozenset({"quality"})),
    ("review_release", N_("Put it under review"), ("ISSUED",), frozenset({"certifying_staff", "quality"})),
)


@allow(_CERTIFIER)
def certificates() -> ResponseReturnValue:
    """Every number that was ever taken, the newest first; void ones stay."""
    before = request.args.get("before", "")
    with here().database.reading() as connection:
        rows = queries.issued(
            connection, actor().org_id, before=_number(before)
        )
    return render_template("release/certificates.html", rows=rows, classes=CLASSES, page=queries.PAGE)


@allow(_CERTIFIER)
def reviews() -> ResponseReturnValue:
    """Releases that are under review, newest first, with why and since when."""
    before = request.args.get("before", "")
    with here().database.reading() as connection:
        rows = queries.reviews(connection, actor().org_id, before=before)
    more = rows[-1].id if len(rows) == queries.PAGE else ""
    return render_template(
        "release/reviews.html", rows=rows, more=more, before=before, affected=queries.affected
    )


@allow(_WORKSHOP)
def certificate(certificate_id: str) -> ResponseReturnValue:
    """One certificate: what was signed, by whom, what the log says, and what became of it."""
    who, database = actor(), here().database
    with database.reading() as connection:
        paper = queries.find_certificate(connection, who.org_id, certificate_id)
        case = find_case(connection, who.org_id, paper.case_id)
        every = queries.reviews_of(connection, who.org_id, paper.id)
        doubts = [row for row in every if row.lifted_at is None]
        signed = queries.signed_by(connection, paper)
        record = json.loads(paper.record) if paper.record else None
        return render_template(
            "release/certificate.html",
            paper=paper,
            case=case,
            record=record,
            conceded=conceded(record, current()) if record else (),
            called=queries.spoken_names(connection, who.org_id, record["unit"], current()) if record else {},
            policies=POLICY_WORDS,
            agrees=agrees(paper),
            logged=queries.logged(connection, who.org_id, paper.event_id),
            signer=signer_of(connection, paper),
            signed=signed,
            method=method_word(signed) if signed else "",
            kept=kept_word(signed) if signed else "",
            others={row.id: row for row in queries.certificates(connection, who.org_id, paper.item_id)},
            offered=_offered(paper, case, doubts),
            reviews=every,
            doubts=doubts,
            affected=queries.affected,
            places=_places(case),
            classes=CLASSES,
            zero=queries.zero_time(connection, who.org_id, paper.item_id, paper.life),
        )


def _places(case: CaseView) -> dict[str, str]:
    """What the positions of the unit are called."""
    language = current()
    return {place: one.names.text(language) for one in case.family.positions for place in one.places()}


def agrees(paper: Any) -> bool:
    """Whether the digest of the certificate, computed again, is the one that was signed."""
    if not paper.record:
        return False
    computed = jcs.commitment(paper.record.encode()).hex()
    return bool(computed == paper.digest == json.loads(paper.approval)["record"])


def _offered(paper: Any, case: CaseView, doubts: list[Any]) -> list[dict[str, str]]:
    roles = actor().roles
    stopped = gettext(REASONS["under-review"]) if doubts else ""
    acts = [
        {
            "href": f"/certificates/{paper.id}/{verb}",
            "label": gettext(label),
            "reason": stopped if verb in _STOPPED else "",
        }
        for verb, label, states, role in ACTS
        if paper.state in states and role & roles
    ]
    if "certifying_staff" in roles:
        acts += [
            {"href": f"/reviews/{row.id}/lift_review", "label": gettext(_LIFT), "reason": ""}
            for row in doubts
        ]
    rebuilt = paper.claim_class == "REBUILT" and case.family.claims.zero_time is not None
    if paper.state == "ISSUED" and "certifying_staff" in roles and rebuilt:
        acts.append(
            {"href": f"/certificates/{paper.id}/state_zero_time", "label": gettext(_ZERO), "reason": ""}
        )
    if paper.state == "ISSUED" and "certifying_staff" in roles and case.state in _REVOCABLE:
        acts.append({"href": f"/cases/{case.id}/revoke_release", "label": gettext(_REVOKE), "reason": ""})
    return acts


_REVOCABLE = frozenset({"RELEASED", "LABELLED", "IN_SERVICE"})
_REVOKE, _LIFT = N_("Revoke the release"), N_("Lift the review")
_ZERO = N_("State zero time")
_STOPPED = frozenset({"supersede", "duplicate_copy"})


@allow(_WORKSHOP)
def paper(certificate_id: str) -> ResponseReturnValue:
    """The certificate as PDF, for insiders with the signer's name; `?copy=1` is the first duplicate."""
    who, database = actor(), here().database
    with database.reading() as connection:
        row = queries.find_certificate(connection, who.org_id, certificate_id)
        copy = _copy(row)
        one = drawn(connection, row, signer=signer_of(connection, row), copy=copy)
    pdf = draw_certificate(blocks(one, locale=current()), locale=current())
    response = Response(pdf, content_type="application/pdf")
    name = f"{one.record['number']}{f'-copy-{copy}' if copy else ''}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@allow(_WORKSHOP)
def form(certificate_id: str) -> ResponseReturnValue:
    """The certificate block by block as a page: of a draft what a signature would sign, beside its preview."""
    with here().database.reading() as connection:
        row = queries.find_certificate(connection, actor().org_id, certificate_id)
        filled = block_by_block(connection, row)
    return render_template("release/form.html", paper=row, blocks=filled, signed=row.state != "DRAFT")


def _copy(row: Any) -> int:
    asked = request.args.get("copy", "0")
    number = _number(asked)
    if number is None or number > row.copies:
        abort(404)
    return number


def _number(text: str) -> int | None:
    """A count as it stands in an address; None for what is none, and for one longer than any record's."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


ROUTES = (
    ("/certificates", certificates, ["GET"]),
    ("/reviews", reviews, ["GET"]),
    ("/certificates/<certificate_id>", certificate, ["GET"]),
    ("/certificates/<certificate_id>.pdf", paper, ["GET"]),
    ("/certificates/<certificate_id>/form", form, ["GET"]),
)
