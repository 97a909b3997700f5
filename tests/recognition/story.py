"""An office with two stewards, and agreements told as far as a test wants."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from remanu.accounts import actions as accounts
from remanu.accounts.events import Founded
from remanu.certification.queries import local_day
from remanu.errors import Conflict, FactorNeeded, Forbidden
from remanu.ledger import rebuild
from remanu.recognition import actions, queries
from remanu.recognition.events.agreements import Line, TermRule
from remanu.rules.actor import Actor
from remanu.rules.permissions import PERMISSIONS, ROLES
from tests import people, shelf

OFFICE, BOARD = "0195a000-0000-7000-8000-0000000000b1", "0195a000-0000-7000-8000-0000000000b2"
ZONE = "Asia/Shanghai"
_KINDS = {OFFICE: ("Office of XA", "authority"), BOARD: ("Board of XA", "accreditation_body")}
LINE = Line(
    no=0,
    categories=("diesel-engine",),
    scheme="XA-RM",
    editions=("*",),
    scheme_there="XB 8887",
    edition_there="2010",
    equivalence="equivalent_with_differences",
    level="L2",
    classes=("*",),
    terms=(TermRule(term="*", accepted=True),),
    arrangements=("X-MLA",),
    differences=(),
    asks=(),
)


def steward(name: str = "first", *, org_id: str = OFFICE, role: str = "steward") -> Actor:
    """Somebody of the office; another name is another person."""
    return people.member(name, role, org_id=org_id)


@dataclass(slots=True)
class Office:
    """A short way to do and to ask."""

    database: Any

    @property
    def today(self) -> date:
        """The day of the test's clock."""
        return local_day(self.database.clock.now(), ZONE)

    def do(self, action: Any, *args: Any, who: Actor | None = None, **values: Any) -> Any:
        """One act by a steward a moment after he proved who he is."""
        actor = who or steward()
        return self.database.transact(lambda tx: action(tx, people.fresh(actor, tx.now), *args, **values))

    def ask(self, query: Any, *args: Any, **values: Any) -> Any:
        """A query on a reading connection."""
        with self.database.reading() as connection:
            return query(connection, *args, **values)

    def holds(self, registry: Any) -> bool:
        """Whether the views are what the events say."""
        return not rebuild.check(self.database, registry).problems

    def basics(self, **changed: Any) -> actions.Basics:
        """What an agreement says beside its lines."""
        given = {"code": "XA-XB", "home": "XA", "there": "XB", "in_force": self.today, **changed}
        return actions.Basics(
            names=("An agreement", "一项协议", "一項協議"), source="https://a.example/1", **given
        )

    def draft(self, *, who: Actor | None = None, base: str | None = None, **changed: Any) -> str:
        """A draft without a line."""
        done = self.do(actions.draft_agreement, who=who, basics=self.basics(**changed), base=base)
        return str(done.subject.id)

    def written(self, **changed: Any) -> str:
        """A draft with one line."""
        agreement = self.draft(**changed)
        self.do(actions.add_line, agreement, line=LINE)
        return agreement

    def approved(self, **changed: Any) -> str:
        """An agreement that a second person approved."""
        agreement = self.written(**changed)
        self.do(actions.approve_agreement, agreement, who=steward("second"))
        return agreement

    def row(self, agreement: str) -> Any:
        """An agreement as it stands."""
        return self.ask(queries.find_agreement, OFFICE, agreement)

    def arranged(self, code: str = "X-MLA") -> str:
        """An arrangement nobody signs yet."""
        names = ("Arrangement", "安排", "安排")
        done = self.do(actions.record_arrangement, code=code, names=names, source="https://a.example/mla")
        return str(done.subject.id)

    def signs(self, **changed: Any) -> actions.Signs:
        """The board signs for every scheme since this year."""
        given = {"accreditor": BOARD, "schemes": ("*",), "since": date(2026, 1, 1), **changed}
        return actions.Signs(**given)

    def signed(self, *, confirmed: bool = True, **changed: Any) -> str:
        """A signature that somebody saw, and that a second person confirmed."""
        source = "https://a.example/signs"
        done = self.do(actions.record_signatory, self.arranged(), signs=self.signs(**changed), source=source)
        if confirmed:
            self.do(actions.confirm_signatory, done.subject.id, who=steward("second"))
        return str(done.subject.id)


def began(database: Any) -> Office:
    """The office and an accreditor, nothing else."""

    def found(tx: Any) -> None:
        for org_id, (name, role) in _KINDS.items():
            body = Founded(
                name_en=name, name_zh_hans=name, name_zh_hant=name, country="XA", zone=ZONE, roles=(role,)
            )
            accounts.found(tx, accounts.system_actor(org_id, now=tx.now), organisation=body)

    shelf.told(database, "recognition founded", lambda: database.transact(found))
    return Office(database)


def only_stewards(office: Office, action: Any, *args: Any, **given: Any) -> None:
    """Everybody else is refused before anything is read."""
    for role in sorted(set(ROLES) - PERMISSIONS[f"recognition.{action.__name__}"]):
        with pytest.raises(Forbidden):
            office.do(action, *args, who=steward(role=role), **given)


def only_stewards_look(office: Office, agreement: str) -> None:
    """Nobody else asks the worker; what is approved is not looked at any longer."""
    with pytest.raises(Forbidden):
        office.do(actions.ask_preview, agreement, who=steward(role="supervisor"))
    refused(Conflict, "not-a-draft", office, actions.ask_preview, office.approved(code="OTHER"))


def wants_a_factor(office: Office, action: Any, *args: Any, who: Actor | None = None, **given: Any) -> None:
    """It is a signature."""
    stale = replace(who or steward("second"), fresh_until=None)
    with pytest.raises(FactorNeeded):
        office.database.transact(lambda tx: action(tx, stale, *args, **given))


def refused(
    kind: type[Exception], said: str | None, office: Office, action: Any, /, *args: Any, **given: Any
) -> None:
    """The act is refused in this kind, with this reason or field."""
    with pytest.raises(kind) as refusal:
        office.do(action, *args, **given)
    assert said in {refusal.value.details.get(one) for one in ("why", "field", "what")}


def tomorrow(office: Office) -> date:
    """The day after today."""
    return office.today + timedelta(days=1)
