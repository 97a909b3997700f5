"""Shapes of what the review board types, and its verbs: SM-3 from the review on, and the recall of instruments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import url_for
from marshmallow import fields, validate
from sqlalchemy.engine import Connection

from remanu.accounts.schemas import Day, Signed, confirm
from remanu.catalogue.queries import instrument_classes
from remanu.inspection import actions, queries
from remanu.inspection.schemas import boarded, context, words
from remanu.ledger.kinds import Recorded
from remanu.parts.queries import find_item
from remanu.release import queries as release
from remanu.rules import findings, nonconformities
from remanu.web import acts, shape
from remanu.web.acts import Field, On, Values, Verb
from remanu.web.words import N_

_NOTE = {"label": N_("Note"), "help": N_("Only your organisation reads this.")}
_LONG = 2000
_MOST_SERIALS = 200


class Serials(fields.List[Any]):
    """Serial numbers: a list, or on pages one line with commas between them."""

    default_error_messages = {"required": "required", "null": "required", "invalid": "wrong-type"}  # noqa: RUF012 -- marshmallow reads this attribute by its name

    def __init__(self, **options: Any) -> None:
        """As many as a concession may name."""
        most = validate.Length(max=_MOST_SERIALS, error="too-long")
        super().__init__(shape.Serial(limit=60), load_default=(), validate=most, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        given = [one.strip() for one in value.split(",") if one.strip()] if isinstance(value, str) else value
        return tuple(super()._deserialize(given, attr, data, **more))


class Review(shape.Form):
    """Nothing but what the board notes."""

    note = shape.Note(load_default=None, limit=_LONG, metadata=_NOTE)


class Decide(shape.Form):
    """What is done with the part, and by which approved data where that departs from the drawing."""

    decision = shape.Choice(
        *nonconformities.DECISIONS,
        required=True,
        metadata={"label": N_("What is done"), "choices": tuple(words.DECISION_WORDS.items())},
    )
    data = shape.Line(
        load_default=None,
        limit=80,
        metadata={"label": N_("Approved data"), "help": N_("Number and revision; a repair needs them.")},
    )
    note = shape.Note(load_default=None, limit=_LONG, metadata=_NOTE)


class Request(shape.Form):
    """To which parts, until when, and why they may be used as they are."""

    serials = Serials(
        metadata={
            "label": N_("Serial numbers"),
            "widget": "code",
            "help": N_("With commas between. Leave empty where a number of parts is conceded."),
        }
    )
    quantity = shape.Whole(load_default=None, allow_none=True, metadata={"label": N_("Or how many parts")})
    expires = Day(required=True, metadata={"label": N_("Last day of use"), "widget": "day"})
    customer = shape.Yes(
        load_default=False, metadata={"label": N_("The contract asks for the customer's agreement.")}
    )
    note = shape.Note(
        required=True,
        limit=_LONG,
        metadata={"label": N_("Why it may be used as it is"), "help": N_("Only your organisation reads this.")},
    )


class Approve(Signed):
    """The design authority's yes, and the paper by which the customer agreed."""

    customer_reference = shape.Line(
        load_default=None,
        limit=120,
        metadata={
            "label": N_("Paper of the customer"),
            "help": N_("Its number, where the contract asks for his agreement. Only your organisation reads this."),
        },
    )
    note = shape.Note(load_default=None, limit=_LONG, metadata=_NOTE)


class RefuseIt(shape.Form):
    """Why it is refused."""

    reason = shape.Choice(
        *nonconformities.REFUSED_BECAUSE,
        required=True,
        metadata={"label": N_("Reason"), "choices": tuple(words.REFUSAL_WORDS.items())},
    )
    note = shape.Note(load_default=None, limit=_LONG, metadata=_NOTE)


class Apply(shape.Form):
    """Which approved concession is used."""

    concession = shape.Line(required=True, limit=40, metadata={"label": N_("Concession"), "widget": "choice"})
    note = shape.Note(load_default=None, limit=_LONG, metadata=_NOTE)


class Verify(shape.Form):
    """That what was decided is done."""

    seen = shape.Yes(required=True, metadata={"label": N_("I saw that it is done as decided.")})
    note = shape.Note(load_default=None, limit=_LONG, metadata=_NOTE)


class RecallIt(shape.Form):
    """Why the instrument is not reliable, and since when."""

    why = shape.Choice(
        *findings.RECALL_REASONS,
        required=True,
        metadata={"label": N_("Why it is recalled"), "choices": tuple(words.RECALL_WORDS.items())},
    )
    last_good = Day(
        load_default=None,
        metadata={
            "label": N_("Last day on which it was known to be good"),
            "widget": "day",
            "help": N_("Leave empty for the day of its last good calibration."),
        },
    )
    note = shape.Note(load_default=None, limit=_LONG, metadata=_NOTE)


def _page(row: Any) -> str:
    return url_for("inspection.nonconformity", nonconformity_id=row.id)


def _uses(one: Any, _answer: Values = {}) -> str:  # noqa: B006 -- read alone, never written
    return url_for("inspection.uses", instrument_id=one.id)


ON_NONCONFORMITY = On(
    "nonconformities/<target_id>",
    queries.find_nonconformity,
    lambda row: str(row.state),
    _page,
    chain=lambda row: str(row.item_id),
)
ON_INSTRUMENT = On(
    "instruments/<target_id>", queries.find_instrument, lambda one: str(one.calibration or "never"), _uses
)


def _turned(done: Recorded[Any]) -> Values:
    b = done.body
    terms = getattr(b, "terms", None)
    more = {} if terms is None else {"concession": terms.concession, "number": terms.number, "caps": terms.caps}
    return {"nonconformity": b.turn.nonconformity, "state": b.turn.target, **more}


def _closed(done: Recorded[Any]) -> Values:
    return {"nonconformity": done.body.nonconformity, "state": "CLOSED"}


def _recalled(done: Recorded[Any]) -> Values:
    return {"recall": done.body.recall, "since": done.body.since, "until": done.body.until}


def _factor_last(_connection: Connection, _target: Any, schema: type[shape.Form]) -> Sequence[Field]:
    plain = acts.plain_fields(schema)
    ordered = sorted(plain, key=lambda one: one.name == "factor")
    return [replace(one, required=True) if one.name == "factor" else one for one in ordered]


def _applicable(connection: Connection, row: Any, schema: type[shape.Form]) -> Sequence[Field]:
    """The approved concessions about parts of this number; whether one covers the part is checked by the act."""
    item = find_item(connection, row.org_id, row.item_id)
    found = queries.approved_for(connection, row.org_id, item.part_number, on=context.today())
    choices = tuple((one.id, one.number) for one in found)
    return [
        replace(one, choices=choices) if one.name == "concession" else one for one in acts.plain_fields(schema)
    ]


def recalling(connection: Connection, one: Any) -> Mapping[str, Any]:
    """For the page of `recall_instrument`: what was done with it since it was last known to be good."""
    since = queries.last_good(connection, one.org_id, one.id, until=context.today())
    asked = release.window(connection, one, since=since, until=None)
    return {
        "since": since,
        "counted": release.counted(connection, asked),
        "class_name": context.class_name(instrument_classes(connection, one.org_id), one.class_code),
    }


VERBS: tuple[Verb, ...] = (
    Verb(
        "inspection.review_nonconformity",
        N_("Take it before the review board"),
        ON_NONCONFORMITY,
        Review,
        actions.review_nonconformity,
        context=boarded.board,
        answer=_turned,
    ),
    Verb(
        "inspection.decide_nonconformity",
        N_("Decide what is done"),
        ON_NONCONFORMITY,
        Decide,
        actions.decide_nonconformity,
        context=boarded.board,
        answer=_turned,
    ),
    Verb(
        "inspection.request_concession",
        N_("Ask for a concession"),
        ON_NONCONFORMITY,
        Request,
        actions.request_concession,
        context=boarded.board,
        answer=_turned,
    ),
    Verb(
        "inspection.apply_concession",
        N_("Use an approved concession"),
        ON_NONCONFORMITY,
        Apply,
        actions.apply_concession,
        fields=_applicable,
        context=boarded.board,
        answer=_turned,
    ),
    Verb(
        "inspection.approve_concession",
        N_("Approve the concession"),
        ON_NONCONFORMITY,
        Approve,
        actions.approve_concession,
        prepare=confirm,
        fields=_factor_last,
        context=boarded.to_approve,
        answer=_turned,
        refused=actions.remember_denial,
    ),
    Verb(
        "inspection.refuse_concession",
        N_("Refuse the concession"),
        ON_NONCONFORMITY,
        RefuseIt,
        actions.refuse_concession,
        context=boarded.board,
        answer=_turned,
    ),
    Verb(
        "inspection.verify_nonconformity",
        N_("Verify that it is settled"),
        ON_NONCONFORMITY,
        Verify,
        actions.verify_nonconformity,
        context=boarded.board,
        answer=_turned,
    ),
    Verb(
        "inspection.recall_instrument",
        N_("Recall the instrument"),
        ON_INSTRUMENT,
        RecallIt,
        actions.recall_instrument,
        context=recalling,
        then=_uses,
        answer=_recalled,
    ),
)
