"""What the pages of inspection show beside a form: the characteristic on the bench, options, notes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy.engine import Connection

from remanu.catalogue.queries import instrument_classes
from remanu.families.characteristic import Characteristic
from remanu.families.vocabulary import Names
from remanu.inspection import queries
from remanu.inspection.queries import Bench, Row
from remanu.inspection.schemas import words
from remanu.ledger import seal
from remanu.rules import entry
from remanu.web import locale
from remanu.web.acts import Values
from remanu.web.context import actor, here

WORDS: Values = {
    "zones": words.ZONES,
    "dispositions": words.DISPOSITION_WORDS,
    "because": words.BECAUSE,
    "basis": words.BASIS,
    "stages": words.STAGE_WORDS,
    "results": words.RESULT_WORDS,
    "causes": words.CAUSE_WORDS,
    "outcomes": words.OUTCOME_WORDS,
    "retests": words.RETEST_WORDS,
    "not_tested": words.NOT_TESTED_WORDS,
    "changes": words.CHANGE_WORDS,
}


def today() -> str:
    """The present day at the site of whoever asks, as an ISO date."""
    return queries.day_at(here().database.clock.now(), actor().zone)


def place_name(at: Bench) -> str:
    """The place of a component in the words of the family: Connecting rods 2."""
    return position_name(at.family, at.item.component, at.position)


def position_name(family: Any, component: str, position: str | None) -> str:
    """The name of a position, with its number where there are several."""
    known = {one.code: one.names for one in family.positions}
    name = known[component].text(locale.current()) if component in known else component
    number = (position or "").removeprefix(component).removeprefix("-")
    return f"{name} {number}".strip()


def class_name(known: Mapping[str, Names], code: str) -> str:
    """A class of instrument in the language of the request."""
    return known[code].text(locale.current()) if code in known else code


def deciding(connection: Connection, item: Any) -> Values:
    """For the page of `dispose`: the worst verdict and what it permits."""
    at = queries.bench(connection, item.org_id, item.id)
    found = queries.results(connection, item.org_id, at.case_id, item.id)
    may = queries.options_now(connection, at.family, item, found, here().database.clock.now())
    return {
        **WORDS,
        "at": at,
        "may": may,
        "where": place_name(at),
        "lines": lines_of(at.family, item.component, may.decided_by),
    }


def lines_of(family: Any, component: str, rows: Iterable[Row]) -> list[Values]:
    """Results as pages show them: the name of the characteristic, the readings as a list and how they count."""
    known = {one.code: one for one in family.characteristics_of(component)}
    return [
        {
            "row": row,
            "name": known[row.characteristic].names.text(locale.current())
            if row.characteristic in known
            else row.characteristic,
            "readings": json.loads(row.readings),
            "how": known[row.characteristic].aggregation if row.characteristic in known else "each",
            "brought_to": _brought_to(known[row.characteristic], row) if row.characteristic in known else "",
        }
        for row in rows
    ]


def _brought_to(asked: Characteristic, row: Row) -> str:
    """The temperature to which the readings were brought before they were judged; nothing where they were not."""
    if not asked.wants_temperature or asked.aggregation in {"mean", "range"} or row.deciding is None:
        return ""
    if Decimal(row.deciding) in map(Decimal, json.loads(row.readings)):
        return ""
    return format(entry.reference_of(None if asked.halving is None else asked.halving.at_cel), "f")


def noted(connection: Connection, row: Row) -> str:
    """The sealed words about a nonconformity, or nothing."""
    keyring = here().database.keyring
    private = seal.open_sealed(connection, keyring, org_id=row.org_id, event_id=row.raised_in)
    return str(private["note"]) if private else ""


def calibrating(connection: Connection, one: Any) -> Values:
    """For the page of `calibrate`: which instrument."""
    return {**WORDS, "class_name": class_name(instrument_classes(connection, actor().org_id), one.class_code)}
