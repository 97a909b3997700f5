"""A rejected core goes back to its owner."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.errors import BadInput
from remanu.intake import actions, queries
from remanu.parts.models import PublicState
from tests import people
from tests.intake import promises, story

LOGISTICS = people.BY_ROLE["logistics"]


def back(tx, case, actor=LOGISTICS, **more):
    """It leaves as it came."""
    return actions.return_to_owner(tx, actor, case, **{"owner_agrees": True, **more})


def test_it_leaves_as_it_came(hall, keyring):
    """Its state is final, its public state says returned, the consignment is sealed."""
    case = hall.do(story.rejected)
    done = hall.do(back, case, consignment="CN-1", carrier="Quay Lines", evidence=(story.PHOTO,))
    seen = hall.case(case)
    assert (seen.state, seen.item.place) == ("RETURNED_UNPROCESSED", None)
    states = sa.select(PublicState.state).where(PublicState.uri == seen.item.uri)
    assert hall.ask(lambda connection: connection.execute(states).scalar()) == "returned"
    sealed = hall.ask(queries.private_of, keyring, people.WORKSHOP, done.id)
    assert sealed == {"consignment": "CN-1", "carrier": "Quay Lines"}
    assert hall.ask(queries.intake_of, people.WORKSHOP, case).custody[-1].act == "returned"
    assert hall.holds()


def test_the_owner_must_agree(hall):
    """The guard of SM-1 no. 9."""
    case = hall.do(story.rejected)
    promises.misses(hall, lambda tx: back(tx, case, owner_agrees=False), "owner_agrees")


def test_an_odd_consignment_is_refused(hall):
    """Sealed text is cleaned like any other."""
    case = hall.do(story.rejected)
    with pytest.raises(BadInput):
        hall.do(back, case, consignment="CN\u202e1")


def test_roles(hall):
    """Logistics alone."""
    case = hall.do(story.rejected)
    promises.only_its_roles(hall, "return_to_owner", lambda tx, who: back(tx, case, who))


def test_not_yours(hall):
    """Another organisation's case is not there."""
    case = hall.do(story.rejected)
    promises.only_its_organisation(hall, lambda tx, who: back(tx, case, who))


def test_only_what_is_rejected(hall):
    """An accepted core stays."""
    case = hall.do(story.until, "accepted")
    promises.only_from(hall, "return_to_owner", case, lambda tx: back(tx, case))
