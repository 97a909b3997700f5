"""Shapes of what is typed of identifiers and company prefixes, their words, and their rows of the table of verbs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import request, url_for
from marshmallow import Schema, fields
from sqlalchemy.engine import Connection

from remanu.accounts.schemas import Day
from remanu.ledger.kinds import Recorded
from remanu.parts import actions
from remanu.parts.queries import Row
from remanu.parts.queries import identifiers as held
from remanu.parts.schemas.evidence import Evidence
from remanu.rules import envelope, identifiers
from remanu.web import acts, shape
from remanu.web.acts import Field, On, Values, Verb
from remanu.web.locale import gettext
from remanu.web.words import N_

SCHEME_WORDS = {
    identifiers.GTIN: N_("GS1: article number and serial"),
    identifiers.ITIP: N_("GS1: piece of a set and serial"),
    identifiers.GIAI: N_("GS1: number of an asset"),
    identifiers.CPID: N_("GS1: component and serial"),
    identifiers.UII: N_("Unique item identifier after ISO/IEC 15434"),
    identifiers.OEM: N_("The maker's mark"),
    identifiers.SERIAL: N_("A serial number, with whoever gave it"),
}
WHY_WORDS = {
    "misread": N_("It was misread"),
    "wrong-part": N_("It belongs to another part"),
    "marked-anew": N_("The part was marked anew"),
    "prefix-ended": N_("The company prefix is not ours any more"),
    "other": N_("Another reason"),
}


class IdentifierOut(Schema):
    """An identifier of a part; `minted` where it was given here, `withdrawn_at` where it is the part's no more."""

    id = fields.String()
    scheme = fields.String()
    value = fields.String()
    normalised = fields.String()
    issuer = fields.String()
    is_marked_on_part = fields.Boolean()
    minted = fields.Boolean()
    first_seen = fields.AwareDateTime()
    evidence = fields.String(allow_none=True)
    withdrawn_at = fields.AwareDateTime(allow_none=True)
    why = fields.String(allow_none=True)


class PrefixOut(Schema):
    """A GS1 company prefix that was confirmed, from which day on, and from which day on no more."""

    id = fields.String()
    prefix = fields.String()
    applies_from = fields.String()
    ended_from = fields.String(allow_none=True)
    confirmed_at = fields.AwareDateTime()


class Scanned(shape.Line):
    """What a scanner sent, the separators in it as signs that show."""

    def _clean(self, name: str, value: str) -> str:
        return super()._clean(name, envelope.shown(value.strip(" \r\n\t")))


class AddIdentifier(shape.Form):
    """What was scanned or typed; the text itself says what it is, unless somebody knows better."""

    value = Scanned(
        required=True,
        limit=2000,
        metadata={
            "label": N_("The identifier"),
            "help": N_(
                "Scan it, or copy it as it is. A GS1 code, a mark after ISO/IEC 15434, or any other code."
            ),
            "widget": "scan",
        },
    )
    scheme = shape.Choice(
        *identifiers.SCHEMES,
        load_default=None,
        metadata={
            "label": N_("What it is"),
            "help": N_("Leave it empty: most codes say so themselves."),
            "choices": tuple(SCHEME_WORDS.items()),
        },
    )
    issuer = shape.Line(
        load_default=None,
        limit=120,
        metadata={"label": N_("Who gave it"), "help": N_("For a serial number: its maker or owner.")},
    )
    marked = shape.Yes(load_default=False, metadata={"label": N_("It stands on the part")})
    evidence = Evidence()


class MintIdentifier(shape.Form):
    """Which key the part gets."""

    scheme = shape.Choice(
        *identifiers.KEYS,
        required=True,
        metadata={
            "label": N_("Kind of key"),
            "choices": tuple((one, SCHEME_WORDS[one]) for one in identifiers.KEYS),
        },
    )
    number = shape.Line(
        required=True,
        limit=40,
        metadata={
            "label": N_("Article number, component number or company prefix"),
            "help": N_("For an asset type the company prefix alone."),
        },
    )
    serial = shape.Line(
        load_default=None,
        limit=30,
        metadata={
            "label": N_("Serial number"),
            "help": N_("Leave it empty and our own code of the part is taken. A component has digits alone."),
        },
    )


class WithdrawIdentifier(shape.Form):
    """Which one, and why."""

    identifier_id = shape.Line(required=True, metadata={"label": N_("Identifier"), "widget": "choice"})
    why = shape.Choice(
        *identifiers.WITHDRAWN_FOR,
        required=True,
        metadata={"label": N_("Reason"), "choices": tuple(WHY_WORDS.items())},
    )


class ConfirmPrefix(shape.Form):
    """The prefix, from when on, and the document that shows whose it is."""

    prefix = shape.Line(
        required=True,
        limit=12,
        metadata={
            "label": N_("GS1 company prefix"),
            "help": N_("4 to 12 digits, as GS1's document states them."),
        },
    )
    applies_from = Day(required=True, metadata={"label": N_("First day"), "widget": "day"})
    evidence = Evidence(required=True, metadata={"label": N_("The document by which GS1 gave it")})


class EndPrefix(shape.Form):
    """From when on nothing is minted under it."""

    ended_from = Day(required=True, metadata={"label": N_("First day without it"), "widget": "day"})


def _no_prefix(_connection: Connection, _org_id: str, _target_id: str) -> None:
    """A verb that confirms a prefix has nothing to find."""


def _page_of_prefixes(_target: Any) -> str:
    return url_for("parts.prefixes")


def _page_of_identifiers(item: Any, _answer: Values) -> str:
    return url_for("parts.identifiers", item_id=item.id)


ON_NEW_PREFIX = On("prefixes", _no_prefix, lambda _none: "", _page_of_prefixes)
ON_PREFIX = On(
    "prefixes/<target_id>",
    held.find_prefix,
    lambda row: "in-force" if row.ended_from is None else "ended",
    _page_of_prefixes,
)


def _standing(connection: Connection, item: Row) -> list[Row]:
    return [row for row in held.identifiers_of(connection, item.org_id, item.id) if row.withdrawn_at is None]


def _withdraw_fields(connection: Connection, item: Row, schema: type[shape.Form]) -> Sequence[Field]:
    choices = [
        (row.id, f"{gettext(SCHEME_WORDS[row.scheme])} {row.value}") for row in _standing(connection, item)
    ]
    return [
        replace(one, choices=choices if one.name == "identifier_id" else one.choices)
        for one in acts.plain_fields(schema)
    ]


def _chosen(_connection: Connection, _item: Row) -> Values:
    """The identifier by whose button one came."""
    return {"suggested": {"identifier_id": request.args.get("identifier_id", "")}}


def _scanned(_connection: Connection, _item: Row) -> Values:
    """What a scan found nothing for waits in the field."""
    return {"suggested": {"value": request.args.get("value", "")[:2000], "marked": True}}


def _added(done: Recorded[Any]) -> Values:
    return {"identifier": done.body.identifier, "scheme": done.body.scheme, "value": done.body.value}


def verbs(on_item: On) -> tuple[Verb, ...]:
    """Rows of the table of verbs."""
    return (
        Verb(
            "parts.add_identifier",
            N_("Add an identifier"),
            on_item,
            AddIdentifier,
            actions.add_identifier,
            context=_scanned,
            then=_page_of_identifiers,
            answer=_added,
        ),
        Verb(
            "parts.mint_identifier",
            N_("Give it a GS1 key"),
            on_item,
            MintIdentifier,
            actions.mint_identifier,
            then=_page_of_identifiers,
            answer=_added,
        ),
        Verb(
            "parts.withdraw_identifier",
            N_("Withdraw an identifier"),
            on_item,
            WithdrawIdentifier,
            actions.withdraw_identifier,
            fields=_withdraw_fields,
            context=_chosen,
            then=_page_of_identifiers,
        ),
        Verb(
            "parts.confirm_prefix",
            N_("Confirm a GS1 company prefix"),
            ON_NEW_PREFIX,
            ConfirmPrefix,
            actions.confirm_prefix,
        ),
        Verb("parts.end_prefix", N_("End a GS1 company prefix"), ON_PREFIX, EndPrefix, actions.end_prefix),
    )
