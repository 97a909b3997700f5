"""Facts compiled from published sources, one value a row; numbers stay the decimal strings of the file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedLimit:
    """A dimensional limit of a real piston engine, None where the source gives no such limit."""

    id: str
    component: str
    characteristic: str
    unit: str
    standard_min: str | None
    standard_max: str | None
    repair_limit: str | None
    service_limit: str | None
    rule: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedLifeLimit:
    """A life limit in cycles at one rating, from an airworthiness directive."""

    part: str
    part_numbers: tuple[str, ...]
    model: str
    rating: str
    life_limit_cycles: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCriterion:
    """A core acceptance criterion: what earns the full, a damaged and no refund; "" where unsaid."""

    criterion: str
    full_refund: str
    damaged_refund: str
    no_refund: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WarrantyMinimum:
    """The least warranty of a class in a jurisdiction, in the words of the source."""

    jurisdiction: str
    standard: str
    claim_class: str
    minimum: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstanceLimit:
    """A restricted substance: limit in per cent by mass, the basis it is counted on, and its dates."""

    regime: str
    jurisdiction: str
    substance: str
    abbreviation: str
    cas: str
    limit_pct: str
    basis: str
    applies_from: date
    applies_to: date | None
    verified: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmissionFactor:
    """A grid emission factor of one region and year, in the unit of the row."""

    id: str
    region: str
    year: int
    value: str
    unit: str
    note: str
    source: str


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files("remanu.families") / "data" / "fixtures" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def limits() -> Iterator[PublishedLimit]:
    """The twelve limits D01 to D12."""
    for row in _rows("dimensional_limits.csv"):
        yield PublishedLimit(
            id=row["id"],
            component=row["component"],
            characteristic=row["characteristic"],
            unit=row["unit"],
            standard_min=row["standard_min"] or None,
            standard_max=row["standard_max"] or None,
            repair_limit=row["repair_limit"] or None,
            service_limit=row["service_limit"] or None,
            rule=row["rule"],
            source=row["source"],
        )


def life_limits() -> Iterator[PublishedLifeLimit]:
    """The life limits of the CFM56-3 fan disk at two ratings."""
    for row in _rows("llp_life_limits.csv"):
        yield PublishedLifeLimit(
            part=row["part"],
            part_numbers=tuple(row["part_numbers"].split(";")),
            model=row["model"],
            rating=row["rating"],
            life_limit_cycles=row["life_limit_cycles"],
            source=row["source"],
        )


def core_criteria() -> Iterator[PublishedCriterion]:
    """The six core acceptance criteria of one published programme."""
    for row in _rows("core_acceptance_cat3500.csv"):
        yield PublishedCriterion(**row)


def warranty_minima() -> Iterator[WarrantyMinimum]:
    """Minimum warranties of jurisdictions, standards and classes."""
    for row in _rows("warranty_minima.csv"):
        yield WarrantyMinimum(
            jurisdiction=row["jurisdiction"],
            standard=row["standard"],
            claim_class=row["class"],
            minimum=row["min_warranty"],
            source=row["source"],
        )


def substance_limits() -> Iterator[SubstanceLimit]:
    """Restricted substances with the dates between which each limit holds."""
    for row in _rows("substance_limits.csv"):
        yield SubstanceLimit(
            regime=row["regime"],
            jurisdiction=row["jurisdiction"],
            substance=row["substance"],
            abbreviation=row["abbr"],
            cas=row["cas_example"],
            limit_pct=row["limit_pct_w_w"],
            basis=row["basis"],
            applies_from=date.fromisoformat(row["applies_from"]),
            applies_to=date.fromisoformat(row["applies_to"]) if row["applies_to"] else None,
            verified=row["verified"],
        )


def emission_factors() -> Iterator[EmissionFactor]:
    """Grid emission factors of China and two provinces, 2022."""
    for row in _rows("emission_factors_cn_grid.csv"):
        yield EmissionFactor(
            id=row["factor_id"],
            region=row["region"],
            year=int(row["year"]),
            value=row["value"],
            unit=row["unit"],
            note=row["note"],
            source=row["source"],
        )
