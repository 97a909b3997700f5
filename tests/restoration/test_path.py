"""The whole way: from an accepted core over a failed test and rework to a passed one."""

from __future__ import annotations

from remanu.inspection import actions as inspection
from remanu.inspection import queries as findings
from remanu.ledger import rebuild
from remanu.parts import queries as parts
from remanu.restoration import queries


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
    yard.do(inspection.close_nonconformity, yard.who["quality"], raised.id, outcome="reworked")
    yard.tell("pass_test")

    case = yard.view()
    assert (case.state, case.loops) == ("TEST_PASSED", 1)
    assert yard.of_case(queries.test_result) == "full"
    assert yard.of_case(queries.depth) == "parts"
    assert [one.run.state for one in yard.of_case(queries.tests)] == ["passed", "failed"]
    assert len(yard.ask(parts.installed, yard.org_id, yard.unit)) == 17
    assert not rebuild.check(yard.place.database, registry).problems
