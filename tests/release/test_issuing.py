"""The operator halts issuing and lets it go on, for all families or for one."""

from __future__ import annotations

import pytest

from remanu.errors import IssuingHalted
from remanu.release import actions, queries


@pytest.mark.parametrize("family", ["*", "diesel-engine"])
def test_nothing_is_issued_while_it_is_halted(desk, run, family):
    """Neither by page nor by command; the denial is on record, and afterwards it goes on."""
    desk.until("SUBMITTED")
    halted = run("issuing", "halt", "--family", family)
    with pytest.raises(IssuingHalted):
        actions.sign(desk.place.database, desk.certifier, desk.case, digest=desk.digest())
    resumed = run("issuing", "resume", "--family", family, "--json")
    desk.release()

    assert (halted.exit_code, resumed.exit_code) == (0, 0), halted.output
    assert desk.last("release.refuse")["body"]["reason"] == "issuing-halted"
    assert desk.yard.view().state == "RELEASED"


def test_another_family_goes_on(desk, run):
    """What is halted for copiers is open for engines."""
    desk.until("SUBMITTED")
    run("issuing", "halt", "--family", "copier")

    assert desk.place.ask(queries.halts, desk.place.org_id) == {"copier"}
    assert desk.release().body.issue.no == 1


def test_no_paper_leaves_by_any_other_path(desk, run):
    """Neither a correction nor a copy, nor the lifting of a review; revoking stays possible at all times."""
    desk.until("RELEASED")
    paper = desk.paper()
    review = desk.act("certifying_staff", "review_release", paper.id, reason="part-suspect").body.review
    run("issuing", "halt")
    correction = {"reason": "warranty-corrected", "claim_class": "REMANUFACTURED", "warranty_days": 400}
    for verb, target, given in (
        ("lift_review", review, {"basis": "not-affected"}),
        ("state_zero_time", paper.id, {}),
    ):
        with pytest.raises(IssuingHalted):
            desk.act("certifying_staff", verb, target, **given)
    run("issuing", "resume")
    desk.act("certifying_staff", "lift_review", review, basis="not-affected")
    run("issuing", "halt")
    for verb, given in (
        ("supersede", {**correction, "digest": ""}),
        ("duplicate_copy", {"reason": "paper-lost"}),
    ):
        with pytest.raises(IssuingHalted):
            desk.act("certifying_staff", verb, paper.id, **given)

    assert desk.revoke().kind == "release.revoke_release"
