"""What can happen to shared lists, part types and instruments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from remanu.catalogue.models import Instrument, PartType, ReferenceList, ReferenceModel
from remanu.db import Tx
from remanu.ledger.kinds import Kind, Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One row of a published list; `words` are what search finds it by."""

    code: str
    maker: str
    model: str
    kind: str
    horsepower: int | None = None
    thrust_lbf: int | None = None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelsAdded:
    """Models join a shared list, some hundred an event; `opens` when the list itself is new."""

    list_id: str
    title: str
    source: str
    opens: bool
    models: tuple[Model, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeDefined:
    """An organisation takes in parts of this type; `reference_list` and `reference_code` cite a shared model."""

    family: str
    component: str
    name_en: str
    name_zh_hans: str
    name_zh_hant: str
    maker: str | None = None
    part_number: str | None = None
    reference_list: str | None = None
    reference_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentAdded:
    """An instrument, tool or rig enters the record."""

    number: str
    instrument_class: str
    name: str


def _add_model(tx: Tx, done: Recorded[ModelsAdded]) -> None:
    b = done.body
    if b.opens:
        tx.execute(
            sa.insert(ReferenceList).values(
                id=b.list_id, title=b.title, source=b.source, steward=done.org_id, changed_at=done.at
            )
        )
    else:
        tx.execute(
            sa.update(ReferenceList).where(ReferenceList.id == b.list_id).values(changed_at=done.at)
        )
    tx.execute(sa.insert(ReferenceModel), [_row(b.list_id, one) for one in b.models])


def _row(list_id: str, one: Model) -> dict[str, Any]:
    return {
        "list_id": list_id,
        "code": one.code,
        "maker": one.maker,
        "model": one.model,
        "kind": one.kind,
        "horsepower": one.horsepower,
        "thrust_lbf": one.thrust_lbf,
        "words": one.words,
    }


def _define_type(tx: Tx, done: Recorded[TypeDefined]) -> None:
    b = done.body
    tx.execute(
        sa.insert(PartType).values(
            org_id=done.org_id,
            id=done.subject.id,
            family=b.family,
            component=b.component,
            name_en=b.name_en,
            name_zh_hans=b.name_zh_hans,
            name_zh_hant=b.name_zh_hant,
            maker=b.maker,
            part_number=b.part_number,
            reference_list=b.reference_list,
            reference_code=b.reference_code,
            defined_at=done.at,
        )
    )


def _add_instrument(tx: Tx, done: Recorded[InstrumentAdded]) -> None:
    b = done.body
    tx.execute(
        sa.insert(Instrument).values(
            org_id=done.org_id,
            id=done.subject.id,
            number=b.number,
            instrument_class=b.instrument_class,
            name=b.name,
            added_at=done.at,
        )
    )


ADD_MODEL = Kind("catalogue.add_model", 1, ModelsAdded, _add_model)
DEFINE_TYPE = Kind("catalogue.define_type", 1, TypeDefined, _define_type)
ADD_INSTRUMENT = Kind("catalogue.add_instrument", 1, InstrumentAdded, _add_instrument)
