"""Stating zero time; I7, I8."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from remanu.errors import Conflict, FactorNeeded, Forbidden, NotFound, OwnWork
from remanu.ledger import rebuild
from remanu.parts.events import Cited
from remanu.parts.models import Case, Item
from remanu.release import actions, queries
from remanu.release.models import ReleaseCertificate
from tests.accounts.place import PASSWORD, WORKSHOP

PAPER = Cited(digest="cd" * 32, media_type="application/pdf", size=700, shows="")


def rebuilt(desk, *, family="aero-engine", claim_class="REBUILT", maker=WORKSHOP.name_en):
    """A released unit that counts as rebuilt by this maker; returns its certificate."""
    desk.until("RELEASED")

    def change(tx):
        mine = (Item.org_id == desk.yard.org_id, Item.id == desk.yard.unit)
        tx.execute(sa.update(Item).where(*mine).values(family=family, maker=maker, pack=None))
        tx.execute(sa.update(Case).where(Case.org_id == desk.yard.org_id).values(pack=None))
        every = ReleaseCertificate.org_id == desk.yard.org_id
        tx.execute(sa.update(ReleaseCertificate).where(every).values(claim_class=claim_class))

    desk.place.database.transact(change)
    return desk.paper()


def state(desk, paper, **given):
    """The certifier states it."""
    return desk.act("certifying_staff", "state_zero_time", paper.id, **given)


def lacking(desk, paper, **given):
    """What the refusal names."""
    with pytest.raises(Conflict) as refusal:
        state(desk, paper, **given)
    return refusal.value.details.get("lacking", refusal.value.details["why"])


def test_a_unit_that_its_maker_rebuilt(desk):
    """I8: rule, class and maker; the statement names the rule and the certificate."""
    paper = rebuilt(desk)
    done = state(desk, paper)
    assert done.body.scheme.startswith("14 CFR 91.421")
    assert (done.body.certificate, done.body.life, done.body.agency) == (paper.id, paper.life, None)
    row = desk.place.ask(queries.zero_time, desk.yard.org_id, desk.yard.unit, paper.life)
    assert row.certificate == paper.id


def test_total_counters_go_on(desk):
    """I7: nothing of the earlier life is hidden; the statement is no reading."""
    paper = rebuilt(desk)
    before = desk.kinds().count("parts.read_counter")
    state(desk, paper)
    assert desk.kinds().count("parts.read_counter") == before


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"family": "diesel-engine"}, ["no-zero-time-scheme"]),
        ({"claim_class": "OVERHAULED"}, ["not-rebuilt"]),
        ({"maker": "Somebody else"}, ["not-the-maker"]),
        ({"maker": "Somebody else", "claim_class": "REPAIRED"}, ["not-rebuilt", "not-the-maker"]),
    ],
)
def test_refused_elsewhere(desk, changed, why):
    """I8: each that is missing is named."""
    assert lacking(desk, rebuilt(desk, **changed)) == why


def test_the_makers_agency_shows_its_appointment(desk):
    """The paper is named and shown; a name alone does not do."""
    paper = rebuilt(desk, maker="Somebody else")
    assert lacking(desk, paper, agency="AG-17") == ["not-the-maker"]
    assert state(desk, paper, agency="AG-17", evidence=(PAPER,)).body.agency == "AG-17"


def test_once_a_life_and_only_of_a_release_in_force(desk):
    """Not twice, and not after a revocation."""
    paper = rebuilt(desk)
    state(desk, paper)
    assert lacking(desk, paper) == "stated-already"
    desk.revoke()
    assert lacking(desk, paper) == "not-released"


def test_by_certifying_staff_who_did_no_work_with_a_fresh_factor(desk, outsider):
    """A signature like a release (I32); nobody elsewhere."""
    paper = rebuilt(desk)
    with pytest.raises(Forbidden):
        desk.act("technician", "state_zero_time", paper.id)
    with pytest.raises(OwnWork):
        desk.place.do(actions.state_zero_time, desk.both_hands(), paper.id)
    stale = replace(desk.certifier, fresh_until=None)
    with pytest.raises(FactorNeeded):
        desk.place.do(actions.state_zero_time, stale, paper.id)
    with pytest.raises(NotFound):
        desk.place.do(actions.state_zero_time, outsider, paper.id)


def test_the_view_follows_from_the_event(desk, registry):
    """What the record says and the table shows are the same."""
    desk.until("RELEASED")
    assert rebuild.check(desk.place.database, registry).problems == ()


def test_by_the_page(desk, certifier):
    """Offered for a rebuilt unit; afterwards the certificate says so, and that counters go on."""
    paper = rebuilt(desk)
    assert "State zero time" in certifier.get(f"/certificates/{paper.id}").text
    form = {"factor": PASSWORD, "key": "k"}
    assert certifier.post(f"/certificates/{paper.id}/state_zero_time", data=form).status_code == 303
    page = certifier.get(f"/certificates/{paper.id}").text
    assert "Begins at zero time" in page
    assert "The total counters go on" in page
