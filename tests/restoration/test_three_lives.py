"""One engine over three lives, taken apart and rebuilt at random by the acts that people use: I15-I17, I20, I11, I4.

Two sequences here, 500 on each engine in the drill; the quick sequences of parts alone stand in
tests/parts/test_lives.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remanu.errors import BadInput, Conflict, GuardFailed
from remanu.inspection import actions as inspection
from remanu.intake import actions as intake
from remanu.ledger.kinds import Kind
from remanu.ledger.record import record
from remanu.parts import actions as parts
from remanu.parts import events
from remanu.parts import queries as reading
from remanu.parts.queries import trees, usage
from remanu.restoration import queries
from remanu.restoration.events.assembly import Deleted
from tests.ledger import history
from tests.restoration import story

_QUIET = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large)
_lives = st.lists(
    st.fixed_dictionaries(
        {
            "ground": st.booleans(),
            "turbo": st.booleans(),
            "deleted": st.booleans(),
            "order": st.permutations(range(17)),
        }
    ),
    min_size=3,
    max_size=3,
)


class _Undo(Exception):
    """Everything of this unit of work is taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The release and the delivery, which are no matter of these tests: a life opens, the unit is in service."""

    step: events.Step
    n: int


def _served(tx, done):
    events.open_life(tx, done, n=done.body.n, by="XA-1")
    events.shift(tx, done, done.body.step)


SERVED = Kind("test.served", 1, Served, _served)


@dataclass(slots=True)
class Lives:
    """The story of one engine, told with choices."""

    telling: story.Telling
    serials: count

    def live(self, n: int, chosen: dict) -> None:
        """From the gate, or from the owner, to the end of its test."""
        if n:
            self._come_back(n)
        self.telling.open_work_order()
        self._take_apart()
        self.telling.clean()
        self._decide(chosen)
        self._mend(chosen)
        self._rebuild(chosen)

    def _come_back(self, n: int) -> None:
        tx, yard = self.telling.tx, self.telling.yard
        case = self.telling.view()
        step = events.Step(case=case.id, source=case.state, target="IN_SERVICE")
        record(history.act(tx, yard.who["technician"]), SERVED, case.subject, Served(step=step, n=n))
        hours = {"counter": "hours", "value": str(1000 * n), "origin": "owner"}
        parts.read_counter(tx, yard.who["technician"], yard.unit, **hours)
        back = parts.return_core(tx, yard.who["planner"], case.id)
        yard.case = back.body.new_case
        intake.receive(tx, yard.who["receiving_clerk"], yard.case, signed_by="Ren Ito", evidence=(yard.photo,))
        mark = intake.Mark(kind="plate", text=f"NORDWERK NW-6L-200 {yard.serial}")
        seen = {"serial": yard.serial, "mark": mark, "earlier_lives": "known", "right_shown": "owner_order"}
        intake.identify(tx, yard.who["core_inspector"], yard.case, **seen)
        answers = {one.code: one.answers[0].code for one in queries.family_of(self.telling.view()).criteria}
        intake.grade(tx, yard.who["core_inspector"], yard.case, answers=answers)
        intake.accept(tx, yard.who["core_manager"], yard.case, value="4200")

    def _take_apart(self) -> None:
        """What the record says sits there is found there, under its own record; what is renewed is not kept."""
        known = queries.Sight(self.telling.tx.connection, self.telling.view()).seated
        for position in story.FOUND:
            old = known.get(position)
            if old is None and known and position == "flywheel":
                self.telling.act("technician", "record_component", position=position, what="missing")
                continue
            serial = f"{position}-{next(self.serials)}" if old is None else old.serial
            number = f"NW-{position.upper()}"
            done = self.telling.act(
                "technician", "record_component", position=position, part_number=number, serial=serial
            )
            assert old is None or done.subject.id == old.id, "I1: it goes on under its record"
        self.telling.act("technician", "disassemble")

    def _decide(self, chosen: dict) -> None:
        sound = story.GROUND | {
            "main-journal-diameter": ("64.970",) * 7,
            "journal-diameter-variation": ("64.970",) * 4,
        }
        self.telling.inspect(None if chosen["ground"] else sound)
        said = {"turbocharger": "REPLACE_REMAN"} if chosen["turbo"] else {}
        if chosen["ground"]:
            said |= {"cylinder-block": "SALVAGE", "crankshaft": "SALVAGE_SIZE_STEP"}
        here = queries.active(self.telling.tx.connection, self.telling.view())
        who = self.telling.yard.who["inspector"]
        for n, (position, row) in enumerate(here.items()):
            if n == len(here) - 1:
                with pytest.raises(GuardFailed):  # I15: one has no disposition yet
                    inspection.disposition(self.telling.tx, who, self.telling.yard.case)
            disposition = said.get(position, "REUSE_AS_IS")
            inspection.dispose(self.telling.tx, who, row.item_id, disposition=disposition)
        inspection.disposition(self.telling.tx, who, self.telling.yard.case)

    def _mend(self, chosen: dict) -> None:
        if chosen["ground"]:
            self.telling.start_restoration()
            self.telling.finish_restoration()

    def _rebuild(self, chosen: dict) -> None:
        self._renew(chosen)
        self._put_together(chosen)
        self._finish(chosen)

    def _renew(self, chosen: dict) -> None:
        unit = self.telling.yard.unit
        given = {"release_reference": "DN-1", "mass_kg": "2", "old_mass_kg": "2"}
        if chosen["turbo"]:
            serial = f"T-{next(self.serials)}"
            turbo = {"origin": "reman", "part_number": "NW-TURBOCHARGER", "serial": serial, **given}
            self.telling.act("technician", "replace", self.telling.item("turbocharger"), **turbo)
        for position in story.RENEWED:
            made = {"position": position, "part_number": f"NW-{position.upper()}", **given}
            with pytest.raises(BadInput):  # I16: what is renewed every time comes in new
                self.telling.act("technician", "replace", unit, origin="used_serviceable", **made)
            size = "-0.25" if chosen["ground"] and position == "main-bearing-shell" else None
            self.telling.act("technician", "replace", unit, origin="new", size_step=size, **made)
        if "flywheel" not in queries.active(self.telling.tx.connection, self.telling.view()):
            made = {"position": "flywheel", "part_number": "NW-FLYWHEEL", **given}
            self.telling.act("technician", "replace", unit, origin="new", serial=f"F-{next(self.serials)}", **made)

    def _put_together(self, chosen: dict) -> None:
        rows = list(queries.active(self.telling.tx.connection, self.telling.view()).items())
        order = [rows[n] for n in chosen["order"] if n < len(rows)]
        for position, row in order:
            if position == "flywheel" and chosen["deleted"]:
                continue
            self.telling.act("technician", "install", row.item_id)
            with pytest.raises(Conflict):  # I4: in its position already
                self.telling.act("technician", "install", row.item_id)

    def _finish(self, chosen: dict) -> None:
        case = self.telling.view()
        seen = queries.Sight(self.telling.tx.connection, case)
        assert seen.mismatched == [], "I17"
        deleted = ()
        if chosen["deleted"]:
            with pytest.raises(GuardFailed):  # I20: one place is empty
                self.telling.act("technician", "reassemble", unit_mass_kg="612")
            deleted = (Deleted(position="flywheel", change="EC-1"),)
        self.telling.act("technician", "reassemble", unit_mass_kg="612", deleted=deleted)
        self._check(case, deleted)

    def _check(self, case, deleted) -> None:
        connection, org_id = self.telling.tx.connection, case.org_id
        seen = queries.Sight(connection, case)
        assert {one.code for one in seen.open_places} == set(), "I20"
        filled = {one.code for one in seen.places} - {one.position for one in deleted}
        assert set(seen.inside) == filled, "I20"
        for row in reading.routes(connection, org_id, case.id):
            assert not row.found or row.disposition is not None, "I15"
            if row.condition == "scrapped":
                assert usage.sits(connection, org_id, row.item_id) is None, "I11"
        now = trees.tree(connection, org_id, case.item.id, self.telling.tx.now)
        assert {row.item_id for row in now} == {row.id for row in seen.inside.values()}
        lives = reading.lives(connection, org_id, case.item.id)
        assert [one.n for one in lives] == list(range(len(lives) - 1, -1, -1)), "I2"


def _play(yard, chosen) -> None:
    def work(tx):
        telling = story.Telling(tx, yard)
        yard.case, yard.unit = "", ""
        telling._receive()
        lives = Lives(telling, count())
        for n, one in enumerate(chosen):
            lives.live(n, one)
        raise _Undo

    with pytest.raises(_Undo):
        yard.do(work)


@pytest.fixture
def allowed(yard):
    """An approved change by which an engine may go without a flywheel."""
    yard.allow("EC-1", "delete", "flywheel")
    return yard


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@settings(max_examples=2, deadline=None, suppress_health_check=_QUIET)
@given(_lives)
def test_three_lives(allowed, chosen):
    """Two engines, three lives each."""
    _play(allowed, chosen)


@pytest.mark.drill
@settings(max_examples=500, deadline=None, suppress_health_check=_QUIET)
@given(_lives)
def test_many_engines(allowed, chosen):
    """500 engines on each engine of the store."""
    _play(allowed, chosen)


