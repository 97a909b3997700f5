"""Turns one table of a pack into one value; each function asks for every key of its table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from remanu.families import vocabulary
from remanu.families.assembly import Counter, LifeLimit, Position
from remanu.families.characteristic import Characteristic, InstrumentClass, Limits, Steps
from remanu.families.family import Claims, ClassTerms, LabelPlan
from remanu.families.process import Answer, Criterion, Operation, Point, Procedure
from remanu.families.table import Table
from remanu.families.vocabulary import Source

Sources = Mapping[str, Source]


def _source(table: Table, known: Sources) -> Source:
    code = table.code("source")
    if code not in known:
        raise table.refuse("source", "unknown-source")
    return known[code]


def _decimal_or_none(table: Table, key: str) -> str | None:
    return table.decimal(key) if table.has(key) else None


def position(table: Table) -> Position:
    """A row of `positions`."""
    return Position(
        code=table.code("code"),
        parent=table.code("parent") if table.has("parent") else None,
        names=table.names("names"),
        quantity=table.whole("quantity", least=1),
        serialised=table.truth("serialised"),
        identity_bearer=table.truth("identity_bearer"),
        criticality=table.choice("criticality", get_args(vocabulary.Criticality)),
        mandatory_replace=table.truth("mandatory_replace"),
        life_limited=table.truth("life_limited"),
        nominal_mass_kg=_decimal_or_none(table, "nominal_mass_kg"),
    )


def counter(table: Table) -> Counter:
    """A row of `counters`."""
    return Counter(
        code=table.code("code"), unit=table.unit("unit"), names=table.names("names"), ratings=table.texts("ratings")
    )


def life_limit(table: Table, known: Sources) -> LifeLimit:
    """A row of `life_limits`."""
    return LifeLimit(
        component=table.code("component"),
        counter=table.code("counter"),
        rating=table.text("rating") if table.has("rating") else "",
        limit=table.decimal("limit"),
        part_numbers=table.texts("part_numbers"),
        source=_source(table, known),
    )


def instrument_class(table: Table) -> InstrumentClass:
    """A row of `instrument_classes`."""
    return InstrumentClass(code=table.code("code"), names=table.names("names"))


def characteristic(table: Table, known: Sources) -> Characteristic:
    """A row of `characteristics`; its `limits` and `steps` are tables inside it."""
    return Characteristic(
        code=table.code("code"),
        component=table.code("component"),
        names=table.names("names"),
        unit=table.unit("unit"),
        kind=table.choice("kind", get_args(vocabulary.Kind)),
        direction=table.choice("direction", get_args(vocabulary.Direction)),
        limits=_limits(table.table("limits")),
        rework_allowed=table.truth("rework_allowed"),
        criticality=table.choice("criticality", get_args(vocabulary.Criticality)),
        instrument_class=table.code("instrument_class"),
        sample_points=table.whole("sample_points", least=1),
        aggregation=table.choice("aggregation", get_args(vocabulary.Aggregation)),
        source=_source(table, known),
        steps=_steps(table.table("steps"), known) if table.has("steps") else None,
        nominal=_decimal_or_none(table, "nominal"),
        model=table.text("model") if table.has("model") else None,
        relative_to=table.code("relative_to") if table.has("relative_to") else None,
    )


def _limits(table: Table) -> Limits:
    limits = Limits(
        new_min=_decimal_or_none(table, "new_min"),
        new_max=_decimal_or_none(table, "new_max"),
        repair_min=_decimal_or_none(table, "repair_min"),
        repair_max=_decimal_or_none(table, "repair_max"),
        service_min=_decimal_or_none(table, "service_min"),
        service_max=_decimal_or_none(table, "service_max"),
    )
    table.close()
    return limits


def _steps(table: Table, known: Sources) -> Steps:
    steps = Steps(offsets=table.decimals("offsets"), mates=table.texts("mates"), source=_source(table, known))
    table.close()
    return steps


def criterion(table: Table, known: Sources) -> Criterion:
    """A row of `criteria`."""
    answers = []
    for row in table.tables("answers"):
        outcome = row.choice("outcome", get_args(vocabulary.Outcome))
        answers.append(Answer(code=row.code("code"), names=row.names("names"), outcome=outcome))
        row.close()
    return Criterion(
        code=table.code("code"), names=table.names("names"), answers=tuple(answers), source=_source(table, known)
    )


def operation(table: Table, known: Sources) -> Operation:
    """A row of `operations`."""
    return Operation(
        code=table.code("code"),
        names=table.names("names"),
        special_process=table.truth("special_process"),
        components=table.texts("components"),
        restores=table.texts("restores"),
        source=_source(table, known),
        max_repairs=table.whole("max_repairs", least=1) if table.has("max_repairs") else None,
    )


def procedure(table: Table, known: Sources) -> Procedure:
    """A row of `tests`."""
    points = []
    for row in table.tables("points"):
        points.append(_point(row, known))
        row.close()
    return Procedure(
        code=table.code("code"), edition=table.text("edition"), names=table.names("names"), points=tuple(points)
    )


def _point(table: Table, known: Sources) -> Point:
    return Point(
        code=table.code("code"),
        names=table.names("names"),
        unit=table.unit("unit"),
        mandatory=table.truth("mandatory"),
        source=_source(table, known),
        min=_decimal_or_none(table, "min"),
        max=_decimal_or_none(table, "max"),
        service_min=_decimal_or_none(table, "service_min"),
        service_max=_decimal_or_none(table, "service_max"),
    )


def claims(table: Table, known: Sources) -> Claims:
    """The table `claims`."""
    terms = []
    for row in table.tables("terms"):
        terms.append(_terms(row))
        row.close()
    found = Claims(
        new_warranty_days=table.whole("new_warranty_days", least=0), terms=tuple(terms), source=_source(table, known)
    )
    table.close()
    return found


def _terms(table: Table) -> ClassTerms:
    return ClassTerms(
        claim_class=table.choice("class", get_args(vocabulary.ClaimClass)),
        depth=table.choice("depth", get_args(vocabulary.Depth)),
        warranty_days=table.whole("warranty_days", least=0),
    )


def label(table: Table) -> LabelPlan:
    """The table `label`."""
    plan = LabelPlan(
        fields=table.choices("fields", get_args(vocabulary.LabelField)),
        permanent=table.truth("permanent"),
        placement=table.choice("placement", get_args(vocabulary.Placement)),
    )
    table.close()
    return plan
