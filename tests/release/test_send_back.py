"""Sending a dossier back: findings that whoever mends them can read (SM-1 no. 23)."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Forbidden, GuardFailed, NotAllowed, NotFound
from remanu.ledger.models import EventRow
from remanu.release import actions, queries


def _findings(desk):
    return desk.place.ask(
        lambda connection: queries.findings(connection, desk.place.database.keyring, desk.yard.view())
    )


def test_findings_reach_the_workshop(desk):
    """The case goes to rework; each finding names its gate and keeps its words until it comes again."""
    desk.until("SUBMITTED")
    said = {"tests": "The curve is missing.", "identity": "Which plate?"}
    desk.act("certifying_staff", "send_back", findings=said)

    assert desk.yard.view().state == "REWORK"
    assert {one.gate: one.words for one in _findings(desk)} == said


def test_words_are_sealed(desk):
    """The public bytes name the gates and not what was said of them."""
    desk.until("SUBMITTED")
    desk.act("certifying_staff", "send_back", findings={"tests": "Ask Ren Ito."})

    assert desk.last("release.send_back")["body"]["gates"] == ["tests"]
    raw = desk.place.ask(lambda connection: connection.execute(EventRow.__table__.select()).all())
    assert all(b"Ren Ito." not in row.canonical for row in raw)


def test_findings_end_with_the_next_submission(desk):
    """What was mended and submitted again stands no more against the part."""
    desk.until("SUBMITTED")
    desk.act("certifying_staff", "send_back", findings={"tests": "The curve is missing."})
    desk.yard.act("planner", "resume_to_assembly", cause="dossier")
    desk.yard.tell("start_test", "pass_test")
    desk.submit()

    assert _findings(desk) == []


def test_a_finding_is_asked(desk, outsider):
    """Without one nobody would know what to do; of an unknown gate neither."""
    desk.until("SUBMITTED")
    with pytest.raises(GuardFailed):
        desk.act("certifying_staff", "send_back", findings={})
    with pytest.raises(BadInput):
        desk.act("certifying_staff", "send_back", findings={"mood": "Bad."})
    with pytest.raises(Forbidden):
        desk.act("technician", "send_back", findings={"tests": "No."})
    with pytest.raises(NotFound):
        desk.place.do(actions.send_back, outsider, desk.case, findings={"tests": "No."})


def test_only_a_submitted_dossier_goes_back(desk):
    """Before submission there is nothing to send."""
    desk.until("TEST_PASSED")

    with pytest.raises(NotAllowed):
        desk.act("certifying_staff", "send_back", findings={"tests": "No."})
