"""The whole way: from an accepted core over a failed test and rework to a passed one."""

from __future__ import annotations

import sqlalchemy as sa

from remanu.inspection import queries as findings
from remanu.ledger import rebuild
from remanu.parts.queries import trees
from remanu.restoration import queries
from remanu.restoration.actions import Wanted
from remanu.restoration.models import OperationDone
from tests.inspection import board


def test_from_accepted_to_test_passed(yard, registry):
    """A failed test leads to rework, not to a dead end, and every view is what the events say."""
    yard.until("ACCEPTED")
    for step in ("open_work_order", "disassemble", "clean", "inspect", "disposition", "start_restoration"):
        yard.tell(step)
    yard.tell("finish_restoration")
    yard.tell("reassemble")
    yard.tell("start_test")
    yard.tell("fail_test")
    assert yard.view().state == "REWORK"

    yard.act("planner", "resume", cause="assembly")
    yard.act("inspector", "finish_restoration")
    yard.act("technician", "reassemble")
    yard.tell("start_test")
    (raised,) = yard.ask(findings.open_nonconformities, yard.org_id, yard.case)
    yard.do(board.settled, yard.who["quality"], yard.who["inspector"], raised.id)
    yard.tell("pass_test")

    case = yard.view()
    assert (case.state, case.loops) == ("TEST_PASSED", 1)
    assert yard.of_case(queries.test_result) == "full"
    assert yard.of_case(queries.depth) == "parts"
    assert [one.run.state for one in yard.of_case(queries.tests)] == ["passed", "failed"]
    assert len(yard.ask(trees.inside, yard.org_id, yard.unit)) == 17
    assert not rebuild.check(yard.place.database, registry).problems


def test_every_kind_is_made_again(yard, registry):
    """Views of ends and shortcuts, too, are what the events say."""
    yard.until("IN_TEST")
    yard.tell("fail_test")
    yard.act("planner", "resume_to_assembly", cause="rig")
    harvest = (Wanted(position="cylinder-head"),)
    yard.act("planner", "cannibalise", harvest=harvest, owner_agrees=True)
    assert not rebuild.check(yard.place.database, registry).problems


def test_what_is_scrapped_is_made_again(yard, registry):
    """The unit and everything in it."""
    yard.until("IN_RESTORATION")
    yard.act("quality", "scrap", why="uneconomic", mass_kg="600")
    assert not rebuild.check(yard.place.database, registry).problems


def test_the_control_of_the_replay(yard, registry):
    """An operation that no event recorded is found."""
    yard.until("RESTORED")
    yard.do(lambda tx: tx.execute(sa.update(OperationDone).values(waste_kg="0")))
    assert rebuild.check(yard.place.database, registry).problems


def test_acts_take_few_statements(yard):
    """The acts of gloved hands stay quick."""
    yard.until("RESTORED")
    yard.tell("renew")
    crank = yard.item("crankshaft")
    seen = []
    engine = yard.place.database.write_engine
    sa.event.listen(engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    yard.act("technician", "install", crank)
    assert len(seen) <= 24
