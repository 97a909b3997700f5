"""A core is graded by criteria of one's own: SM-1 no. 6 with editions, defects and add-charges."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.errors import BadInput
from remanu.intake import actions, queries
from remanu.ledger import kinds
from tests import people
from tests.intake import promises, story

INSPECTOR = people.BY_ROLE["core_inspector"]


@pytest.fixture
def ready(hall):
    """Criteria in force, and a core that is identified; no edition of the pack is."""
    criteria = hall.do(story.in_force)
    case = hall.do(story.received)
    hall.do(story.identified, case)
    return criteria, case


def test_grading_freezes_edition_answers_defects_and_reasons(hall, ready):
    """A missing turbocharger makes a damaged core with an add-charge, and the grade says why."""
    criteria, case = ready
    hall.do(story.noted, case)
    done = hall.do(actions.grade, INSPECTOR, case, answers=story.ANSWERS, criteria=criteria)
    b = done.body
    row = hall.ask(queries.find_criteria, people.WORKSHOP, criteria)
    assert (b.outcome, b.because, b.criteria, b.edition, b.digest) == (
        "damaged",
        ("missing:turbocharger",),
        criteria,
        "2026-1",
        row.digest,
    )
    assert [(one.outcome, one.charge) for one in b.defects] == [("damaged", "turbocharger")]
    assert b.appeal_until == "2026-03-31"
    (judged,) = hall.ask(queries.judged_defects, people.WORKSHOP, [b.grade])
    assert (judged.outcome, judged.charge) == ("damaged", "turbocharger")


def test_an_event_of_the_first_version_is_read_as_one_of_today(registry):
    """What landed stays; what it did not know is not there."""
    from tools import golden  # noqa: PLC0415 -- a maker's tool, for its folder alone

    old = kinds.read(registry, (golden.FOLDER / "intake.grade@1.json").read_bytes()).body
    assert (old.criteria, old.defects, old.because, old.appeal_until) == (None, (), (), None)


def test_every_question_of_the_set_is_answered(hall, ready):
    """The guard of SM-1 no. 6 holds for one's own criteria too."""
    criteria, case = ready
    promises.misses(
        hall,
        lambda tx: actions.grade(tx, INSPECTOR, case, answers={"stand": "full"}, criteria=criteria),
        "criteria_answered",
    )


def test_criteria_of_another_family_grade_nothing(hall, ready):
    """Nor does a set that is only drafted, or one that begins tomorrow."""
    _, case = ready
    others = [
        hall.do(story.in_force, family="copier", discrepancies=""),
        hall.do(story.drafted).subject.id,
        hall.do(story.in_force, region="XC", applies_from=date(2026, 3, 2)),
        "0195a000-0000-7000-8000-00000000dead",
    ]
    for one in others:
        promises.misses(hall, lambda tx, one=one: story.judged(tx, one, case), "criteria_in_force")


def test_odd_answers_are_refused(hall, ready):
    """Only the set's questions, only its answers."""
    criteria, case = ready
    for changed in ({"crankshaft": "none"}, {"colour": "red"}):
        with pytest.raises(BadInput) as refused:
            hall.do(story.judged, criteria, case, **changed)
        assert refused.value.details["field"] == f"answers.{next(iter(changed))}"


def test_the_pack_is_used_with_the_house_s_own_rules_for_defects(hall):
    """Without a set of one's own a burnt core is worth nothing."""
    case = hall.do(story.until, "identified")
    hall.do(story.noted, case, code="burnt", component="engine", severity="critical")
    done = hall.do(actions.grade, INSPECTOR, case, answers=story.GOOD)
    assert (done.body.outcome, done.body.because, done.body.criteria) == ("none", ("burnt:engine",), None)
    promises.misses(
        hall, lambda tx: actions.accept(tx, people.BY_ROLE["core_manager"], case), "grade_acceptable"
    )
