"""The record of accounts makes the same views again, and leaves vault and sessions alone."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from remanu.accounts import actions, events, queries
from remanu.accounts.models import (
    Authorisation,
    Device,
    Membership,
    Organisation,
    OrganisationSite,
    Passkey,
    SigningPolicy,
)
from remanu.errors import SignatureRefused
from remanu.ledger import rebuild
from remanu.ledger.kinds import registry
from remanu.rules import tokens
from tests.accounts import signer

REGISTRY = registry(events.KINDS)


@pytest.fixture
def story(place, admin, clock):
    """Everything that can happen, once; returns who stayed and who was erased."""
    stays, goes = place.member("stays", "certifying_staff"), place.member("goes")
    days = {"valid_from": date(2026, 1, 1), "valid_to": date(2026, 12, 31)}
    scope = {"number": "XA-CS-0007", "family": "*", "activity": "release", "site": "Hall 1"}
    first = place.do(actions.authorise, admin, stays, **scope, **days)
    place.do(actions.authorise, admin, stays, **{**scope, "activity": "ndt"}, **days)
    place.do(actions.withdraw_authorisation, admin, first.body.authorisation)
    place.do(actions.assign_roles, admin, stays, roles=("inspector",))
    place.do(actions.suspend, admin, stays, why="leave")
    clock.advance(minutes=1)
    place.do(actions.reinstate, admin, stays)
    place.do(actions.suspend, admin, goes, why="left")
    place.do(actions.same_as, admin, goes, other=stays)
    place.do(actions.erase, place.actor(admin.ref), goes)
    device = place.do(actions.enrol_device, admin, name="Bench 3").subject.id
    place.do(actions.retire_device, admin, device)
    place.redeem(place.link("quality"))
    site = place.do(
        actions.open_site, admin, name="Hall 1", opened_on=days["valid_from"], usual=True
    ).subject.id
    place.do(actions.close_site, admin, site, closed_on=days["valid_to"])
    _signs(place, admin)
    return stays, goes


def _signs(place, admin):
    """The ways of signing: a passkey and its end, codes and their loss, a policy that holds and one that does not."""
    one = signer.at_work(place)
    one.register()
    one.confirm()
    actions.remember_failure(
        place.database, one.actor, "release.release", SignatureRefused(why="bad-signature")
    )
    place.do(actions.retire_passkey, one.actor, one.passkey, why="lost")
    one.enrol_code()
    place.do(actions.reset_code, place.actor(admin.ref), one.ref, token=tokens.fresh())
    signer.decide(place, "password+code", first=place.actor(admin.ref), second=one.keeper)
    policy = place.do(actions.propose_policy, admin, ways=signer.actions_by("passkey")).body.policy
    place.do(actions.withdraw_policy, admin, policy)


def views(place):
    """All rows of the views."""
    tables = (Organisation, Membership, Authorisation, Device, OrganisationSite, Passkey, SigningPolicy)
    return {
        table.__tablename__: place.ask(
            lambda c, t=table: sorted(map(repr, c.execute(sa.select(t.__table__)).all()))
        )
        for table in tables
    }


def test_every_kind_happened(place, story):
    """The story is a test of all kinds, and of those that come later."""
    happened = place.ask(lambda c: set(c.exec_driver_sql("SELECT DISTINCT kind FROM event").scalars()))
    assert happened == set(REGISTRY)


def test_a_replay_finds_no_difference(place, story):
    """Views are what the events say."""
    assert not rebuild.check(place.database, REGISTRY).problems


def test_the_control_of_the_replay(place, story):
    """A role that no event gave is found."""
    place.do(lambda tx: tx.execute(sa.update(Membership).values(roles='["admin"]')))
    assert rebuild.check(place.database, REGISTRY).problems


def test_a_rebuild_changes_nothing_that_lives(place, story, keyring):
    """The same views, open sessions go on though their holder was once suspended, names stay."""
    stays, goes = story
    token, before = place.sign_in("stays"), views(place)
    rebuild.rebuild(place.database, REGISTRY)
    assert views(place) == before
    assert place.live(token).actor.ref == stays
    assert place.ask(queries.name_of, keyring, place.org_id, goes) is None
