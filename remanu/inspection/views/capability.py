"""Pages of process capability: which characteristics have enough readings, and the chart of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import render_template
from flask.typing import ResponseReturnValue

from remanu.catalogue.queries import packs_to_open
from remanu.errors import NotFound
from remanu.families.family import Family
from remanu.inspection.queries import capability as queries
from remanu.inspection.queries.capability import Process
from remanu.inspection.schemas.capability import (
    SHORTAGE_WORDS,
    SIGNAL_WORDS,
    STAGE_WORDS,
    figure,
    stage_asked,
)
from remanu.rules.capability import ENOUGH, LEAST, Capability
from remanu.web.access import allow
from remanu.web.acts import Values
from remanu.web.context import actor, here
from remanu.web.locale import current

_WORKSHOP = "read:workshop"
_WIDTH, _LEFT, _TALL, _LOW = 640, 8, 200, 90


@dataclass(frozen=True, slots=True)
class Drawing:
    """Points and level lines of a chart in the units of its picture; `marked` are the points with a signal."""

    points: tuple[tuple[float, float], ...]
    marked: frozenset[int]
    levels: dict[str, float]
    height: int
    width: int = _WIDTH

    @property
    def path(self) -> str:
        """The line through all points."""
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in self.points)


@allow(_WORKSHOP)
def capabilities() -> ResponseReturnValue:
    """The characteristics that have enough readings for a chart."""
    stage = stage_asked()
    with here().database.reading() as connection:
        rows = queries.known_processes(connection, actor().org_id, stage)
        packs = packs_to_open(connection, actor().org_id, here().database.clock.now())
    lines = [{"row": row, **_names(packs.get(row.family), row.component, row.characteristic)} for row in rows]
    return render_template(
        "inspection/capabilities.html", lines=lines, stage=stage, stages=STAGE_WORDS, least=LEAST, enough=ENOUGH
    )


@allow(_WORKSHOP)
def capability(family: str, component: str, characteristic: str) -> ResponseReturnValue:
    """The individuals and moving range chart of one characteristic, its indices, and the table behind."""
    stage = stage_asked()
    with here().database.reading() as connection:
        found = queries.process(
            connection, actor().org_id, stage, family=family, component=component, characteristic=characteristic
        )
        packs = packs_to_open(connection, actor().org_id, here().database.clock.now())
    if found is None:
        raise NotFound(what="process")
    return render_template(
        "inspection/capability.html",
        process=found,
        index=found.capability if isinstance(found.capability, Capability) else None,
        shortage=SHORTAGE_WORDS.get(str(found.capability), ""),
        signals={n: SIGNAL_WORDS[why] for n, why in (found.chart.signals if found.chart else ())},
        drawings=_drawings(found),
        stage=stage,
        stages=STAGE_WORDS,
        enough=ENOUGH,
        figure=figure,
        **_names(packs.get(family), component, characteristic),
    )


def _names(pack: Family | None, component: str, characteristic: str) -> Values:
    """Names in the language of the request; the codes where the pack does not know them any more."""
    language = current()
    parts = {} if pack is None else {one.code: one.names.text(language) for one in pack.positions}
    asked = {} if pack is None else {one.code: one.names.text(language) for one in pack.characteristics}
    return {
        "family": "" if pack is None else pack.names.text(language),
        "component": parts.get(component, component),
        "characteristic": asked.get(characteristic, characteristic),
    }


def _drawings(found: Process) -> Values | None:
    made = found.chart
    if made is None:
        return None
    ends = {"new_min": found.new_min, "new_max": found.new_max}
    limits = {name: Decimal(end) for name, end in ends.items() if end is not None}
    marked = frozenset(n for n, _ in made.signals)
    values = {"centre": made.centre, "lower": made.lower, "upper": made.upper, **limits}
    ranges = {"centre": made.range_centre, "upper": made.range_upper, "lower": Decimal(0)}
    wide = frozenset(n for n, one in enumerate(made.ranges) if one > made.range_upper)
    return {
        "values": _draw(made.values, values, height=_TALL, marked=marked),
        "ranges": _draw(made.ranges, ranges, height=_LOW, marked=wide),
    }


def _draw(values: Sequence[Decimal], levels: dict[str, Decimal], *, height: int, marked: frozenset[int]) -> Drawing:
    ends = [*values, *levels.values()]
    low, span = min(ends), (max(ends) - min(ends)) or Decimal(1)
    step = (_WIDTH - 2 * _LEFT) / max(len(values) - 1, 1)

    def place(value: Decimal) -> float:
        # Paper is measured in binary fractions; the figures beside it stay decimal.
        return round(height - 8 - float((value - low) / span) * (height - 16), 1)

    points = tuple((round(_LEFT + n * step, 1), place(one)) for n, one in enumerate(values))
    return Drawing(points, marked, {name: place(one) for name, one in levels.items()}, height)


ROUTES = (
    ("/capability", capabilities),
    ("/capability/<family>/<component>/<characteristic>", capability),
)
