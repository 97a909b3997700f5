"""What a demonstration shows of the bench: measured blind, read by a second person, and a shaft past measuring."""

from __future__ import annotations

from remanu.demo.tell import Teller
from remanu.inspection import actions as inspection

_SOUND, _BROKEN = "cylinder-block", "crankshaft"
_CRITICAL = frozenset({"critical", "safety"})


def too_damaged(told: Teller) -> None:
    """Measuring is blind and twice for what is critical; the block is sound, the shaft lies there in two pieces."""
    told.wait(minutes=7)
    rule = {"entry": "blind", "second": "critical", "qualified": "dated"}
    inspection.set_bench(told.tx, told.crew.who_may("inspection.set_bench"), told.case_id, **rule)
    here = {route.component: route for route in told.routes()}
    block, shaft = here[_SOUND], here[_BROKEN]
    for asked in told.asked_of(block):
        read = tuple(told.story.found(asked))
        told.measure(block, asked, read)
        if asked.criticality in _CRITICAL:
            told.do(
                inspection.repeat,
                "inspection.repeat",
                block.item_id,
                second=True,
                characteristic=asked.code,
                unit=asked.unit,
                values=read,
                instrument=told.instruments[asked.instrument_class].id,
                temperature="20.5",
                humidity="45",
            )
    photo = told.picture("crankshaft in two pieces")
    told.act(inspection.condemn, "inspection.condemn", shaft.item_id, why="broken", evidence=(photo,))
