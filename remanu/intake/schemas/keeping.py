"""What the pages of criteria, accounts and settlements show beside their forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import request, url_for
from sqlalchemy.engine import Connection

from remanu.catalogue import queries as catalogue
from remanu.families.family import Family
from remanu.intake import queries
from remanu.intake.queries import Row
from remanu.intake.schemas import judging, words
from remanu.ledger.kinds import Recorded
from remanu.parts.queries import CaseView
from remanu.rules.deposits import Terms
from remanu.rules.permissions import READERS
from remanu.web import acts, shape
from remanu.web.acts import Field, On, Values
from remanu.web.context import actor, here
from remanu.web.locale import current


def _nothing(_connection: Connection, _org_id: str, _target_id: str) -> None:
    """A verb that begins something has nothing to find."""


def _record_of(case_id: str) -> str:
    return url_for("intake.record", case_id=case_id)


ON_DEFECT = On(
    "defects/<target_id>",
    queries.find_defect,
    lambda row: "struck" if row.struck_at else "counts",
    lambda row: _record_of(row.case_id),
    chain=lambda row: str(row.item_id),
)
ON_NEW_CRITERIA = On("intake/criteria", _nothing, lambda _: "", lambda _: url_for("intake.criteria"))
ON_CRITERIA = On(
    "criteria/<target_id>",
    queries.find_criteria,
    lambda row: "withdrawn" if row.withdrawn_at else "approved" if row.approved_at else "draft",
    lambda row: url_for("intake.criteria_set", criteria_id=row.id),
    chain=lambda row: str(row.id),
)
ON_NEW_ACCOUNT = On("core-accounts", _nothing, lambda _: "", lambda _: url_for("intake.core_accounts"))
ON_ACCOUNT = On(
    "core-accounts/<target_id>",
    queries.find_account,
    lambda _: "open",
    lambda row: url_for("intake.core_account", account_id=row.id),
    chain=lambda row: str(row.id),
)
ON_BATCH = On(
    "intake/tags/<target_id>",
    queries.find_batch,
    lambda _: "issued",
    lambda row: url_for("intake.tag_batch", batch=row.batch),
    chain=lambda row: str(row.batch),
    travels=False,
)
ON_TAGS = On("intake/tags", _nothing, lambda _: "", lambda _: url_for("intake.tags"))


def own_id(done: Recorded[Any]) -> Values:
    """The id of what the act began."""
    return {"id": done.subject.id}


def to_criteria(_target: Any, answer: Values) -> str:
    """To the edition just written."""
    return url_for("intake.criteria_set", criteria_id=answer["more"]["id"])


def to_account(_target: Any, answer: Values) -> str:
    """To the account just opened, or just credited."""
    return url_for("intake.core_account", account_id=answer["more"]["id"])


def to_tags(_target: Any, answer: Values) -> str:
    """To the batch just made, ready for the printer."""
    return url_for("intake.tag_batch", batch=answer["more"]["id"])


def to_record(target: Any, _answer: Values) -> str:
    """Back to what intake knows of the core."""
    return _record_of(target.id)


def drafting(connection: Connection, _target: None) -> Mapping[str, Any]:
    """Of which family the criteria are, and what they begin with: an edition of one's own, or the pack's."""
    org_id, now = actor().org_id, here().database.clock.now()
    packs = catalogue.packs_to_open(connection, org_id, now)
    before = request.args.get("from", "")
    former = queries.find_criteria(connection, org_id, before) if before else None
    family = former.family if former else request.args.get("family", "")
    known = packs.get(family)
    return {
        "families": [(one.id, one.names.text(current())) for one in packs.values()],
        "pack": known,
        "about": known.names.text(current()) if known else "",
        "components": [(one.code, one.names.text(current())) for one in known.positions] if known else [],
        "prefilled": _begun(connection, former, known) if known else {},
        "words": words,
    }


def _begun(connection: Connection, former: Row | None, pack: Family) -> dict[str, str]:
    if former is None:
        return {
            "sheet": queries.sheet_again(pack.criteria, current()),
            "discrepancies": queries.house_sheet(),
            "applies_from": judging.today().isoformat(),
            "appeal_days": str(queries.HOUSE_DAYS),
        }
    kept = {name: str(getattr(former, name)) for name in ("programme", "region", "source", "appeal_days")}
    sheet, terms = queries.sheet_of(former), terms_shown(connection, former)
    rules = queries.discrepancies_again(sheet.discrepancies, terms.charges if terms else {})
    told = {**kept, "sheet": queries.sheet_again(sheet.asked, current()), "discrepancies": rules}
    return told if terms is None else told | _typed(terms)


def terms_shown(connection: Connection, row: Row) -> Terms | None:
    """The terms of an edition for those who deal with deposits; None for others."""
    if not actor().roles & READERS["deposits"]:
        return None
    return queries.terms_of(connection, here().database.keyring, row)


def _typed(terms: Terms) -> dict[str, str]:
    return {
        "currency": terms.currency,
        "deposit": str(terms.deposit),
        "base": str(terms.base),
        "damaged_percent": str(terms.damaged),
        "window_days": str(terms.days),
        "tiers": ", ".join(f"{one.up_to}:{one.pays}" for one in terms.tiers),
    }


def buying(connection: Connection, _account: Row, schema: type[shape.Form]) -> Sequence[Field]:
    """The programmes with terms that are in force, and today."""
    rows = [row for row in queries.own_in_force(connection, actor().org_id, on=judging.today()) if row.priced]
    choices = [(row.id, f"{row.programme} · {row.region} · {row.edition}") for row in rows]
    return [
        replace(one, choices=choices) if one.name == "criteria" else one for one in acts.plain_fields(schema)
    ]


def settling(connection: Connection, _case: CaseView, schema: type[shape.Form]) -> Sequence[Field]:
    """The accounts with whose they are."""
    rows = queries.accounts(connection, actor().org_id, limit=500)
    names = queries.customers(connection, here().database.keyring, rows)
    choices = [(row.id, f"{names[row.id]} · {row.number}") for row in rows]
    return [replace(one, choices=choices) for one in acts.plain_fields(schema)]


def settled_by(connection: Connection, case: CaseView) -> Mapping[str, Any]:
    """The grade that is settled, and whether there is an account at all."""
    former = queries.settlement_of_case(connection, case.org_id, case.id)
    return {**judging.grade_of(connection, case), "former": former}
