"""The shape of the public JSON document, field by field, and of what a reader may send (trust.md T17).

What has no field here leaves the house by no address of this feature but the record's own public bytes.
"""

from __future__ import annotations

from marshmallow import Schema, fields

from remanu.web.acts import Verb


class FindingSchema(Schema):
    """Something that a reader must know."""

    code = fields.String()
    sign = fields.String(attribute="kind")
    word = fields.String()
    sentence = fields.String()
    reason = fields.String()


class RecordSchema(Schema):
    """What was verified, when, over how much of the record."""

    verified = fields.Boolean(attribute="whole")
    at = fields.DateTime(format="iso")
    problems = fields.List(fields.String())
    events = fields.Integer()
    chains = fields.Integer()
    logged = fields.Integer()
    checkpoint_size = fields.Integer(attribute="signed.size", dump_default=0)
    checkpoint_at = fields.DateTime(attribute="signed.at", format="iso", dump_default=None)


class MarkSchema(Schema):
    """What stands on the part."""

    kind = fields.String()
    text = fields.String()


class PieceSchema(Schema):
    """The part or a component."""

    position = fields.String()
    name = fields.String()
    maker = fields.String()
    part_number = fields.String()
    serial = fields.String()
    origin = fields.String()


class ItemSchema(Schema):
    """What the part is."""

    code = fields.String()
    uri = fields.String()
    family = fields.String()
    pack = fields.String()
    component = fields.String()
    name = fields.String(attribute="piece.name")
    maker = fields.String(attribute="piece.maker")
    part_number = fields.String(attribute="piece.part_number")
    serial = fields.String(attribute="piece.serial")
    mass_kg = fields.String()
    weighed = fields.String()
    marks = fields.List(fields.Nested(MarkSchema))
    simulated = fields.Boolean()
    life = fields.Integer()
    earlier_lives = fields.String()


class LabelSchema(Schema):
    """A label of the part."""

    code = fields.String()
    kind = fields.String()
    life = fields.Integer()
    state = fields.String()
    at = fields.String()
    replaced_by = fields.String()


class QuestionSchema(Schema):
    """A fact to compare with the part in hand."""

    id = fields.String()
    words = fields.String()
    value = fields.String()


class AmountSchema(Schema):
    """A recorded quantity."""

    of = fields.String()
    value = fields.String()
    unit = fields.String()


class EntrySchema(Schema):
    """One event."""

    event = fields.String()
    kind = fields.String()
    at = fields.String()
    zone = fields.String()
    role = fields.String()
    position = fields.String()


class ReadingSchema(Schema):
    """A characteristic, as found and as released."""

    position = fields.String()
    characteristic = fields.String()
    unit = fields.String()
    found = fields.String()
    released = fields.String()
    lower = fields.String()
    upper = fields.String()
    zone = fields.String()
    demonstration = fields.Boolean()
    replaced = fields.Boolean()


class SwapSchema(Schema):
    """A piece that came in from outside."""

    position = fields.String()
    piece = fields.Nested(PieceSchema)
    former = fields.String()


class PointSchema(Schema):
    """A point of a test."""

    code = fields.String()
    name = fields.String()
    unit = fields.String()
    value = fields.String()
    lower = fields.String()
    upper = fields.String()
    verdict = fields.String()


class WorkSchema(Schema):
    """An operation."""

    position = fields.String()
    operation = fields.String()
    amounts = fields.List(fields.Nested(AmountSchema))


class StageSchema(Schema):
    """A stage of a life."""

    stage = fields.String(attribute="key")
    at = fields.String()
    entries = fields.List(fields.Nested(EntrySchema))
    readings = fields.List(fields.Nested(ReadingSchema))
    replaced = fields.List(fields.Nested(SwapSchema), attribute="swaps")
    tests = fields.List(fields.Nested(PointSchema), attribute="points")
    operations = fields.List(fields.Nested(WorkSchema), attribute="works")


class DeviationSchema(Schema):
    """A result outside new limits that is accepted."""

    characteristic = fields.String()
    unit = fields.String()
    value = fields.String()
    lower = fields.String()
    upper = fields.String()


class ConcessionSchema(Schema):
    """A piece that is used as it is by an approved concession; `caps` when it keeps the unit from classes as new."""

    number = fields.String()
    position = fields.String()
    cause = fields.String()
    approved_at = fields.String()
    expires = fields.String()
    caps = fields.Boolean()
    serials = fields.List(fields.String())
    quantity = fields.Integer()
    deviations = fields.List(fields.Nested(DeviationSchema))


class LifeSchema(Schema):
    """A life with the work that led to it."""

    n = fields.Integer()
    since = fields.String()
    until = fields.String()
    stages = fields.List(fields.Nested(StageSchema))
    concessions = fields.List(fields.Nested(ConcessionSchema))


class LifeLeftSchema(Schema):
    """What is left of one limit of a life at one rating."""

    counter = fields.String()
    rating = fields.String()
    unit = fields.String()
    limit = fields.String()
    used = fields.String()
    remaining = fields.Integer()
    tag = fields.String()


class LimitedLifeSchema(Schema):
    """How the life of a life-limited part stood at the release."""

    position = fields.String()
    part_number = fields.String()
    serial = fields.String()
    state = fields.String()
    policy = fields.String()
    mark = fields.String()
    share = fields.String()
    left = fields.List(fields.Nested(LifeLeftSchema))


class InDoubtSchema(Schema):
    """A part because of which the certificate is under review: the way down to it, since when, until when."""

    uri = fields.String()
    name = fields.String()
    part_number = fields.String()
    serial = fields.String()
    path = fields.List(fields.String())
    since = fields.String()
    until = fields.String()


class OriginSchema(Schema):
    """Another record that the part's own goes on from, and what it said last."""

    uri = fields.String()
    state = fields.String()
    since = fields.String()


class CertificateSchema(Schema):
    """A release certificate: as issued, and since then."""

    number = fields.String()
    claim_class = fields.String()
    status = fields.String()
    scheme = fields.String()
    issued_at = fields.String()
    life = fields.Integer()
    digest = fields.String()
    meaning = fields.String()
    role = fields.String()
    authorisation = fields.String()
    standard = fields.String()
    edition = fields.String()
    warranty_days = fields.Integer()
    supersedes = fields.String()
    event = fields.String()
    state = fields.String()
    ended_at = fields.String()
    reason = fields.String()
    superseded_by = fields.String()
    limited_lives = fields.List(fields.Nested(LimitedLifeSchema), attribute="lives")
    worked = fields.List(fields.String())
    not_disturbed = fields.List(fields.String())
    upgraded = fields.List(fields.String())
    under_review_since = fields.String(attribute="reviewed_since")
    review_reason = fields.String()
    parts_in_doubt = fields.List(fields.Nested(InDoubtSchema), attribute="in_doubt")


class KeptVerdictSchema(Schema):
    """The verdict computed last for one jurisdiction; UNKNOWN where the page itself speaks against it since."""

    jurisdiction = fields.String()
    word = fields.String()
    as_of = fields.String()
    computed_at = fields.String()


class RecognitionSchema(Schema):
    """Where it is computed in which jurisdiction the release is recognised; `in` chooses one. `kept` was before."""

    address = fields.String()
    jurisdictions = fields.List(fields.String())
    kept = fields.List(fields.Nested(KeptVerdictSchema))


class FootprintSchema(Schema):
    """What the work took, as it was recorded; there is no baseline to compare it with."""

    amounts = fields.List(fields.Nested(AmountSchema))
    compared = fields.Constant(None)


class CertifiedSchema(Schema):
    """A product certification under which the unit was released, and what it may say of it today."""

    number = fields.String()
    state = fields.String()
    claim = fields.String()
    entry = fields.String(attribute="address")
    accreditation_lost_on = fields.String(attribute="lost_on")


class LinksSchema(Schema):
    """Where the rest of the record is."""

    page = fields.String()
    events = fields.String()
    certificate = fields.String()
    certificate_pdf = fields.String()
    feed = fields.String()
    checkpoint = fields.Constant("/log/checkpoint")
    key = fields.Constant("/log/key")


class DocumentSchema(Schema):
    """Everything that the public page says, version 1 of its shape."""

    version = fields.Constant(1)
    state = fields.Nested(FindingSchema, attribute="band")
    findings = fields.List(fields.Nested(FindingSchema))
    organisation = fields.String()
    country = fields.String(attribute="known.found.country")
    record = fields.Nested(RecordSchema, attribute="known.verdict")
    label = fields.Nested(LabelSchema, attribute="own_label", allow_none=True)
    item = fields.Nested(ItemSchema, attribute="story.item")
    compare = fields.List(fields.Nested(QuestionSchema), attribute="questions")
    recognition = fields.Nested(RecognitionSchema, attribute="recognition")
    lives = fields.List(fields.Nested(LifeSchema), attribute="story.lives")
    components = fields.List(fields.Nested(PieceSchema), attribute="story.pieces")
    other_records = fields.List(fields.Nested(OriginSchema), attribute="story.origins")
    certificates = fields.List(fields.Nested(CertificateSchema), attribute="story.certificates")
    certifications = fields.List(fields.Nested(CertifiedSchema), attribute="certified")
    footprint = fields.Nested(FootprintSchema, attribute="story")
    links = fields.Nested(LinksSchema)


VERBS: tuple[Verb, ...] = ()
