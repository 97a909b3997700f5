"""Somebody else approves a pack: author and approver are two people (I33 in kind)."""

from __future__ import annotations

import pytest

from remanu.catalogue import actions, queries
from remanu.db import evidence_of
from remanu.errors import Conflict, FactorNeeded, Forbidden, NotFound, OwnWork
from remanu.rules.permissions import PERMISSIONS, ROLES
from tests import people
from tests.catalogue import own

BOTH = people.member("both", "engineering", "approver")


def test_another_person_approves(hall):
    """Once; the row says who."""
    pack_id = own.approved(hall)
    row = hall.ask(queries.find_pack, people.WORKSHOP, pack_id)
    assert (row.state, row.approver_ref) == ("approved", own.APPROVER.ref)
    with pytest.raises(Conflict):
        hall.do(own.approve, pack_id)
    assert hall.holds()


def test_nobody_approves_what_he_wrote(hall):
    """Whatever roles he has."""
    pack_id = hall.do(own.draft, BOTH).subject.id
    with pytest.raises(OwnWork):
        hall.do(own.approve, pack_id, BOTH)


def test_nobody_approves_a_copy_of_his_own_draft(hall):
    """A colleague's signature under it does not make it the colleague's."""
    first = hall.do(own.draft, BOTH).subject.id
    copied = own.HOIST.replace('edition = "1"', 'edition = "2"', 1)
    second = hall.do(own.draft, source=copied, base=first).subject.id
    with pytest.raises(OwnWork):
        hall.do(own.approve, second, BOTH)
    hall.do(own.approve, second)


def test_what_was_approved_since_bars_nobody(hall):
    """Who wrote the first edition may judge what a colleague made of it."""
    first = hall.do(own.draft, BOTH).subject.id
    hall.do(own.approve, first)
    copied = own.HOIST.replace('edition = "1"', 'edition = "2"', 1)
    second = hall.do(own.draft, source=copied, base=first).subject.id
    hall.do(own.approve, second, BOTH)


def test_it_wants_a_fresh_factor(hall):
    """Approving is signing."""
    pack_id = hall.do(own.draft).subject.id
    with pytest.raises(FactorNeeded):
        hall.do(actions.approve_pack, own.APPROVER, pack_id)


def test_a_lost_text_is_not_approved(hall):
    """What nobody can read, nobody judges."""
    done = hall.do(own.draft)
    with hall.database.reading() as connection:
        evidence_of(connection).discard(done.body.evidence[0].digest)
    with pytest.raises(Conflict):
        hall.do(own.approve, done.subject.id)


def test_another_organisations_is_not_found(hall):
    """Not even by its id."""
    theirs = hall.do(own.draft, people.OUTSIDER).subject.id
    with pytest.raises(NotFound):
        hall.do(own.approve, theirs)


def test_roles(hall):
    """Approvers alone."""
    pack_id = hall.do(own.draft).subject.id
    for role in sorted(set(ROLES) - PERMISSIONS["catalogue.approve_pack"]):
        with pytest.raises(Forbidden):
            hall.do(own.approve, pack_id, people.BY_ROLE[role])
