"""What the pages of intake's acts show beside their forms: choices that depend on the core, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import request
from sqlalchemy.engine import Connection

from remanu.catalogue import queries as catalogue
from remanu.families.family import Family
from remanu.intake import queries
from remanu.intake.schemas.shapes import CORE
from remanu.parts import queries as parts
from remanu.parts.queries import CaseView
from remanu.web import acts, shape
from remanu.web.acts import Field
from remanu.web.context import actor, here
from remanu.web.locale import current

_MUST = {
    "owner",
    "signed_by",
    "maker",
    "part_number",
    "earlier_lives",
    "right_shown",
    "reason",
    "finding",
    "waste_code",
    "waste_record",
}
_AT_RECEIPT = {"owner": False, "maker": False, "part_number": False, "evidence": True}

_CLAIMED = ("maker", "part_number", "serial", "name")


def chosen() -> dict[str, str]:
    """What the address says about a core that has no case yet: its family, its type, or the item it was."""
    given = {name: request.args.get(name, "") for name in ("family", "part_type", "known", "tag")}
    return {name: value for name, value in given.items() if value}


def asked(_connection: Connection, _target: Any, schema: type[shape.Form]) -> Sequence[Field]:
    """The controls of a shape, those that a guard waits for marked as needed."""
    return [_needed(one) for one in acts.plain_fields(schema)]


def _needed(one: Field) -> Field:
    return replace(one, required=True) if one.name in _MUST else one


def announcing(connection: Connection, _target: Any, schema: type[shape.Form]) -> Sequence[Field]:
    """What is asked of a core on its way."""
    plain = [one for one in asked(connection, None, schema) if one.name not in _left_out(None)]
    return [replace(one, required=one.name == "owner") for one in plain]


def receiving(connection: Connection, case: CaseView | None, schema: type[shape.Form]) -> Sequence[Field]:
    """What is asked of a core that is here, with the counters of its family."""
    every = counted(connection, case, schema, before="place")
    return [replace(one, required=_AT_RECEIPT.get(one.name, one.required)) for one in every]


def counted(
    connection: Connection, case: CaseView | None, schema: type[shape.Form], *, before: str
) -> Sequence[Field]:
    """The controls of a shape, with one for each counter of the family before the control of this name."""
    pack = _pack(connection, case)
    counters = () if pack is None else tuple(_counter(pack, code) for code in (c.code for c in pack.counters))
    plain = [one for one in asked(connection, case, schema) if one.name not in _left_out(case)]
    at = next(n for n, one in enumerate(plain) if one.name == before)
    return (*plain[:at], *counters, *plain[at:])


def _left_out(case: CaseView | None) -> set[str]:
    told = chosen()
    if case is not None or "known" in told:
        return set(_CLAIMED)
    return set()


def _pack(connection: Connection, case: CaseView | None) -> Family | None:
    if case is not None:
        return case.family
    told = chosen()
    if "part_type" in told:
        return _now(connection, catalogue.find_type(connection, actor().org_id, told["part_type"]).family)
    if "known" in told:
        return _now(connection, parts.find_item(connection, actor().org_id, told["known"]).family)
    return _now(connection, told["family"]) if told.get("family") in _families(connection) else None


def _now(connection: Connection, family: str) -> Family:
    """The pack that a case would be opened under at this moment."""
    return catalogue.pack_to_open(connection, actor().org_id, family, here().database.clock.now()).family


def _families(connection: Connection) -> Mapping[str, Family]:
    return catalogue.packs_to_open(connection, actor().org_id, here().database.clock.now())


def _counter(pack: Family, code: str) -> Field:
    one = {counter.code: counter for counter in pack.counters}[code]
    label = one.names.text(current())
    return Field(name=f"counters.{code}.value", label=label, widget="amount", unit=one.unit)


def beginning(connection: Connection, case: CaseView | None) -> Mapping[str, Any]:
    """What a core without a case may be: families, the organisation's types, and what was chosen of them."""
    told, org_id, language = chosen(), actor().org_id, current()
    pack = None if case is not None else _pack(connection, None)
    types = catalogue.part_types(connection, org_id) if case is None and pack is None else []
    kind = catalogue.find_type(connection, org_id, told["part_type"]) if "part_type" in told else None
    item = parts.find_item(connection, org_id, told["known"]) if "known" in told else None
    return {
        "told": {name: value for name, value in told.items() if name in CORE},
        "ready": case is not None or pack is not None,
        "families": [(one.id, one.names.text(language)) for one in _families(connection).values()],
        "types": [(row.id, name_of(row), f"{row.maker or ''} {row.part_number or ''}".strip()) for row in types],
        "about": name_of(kind) if kind else (pack.names.text(language) if pack else ""),
        "prefilled": {} if kind is None else {"maker": kind.maker or "", "part_number": kind.part_number or ""},
        "item": item,
    }


def name_of(row: Any) -> str:
    """A part type's name in the language of the page."""
    names = {"en": row.name_en, "zh-Hans": row.name_zh_hans, "zh-Hant": row.name_zh_hant}
    return str(names[current()])


def reading(connection: Connection, case: CaseView, schema: type[shape.Form]) -> Sequence[Field]:
    """What is asked to identify a core; its mark only where none was read before."""
    marks = parts.marks(connection, case.org_id, case.item.id)
    must = set() if marks else {"mark", "mark_kind"}
    return [replace(one, required=one.required or one.name in must) for one in asked(connection, case, schema)]


def identifying(connection: Connection, case: CaseView) -> Mapping[str, Any]:
    """What was claimed of the core, what is read already, and which records may be its own."""
    unknown = queries.UNKNOWN
    claimed = {"maker": case.item.maker, "part_number": case.item.part_number}
    return {
        "prefilled": {name: value for name, value in claimed.items() if value != unknown},
        "marks": parts.marks(connection, case.org_id, case.item.id),
        "former": queries.former_cases(connection, case),
        "namesakes": queries.namesakes(connection, case),
    }
