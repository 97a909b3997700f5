"""What stands in the place of each part of an address: a thing of the organisation that is full of stories."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from werkzeug.routing import Rule

from remanu.db import Base, Database
from tests import people

Find = Callable[[Database], str | None]


def row(table: str, column: str = "id", **where: Any) -> Find:
    """The newest row of a table that belongs to the organisation."""

    def find(database: Database) -> str | None:
        chosen = Base.metadata.tables[table]
        conditions = [chosen.c[name] == value for name, value in where.items()]
        if "org_id" in chosen.c:
            conditions.append(chosen.c.org_id == people.WORKSHOP)
        # By its id, because a code is drawn by lot, and a sweep has to knock at the same doors each time.
        newest = chosen.c["id" if "id" in chosen.c else column].desc()
        asked = sa.select(chosen.c[column]).where(*conditions).order_by(newest).limit(1)
        with database.reading() as connection:
            return connection.execute(asked).scalar()

    return find


def process(column: str) -> Find:
    """What is asked of the newest result of work: the process of one characteristic of one component."""

    def find(database: Database) -> str | None:
        result, item = (Base.metadata.tables[name] for name in ("measurement", "item"))
        asked = (
            sa.select(result.c.characteristic, item.c.component, item.c.family)
            .where(result.c.org_id == people.WORKSHOP, result.c.stage.in_(("after_operation", "final")))
            .where(result.c.deciding.is_not(None), item.c.org_id == result.c.org_id, item.c.id == result.c.item_id)
            .order_by(result.c.id.desc())
            .limit(1)
        )
        with database.reading() as connection:
            found = connection.execute(asked).one_or_none()
        return None if found is None else str(found._mapping[column])

    return find


def invitation(database: Database) -> str | None:
    """The token of an open one-time link."""
    return None if row("invitation")(database) is None else people.LINK


def session(database: Database) -> str | None:
    """The id of a session of a member here."""
    return row("session", "token_digest", ended_at=None)(database)


def incoming(database: Database) -> str | None:
    """An application of another organisation that waits to be taken up here."""
    asked, opened = (Base.metadata.tables[name] for name in ("certification_application", "product_certification"))
    chosen = sa.select(asked.c.id).where(
        asked.c.body_org == people.WORKSHOP, asked.c.id.not_in(sa.select(opened.c.application))
    )
    with database.reading() as connection:
        return connection.execute(chosen.order_by(asked.c.id.desc())).scalar()


# By the segment before the placeholder and its name, else by its name alone.
BY_PLACE: Mapping[tuple[str, str], Find] = {
    ("cases", "target_id"): row("reman_case"),
    ("parts", "target_id"): row("item"),
    ("parts", "item_id"): row("item"),
    ("instruments", "target_id"): row("instrument"),
    ("certificates", "target_id"): row("release_certificate"),
    ("labels", "target_id"): row("label"),
    # Somebody who is not the administrator: nobody makes himself a link or changes his own rights.
    ("people", "target_id"): row("membership", "ref", state="active", roles='["technician"]'),
    ("authorisations", "target_id"): row("authorisation"),
    ("devices", "target_id"): row("device"),
    ("passkeys", "target_id"): row("passkey"),
    ("signing", "target_id"): row("signing_policy"),
    ("packs", "target_id"): row("family_pack"),
    ("nonconformities", "target_id"): row("nonconformity"),
    ("reviews", "target_id"): row("release_review"),
    ("changes", "target_id"): row("engineering_change"),
    ("defects", "target_id"): row("core_defect"),
    ("criteria", "target_id"): row("criteria_set"),
    ("core-accounts", "target_id"): row("core_account"),
    ("files", "target_id"): row("product_certification"),
    ("incoming", "target_id"): incoming,
    ("applications", "target_id"): row("certification_application"),
    ("schemes", "target_id"): row("certification_scheme"),
    ("accreditations", "target_id"): row("accreditation"),
    ("complaints", "target_id"): row("complaint"),
    ("outside", "target_id"): row("outside_record"),
    ("agreements", "target_id"): row("agreement", state="draft"),
    ("arrangements", "target_id"): row("arrangement"),
    ("signatories", "target_id"): row("signatory", state="recorded"),
    ("prefixes", "target_id"): row("company_prefix"),
    ("sites", "target_id"): row("organisation_site"),
    ("printers", "target_id"): row("printer"),
    ("label-designs", "target_id"): row("label_design"),
    ("places", "target_id"): row("work_place"),
    ("tags", "target_id"): row("blank_tag", "batch"),
}
BY_NAME: Mapping[str, Find] = {
    "token": invitation,
    "session_id": session,
    "digest": row("evidence", "digest"),
    "item_id": row("item"),
    "item": row("item", "code"),
    "code": row("item", "code"),
    "label": row("label", "code"),
    "case_id": row("reman_case"),
    "pack_id": row("family_pack"),
    "certificate_id": row("release_certificate"),
    "label_id": row("label"),
    "printer_id": row("printer"),
    "design_id": row("label_design"),
    "place_id": row("work_place"),
    "job_id": row("print_job"),
    "no": row("print_line", "no"),
    "instrument_id": row("instrument"),
    "nonconformity_id": row("nonconformity"),
    "event_id": row("event"),
    "subscription_id": row("subscription"),
    "org_id": lambda _database: people.WORKSHOP,
    "criteria_id": row("criteria_set"),
    "account_id": row("core_account"),
    "file_id": row("product_certification"),
    "certification_id": row("product_certification"),
    "application_id": row("certification_application"),
    "scheme_id": row("certification_scheme", state="approved"),
    "accreditation_id": row("accreditation"),
    "record_id": row("outside_record"),
    "agreement_id": row("agreement", state="approved"),
    "arrangement_id": row("arrangement"),
    "family": process("family"),
    "component": process("component"),
    "characteristic": process("characteristic"),
    "batch": row("blank_tag", "batch"),
}
# Placeholders that name no thing of an organisation.
_KEY = {"kind": "label", "ai": "8004", "rest": "9506000ROTOR", "stem": "7F3K2M"}
PLAIN: Mapping[str, str] = {**_KEY, "there": "XB", "locale": "en", "code_word": "not-found", "key": "0" * 32}


def arguments(rule: Rule, database: Database) -> tuple[dict[str, str], list[str]]:
    """The values of an address, and the placeholders that nothing is known for."""
    values, missing = {}, []
    for name in rule.arguments:
        value = PLAIN.get(name) or _found(rule, name, database)
        if value is None:
            missing.append(name)
        else:
            values[name] = str(value)
    return values, missing


def _found(rule: Rule, name: str, database: Database) -> str | None:
    segments = rule.rule.split("/")
    before = next((segments[at - 1] for at, one in enumerate(segments) if f"{name}>" in one), "")
    find = BY_PLACE.get((before, name)) or BY_NAME.get(name)
    return None if find is None else find(database)
