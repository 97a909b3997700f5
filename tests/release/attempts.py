"""Ways in which somebody might sign for his own work: each brings him as far as the door, and says how it answered.

An attempt is a function of the desk; it returns nothing and raises what the house refuses it with. Attempts at pages,
JSON and commands stand in the test itself, because they answer otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from remanu.accounts import actions as accounts
from remanu.accounts.actions import ways
from remanu.catalogue import actions as catalogue
from remanu.inspection import actions as inspection
from remanu.intake import actions as intake
from remanu.parts import actions as parts
from remanu.release import actions
from remanu.restoration import actions as restoration
from remanu.rules import signing, tokens
from tests.accounts.place import COST, PASSWORD
from tests.catalogue.own import HOIST
from tests.intake import story as criteria
from tests.release.desk import Desk
from tests.restoration import story
from tests.restoration.test_propose_change import NUMBERS

Attempt = Callable[[Any], object]
WORKED = (
    "receiving_clerk",
    "core_inspector",
    "planner",
    "technician",
    "inspector",
    "test_operator",
    "quality",
)
CORRECTION = {"reason": "warranty-corrected", "claim_class": "REMANUFACTURED", "warranty_days": 400}


def signs(desk: Any, who: Any) -> object:
    """Sign what lies on the desk, as commands do, so that a denial is recorded."""
    return actions.sign(desk.place.database, who, desk.case, digest=desk.digest())


def worked_as(role: str) -> Attempt:
    """Whoever worked in the case in this role becomes certifying staff as well."""
    return lambda desk: signs(desk, desk.both_hands(role))


def another_role(desk: Any) -> object:
    """The technician gives up his role and holds the certifier's alone: what he did stays his."""
    desk.both_hands()
    ref = desk.yard.who["technician"].ref
    desk.place.do(accounts.assign_roles, desk.yard.who["admin"], ref, roles=("certifying_staff",))
    return signs(desk, desk.place.actor(ref))


def _second(desk: Any, first: str, *, stated: Callable[[str], object]) -> object:
    second = desk.place.member("second", "certifying_staff")
    desk.authorise(second, "XA-CS-077")
    stated(second)
    return signs(desk, desk.place.actor(second))


def second_account(desk: Any) -> object:
    """A second account of which somebody stated that it is the same person."""
    first, admin = desk.yard.who["technician"].ref, desk.yard.who["admin"]
    return _second(desk, first, stated=lambda ref: desk.place.do(accounts.same_as, admin, ref, other=first))


def second_account_stated_the_other_way(desk: Any) -> object:
    """The same statement made of the first account."""
    first, admin = desk.yard.who["technician"].ref, desk.yard.who["admin"]
    return _second(desk, first, stated=lambda ref: desk.place.do(accounts.same_as, admin, first, other=ref))


def third_account(desk: Any) -> object:
    """A chain of accounts: the third is the second's, the second is the first's."""
    first, admin = desk.yard.who["technician"].ref, desk.yard.who["admin"]
    between = desk.place.member("between", "technician")
    desk.place.do(accounts.same_as, admin, between, other=first)
    return _second(desk, first, stated=lambda ref: desk.place.do(accounts.same_as, admin, ref, other=between))


def enrolled_as_himself(desk: Any) -> object:
    """A second account enrolled with the statement that it is the same person."""
    second = desk.place.member("again", "certifying_staff", same_as=desk.yard.who["technician"].ref)
    desk.authorise(second, "XA-CS-078")
    return signs(desk, desk.place.actor(second))


def first_account_erased(desk: Any) -> object:
    """The account that worked is erased before the other one signs."""
    first, admin = desk.yard.who["technician"].ref, desk.yard.who["admin"]

    def stated(ref: str) -> None:
        desk.place.do(accounts.same_as, admin, ref, other=first)
        desk.place.do(accounts.erase, admin, first)

    return _second(desk, first, stated=stated)


def on_the_tablet(desk: Any) -> object:
    """On the shared tablet of the shop."""
    return signs(desk, replace(desk.both_hands(), source="tablet"))


def by_import(desk: Any) -> object:
    """As the program that brings records in."""
    return signs(desk, replace(desk.both_hands(), source="import"))


def as_the_system(desk: Any) -> object:
    """As the operator who seeds, who holds no role of a workshop."""
    return signs(desk, desk.place.system)


def reopened(desk: Any) -> object:
    """The dossier is sent back, tested again and submitted again, and only then does the technician sign."""
    desk.act("certifying_staff", "send_back", findings={"tests": "The curve is missing."})
    desk.yard.act("planner", "resume_to_assembly", cause="dossier")
    desk.yard.tell("start_test", "pass_test")
    desk.submit()
    return signs(desk, desk.both_hands())


def after_reopening_it_himself(desk: Any) -> object:
    """The certifier sends back and then puts the unit together himself: now it is his work."""
    admin, ref = desk.yard.who["admin"], desk.certifier.ref
    desk.act("certifying_staff", "send_back", findings={"tests": "The curve is missing."})
    desk.place.do(accounts.assign_roles, admin, ref, roles=("certifying_staff", "planner"))
    desk.place.do(restoration.resume_to_assembly, desk.place.actor(ref), desk.case, cause="dossier")
    desk.yard.tell("start_test", "pass_test")
    desk.submit()
    return signs(desk, desk.place.actor(ref))


def sub_part_first(desk: Any) -> object:
    """Somebody whose only work was one component of the unit, decided before all others."""
    other = desk.place.member("dresser", "inspector", "certifying_staff")
    desk.authorise(other, "XA-CS-079")
    hands = desk.place.actor(other)
    part = desk.yard.item("crankshaft")
    desk.place.do(inspection.raise_nonconformity, hands, part, cause="other", note="Look again.")
    return desk.release(hands)


def corrects_his_own(desk: Any) -> object:
    """Once somebody else signed, he corrects the certificate of his own work."""
    desk.release()
    return desk.place.do(actions.supersede, desk.both_hands(), desk.paper().id, **CORRECTION)


def lifts_the_review_of_his_own(desk: Any) -> object:
    """He says that the release of his own work is sound."""
    desk.release()
    found = desk.act("certifying_staff", "review_release", desk.paper().id, reason="part-suspect")
    return desk.place.do(actions.lift_review, desk.both_hands(), found.body.review, basis="not-affected")


def states_zero_time_of_his_own(desk: Any) -> object:
    """He states that the unit that he rebuilt begins at nothing."""
    desk.release()
    return desk.place.do(actions.state_zero_time, desk.both_hands(), desk.paper().id)


def _both(desk: Any, *roles: str) -> Any:
    return desk.place.actor(desk.place.member("author", *roles))


def approves_his_pack(desk: Any) -> object:
    """The family pack that he wrote."""
    who = _both(desk, "engineering", "approver")
    made = desk.place.do(catalogue.draft_pack, who, source=HOIST)
    return desk.place.do(catalogue.approve_pack, who, made.subject.id)


def approves_his_criteria(desk: Any) -> object:
    """The acceptance criteria that he drafted."""
    who = _both(desk, "core_manager", "approver")
    made = desk.place.do(intake.draft_criteria, who, **_CRITERIA)
    return desk.place.do(intake.approve_criteria, who, made.subject.id)


_CRITERIA = {
    "family": "diesel-engine",
    "programme": "Exchange",
    "region": "XA",
    "edition": "2026-9",
    "applies_from": date(2026, 1, 1),
    "source": "Programme sheet, revision 9",
    "appeal_days": 30,
    "sheet": criteria.SHEET,
    "discrepancies": criteria.DISCREPANCIES,
    "priced": criteria.PRICED,
}


def approves_his_change(desk: Any) -> object:
    """The change to what units consist of that he proposed."""
    who = _both(desk, "engineering", "approver")
    made = desk.place.do(restoration.propose_change, who, **_CHANGE)
    return desk.place.do(restoration.approve_change, who, made.subject.id)


def approves_his_change_by_another_account(desk: Any) -> object:
    """The same by an account that is stated to be his."""
    made = desk.place.do(restoration.propose_change, desk.yard.who["engineering"], **_CHANGE)
    other = desk.place.member("approver two", "approver", same_as=desk.yard.who["engineering"].ref)
    return desk.place.do(restoration.approve_change, desk.place.actor(other), made.subject.id)


_CHANGE = {
    "number": "EC-9",
    "what": "substitute",
    "why": "improved",
    "family": "diesel-engine",
    "component": "turbocharger",
    **{name: value for name, value in NUMBERS.items() if name in {"part_number", "instead_of"}},
}


def approves_his_policy(desk: Any) -> object:
    """The policy by which people sign that he proposed."""
    who = _both(desk, "admin")
    made = desk.place.do(ways.propose_policy, who, ways=signing.all_by("password+code"))
    return desk.place.do(ways.approve_policy, who, made.body.policy)


def raises_his_own_rights(desk: Any) -> object:
    """The administrator makes himself certifying staff (I35)."""
    admin = desk.yard.who["admin"]
    return desk.place.do(accounts.assign_roles, admin, admin.ref, roles=("certifying_staff",))


def authorises_himself(desk: Any) -> object:
    """The administrator writes himself an authorisation to sign."""
    return desk.authorise(desk.yard.who["admin"].ref, "XA-CS-099")


def invites_himself(desk: Any) -> object:
    """The administrator makes himself a link by which he would come back with another secret."""
    admin = desk.yard.who["admin"]
    return desk.place.do(accounts.invite, admin, token=tokens.fresh(), roles=(), member=admin.ref)


def administers_and_signs(desk: Any) -> object:
    """A new administrator who would sign as well: the two do not go together."""
    secret = accounts.hashed(PASSWORD, login="two hats", cost=COST)
    roles = ("admin", "certifying_staff")
    return desk.place.do(
        accounts.enrol, desk.place.system, login="two hats", name="Two Hats", secret=secret, roles=roles
    )


def authorised_yesterday(desk: Any) -> object:
    """Somebody who did no work, by an authorisation that ended: nor does a day that is over sign."""
    other = desk.place.member("late", "certifying_staff")
    desk.authorise(other, "XA-CS-080", valid_to=date(2026, 1, 31))
    return signs(desk, desk.place.actor(other))


def hands_on_another(desk: Any) -> tuple[Any, Any]:
    """A unit that came in for itself and is released, and somebody whose only work was on it."""
    other = Desk(story.Yard(desk.place, desk.yard.who, desk.yard.tools, serial="4D-88001", series="/B"))
    other.yard.do(lambda tx: story.Telling(tx, other.yard).until("TEST_PASSED"))
    dresser = desk.place.member("dresser", "technician", "certifying_staff")
    desk.authorise(dresser, "XA-CS-081")
    hands = desk.place.actor(dresser)
    read = {"counter": "hours", "value": "120", "unit": "h", "origin": "instrument"}
    desk.place.do(parts.read_counter, hands, other.yard.item("crankshaft"), **read)
    other.submit()
    other.release()
    return hands, other


def built_around(desk: Any, other: Any, *, place: str | None) -> None:
    """The unit on the desk is built and submitted; what was released first sits in one of its parts, or nowhere."""
    yard = desk.yard
    yard.do(lambda tx: story.Telling(tx, yard).until("RESTORED"))
    if place is not None:
        given = {"position": "carried", "code": yard.row(other.yard.unit).code}
        desk.place.do(parts.fit, yard.who["technician"], yard.item(place), **given)
    yard.tell("reassemble", "start_test", "pass_test")
    desk.submit()
