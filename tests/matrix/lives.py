"""Life-limited parts of the organisation that is full of stories: a disk with its papers, kept apart; zero time."""

from __future__ import annotations

from datetime import date

from remanu.db import Tx
from remanu.ledger.record import record
from remanu.parts import actions as parts
from remanu.parts import queries
from remanu.parts.actions.lives import Counted, Shown
from remanu.parts.events import Cited
from remanu.release import queries as release
from remanu.release.events import STATE_ZERO_TIME, ZeroTimeStated
from tests import people
from tests.builders import make_item
from tests.ledger import history

_SINCE, _UNTIL = date(2003, 4, 2), date(2013, 11, 20)


def told(tx: Tx, photo: Cited) -> None:
    """A fan disk whose one line was first copied wrongly, with its cycles by rating, behind a lock."""
    given = {"family": "aero-engine", "component": "fan-disk", "name": "Fan disk", "part_number": "335-014-509-0"}
    item = make_item(tx, serial="FD-1", **given).subject.id
    who = people.TECHNICIAN
    wrong = _line(tx, item, photo, end="4000")
    _line(tx, item, photo, end="5000", corrects=wrong, why="A digit was read wrongly")
    shown = tuple(Shown(rating=code, value=value) for code, value in (("A", "0"), ("B", "0"), ("C", "5000")))
    parts.read_split(
        tx, who, item, counter="cycles", total="5000", splits=shown, origin="instrument", evidence=(photo,)
    )
    parts.control_part(tx, who, item, method="segregation", reference="Cage 3", evidence=(photo,))


def _line(tx: Tx, item: str, photo: Cited, end: str, **more: str) -> str:
    ends = [
        Counted(whose=whose, counter="cycles", rating="C", start="0", end=end) for whose in ("item", "host")
    ]
    done = parts.trace_installation(
        tx,
        people.TECHNICIAN,
        item,
        host="E-1",
        operator="Northern Air, in XB",
        since=_SINCE,
        until=_UNTIL,
        counted=tuple(ends),
        evidence=(photo,),
        **more,
    )
    return done.body.row


def zero_time(tx: Tx, case_id: str, photo: Cited) -> None:
    """The released engine begins at zero time, as if its family had a rule for that."""
    case = queries.find_case(tx.connection, people.WORKSHOP, case_id)
    paper = release.certificate_of(tx.connection, people.WORKSHOP, case.item.id)
    body = ZeroTimeStated(
        case=case.id, life=paper.life, certificate=paper.id, scheme="A rule", agency="AG-17", evidence=(photo,)
    )
    record(history.act(tx), STATE_ZERO_TIME, case.subject, body)
