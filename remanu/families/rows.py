"""Turns one table of a pack into one value; each function asks for every key of its table."""

from __future__ import annotations

from typing import get_args

from remanu.families import vocabulary
from remanu.families.assembly import (
    CalendarLimit,
    Counter,
    Injection,
    Interval,
    LifeLimit,
    LifeRuling,
    Position,
    Rating,
    Weight,
)
from remanu.families.characteristic import Characteristic, Halving, InstrumentClass, Limits, Steps
from remanu.families.family import Claims, ClassTerms, LabelPlan
from remanu.families.process import Answer, Criterion, Operation, Point, Procedure, Share
from remanu.families.table import Table
from remanu.families.vocabulary import LifeWord, Source
from remanu.rules.dossiers import FACTS, GATES, STEPS, Requirement


def _decimal_or_none(table: Table, key: str) -> str | None:
    return table.decimal(key) if table.has(key) else None


def position(table: Table) -> Position:
    """A row of `positions`."""
    return Position(
        code=table.code("code"),
        parent=table.code("parent") if table.has("parent") else None,
        names=table.names("names"),
        quantity=table.whole("quantity", least=1, most=10000),
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
        code=table.code("code"),
        unit=table.unit("unit"),
        names=table.names("names"),
        ratings=table.rows("ratings", _rating) if table.has("ratings") else (),
        tolerance=table.decimal("tolerance") if table.has("tolerance") else "0",
    )


def _rating(table: Table) -> Rating:
    return Rating(code=table.text("code"), names=table.names("names"))


def life_limit(table: Table) -> LifeLimit:
    """A row of `life_limits`."""
    return LifeLimit(
        component=table.code("component"),
        counter=table.code("counter"),
        rating=table.text("rating") if table.has("rating") else "",
        limit=table.decimal("limit"),
        part_numbers=table.texts("part_numbers"),
        source=table.source("source"),
    )


def calendar_limit(table: Table) -> CalendarLimit:
    """A row of `calendar_limits`."""
    return CalendarLimit(
        component=table.code("component"),
        months=table.whole("months", least=1, most=1200),
        part_numbers=table.texts("part_numbers"),
        source=table.source("source"),
    )


def life_ruling(table: Table) -> LifeRuling:
    """A row of `life_rulings`."""
    return LifeRuling(
        component=table.code("component"),
        counter=table.code("counter"),
        rating=table.text("rating"),
        word=table.choice("word", get_args(LifeWord)),
        part_numbers=table.texts("part_numbers"),
        source=table.source("source"),
    )


def interval(table: Table) -> Interval:
    """A row of `intervals`; its `weights` and `injection` are tables inside it."""
    return Interval(
        code=table.code("code"),
        component=table.code("component"),
        names=table.names("names"),
        unit=table.unit("unit"),
        interval=table.decimal("interval"),
        weights=table.rows("weights", _weight),
        source=table.source("source"),
        injection=table.one("injection", _injection) if table.has("injection") else None,
    )


def _weight(table: Table) -> Weight:
    return Weight(
        counter=table.code("counter"),
        rating=table.text("rating") if table.has("rating") else "",
        weight=table.decimal("weight"),
        counts=table.truth("counts"),
    )


def _injection(table: Table) -> Injection:
    return Injection(
        constant=table.decimal("constant"), slope=table.decimal("slope"), percent=table.decimal("percent")
    )


def instrument_class(table: Table) -> InstrumentClass:
    """A row of `instrument_classes`."""
    return InstrumentClass(code=table.code("code"), names=table.names("names"))


def characteristic(table: Table) -> Characteristic:
    """A row of `characteristics`; its `limits` and `steps` are tables inside it."""
    return Characteristic(
        code=table.code("code"),
        component=table.code("component"),
        names=table.names("names"),
        unit=table.unit("unit"),
        kind=table.choice("kind", get_args(vocabulary.Kind)),
        direction=table.choice("direction", get_args(vocabulary.Direction)),
        limits=table.one("limits", _limits),
        rework_allowed=table.truth("rework_allowed"),
        criticality=table.choice("criticality", get_args(vocabulary.Criticality)),
        instrument_class=table.code("instrument_class"),
        sample_points=table.whole("sample_points", least=1, most=1000),
        aggregation=table.choice("aggregation", get_args(vocabulary.Aggregation)),
        source=table.source("source"),
        steps=table.one("steps", _steps) if table.has("steps") else None,
        nominal=_decimal_or_none(table, "nominal"),
        model=table.text("model") if table.has("model") else None,
        relative_to=table.code("relative_to") if table.has("relative_to") else None,
        where=table.names("where") if table.has("where") else None,
        expansion_per_k=_decimal_or_none(table, "expansion_per_k"),
        halving=table.one("halving", _halving) if table.has("halving") else None,
    )


def _halving(table: Table) -> Halving:
    return Halving(per_k=table.decimal("per_k"), at_cel=table.decimal("at_cel"), source=table.source("source"))


def _limits(table: Table) -> Limits:
    return Limits(
        new_min=_decimal_or_none(table, "new_min"),
        new_max=_decimal_or_none(table, "new_max"),
        repair_min=_decimal_or_none(table, "repair_min"),
        repair_max=_decimal_or_none(table, "repair_max"),
        service_min=_decimal_or_none(table, "service_min"),
        service_max=_decimal_or_none(table, "service_max"),
    )


def _steps(table: Table) -> Steps:
    return Steps(offsets=table.decimals("offsets"), mates=table.texts("mates"), source=table.source("source"))


def criterion(table: Table) -> Criterion:
    """A row of `criteria`."""
    return Criterion(
        code=table.code("code"),
        names=table.names("names"),
        answers=table.rows("answers", _answer),
        source=table.source("source"),
    )


def _answer(table: Table) -> Answer:
    outcome = table.choice("outcome", get_args(vocabulary.Outcome))
    return Answer(code=table.code("code"), names=table.names("names"), outcome=outcome)


def operation(table: Table) -> Operation:
    """A row of `operations`."""
    return Operation(
        code=table.code("code"),
        names=table.names("names"),
        special_process=table.truth("special_process"),
        components=table.texts("components"),
        restores=table.texts("restores"),
        source=table.source("source"),
        max_repairs=table.whole("max_repairs", least=1, most=1000) if table.has("max_repairs") else None,
    )


def procedure(table: Table) -> Procedure:
    """A row of `tests`."""
    return Procedure(
        code=table.code("code"),
        edition=table.text("edition"),
        names=table.names("names"),
        points=table.rows("points", _point),
    )


def _point(table: Table) -> Point:
    return Point(
        code=table.code("code"),
        names=table.names("names"),
        unit=table.unit("unit"),
        mandatory=table.truth("mandatory"),
        source=table.source("source"),
        min=_decimal_or_none(table, "min"),
        max=_decimal_or_none(table, "max"),
        service_min=_decimal_or_none(table, "service_min"),
        service_max=_decimal_or_none(table, "service_max"),
        share=table.one("share", _share) if table.has("share") else None,
    )


def _share(table: Table) -> Share:
    return Share(names=table.names("names"), base=table.decimal("base"), least=table.decimal("least"))


def claims(table: Table) -> Claims:
    """The table `claims`."""
    return Claims(
        new_warranty_days=table.whole("new_warranty_days", least=0, most=36500),
        terms=table.rows("terms", _terms),
        source=table.source("source"),
        zero_time=table.source("zero_time") if table.has("zero_time") else None,
    )


def _terms(table: Table) -> ClassTerms:
    return ClassTerms(
        claim_class=table.choice("class", get_args(vocabulary.ClaimClass)),
        depth=table.choice("depth", get_args(vocabulary.Depth)),
        warranty_days=table.whole("warranty_days", least=0, most=36500),
    )


def label(table: Table) -> LabelPlan:
    """The table `label`."""
    return LabelPlan(
        fields=table.choices("fields", get_args(vocabulary.LabelField)),
        permanent=table.truth("permanent"),
        placement=table.choice("placement", get_args(vocabulary.Placement)),
    )


def requirement(table: Table) -> Requirement:
    """A row of `dossier`: a fact that is asked of this family, or a step that its record must hold."""
    step = table.has("step")
    code = table.choice("step", STEPS) if step else table.choice("fact", FACTS)
    why = table.source("source")
    return Requirement(
        gate=table.choice("gate", GATES),
        code=code,
        act=code if step else "",
        classes=frozenset(table.choices("classes", get_args(vocabulary.ClaimClass)) if table.has("classes") else ()),
        schemes=frozenset(table.texts("schemes") if table.has("schemes") else ()),
        source=why.text,
        tag=why.tag,
    )


def source(table: Table) -> Source:
    """A row of `sources`."""
    return Source(table.code("code"), table.choice("tag", get_args(vocabulary.Tag)), table.text("text"))
