"""Taking a weaker word than the dossier supports; a stronger one cannot be taken (SM-1 no. 24)."""

from __future__ import annotations

import json

import pytest

from remanu.errors import Forbidden, GuardFailed, NotAllowed, NotFound
from remanu.release import actions

GIVEN = {"reason": "contract-asks", "owner_told": True}


def test_the_weaker_word_is_signed(desk):
    """The dossier stays sealed, the certificate carries the weaker class."""
    desk.until("SUBMITTED")
    sealed = desk.paper("DRAFT")
    desk.act("certifying_staff", "downgrade", claim_class="RECONDITIONED", **GIVEN)
    before = desk.yard.view().state
    desk.release()

    paper = desk.paper()
    assert (before, sealed.claim_class) == ("SUBMITTED", "REMANUFACTURED")
    assert json.loads(paper.record)["claim_class"] == paper.claim_class == "RECONDITIONED"
    assert json.loads(paper.record)["status"] == "Reconditioned"


@pytest.mark.parametrize("word", ["REMANUFACTURED", "REBUILT", "OVERHAULED", "NONSENSE"])
def test_no_other_word_can_be_taken(desk, word):
    """Neither the same, nor one of another ladder (I27), nor one that the family is not released in."""
    desk.until("SUBMITTED")

    with pytest.raises(GuardFailed) as refused:
        desk.act("certifying_staff", "downgrade", claim_class=word, **GIVEN)
    assert refused.value.details["missing"] == ["class_reduced"]


def test_the_owner_is_told(desk):
    """Without that the class stays."""
    desk.until("SUBMITTED")

    with pytest.raises(GuardFailed) as refused:
        desk.act(
            "certifying_staff", "downgrade", claim_class="REPAIRED", reason="contract-asks", owner_told=False
        )
    assert refused.value.details["missing"] == ["owner_told"]


def test_not_yours_and_not_now(desk, outsider):
    """Certifying staff of the organisation, on a submitted dossier."""
    desk.until("TEST_PASSED")
    with pytest.raises(NotAllowed):
        desk.act("certifying_staff", "downgrade", claim_class="REPAIRED", **GIVEN)
    with pytest.raises(Forbidden):
        desk.act("quality", "downgrade", claim_class="REPAIRED", **GIVEN)
    with pytest.raises(NotFound):
        desk.place.do(actions.downgrade, outsider, desk.case, claim_class="REPAIRED", **GIVEN)
