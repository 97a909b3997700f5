"""JSON of the desk: criteria, core accounts for those who deal with deposits, blank tags."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from remanu.intake import queries
from remanu.intake.queries import Row
from remanu.intake.schemas import judging, keeping
from remanu.web.access import allow
from remanu.web.context import actor, here

_WORKSHOP, _DEPOSITS = "read:workshop", "read:deposits"


class CriteriaRow(Schema):
    """An edition of criteria with its state on this day."""

    id = fields.String()
    family = fields.String()
    programme = fields.String()
    region = fields.String()
    edition = fields.String()
    applies_from = fields.String()
    applies_until = fields.String(allow_none=True)
    source = fields.String()
    appeal_days = fields.Integer()
    digest = fields.String()
    priced = fields.Boolean()
    state = fields.String()


class Discrepancy(Schema):
    """What a defect leaves open by its severity, and the code of its add-charge."""

    defect = fields.String()
    component = fields.String()
    minor = fields.String()
    major = fields.String()
    critical = fields.String()
    charge = fields.String(allow_none=True)


class Answer(Schema):
    """An answer and the best outcome that it leaves open."""

    code = fields.String()
    words = fields.String()
    outcome = fields.String()


class Question(Schema):
    """A question with its answers."""

    code = fields.String()
    words = fields.String()
    answers = fields.List(fields.Nested(Answer))


class Terms(Schema):
    """Terms of deposits; amounts are decimal strings in the currency."""

    currency = fields.String()
    deposit = fields.String()
    base = fields.String()
    damaged = fields.String()
    days = fields.String()
    tiers = fields.List(fields.List(fields.String()))
    charges = fields.Dict(keys=fields.String(), values=fields.String())


class CriteriaSet(CriteriaRow):
    """An edition with everything in it; `terms` for those who deal with deposits."""

    questions = fields.List(fields.Nested(Question))
    discrepancies = fields.List(fields.Nested(Discrepancy))
    terms = fields.Nested(Terms, allow_none=True)


class AccountRow(Schema):
    """A core account and whose it is."""

    id = fields.String()
    number = fields.String()
    customer = fields.String()
    opened_at = fields.AwareDateTime()


class UnitsRow(Schema):
    """Units of a programme: bought = answered + open + lapsed, cores = answered + surplus."""

    family = fields.String()
    programme = fields.String()
    bought = fields.Integer(attribute="balance.bought")
    answered = fields.Integer(attribute="balance.answered")
    open = fields.Integer(attribute="balance.open")
    lapsed = fields.Integer(attribute="balance.lapsed")
    surplus = fields.Integer(attribute="balance.surplus")


class SumRow(Schema):
    """Money in one currency, as decimal strings."""

    currency = fields.String()
    charged = fields.String()
    credited = fields.String()
    held = fields.String()
    withheld = fields.String()
    add_charges = fields.String()


class SettlementRow(Schema):
    """A core credited to the account; `replaced_by` where a later credit counts instead."""

    event = fields.String(attribute="event_id")
    case = fields.String(attribute="case_id")
    item = fields.String(attribute="item_id")
    programme = fields.String()
    outcome = fields.String()
    returned_on = fields.String()
    replaced_by = fields.String(allow_none=True)
    paid = fields.String()
    currency = fields.String()


class AccountView(AccountRow):
    """An account with its balance."""

    units = fields.List(fields.Nested(UnitsRow))
    sums = fields.List(fields.Nested(SumRow))
    settlements = fields.List(fields.Nested(SettlementRow))


class TagRow(Schema):
    """A batch of tags printed ahead: issued = bound + void + left."""

    batch = fields.String()
    number = fields.String()
    issued = fields.Integer()
    bound = fields.Integer()
    void = fields.Integer()
    left = fields.Integer()
    place = fields.String()
    issued_at = fields.AwareDateTime()


def _row(row: Row) -> dict[str, Any]:
    state = queries.state_of(row, judging.today())
    return {**row._mapping, "state": state}  # noqa: SLF001 -- SQLAlchemy's public name


@allow(_WORKSHOP)
def criteria() -> list[dict[str, Any]]:
    """The organisation's own criteria, newest first."""
    with here().database.reading() as connection:
        rows = queries.criteria_sets(connection, actor().org_id)
    return [_row(row) for row in rows]


@allow(_WORKSHOP)
def criteria_set(criteria_id: str) -> dict[str, Any]:
    """One edition with its questions and discrepancies."""
    with here().database.reading() as connection:
        row = queries.find_criteria(connection, actor().org_id, criteria_id)
        terms = keeping.terms_shown(connection, row)
    sheet = queries.sheet_of(row)
    return {
        **_row(row),
        "questions": [
            {
                "code": one.code,
                "words": one.names.en,
                "answers": [{"code": a.code, "words": a.names.en, "outcome": a.outcome} for a in one.answers],
            }
            for one in sheet.asked
        ],
        "discrepancies": sheet.discrepancies,
        "terms": None if terms is None else queries.sealed_terms(terms),
    }


@allow(_DEPOSITS)
def core_accounts() -> list[dict[str, Any]]:
    """Core accounts by number."""
    with here().database.reading() as connection:
        rows = queries.accounts(connection, actor().org_id)
        names = queries.customers(connection, here().database.keyring, rows)
    return [{**row._mapping, "customer": names[row.id]} for row in rows]  # noqa: SLF001 -- the same


@allow(_DEPOSITS)
def core_account(account_id: str) -> dict[str, Any]:
    """One account: units, money, and the cores credited."""
    with here().database.reading() as connection:
        row = queries.find_account(connection, actor().org_id, account_id)
        account = queries.account_of(connection, here().database.keyring, row, judging.today())
    settled = [
        {**one._mapping, **account.told.get(one.event_id, {}), "outcome": one.outcome}  # noqa: SLF001 -- the same
        for one in account.settlements
    ]
    told = {"customer": account.customer, "units": account.units, "sums": account.sums, "settlements": settled}
    return {**row._mapping, **told}  # noqa: SLF001 -- the same


@allow(_WORKSHOP)
def tags() -> list[Row]:
    """Batches of tags printed ahead."""
    with here().database.reading() as connection:
        return queries.batches(connection, actor().org_id)


READS = (
    ("/intake/criteria", CriteriaRow(many=True), criteria),
    ("/criteria/<criteria_id>", CriteriaSet, criteria_set),
    ("/core-accounts", AccountRow(many=True), core_accounts),
    ("/core-accounts/<account_id>", AccountView, core_account),
    ("/intake/tags", TagRow(many=True), tags),
)
