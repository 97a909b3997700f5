"""The bodies and people of a demonstration: plainly fictional, one sign-in for each role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from remanu.accounts import actions, queries
from remanu.accounts.events import Founded
from remanu.db import Tx
from remanu.errors import Forbidden
from remanu.families.loader import load_all
from remanu.rules import membership
from remanu.rules.actor import Actor
from remanu.rules.permissions import PERMISSIONS, ROLES

SITE = "main works"
_FACTOR = timedelta(minutes=5)
_VALID_DAYS = 3 * 365
_EXAMINED = {"level": "2", "issuer": "Examiners of XC"}

WORKSHOP = Founded(
    name_en="Harbour Renewal Works",
    name_zh_hans="港湾再制造厂",
    name_zh_hant="港灣再製造廠",
    country="XA",
    zone="Asia/Shanghai",
    roles=("workshop",),
    number="XA-RW-0001",
)
NEIGHBOUR = Founded(
    name_en="Hillside Renewal Works",
    name_zh_hans="山麓再制造厂",
    name_zh_hant="山麓再製造廠",
    country="XB",
    zone="Europe/Berlin",
    roles=("workshop",),
    number="XB-RW-0007",
)
# Segregation of duties needs second people: who clears what another set apart, who releases what he did not do.
SECOND: Mapping[str, str] = {
    "quality_2": "quality",
    "certifying_staff_2": "certifying_staff",
    "inspector_2": "inspector",
    "core_inspector_2": "core_inspector",
}


@dataclass(frozen=True, slots=True)
class Crew:
    """An organisation and its people by login; each login is the name of his role, or that with a number."""

    org_id: str
    zone: str
    people: Mapping[str, Actor]

    def who_may(self, kind: str, *, second: bool = False) -> Actor:
        """Somebody of the crew who may do this kind of act; Forbidden when nobody may."""
        able = [one for one in self.people.values() if one.roles & PERMISSIONS.get(kind, frozenset())]
        if not able:
            raise Forbidden(action=kind, needs=sorted(PERMISSIONS.get(kind, frozenset())))
        return able[-1 if second else 0]

    def fresh(self, tx: Tx, who: Actor) -> Actor:
        """This person a moment after he proved again who he is."""
        return replace(who, fresh_until=tx.now + _FACTOR)


def found(
    tx: Tx, organisation: Founded, secret: str, *, prefix: str = "", logins: Mapping[str, str] | None = None
) -> Crew:
    """An organisation with one person a role, or those of `logins`; `secret` is what `accounts.actions.hashed` made."""
    system = actions.system_actor(tx.new_id(), now=tx.now)
    actions.found(tx, system, organisation=organisation)
    who = {**{role: role for role in ROLES}, **SECOND} if logins is None else logins
    people = {login: _enrol(tx, system, prefix + login, role, secret) for login, role in who.items()}
    people = {login: replace(one, zone=organisation.zone) for login, one in people.items()}
    return Crew(system.org_id, organisation.zone, people)


def _enrol(tx: Tx, system: Actor, login: str, role: str, secret: str) -> Actor:
    name = login.replace("_", " ").capitalize()
    ref = actions.enrol(tx, system, login=login, name=name, secret=secret, roles=(role,))
    person = queries.person_of(tx.connection, system.org_id, ref)
    return Actor(system.org_id, person, ref, frozenset({role}), "demo")


def authorise(tx: Tx, crew: Crew, *, since: date) -> None:
    """Give each signing duty to those whose role carries it, for every family, for three years."""
    system = actions.system_actor(crew.org_id, now=tx.now)
    holders = {
        "release": ("certifying_staff", "certifying_staff_2"),
        "concession": ("mrb",),
        "special_process": ("technician",),
        "ndt": ("inspector", "inspector_2"),
        "test": ("test_operator",),
        "measuring": ("inspector", "inspector_2", "technician"),
    }
    for activity in membership.ACTIVITIES:
        for login in holders[activity]:
            actions.authorise(
                tx,
                system,
                crew.people[login].ref,
                number=f"DEMO-{activity}-{login}".upper().replace("_", "-"),
                family="*",
                activity=activity,
                site=SITE,
                valid_from=since,
                valid_to=since + timedelta(days=_VALID_DAYS),
                **(_EXAMINED if activity == "ndt" else {}),
            )


def families() -> tuple[str, ...]:
    """The families that a demonstration shows, in the order of their ids."""
    return tuple(load_all())
