"""A diesel engine on its way through intake, told step by step through the acts that people use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from remanu.catalogue import actions as catalogue
from remanu.db import Tx
from remanu.intake import actions
from remanu.ledger.kinds import Recorded
from remanu.parts import actions as parts_actions
from remanu.parts.events import Cited
from tests import people
from tests.stores import START

__all__ = ["START", "parts_actions"]
FAMILY = "diesel-engine"
PHOTO = Cited(digest="ab" * 32, media_type="image/jpeg", size=4321, shows="engine.jpg")
CLAIMED = {
    "family": FAMILY,
    "maker": "Nordwerk",
    "part_number": "NW-6L-200",
    "serial": "4D-77120",
}
GOOD: Mapping[str, str] = {
    "cylinder-block": "salvageable",
    "crankshaft": "sound",
    "completeness": "complete",
    "non-operational-damage": "absent",
    "return-packaging": "on-stand",
    "part-number": "acceptable",
}
PATH = ("received", "identified", "graded", "accepted")


def person(role: str) -> Any:
    """The person of the tests with this role."""
    return people.BY_ROLE[role]


def publish(tx: Tx, family: str = FAMILY) -> Recorded[Any]:
    """The family's pack is in force from the first day of 2026."""
    since = date(2026, 1, 1)
    return catalogue.publish_edition(tx, person("engineering"), family=family, applies_from=since)


def announced(tx: Tx, **claimed: str) -> str:
    """A core that is on its way; returns the case."""
    core = actions.Core(**{**CLAIMED, **claimed})
    return actions.announce(tx, person("planner"), core=core, owner="Aster Haulage").body.step.case


def received(tx: Tx, **more: Any) -> str:
    """A core that came without being announced; returns the case."""
    claimed = {**CLAIMED, **more.pop("claimed", {})}
    given = {"signed_by": "Ren Ito", "owner": "Aster Haulage", "evidence": (PHOTO,), **more}
    done = actions.receive(tx, person("receiving_clerk"), core=actions.Core(**claimed), **given)
    return done.body.step.case


def identified(tx: Tx, case: str, **more: Any) -> None:
    """Its data plate is read and agrees with what was claimed."""
    mark = actions.Mark(kind="plate", text="NORDWERK NW-6L-200 4D-77120")
    read = {"serial": CLAIMED["serial"], "mark": mark}
    found = {"earlier_lives": "unknown", "right_shown": "owner_order"}
    actions.identify(tx, people.TECHNICIAN, case, **{**read, **found, **more})


def graded(tx: Tx, case: str, **answers: str) -> None:
    """Every criterion is answered, well where nothing else is said."""
    actions.grade(tx, person("core_inspector"), case, answers={**GOOD, **answers})


def accepted(tx: Tx, case: str) -> None:
    """The core manager takes it."""
    actions.accept(tx, person("core_manager"), case, value="4200")


STEPS: Mapping[str, Callable[[Tx, str], None]] = {
    "identified": identified,
    "graded": graded,
    "accepted": accepted,
}


def until(tx: Tx, state: str) -> str:
    """A case that has come as far as `received`, `identified`, `graded` or `accepted`; returns its id."""
    publish(tx)
    case = received(tx)
    for step in PATH[1 : PATH.index(state) + 1]:
        STEPS[step](tx, case)
    return case


def defined(tx: Tx) -> Recorded[Any]:
    """A part type of the organisation."""
    names = {"name_en": "Marine diesel", "name_zh_hans": "船用柴油机", "name_zh_hant": "船用柴油機"}
    kind = {"family": FAMILY, "component": "engine", "maker": "Nordwerk", "part_number": "NW-M-8"}
    return catalogue.define_type(tx, person("engineering"), **kind, **names)


def rejected(tx: Tx, **more: Any) -> str:
    """A core that was graded and not taken; returns the case."""
    publish(tx)
    case = received(tx, **more)
    identified(tx, case)
    graded(tx, case, completeness="dismantled")
    actions.reject(tx, person("core_manager"), case, reason="grade")
    return case


def returned(tx: Tx, **more: Any) -> str:
    """A core that went back to its owner as it came; returns the case."""
    case = rejected(tx, **more)
    actions.return_to_owner(tx, person("logistics"), case, owner_agrees=True)
    return case


OTHER_INSPECTOR = people.member("another inspector", "core_inspector")
SHEET = """criterion,full_refund,damaged_refund,no_refund
Crankshaft,"sound","cracked, broken or welded",
Stand,"on the maker's stand","on the maker's stand",
"""
DISCREPANCIES = """discrepancy,component,minor,major,critical,charge,amount
missing,turbocharger,full,damaged,none,turbocharger,350.00
missing,*,full,full,damaged,part,80.00
cracked,*,full,damaged,none,,
"""
PRICED = actions.Priced(
    currency="XTS", deposit="1000.00", base="50.00", damaged_percent="40", window_days=548, tiers="110:100, 120:50"
)
ANSWERS: Mapping[str, str] = {"crankshaft": "full", "stand": "full"}


def drafted(tx: Tx, **changed: Any) -> Recorded[Any]:
    """An exchange programme's criteria, written by the core manager."""
    given = {
        "family": FAMILY,
        "programme": "Exchange",
        "region": "XA",
        "edition": "2026-1",
        "applies_from": date(2026, 1, 1),
        "source": "Programme sheet, revision 4",
        "appeal_days": 30,
        "sheet": SHEET,
        "discrepancies": DISCREPANCIES,
        "priced": PRICED,
    }
    return actions.draft_criteria(tx, person("core_manager"), **{**given, **changed})


def in_force(tx: Tx, **changed: Any) -> str:
    """The same, approved by another person; returns its id."""
    made = drafted(tx, **changed).subject.id
    actions.approve_criteria(tx, person("approver"), made)
    return made


def noted(tx: Tx, case: str, *, actor: Any = None, **changed: Any) -> str:
    """A turbocharger is missing; returns the defect."""
    seen = {"code": "missing", "component": "turbocharger", "spot": "left", "severity": "major"}
    given = {**seen, "evidence": (PHOTO,), **changed}
    return actions.note_defect(tx, actor or person("core_inspector"), case, **given).body.defect


def judged(tx: Tx, criteria: str, case: str, **answers: str) -> str:
    """Graded by these criteria, well where nothing else is said; returns the grade."""
    given = {**ANSWERS, **answers}
    done = actions.grade(tx, person("core_inspector"), case, answers=given, criteria=criteria)
    return done.body.grade


def appealed(tx: Tx, case: str, **changed: Any) -> Recorded[Any]:
    """The owner does not agree."""
    given = {"reason": "outcome", "evidence": (PHOTO,), "note": "It was whole when it left us.", **changed}
    return actions.appeal(tx, person("core_manager"), case, **given)


def account(tx: Tx, criteria: str, *, units: int = 1) -> str:
    """A customer who bought units; returns the account."""
    manager = person("core_manager")
    made = actions.open_account(tx, manager, customer="Aster Haulage").subject.id
    actions.note_purchase(tx, manager, made, criteria=criteria, units=units, bought_on=date(2026, 2, 1))
    return made
