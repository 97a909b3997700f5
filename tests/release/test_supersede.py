"""Correcting a certificate: a new number names the old one, which stays readable (I37, I41)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from remanu.accounts import actions as accounts
from remanu.errors import Conflict, FactorNeeded, Forbidden, NotAllowed, NotFound, OwnWork
from remanu.ledger import rebuild
from remanu.release import actions, queries
from tests.accounts.place import PASSWORD
from tests.release.desk import recomputed

SAME = {"reason": "identity-corrected", "claim_class": "REMANUFACTURED", "warranty_days": 365}


def _correct(desk, target, **more):
    return desk.act("certifying_staff", "supersede", target, **{**SAME, **more})


def test_the_new_number_names_the_old(desk, registry):
    """One head, both readable, the former record untouched, and views that are what the events say."""
    desk.until("RELEASED")
    former = desk.paper()
    done = _correct(desk, former.id)

    old = desk.place.ask(queries.find_certificate, desk.yard.org_id, former.id)
    new = desk.place.ask(queries.certificate_of, desk.yard.org_id, desk.yard.unit)
    assert (new.id, new.number) == (done.body.issue.certificate, "RC-000002")
    assert (old.state, old.superseded_by, old.digest) == ("SUPERSEDED", new.id, former.digest)
    named = json.loads(new.record)["supersedes"]
    assert named == {"number": former.number, "digest": former.digest, "reason": SAME["reason"]}
    assert recomputed(json.loads(new.record)) == new.digest
    assert not rebuild.check(desk.place.database, registry).problems


def test_a_correction_keeps_the_site(desk):
    """It speaks of the same release, wherever the unit stands by now; of one without a site it names none."""
    desk.until("RELEASED")
    site = {"opened_on": desk.now().date(), "usual": True}
    desk.place.do(accounts.open_site, desk.yard.who["admin"], name="Hall 9", **site)
    _correct(desk, desk.paper().id)
    assert desk.paper().site is None


def test_a_chain_has_one_head(desk):
    """What was corrected once is corrected again only at its head, so that no circle and no fork can come (I41)."""
    desk.until("RELEASED")
    first = desk.paper()
    _correct(desk, first.id)
    second = desk.paper()
    _correct(desk, second.id)

    for old in (first, second):
        with pytest.raises(NotAllowed):
            _correct(desk, old.id)
    rows = desk.place.ask(queries.certificates, desk.yard.org_id, desk.yard.unit)
    assert [(row.state, row.superseded_by is None) for row in rows] == [
        ("ISSUED", True),
        ("SUPERSEDED", False),
        ("SUPERSEDED", False),
    ]
    assert [row.no for row in rows] == [3, 2, 1]


def test_a_correction_is_never_stronger(desk):
    """Nor does it fall below the warranty of its class (I30)."""
    desk.until("SUBMITTED")
    desk.act(
        "certifying_staff",
        "downgrade",
        claim_class="RECONDITIONED",
        reason="contract-asks",
        owner_told=True,
    )
    desk.release()
    paper = desk.paper()

    with pytest.raises(Conflict) as stronger:
        _correct(desk, paper.id)
    with pytest.raises(Conflict) as shorter:
        _correct(desk, paper.id, claim_class="RECONDITIONED", warranty_days=10)
    assert stronger.value.details["why"] == "class-not-weaker"
    assert shorter.value.details["why"] == "warranty-too-short"


def test_it_is_a_signature(desk, outsider):
    """A fresh factor, no own work, one's own organisation, certifying staff."""
    desk.until("RELEASED")
    paper = desk.paper()

    stale = replace(desk.certifier, fresh_until=None)
    digest = desk.to_sign(desk.certifier, paper.id, **SAME)
    with pytest.raises(FactorNeeded):
        desk.place.do(actions.supersede, stale, paper.id, **SAME, digest=digest)
    with pytest.raises(OwnWork):
        desk.place.do(actions.supersede, desk.both_hands(), paper.id, **SAME)
    with pytest.raises(NotFound):
        desk.place.do(actions.supersede, outsider, paper.id, **SAME)
    with pytest.raises(Forbidden):
        desk.act("quality", "supersede", paper.id, **SAME)


def test_a_revoked_one_is_not_corrected(desk):
    """Revoked is final (I40)."""
    desk.until("NONCONFORMING")
    (paper,) = desk.place.ask(queries.certificates, desk.yard.org_id, desk.yard.unit)

    with pytest.raises(NotAllowed):
        _correct(desk, paper.id)


def test_nothing_is_signed_unseen(desk):
    """Without the digest of what would be signed, and with another one, the answer is what to read (T-R1)."""
    desk.until("RELEASED")
    paper = desk.paper()
    for digest, why in (("", "not-shown"), ("0" * 64, "record-changed")):
        with pytest.raises(Conflict) as refused:
            desk.act("certifying_staff", "supersede", paper.id, **SAME, digest=digest)
        told = refused.value.details
        assert (told["why"], told["record"]["number"]) == (why, "RC-000002")
        assert recomputed(told["record"]) == told["digest"]
    assert desk.paper().id == paper.id


def test_on_the_page_it_takes_two_steps(desk, certifier):
    """First what is corrected, without a password; then what is signed, with its digest and the password."""
    desk.until("RELEASED")
    where = f"/certificates/{desk.paper().id}/supersede"
    first = certifier.get(where).text
    assert 'name="factor"' not in first

    asked = {**SAME, "expected": "ISSUED"}
    second = certifier.post(where, data={**asked, "key": "k-1"})
    assert (second.status_code, "RC-000002" in second.text, 'name="factor"' in second.text) == (
        409,
        True,
        True,
    )
    digest = second.text.partition('name="digest" value="')[2].partition('"')[0]
    unproved = certifier.post(where, data={**asked, "key": "k-2", "digest": digest})
    assert (unproved.status_code, digest in unproved.text) == (403, True)

    done = certifier.post(where, data={**asked, "key": "k-3", "digest": digest, "factor": PASSWORD})
    assert done.status_code == 303, done.text
    assert desk.paper().digest == digest
