"""What the desk keeps to itself: criteria with prices, a customer's account, a core judged twice, tags and a basket."""

from __future__ import annotations

from datetime import date

from remanu.db import Tx
from remanu.intake import actions as intake
from remanu.parts import queries as parts
from remanu.parts.events import Cited
from tests import people
from tests.intake import story

MANAGER = people.BY_ROLE["core_manager"]
CUSTOMER = "Zabriskie Haulage"


def judged(tx: Tx, photo: Cited) -> None:
    """A core of a programme is graded, credited, appealed against, graded again and credited again."""
    criteria = story.in_force(tx, applies_until=date(2027, 12, 31))
    account = intake.open_account(tx, MANAGER, customer=CUSTOMER, note="Zabriskie pays at the end of the month.")
    holder = account.subject.id
    units = {"criteria": criteria, "units": 3, "bought_on": date(2026, 2, 1), "order": "ORDER-ZQ-55"}
    intake.note_purchase(tx, MANAGER, holder, deposit="1234567.89", **units)
    given = {"claimed": {"serial": "4D-31"}, "evidence": (photo,), "owner": CUSTOMER}
    case = story.received(tx, **given)
    story.identified(tx, case, serial="4D-31")
    story.noted(tx, case, evidence=(photo,), note="Zabriskie says that it was there.")
    doubtful = story.noted(tx, case, evidence=(photo,), code="cracked", component="engine")
    story.judged(tx, criteria, case)
    intake.settle(tx, MANAGER, case, account=holder)
    story.appealed(tx, case, evidence=(photo,), note="Zabriskie does not agree at all.")
    intake.strike_defect(tx, story.OTHER_INSPECTOR, doubtful, why="not_there")
    intake.regrade(tx, story.OTHER_INSPECTOR, case, answers=story.ANSWERS)
    intake.settle(tx, MANAGER, case, account=holder)
    _left(tx)


def _left(tx: Tx) -> None:
    """An edition that was withdrawn, a move, tags that wait, and something in a basket."""
    intake.withdraw_criteria(tx, MANAGER, story.drafted(tx, programme="Programme ZQ-9").subject.id)
    clerk = people.BY_ROLE["receiving_clerk"]
    intake.add_place(tx, clerk, name="Shelf 3")
    tags = intake.issue_tags(tx, clerk, count=2).body.codes
    case = story.announced(tx, serial="4D-32", tag=tags[0])
    intake.put(tx, clerk, tags[0])
    intake.move(tx, clerk, parts.find_case(tx.connection, people.WORKSHOP, case).item.id, place="Yard 3")
