"""What is doubted: damage that is used as it is by concession, an instrument that is recalled with a release."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from remanu.accounts import actions as accounts
from remanu.inspection import actions as inspection
from remanu.parts import queries as parts
from remanu.parts.events import Cited
from tests import people
from tests.intake import story
from tests.release import desk as desks

MAY = {"number": "DA-8", "family": "*", "activity": "concession", "site": "Hall 1"}
DAYS = {"valid_from": date(2026, 1, 1), "valid_to": date(2027, 1, 1)}


def conceded(desk: desks.Desk, said: str, photo: Cited) -> None:
    """Damage is reviewed, a concession is asked for in private words, and approved with the customer's paper."""
    place, quality = desk.place, desk.yard.who["quality"]
    case = place.do(story.received, claimed={"serial": "4D-8"}, evidence=(photo,))
    item = place.ask(parts.find_case, place.org_id, case).item.id
    raised = place.do(
        inspection.raise_nonconformity, people.TECHNICIAN, item, cause="damage", note=said
    )
    found = raised.body.nonconformity
    place.do(inspection.review_nonconformity, quality, found, note=said)
    asked = {"expires": date(2026, 12, 31), "quantity": 1, "customer": True, "note": said}
    place.do(inspection.request_concession, quality, found, **asked)
    authority = place.member("design.authority", "mrb")
    place.do(accounts.authorise, desk.yard.who["admin"], authority, **MAY, **DAYS)
    who = replace(place.actor(authority), fresh_until=None)
    fresh = people.fresh(who, place.database.clock.now())
    place.do(inspection.approve_concession, fresh, found, customer_reference=said, note=said)


def recalled(desk: desks.Desk, said: str) -> None:
    """The straight edge of the released engine fell; its release is under review."""
    inspector, tool = desk.yard.who["inspector"], desk.yard.tools["straight-edge"]
    desk.place.do(inspection.recall_instrument, inspector, tool, why="damaged", note=said)
