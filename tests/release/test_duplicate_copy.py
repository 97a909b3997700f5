"""Printing a lost certificate again: only while nothing happened to the unit."""

from __future__ import annotations

import pytest

from remanu.errors import Conflict, Forbidden, NotAllowed, NotFound
from remanu.parts import actions as parts
from remanu.release import actions

LOST = {"reason": "paper-lost"}


def test_a_copy_is_counted(desk):
    """Each copy has its number; the certificate itself does not change."""
    desk.until("RELEASED")
    before = desk.paper()
    copies = [desk.act("certifying_staff", "duplicate_copy", before.id, **LOST).body.copy for _ in range(2)]

    after = desk.paper()
    assert copies == [1, 2]
    assert (after.copies, after.record, after.digest) == (2, before.record, before.digest)


def test_work_since_forbids_a_copy(desk):
    """The unit has to be inspected instead."""
    desk.until("RELEASED")
    desk.place.do(
        parts.read_mark, desk.yard.who["technician"], desk.yard.unit, kind="etched", mark="NEW MARK"
    )

    with pytest.raises(Conflict) as refused:
        desk.act("certifying_staff", "duplicate_copy", desk.paper().id, **LOST)
    assert refused.value.details["why"] == "state-not-the-same"


def test_only_what_is_issued(desk, outsider):
    """A draft has no copies; nor has another organisation's certificate; quality does not make them."""
    desk.until("SUBMITTED")
    draft = desk.paper("DRAFT")
    with pytest.raises(NotAllowed):
        desk.act("certifying_staff", "duplicate_copy", draft.id, **LOST)
    with pytest.raises(NotFound):
        desk.place.do(actions.duplicate_copy, outsider, draft.id, **LOST)
    with pytest.raises(Forbidden):
        desk.act("quality", "duplicate_copy", draft.id, **LOST)
