"""Revoking a release: final, public at once, with a reason that everybody may read (I40) (SM-1 no. 32)."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from remanu.errors import FactorNeeded, Forbidden, GuardFailed, NotAllowed, NotFound
from remanu.ledger.models import EventRow
from remanu.parts.models import PublicState
from remanu.release import actions, queries

GIVEN = {"reason": "part-suspect", "holders_notified": True}


def test_everybody_reads_it_at_once(desk):
    """Certificate, case, unit and public state change in the act's own transaction."""
    desk.until("RELEASED")
    issued = desk.paper()
    desk.revoke("part-suspect")

    paper = desk.place.ask(queries.find_certificate, desk.yard.org_id, issued.id)
    unit = desk.yard.row(desk.yard.unit)
    said = desk.place.ask(lambda c: c.execute(sa.select(PublicState.state).filter_by(uri=unit.uri)).scalar())
    assert (desk.yard.view().state, paper.state, paper.reason) == (
        "NONCONFORMING",
        "REVOKED",
        "part-suspect",
    )
    assert (unit.condition, said) == ("unreleased", "revoked")
    assert desk.place.ask(queries.certificate_of, desk.yard.org_id, desk.yard.unit) is None


def test_it_is_signed(desk):
    """The revocation carries an approval over the certificate's digest, and wants a fresh factor."""
    desk.until("RELEASED")
    digest = desk.paper().digest
    stale = replace(desk.certifier, fresh_until=None)

    with pytest.raises(FactorNeeded):
        desk.place.do(actions.revoke_release, stale, desk.case, **GIVEN)
    assert desk.revoke().body.approval.record == digest


def test_revoked_is_final(desk):
    """There is no way back and no second time (I40)."""
    desk.until("NONCONFORMING")

    with pytest.raises(NotAllowed):
        desk.revoke()
    with pytest.raises(NotAllowed):
        desk.place.do(actions.release, desk.certifier, desk.case, digest="")


def test_a_note_stays_inside(desk):
    """The reason is public, the note is sealed."""
    desk.until("RELEASED")
    desk.act("certifying_staff", "revoke_release", note="Ren Ito saw the crack.", **GIVEN)

    rows = desk.place.ask(
        lambda connection: connection.execute(sa.select(EventRow.canonical)).scalars().all()
    )
    assert all(b"Ren Ito saw" not in row for row in rows)
    assert "sealed" in desk.last("release.revoke_release")


def test_the_holders_are_told(desk, outsider):
    """Without that the release stands; others may not revoke it."""
    desk.until("RELEASED")
    with pytest.raises(GuardFailed) as refused:
        desk.act("certifying_staff", "revoke_release", reason="part-suspect", holders_notified=False)
    with pytest.raises(Forbidden):
        desk.act("quality", "revoke_release", **GIVEN)
    with pytest.raises(NotFound):
        desk.place.do(actions.revoke_release, outsider, desk.case, **GIVEN)
    assert refused.value.details["missing"] == ["holders_notified"]
