"""What a scanned text is, told as JSON."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from remanu.parts.queries.identifiers import Answer
from remanu.rules import envelope


class ElementOut(Schema):
    """A GS1 application identifier with its value."""

    ai = fields.String()
    value = fields.String()


class NamedOut(Schema):
    """An identifier that the text holds."""

    scheme = fields.String()
    value = fields.String()
    issuer = fields.String()


class CandidateOut(Schema):
    """A part of the organisation that the text may mean."""

    id = fields.String()
    code = fields.String()
    name = fields.String()
    maker = fields.String()
    part_number = fields.String()
    serial = fields.String(allow_none=True)


class SeenOut(Schema):
    """What was read: ours (`code`, `label`), somebody's marks, or nothing with the reason `why`; and its parts.

    `item_id` is set where the part is the organisation's own; `exact` where the candidates have the very identifier
    or serial and do not merely carry its words. `host` is the host of an address that is not ours.
    """

    kind = fields.String()
    text = fields.String()
    why = fields.String()
    code = fields.String(allow_none=True)
    label = fields.String(allow_none=True)
    known = fields.Boolean()
    item_id = fields.String(allow_none=True)
    host = fields.String()
    part_number = fields.String()
    serial = fields.String()
    elements = fields.List(fields.Nested(ElementOut))
    identifiers = fields.List(fields.Nested(NamedOut))
    candidates = fields.List(fields.Nested(CandidateOut))
    exact = fields.Boolean()


def seen_told(answer: Answer, org_id: str) -> dict[str, Any]:
    """The answer for somebody of this organisation."""
    seen = answer.seen
    scanned = seen.scan.item if seen.scan else None
    return {
        "kind": seen.kind,
        "text": envelope.shown(seen.text),
        "why": seen.why,
        "code": answer.code or scanned,
        "label": seen.scan.label if seen.scan else None,
        "known": bool(answer.code or answer.candidates),
        "item_id": answer.item_id if answer.owner == org_id else None,
        "host": seen.host,
        "part_number": seen.part_number,
        "serial": seen.serial,
        "elements": seen.elements,
        "identifiers": seen.identifiers,
        "candidates": answer.candidates,
        "exact": answer.exact,
    }
