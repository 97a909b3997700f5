"""The machines of cases, certificates and labels, against the tables that they were written from."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.errors import NotAllowed
from remanu.rules import lifecycle
from remanu.rules.duties import DIFFERS
from remanu.rules.permissions import PERMISSIONS, ROLES

few = settings(max_examples=60, deadline=None)
OUTSIDE = {"owner", "authority", "calendar"}
EVERY = [step for steps in lifecycle.MACHINES.values() for step in steps]
ENDS = {"RETURNED_UNPROCESSED", "RECYCLED", "SCRAPPED", "DONOR"}
# domain.md §3.2, number and verb of every line.
VERBS = """
1 announce 2 receive 2 accept_site 3 quarantine 4 release_from_quarantine 5 identify 6 grade 6 regrade 6 regrade
7 accept 8 reject 9 return_to_owner 9 send_to_recycling 9 keep_as_donor 10 open_work_order 11 disassemble 12
clean 13 inspect 14 disposition 15 start_restoration 16 finish_restoration 17 reassemble 18 start_test 18
lift_isolation 19 pass_test 20 fail_test 21 resume 21 resume_to_assembly 22 submit 23 send_back 24 downgrade 25
release 26 label 27 deliver 28 field_event 29 return_core 30 cannibalise 31 scrap 32 revoke_release 33
recall_return
"""
STRAIGHT = """
announce receive identify grade accept open_work_order disassemble clean inspect disposition start_restoration
finish_restoration reassemble start_test pass_test submit release label deliver
"""


def named(step):
    """A step by machine and verb."""
    return f"{step.machine} {step.action}"


def verbs(machine, state):
    """What is allowed, by verb."""
    return [step.action for step in lifecycle.allowed(machine, state)]


def walk(machine, actions, state=lifecycle.NEW):
    """The state after these verbs."""
    for action in actions.split():
        state = lifecycle.find(machine, state, action).target
    return state


def test_all_thirty_three_rows_are_there():
    """Each line of the reference's table with its verbs, in its order."""
    assert [word for step in lifecycle.SM1 for word in (str(step.no), step.action)] == VERBS.split()


def test_the_straight_way():
    """From the announcement to service, without a detour."""
    assert walk("SM-1", STRAIGHT) == "IN_SERVICE"


@pytest.mark.parametrize(
    ("state", "actions", "end"),
    [
        (lifecycle.NEW, "receive", "RECEIVED"),
        (lifecycle.NEW, "accept_site identify", "IDENTIFIED"),
        ("REASSEMBLED", "lift_isolation start_test", "IN_TEST"),
        ("RECEIVED", "quarantine release_from_quarantine", "RECEIVED"),
        ("GRADED", "reject return_to_owner", "RETURNED_UNPROCESSED"),
        ("GRADED", "reject send_to_recycling", "RECYCLED"),
        ("GRADED", "reject keep_as_donor", "DONOR"),
        ("DISPOSITIONED", "reassemble start_test fail_test resume", "IN_RESTORATION"),
        ("IN_TEST", "fail_test resume_to_assembly", "REASSEMBLED"),
        ("SUBMITTED", "downgrade send_back", "REWORK"),
        ("IN_SERVICE", "field_event field_event return_core", "ANNOUNCED"),
        ("LABELLED", "revoke_release recall_return", "RECEIVED"),
    ],
)
def test_the_detours(state, actions, end):
    """Quarantine, rejection, rework, downgrade, return and recall."""
    assert walk("SM-1", actions, state) == end


@pytest.mark.parametrize("state", sorted(lifecycle.BEFORE_RELEASE))
def test_before_release_a_part_may_be_given_up(state):
    """Scrapped or cannibalised from every state before release; never revoked."""
    assert {"cannibalise", "scrap"} <= set(verbs("SM-1", state))
    assert "revoke_release" not in verbs("SM-1", state)


@pytest.mark.parametrize("state", ["RELEASED", "LABELLED", "IN_SERVICE"])
def test_after_release_it_is_revoked_and_not_scrapped(state):
    """What was released is withdrawn by revoking its certificate."""
    assert "revoke_release" in verbs("SM-1", state)
    assert not {"cannibalise", "scrap"} & set(verbs("SM-1", state))


@pytest.mark.parametrize("state", sorted(ENDS))
def test_the_end_is_the_end(state):
    """A scrapped item never re-enters (I11), nor do the others."""
    assert verbs("SM-1", state) == []
    with pytest.raises(NotAllowed) as refusal:
        lifecycle.find("SM-1", state, "receive")
    assert refusal.value.details == {"action": "receive", "state": state, "allowed": []}


def test_a_refusal_lists_what_is_possible():
    """In the order of the table."""
    with pytest.raises(NotAllowed) as refusal:
        lifecycle.find("SM-1", "RECEIVED", "grade")
    assert refusal.value.details["allowed"] == ["quarantine", "identify", "cannibalise", "scrap"]


def test_a_state_has_one_step_for_a_verb():
    """What a verb does is never ambiguous."""
    seen = [(step.machine, source, step.action) for step in EVERY for source in step.sources]
    assert len(seen) == len(set(seen))


def test_every_state_is_described_and_reached():
    """The states of the tables and the described ones are the same."""
    reached = {state for step in EVERY for state in (step.target, *step.sources)} - {lifecycle.NEW}
    assert reached == set(lifecycle.STATES)
    assert all(state.name == name and state.meaning for name, state in lifecycle.STATES.items())


@pytest.mark.parametrize("state", lifecycle.STATES.values(), ids=lambda state: state.name)
def test_somebody_is_waited_for_exactly_where_something_may_happen(state):
    """Whose turn it is may do at least one thing; the meaning says who it is."""
    steps = [step for step in EVERY if state.name in step.sources]
    assert state.turn is None or any(state.turn in step.roles for step in steps)
    assert steps or state.turn is None
    assert state.turn is None or state.turn.replace("_", " ") in state.meaning


@pytest.mark.parametrize("step", EVERY, ids=named)
def test_every_guard_and_role_is_known(step):
    """No step asks for a fact or a role that does not exist, and each has somebody who may do it."""
    assert set(step.guards) <= set(lifecycle.GUARDS)
    assert step.roles
    assert step.roles <= set(ROLES) | OUTSIDE


def test_every_guard_is_used():
    """A guard that no step asks for would promise what nobody checks."""
    assert {name for step in EVERY for name in step.guards} == set(lifecycle.GUARDS)
    assert all(guard.meaning.endswith(".") and guard.name == name for name, guard in lifecycle.GUARDS.items())


@pytest.mark.parametrize("step", [step for step in EVERY if step.machine != "SM-4"], ids=named)
def test_machines_and_permissions_agree(step):
    """Where an act of this verb exists, the same roles may do it here and there."""
    feature = "labelling" if step.machine == "SM-8" else None
    rows = [
        roles
        for kind, roles in PERMISSIONS.items()
        if kind.partition(".")[2] == step.action and (feature is None or kind.startswith(feature))
    ]
    assert rows in ([], [step.roles - OUTSIDE])


@pytest.mark.parametrize("step", lifecycle.SM1, ids=named)
def test_nothing_happens_on_hold(step):
    """Any guard fails while a case is on hold."""
    held = dict.fromkeys(step.guards, True) | {"not_on_hold": False}
    assert lifecycle.missing(step, held) == ("not_on_hold",)
    assert lifecycle.missing(step, {**held, "not_on_hold": True}) == ()


@pytest.mark.parametrize("machine", ["SM-4", "SM-8"])
def test_a_hold_of_the_case_does_not_stop_papers(machine):
    """A label must be revocable at any time."""
    assert all("not_on_hold" not in step.guards for step in lifecycle.MACHINES[machine])


@few
@given(st.sampled_from(EVERY), st.data())
def test_exactly_the_unanswered_guards_are_missing(step, data):
    """In the order of the table; only a plain yes fulfils a guard, silence fails."""
    names = st.sampled_from([*step.guards, "unasked"]) if step.guards else st.just("unasked")
    answers = data.draw(st.dictionaries(names, st.sampled_from([True, False, None, 1])))
    wanted = [name for name in step.guards if answers.get(name) is not True]
    assert list(lifecycle.missing(step, answers)) == wanted


def test_duties_stand_in_the_table():
    """Each step says whose doer must be another; certificates and labels leave that to the case."""
    for step in EVERY:
        expected = DIFFERS.get(step.action, frozenset()) if step.machine == "SM-1" else frozenset()
        assert set(step.differs_from) == expected
    assert lifecycle.find("SM-1", "QUARANTINED", "release_from_quarantine").differs_from == ("quarantine",)
    assert "inspect" in lifecycle.find("SM-1", "SUBMITTED", "release").differs_from


def test_a_certificate_lives_its_states():
    """Reserved, issued, copied, replaced; void before, revoked after; revoked is final (I37, I38, I40)."""
    assert walk("SM-4", "draft issue duplicate_copy supersede") == "SUPERSEDED"
    assert walk("SM-4", "draft void") == "VOID"
    assert walk("SM-4", "draft issue revoke") == "REVOKED"
    assert [verbs("SM-4", end) for end in ("SUPERSEDED", "VOID", "REVOKED")] == [[], [], []]


def test_a_label_lives_its_states():
    """Reserved, printed, applied, active; superseded and destroyed at the end."""
    assert walk("SM-8", "reserve print apply read_back supersede destroy") == "destroyed"
    assert walk("SM-8", "reserve print report_lost") == "lost"
    assert verbs("SM-8", "destroyed") == []


def test_a_lost_label_keeps_warning():
    """It is revoked or destroyed, never replaced or used again."""
    assert verbs("SM-8", "lost") == ["revoke", "destroy"]


def test_an_unknown_machine_is_a_mistake():
    """There is no default machine."""
    with pytest.raises(KeyError):
        lifecycle.allowed("SM-0", "RECEIVED")
