"""A coded defect is noted with its photo."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remanu.errors import BadInput, NotAllowed
from remanu.intake import queries
from tests import people
from tests.intake import promises, story


def test_a_defect_is_kept_with_its_photo_and_its_words_are_sealed(hall, keyring):
    """Seen at the gate, before anybody graded."""
    case = hall.do(story.until, "received")
    hall.do(story.noted, case, note="The flange is gone as well.")
    (row,) = hall.ask(queries.defects_of, people.WORKSHOP, case)
    assert (row.code, row.component, row.severity, row.photo) == ("missing", "turbocharger", "major", "ab" * 32)
    assert hall.kinds(case)[-1] == "intake.note_defect"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "tired"}, "code"),
        ({"component": "wing"}, "component"),
        ({"spot": "somewhere"}, "spot"),
        ({"severity": "awful"}, "severity"),
        ({"evidence": ()}, "evidence"),
        ({"evidence": (replace(story.PHOTO, media_type="application/pdf"),)}, "evidence"),
    ],
)
def test_odd_defects_are_refused(hall, changed, field):
    """Only coded, only on components of the family, only with a photo."""
    case = hall.do(story.until, "received")
    with pytest.raises(BadInput) as refused:
        hall.do(story.noted, case, **changed)
    assert refused.value.details["field"] == field


def test_not_once_the_core_is_graded(hall):
    """What a grade was given for stays as it was, until an appeal asks for another look."""
    case = hall.do(story.until, "graded")
    with pytest.raises(NotAllowed):
        hall.do(story.noted, case)
    hall.do(story.appealed, case)
    hall.do(story.noted, case, actor=story.OTHER_INSPECTOR)


def test_roles_and_organisation(hall):
    """Whoever stands beside the core; for others it is not there."""
    case = hall.do(story.until, "received")
    promises.only_its_roles(hall, "note_defect", lambda tx, who: story.noted(tx, case, actor=who))
    promises.only_its_organisation(hall, lambda tx, who: story.noted(tx, case, actor=who))
