"""A fan disk with its papers, as the tests of limited lives need it."""

from __future__ import annotations

from datetime import date

from remanu.parts import actions, queries
from remanu.parts.actions.lives import Counted, Shown
from remanu.parts.events import Cited
from remanu.parts.queries import limited

NUMBER = "335-014-509-0"
PAPER = Cited(digest="ab" * 32, media_type="application/pdf", size=900, shows="")


def disk(hall, **changes):
    """A fan disk in the record, of the part number that the published limits are for."""
    given = {"family": "aero-engine", "component": "fan-disk", "name": "Fan disk", "part_number": NUMBER}
    return hall.item(**{**given, **changes})


def ends(whose="item", **ratings):
    """What part or host showed at both ends, by rating of the cycles."""
    return tuple(
        Counted(whose=whose, counter="cycles", rating=code, start=str(start), end=str(end))
        for code, (start, end) in ratings.items()
    )


FIRST = {
    "host": "E-1",
    "operator": "Northern Air, in XB",
    "since": date(2003, 4, 2),
    "until": date(2013, 11, 20),
    "counted": (*ends(C=(0, 5000)), *ends("host", C=(0, 5000))),
}
SECOND = {
    "host": "E-2",
    "operator": "Southern Air, in XC",
    "since": date(2014, 2, 11),
    "until": date(2025, 12, 19),
    "counted": (*ends(B=(0, 4000), C=(5000, 5000)), *ends("host", B=(7200, 11200), C=(4100, 4100))),
}


def trace(hall, item, told=FIRST, role="technician", **changes):
    """One earlier installation, from its paper."""
    given = {**told, "evidence": (PAPER,), **changes}
    return hall.do(role, actions.trace_installation, item.id, **given)


def split(hall, item, role="technician", total=None, counter="cycles", **ratings):
    """A counter with all its ratings."""
    values = {code: str(value) for code, value in ratings.items()}
    return hall.do(
        role,
        actions.read_split,
        item.id,
        counter=counter,
        total=str(sum(map(int, values.values()))) if total is None else total,
        splits=tuple(Shown(rating=code, value=value) for code, value in values.items()),
        origin="instrument",
    )


def stand(hall, item, at=None):
    """How the disk stands now."""

    def look(tx):
        row = queries.find_item(tx.connection, hall.org_id, item.id)
        family = actions.lives.pack_of(tx.connection, row)
        return limited.limited_parts(tx.connection, hall.org_id, [row], family, at or tx.now)[0]

    return hall.database.transact(look)


def left(found):
    """Whole cycles left by rating."""
    return {one.limit.rating: one.remaining for one in found.standing.left}


def whole(hall):
    """The fan disk of the directive: 5,000 cycles at C, 4,000 at B, traced from its first installation on."""
    item = disk(hall)
    trace(hall, item)
    trace(hall, item, SECOND)
    split(hall, item, A=0, B=4000, C=5000)
    return item
