"""Giving up a drafted number: it stays used (I38)."""

from __future__ import annotations

import pytest

from remanu.errors import Conflict, Forbidden, NotAllowed, NotFound
from remanu.release import actions, queries


def _sent_back(desk):
    desk.until("SUBMITTED")
    draft = desk.paper("DRAFT")
    desk.act("certifying_staff", "send_back", findings={"tests": "The curve is missing."})
    return draft


def test_the_number_stays_used(desk):
    """The next submission takes the next one."""
    draft = _sent_back(desk)
    desk.act("quality", "void", draft.id, reason="submitted-in-error")
    desk.yard.act("planner", "resume_to_assembly", cause="dossier")
    desk.yard.tell("start_test", "pass_test")
    again = desk.submit()

    old = desk.place.ask(queries.find_certificate, desk.yard.org_id, draft.id)
    assert (old.state, old.number, again.body.number) == ("VOID", "RC-000001", "RC-000002")


def test_a_draft_that_waits_for_a_signature_stays(desk):
    """First the dossier is sent back."""
    desk.until("SUBMITTED")

    with pytest.raises(Conflict) as refused:
        desk.act("quality", "void", desk.paper("DRAFT").id, reason="submitted-in-error")
    assert refused.value.details["why"] == "draft-in-use"


def test_not_yours_and_not_twice(desk, outsider):
    """Quality of the organisation, once, and never what was issued."""
    draft = _sent_back(desk)
    with pytest.raises(Forbidden):
        desk.act("certifying_staff", "void", draft.id, reason="case-ended")
    with pytest.raises(NotFound):
        desk.place.do(actions.void, outsider, draft.id, reason="case-ended")

    desk.act("quality", "void", draft.id, reason="case-ended")
    with pytest.raises(NotAllowed):
        desk.act("quality", "void", draft.id, reason="case-ended")


def test_what_was_issued_is_not_void(desk):
    """It is revoked or corrected instead."""
    desk.until("RELEASED")

    with pytest.raises(NotAllowed):
        desk.act("quality", "void", desk.paper().id, reason="case-ended")
