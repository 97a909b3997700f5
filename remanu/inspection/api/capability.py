"""JSON of process capability."""

from __future__ import annotations

from typing import Any

from remanu.errors import NotFound
from remanu.inspection.queries import capability as queries
from remanu.inspection.queries.capability import Row
from remanu.inspection.schemas.capability import Known, ProcessShown, stage_asked, unfold
from remanu.web.access import allow
from remanu.web.context import actor, here

_WORKSHOP = "read:workshop"


@allow(_WORKSHOP)
def capabilities() -> list[Row]:
    """The characteristics that have enough readings for a chart; `stage` is as-left or as-found."""
    with here().database.reading() as connection:
        return queries.known_processes(connection, actor().org_id, stage_asked())


@allow(_WORKSHOP)
def capability(family: str, component: str, characteristic: str) -> dict[str, Any]:
    """The newest hundred readings of one characteristic as a process."""
    with here().database.reading() as connection:
        found = queries.process(
            connection,
            actor().org_id,
            stage_asked(),
            family=family,
            component=component,
            characteristic=characteristic,
        )
    if found is None:
        raise NotFound(what="process")
    return unfold(found)


READS = (
    ("/capability", Known(many=True), capabilities),
    ("/capability/<family>/<component>/<characteristic>", ProcessShown, capability),
)
