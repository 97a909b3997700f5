"""The signature that lets a unit go: who may, what is signed, and what follows (SM-1 no. 25)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from remanu.accounts import actions as accounts
from remanu.errors import (
    Conflict,
    FactorNeeded,
    Forbidden,
    GuardFailed,
    NotAllowed,
    NotAuthorised,
    NotFound,
    OwnWork,
)
from remanu.inspection import actions as inspection
from remanu.parts import actions as parts
from remanu.parts import queries as items
from remanu.release import actions, queries
from tests.release.desk import recomputed


def test_a_signature_opens_the_next_life(desk):
    """The case is released, the certificate issued, the unit's condition and public state say so."""
    desk.until("SUBMITTED")
    done = desk.release()

    issue, unit = done.body.issue, desk.yard.row(desk.yard.unit)
    assert desk.yard.view().state == "RELEASED"
    assert (unit.condition, unit.life) == ("released", 1)
    life = desk.yard.ask(items.lives, desk.yard.org_id, desk.yard.unit)[0]
    assert (life.n, life.opened_by) == (1, issue.certificate)
    paper = desk.place.ask(queries.certificate_of, desk.yard.org_id, desk.yard.unit)
    assert (paper.state, paper.number, paper.claim_class) == ("ISSUED", "RC-000001", "REMANUFACTURED")


def test_what_is_signed_is_what_was_shown(desk):
    """Digest, approval and record agree, each computed again from its JSON."""
    desk.until("SUBMITTED")
    shown = desk.digest()
    desk.release()

    paper = desk.paper()
    record, approval = json.loads(paper.record), json.loads(paper.approval)
    assert recomputed(record) == paper.digest == approval["record"] == shown
    assert set(approval) == {"v", "action", "meaning", "record", "role", "signer", "name", "at", "nonce"}
    assert approval["role"] == "certifying_staff"
    assert len(record["heads"]) == 19
    assert "Name of" not in paper.record + paper.approval


def test_the_record_names_the_site(desk):
    """Where the unit's place belongs to a site, that one, else the usual one; it is part of what is signed."""
    desk.until("SUBMITTED")
    before = desk.digest()
    site = {"opened_on": desk.now().date(), "usual": True}
    desk.place.do(accounts.open_site, desk.yard.who["admin"], name="Hall 9", **site)
    assert desk.digest() != before
    desk.release()
    paper = desk.paper()
    assert (paper.site, json.loads(paper.record)["site"]) == ("Hall 9", "Hall 9")


def test_without_sites_the_record_names_none(desk):
    """Control: absent is not a name."""
    desk.until("RELEASED")
    assert desk.paper().site is None
    assert "site" not in json.loads(desk.paper().record)


def test_a_stale_page_signs_nothing(desk):
    """Whoever saw another record than the present one has to look again."""
    desk.until("SUBMITTED")

    with pytest.raises(Conflict) as refused:
        desk.release(digest="0" * 64)
    assert refused.value.details["why"] == "record-changed"
    assert desk.yard.view().state == "SUBMITTED"


def test_without_a_fresh_factor_nothing_is_signed(desk):
    """A session alone is no signature (T-R7)."""
    desk.until("SUBMITTED")

    with pytest.raises(FactorNeeded):
        desk.release(replace(desk.certifier, fresh_until=None))


@pytest.mark.parametrize("role", ["technician", "inspector", "quality", "planner"])
def test_nobody_releases_his_own_work(desk, role):
    """Repairing, inspecting, planning and compiling all bar, and the acts are named (I32)."""
    desk.until("SUBMITTED")

    with pytest.raises(OwnWork) as refused:
        desk.release(desk.both_hands(role))
    assert refused.value.details["acts"]


def test_a_second_account_does_not_help(desk):
    """Two accounts of one person are one person (T9)."""
    desk.until("SUBMITTED")
    technician = desk.yard.who["technician"]
    second = desk.place.member("second", "certifying_staff", same_as=technician.ref)
    desk.authorise(second)

    with pytest.raises(OwnWork):
        desk.release(desk.place.actor(second))


def test_an_authorisation_counts_on_the_day(desk):
    """One for another family, or one that has ended, does not cover the signature (I36)."""
    desk.until("SUBMITTED")
    other = desk.place.member("other", "certifying_staff")
    desk.authorise(other, family="copier")

    with pytest.raises(NotAuthorised):
        desk.release(desk.place.actor(other))


def test_an_open_nonconformity_stops_the_signature(desk):
    """What is raised after submission counts as well (I22)."""
    desk.until("SUBMITTED")
    who = desk.yard.who["quality"]
    desk.place.do(inspection.raise_nonconformity, who, desk.yard.unit, cause="other", note="A bolt is loose.")

    with pytest.raises(GuardFailed):
        desk.release()


def test_work_after_submission_stops_the_signature(desk):
    """A sealed dossier does not change: it is sent back and submitted again (I23)."""
    desk.until("SUBMITTED")
    desk.place.do(
        parts.read_mark, desk.yard.who["technician"], desk.yard.unit, kind="etched", mark="NEW MARK"
    )

    with pytest.raises(Conflict) as refused:
        desk.release()
    assert refused.value.details["why"] == "dossier-changed"


def test_a_held_case_is_not_released(desk):
    """Any guard fails while a hold is open."""
    desk.until("SUBMITTED")
    desk.place.do(parts.hold, desk.yard.who["quality"], desk.case, why="other")

    with pytest.raises(GuardFailed) as refused:
        desk.release()
    assert refused.value.details["missing"] == ["not_on_hold"]


def test_only_submitted_dossiers_are_released(desk):
    """Neither before submission nor a second time."""
    desk.until("TEST_PASSED")
    with pytest.raises(NotAllowed):
        desk.place.do(actions.release, desk.certifier, desk.case, digest="")

    desk.submit()
    desk.release()
    with pytest.raises(NotAllowed):
        desk.place.do(actions.release, desk.certifier, desk.case, digest="")


def test_not_yours(desk, outsider):
    """Another organisation's case does not exist, and a technician does not sign."""
    desk.until("SUBMITTED")

    with pytest.raises(NotFound):
        desk.place.do(actions.release, outsider, desk.case, digest="")
    with pytest.raises(Forbidden):
        desk.place.do(actions.release, desk.yard.who["technician"], desk.case, digest="")
