"""Acts of reference data: add models to a shared list, define types, add instruments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args
from uuid import NAMESPACE_URL, uuid5

from remanu.catalogue import events, queries
from remanu.db import Tx
from remanu.errors import BadInput, Conflict
from remanu.families.reference import EngineKind
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import begin, record
from remanu.rules import text
from remanu.rules.actor import Actor

BATCH = 500
KINDS_OF_ENGINE = get_args(EngineKind)
_LIMIT = 120
_CODE_LIMIT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class NewModel:
    """One row of a list that is added."""

    code: str
    maker: str
    model: str
    kind: str
    horsepower: int | None = None
    thrust_lbf: int | None = None


def add_model(
    tx: Tx, actor: Actor, *, list_id: str, title: str, source: str, models: Sequence[NewModel]
) -> Recorded[events.ModelsAdded]:
    """Add at most 500 models to a shared list; who opens a list is its steward, others get Conflict.

    BadInput `already-listed` names a code that the list has.
    """
    act = begin(tx, actor, "catalogue.add_model")
    name = text.clean_line("list_id", list_id, limit=_CODE_LIMIT)
    known = queries.find_list(tx.connection, name)
    if known is not None and known.steward != actor.org_id:
        raise Conflict(why="another-steward")
    rows = tuple(_model(one) for one in models[: BATCH + 1])
    _check_batch(tx, name, rows)
    body = events.ModelsAdded(
        list_id=name,
        title=text.clean_line("title", title, limit=_LIMIT),
        source=text.clean_line("source", source, limit=400),
        opens=known is None,
        models=rows,
    )
    return record(act, events.ADD_MODEL, subject(actor.org_id, list_subject(name)), body)


def list_subject(list_id: str) -> str:
    """The subject id of a shared list: all its batches stand in one chain."""
    return str(uuid5(NAMESPACE_URL, f"remanu:reference:{list_id}"))


def _check_batch(tx: Tx, list_id: str, models: Sequence[events.Model]) -> None:
    codes = [one.code for one in models]
    if not models:
        raise BadInput("models", "required")
    if len(models) > BATCH:
        raise BadInput("models", "too-long", limit=BATCH)
    if len(set(codes)) < len(codes):
        raise BadInput("models", "already-listed")
    if known := queries.known_codes(tx.connection, list_id, codes):
        raise BadInput("models", "already-listed", code=known[0])


def _model(new: NewModel) -> events.Model:
    if new.kind not in KINDS_OF_ENGINE:
        raise BadInput("kind", "not-a-choice")
    for field, number in (("horsepower", new.horsepower), ("thrust_lbf", new.thrust_lbf)):
        if number is not None and number < 0:
            raise BadInput(field, "negative")
    found = text.search_words(f"{new.code} {new.maker} {new.model}")
    return events.Model(
        code=text.clean_line("code", new.code, limit=_CODE_LIMIT),
        maker=text.clean_line("maker", new.maker, limit=_LIMIT),
        model=text.clean_line("model", new.model, limit=_LIMIT),
        kind=new.kind,
        horsepower=new.horsepower,
        thrust_lbf=new.thrust_lbf,
        words=" ".join(("", *dict.fromkeys(found), "")),
    )


def define_type(
    tx: Tx,
    actor: Actor,
    *,
    family: str,
    component: str,
    name_en: str,
    name_zh_hans: str,
    name_zh_hant: str,
    maker: str | None = None,
    part_number: str | None = None,
    reference: str | None = None,
) -> Recorded[events.TypeDefined]:
    """Define a part type of the organisation; `reference` is list/code of a shared model."""
    act = begin(tx, actor, "catalogue.define_type")
    pack = queries.pack_to_open(tx.connection, actor.org_id, family, tx.now).family
    if component not in {one.code for one in pack.positions}:
        raise BadInput("component", "not-a-choice")
    list_id, _, code = (_given("reference", reference) or "").partition("/")
    model = queries.find_model(tx.connection, list_id, code) if reference else None
    body = events.TypeDefined(
        family=family,
        component=component,
        name_en=text.clean_line("name_en", name_en, limit=_LIMIT),
        name_zh_hans=text.clean_line("name_zh_hans", name_zh_hans, limit=_LIMIT),
        name_zh_hant=text.clean_line("name_zh_hant", name_zh_hant, limit=_LIMIT),
        maker=_given("maker", maker or (model.maker if model else None)),
        part_number=_given("part_number", part_number or (model.model if model else None)),
        reference_list=None if model is None else model.list_id,
        reference_code=None if model is None else model.code,
    )
    return record(act, events.DEFINE_TYPE, subject(actor.org_id, tx.new_id()), body)


def _given(field: str, line: str | None) -> str | None:
    return None if line is None else text.clean_line(field, line, limit=_LIMIT)


def add_instrument(
    tx: Tx, actor: Actor, *, number: str, instrument_class: str, name: str
) -> Recorded[events.InstrumentAdded]:
    """Add an instrument by the number that stands on it; Conflict when another one has this number."""
    act = begin(tx, actor, "catalogue.add_instrument")
    if instrument_class not in queries.instrument_classes(tx.connection, actor.org_id):
        raise BadInput("instrument_class", "not-a-choice")
    body = events.InstrumentAdded(
        number=text.clean_line("number", number, limit=_CODE_LIMIT),
        instrument_class=instrument_class,
        name=text.clean_line("name", name, limit=_LIMIT),
    )
    if queries.instrument_numbered(tx.connection, actor.org_id, body.number):
        raise Conflict(why="number-taken")
    return record(act, events.ADD_INSTRUMENT, subject(actor.org_id, tx.new_id()), body)
