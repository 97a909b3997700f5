"""The shapes of what certification answers as JSON, so that the OpenAPI document describes each of them.

Days are texts such as 2026-03-01. A field that is null is not known or does not apply.
"""

from __future__ import annotations

from marshmallow import Schema, fields


def _text() -> fields.String:
    return fields.String()


def _perhaps() -> fields.String:
    return fields.String(allow_none=True)


class NamesRow(Schema):
    """A name in three languages."""

    en, zh_hans, zh_hant = _text(), _text(), _text()


class BodyName(NamesRow):
    """An organisation by its name in three languages and its country of two letters."""

    country = fields.String()


class ScopeLine(Schema):
    """One line of a scope; `*` is every model, site or class."""

    model, site = _text(), _text()
    claim_class = fields.String(data_key="class", attribute="class")


class AreaRow(Schema):
    """One row of an accreditation's scope; `*` is every family or edition."""

    family, scheme, edition = _text(), _text(), _text()


class StepRow(Schema):
    """One step of a certification with its facts; `digest` is the commitment of its event."""

    verb, on, event, digest = _text(), _text(), _text(), _text()
    at = fields.String(metadata={"format": "date-time"})
    facts = fields.Dict(keys=fields.String())


class AccreditationRow(Schema):
    """An accreditation as it stands today."""

    id, number, body, state, valid_from, valid_to, address = (_text() for _ in range(7))
    accreditor = fields.Nested(BodyName)
    scope = fields.List(fields.Nested(AreaRow))
    suspended = fields.List(fields.Nested(AreaRow))


class CoveredUnitRow(Schema):
    """A released unit that an entry covers; `claim` is in-force, kept, named, ended or unknown."""

    code, name, model, certificate, released, state, claim = (_text() for _ in range(7))
    accreditation_lost_on = _perhaps()


class EntryRow(Schema):
    """A row of the catalogue of recognised remanufactured products."""

    id, number, state, family, scheme, edition, batch, valid_from, valid_to, address = (_text() for _ in range(10))
    holder = fields.Nested(BodyName)
    body = fields.Nested(BodyName)
    accreditation_lost_on = _perhaps()


class OriginalRow(Schema):
    """An original product: its maker, and the part number that he gave it."""

    maker, part_number = _text(), _text()


class StandingMixin(Schema):
    """How a certificate stands: whether only a part is suspended, its scope, and what of it is suspended."""

    state, edition = _text(), _text()
    part = fields.Boolean()
    lines = fields.List(fields.Nested(ScopeLine))
    suspended = fields.List(fields.Nested(ScopeLine))


class EntryAnswer(EntryRow, StandingMixin):
    """An entry of the catalogue with its history, the units that it covers, and the accreditations behind it."""

    suspended_until, surveillance_due, surveillance_overdue = _perhaps(), _perhaps(), _perhaps()
    originals = fields.List(fields.Nested(OriginalRow))
    history = fields.List(fields.Nested(StepRow))
    units = fields.List(fields.Nested(CoveredUnitRow))
    accreditations = fields.List(fields.Nested(AccreditationRow))


class EditionRow(Schema):
    """An edition of the standard of a scheme; its transition ends with the day named."""

    standard, edition = _text(), _text()
    since = fields.String(data_key="from", attribute="from")
    transition_end = _perhaps()
    in_force = fields.Boolean()


class SchemeAnswer(Schema):
    """A scheme as its list of activities, with its editions where one scheme is asked for."""

    id, code, checklist = _text(), _text(), _text()
    revision, surveillance_days, grace_days, suspension_days = (fields.Integer() for _ in range(4))
    names = fields.Nested(NamesRow)
    owner = fields.Nested(BodyName)
    activities = fields.List(fields.String())
    status_words = fields.List(fields.String())
    retroactive = fields.Boolean()
    editions = fields.List(fields.Nested(EditionRow))


class RequestRow(Schema):
    """What the holder asks or answered."""

    id, wish, asked_at = _text(), _text(), _text()


class ComplaintRow(Schema):
    """A complaint or an appeal, and what came of it."""

    id, kind, state = _text(), _text(), _text()
    outcome = _perhaps()


class FiledRow(Schema):
    """A document with the act that cites it."""

    digest, media_type, shows, act = (_text() for _ in range(4))


class FileAnswer(StandingMixin):
    """One certification as its body keeps it."""

    id, application, family, scheme = (_text() for _ in range(4))
    number, extends, valid_from, valid_to, surveillance_due, answer_by = (_perhaps() for _ in range(6))
    holder = fields.Nested(BodyName)
    applied = fields.List(fields.Nested(ScopeLine))
    clauses = fields.Dict(keys=fields.String(), values=fields.String())
    requests = fields.List(fields.Nested(RequestRow))
    complaints = fields.List(fields.Nested(ComplaintRow))
    history = fields.List(fields.Nested(StepRow))
    documents = fields.List(fields.Nested(FiledRow))
    sent = fields.List(fields.Nested(FiledRow))


class ApplicationAnswer(Schema):
    """An application and how it stands at its body; `to_answer` names clauses that wait for the client."""

    id, scheme, family, edition, applied_at = (_text() for _ in range(5))
    state, number, certification, answer_by, valid_from, valid_to, surveillance_due = (_perhaps() for _ in range(7))
    body = fields.Nested(BodyName)
    lines = fields.List(fields.Dict(keys=fields.String(), values=fields.String()))
    to_answer = fields.List(fields.String())


class OutsideAnswer(Schema):
    """A document of an outside body as somebody saw it; one document also says whether its own workshop recorded it."""

    id, kind, number, issuer, country, about, scheme, edition, family, says, valid_from = (_text() for _ in range(11))
    source, seen_on, digest, state = (_text() for _ in range(4))
    valid_to = _perhaps()
    models = fields.List(fields.String())
    recorded_by_own_workshop = fields.Boolean()


class IncomingRow(Schema):
    """An application that the body has not taken up."""

    id, family, scheme = _text(), _text(), _text()


class WaitingRow(Schema):
    """A file of the body that waits for somebody."""

    id, state, family = _text(), _text(), _text()


class DueRow(Schema):
    """A certificate whose surveillance falls due."""

    id, number, due_on = _text(), _text(), _text()


class WishRow(Schema):
    """What a holder asks."""

    id, wish, application = _text(), _text(), _text()


class OpenComplaintRow(Schema):
    """A complaint or an appeal that nobody answered."""

    id, kind = _text(), _text()


class LostRow(Schema):
    """Certificates whose accreditation is lost, since when, and how many."""

    family, scheme, edition = _text(), _text(), _text()
    since = fields.String(attribute="since")
    certificates = fields.Integer()


class DeskAnswer(Schema):
    """What waits in the body."""

    incoming = fields.List(fields.Nested(IncomingRow))
    files = fields.List(fields.Nested(WaitingRow))
    surveillance = fields.List(fields.Nested(DueRow))
    accreditation_lost = fields.List(fields.Nested(LostRow))
    requests = fields.List(fields.Nested(WishRow))
    complaints = fields.List(fields.Nested(OpenComplaintRow))


class MarkedRow(Schema):
    """A released unit that stopping the certificate would mark."""

    code, name, part_number, certificate, released_at = (_text() for _ in range(5))
    serial = _perhaps()


class EffectAnswer(Schema):
    """What stopping a certificate would mark: counts, and the units a page at a time; `after` is the next page's."""

    units, assemblies, elsewhere = (fields.Integer() for _ in range(3))
    more = fields.Boolean()
    line, after = _text(), _text()
    listed = fields.List(fields.Nested(MarkedRow))
