"""Who is offered what, and why not."""

from __future__ import annotations

from itertools import product

import pytest

from remanu.rules import duties, lifecycle, offers
from remanu.rules.permissions import PERMISSIONS, ROLES

KINDS = frozenset(PERMISSIONS)
FREE = {"not_on_hold": True}
ALL = {guard: True for step in lifecycle.SM1 for guard in step.guards}


def person(*roles, acts=()):
    """Somebody with these roles, who did these verbs in the case."""
    return offers.Person(frozenset(roles), "p", tuple(duties.Act("p", verb) for verb in acts))


def steps(state, who, *, facts=ALL, asked=(), kinds=KINDS):
    """Offers by verb."""
    found = offers.steps(state, who, kinds=kinds, facts=facts, asked=asked)
    return {one.kind.rpartition(".")[2]: one for one in found}


def first(state, who, *, facts=ALL, asked=(), held=False):
    """The verb that is asked for, or none."""
    found = offers.steps(state, who, kinds=KINDS, facts=facts, asked=asked)
    beside = offers.others(state, who, kinds=KINDS, facts=facts)
    lift = [offers.Offer("parts.lift_hold")] if held else []
    one = offers.first(found, [*lift, *beside])
    return one and one.kind.rpartition(".")[2]


@pytest.mark.parametrize("state", sorted(set().union(*(step.sources for step in lifecycle.SM1)) - {"-"}))
def test_steps_are_those_of_the_machine(state):
    """In its order, each once."""
    wanted = [step.action for step in lifecycle.allowed("SM-1", state) if step.action != "label"]
    assert list(steps(state, person())) == wanted


def test_a_step_is_possible_by_role_and_facts():
    """With both nothing stands against it."""
    assert steps("IDENTIFIED", person("core_inspector"))["grade"].possible


def test_without_the_role_the_roles_are_named():
    """So that one knows whom to ask."""
    grade = steps("IDENTIFIED", person("logistics"))["grade"]
    assert (grade.possible, grade.needs) == (False, ("core_inspector",))


def test_what_is_missing_is_named():
    """Nothing answered counts as missing; what the form asks does not."""
    grade = steps("IDENTIFIED", person("core_inspector"), facts={}, asked={"criteria_answered"})["grade"]
    assert grade.missing == ("not_on_hold", "criteria_in_force")


@pytest.mark.parametrize(
    ("state", "role", "did", "verb"),
    [
        ("SUBMITTED", "certifying_staff", "inspection.measure", "release"),
        ("QUARANTINED", "quality", "intake.quarantine", "release_from_quarantine"),
        ("IN_RESTORATION", "technician", "restoration.operate", "finish_restoration"),
    ],
)
def test_ones_own_work_bars(state, role, did, verb):
    """And looking at it does not."""
    assert steps(state, person(role, acts=[did]))[verb].own
    assert steps(state, person(role, acts=["parts.hold"]))[verb].possible


def test_grading_bars_accepting_only_above_a_value():
    """Which the act alone knows."""
    assert steps("GRADED", person("core_manager", acts=["intake.grade"]))["accept"].possible


@pytest.mark.parametrize(("kind", "role"), list(product(offers.SENSIBLE, ROLES)))
def test_others_follow_the_table(kind, role):
    """Offered in its states to everybody, possible for its roles."""
    for state in offers.SENSIBLE[kind]:
        found = {one.kind: one for one in offers.others(state, person(role), kinds=KINDS, facts=FREE)}
        assert found[kind].possible == (role in PERMISSIONS[kind])
    assert not offers.others("SCRAPPED", person(role), kinds=KINDS, facts=FREE)


def test_only_acts_that_exist_are_offered():
    """A feature that is not there offers nothing."""
    found = offers.others("CLEANED", person("inspector"), kinds=["parts.attach"], facts=FREE)
    assert found == [offers.Offer("parts.attach")]


def test_the_tables_name_what_there_is():
    """Kinds, states and guards are those of the other tables."""
    assert offers.SENSIBLE.keys() <= KINDS
    assert offers.SENSIBLE.keys() >= offers.COMPONENT
    assert set(offers.FULFILS.values()) <= KINDS
    assert offers.FULFILS.keys() <= lifecycle.GUARDS.keys()
    assert {step.action for step in lifecycle.SM1} >= offers.ASIDE
    assert set().union(*offers.SENSIBLE.values()) <= lifecycle.STATES.keys()


@pytest.mark.parametrize(
    ("state", "role", "missing", "asked"),
    [
        ("RECEIVED", "core_inspector", (), "identify"),
        ("RECEIVED", "core_inspector", ("mark_read",), "read_mark"),
        ("RECEIVED", "logistics", ("mark_read",), None),
        ("CLEANED", "technician", ("characteristics_measured",), "measure"),
        ("CLEANED", "logistics", ("characteristics_measured",), None),
        ("GRADED", "core_manager", (), "accept"),
        ("REJECTED", "logistics", (), None),
        ("GRADED", "core_manager", ("grade_acceptable",), None),
    ],
)
def test_the_first_is_the_step_or_what_it_misses(state, role, missing, asked):
    """Ways aside are never asked for."""
    assert first(state, person(role), facts=ALL | dict.fromkeys(missing, False)) == asked


def test_a_hold_comes_first():
    """While it stands only lifting it is asked for."""
    facts = ALL | {"not_on_hold": False, "mark_read": False}
    assert first("RECEIVED", person("core_inspector"), facts=facts) is None
    assert first("RECEIVED", person("core_inspector"), facts=facts, held=True) == "lift_hold"


def test_a_hold_stops_work_on_components_and_not_looking():
    """What the action would refuse is not offered; measuring goes on."""
    found = offers.others("IN_RESTORATION", person(*ROLES), kinds=KINDS, facts={})
    held = {one.kind: one.missing for one in found}
    assert held["restoration.operate"] == held["restoration.replace"] == ("not_on_hold",)
    assert held["inspection.measure"] == ()
