"""What every act of restoration owes, whichever it is: roles, organisations, states, guards; and nothing written."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from remanu.errors import BadInput, Conflict, Forbidden, GuardFailed, NotAllowed, NotFound
from remanu.ledger.models import EventRow
from remanu.parts.models import Installation, InstallationReading
from remanu.rules import lifecycle
from remanu.rules.permissions import PERMISSIONS
from tests.restoration import story


def count(yard) -> int:
    """How many events there are."""
    return yard.ask(lambda connection: connection.execute(sa.select(sa.func.count(EventRow.id))).scalar())


@contextmanager
def nothing_written(yard):
    """What happens within leaves no event."""
    before = count(yard)
    yield
    assert count(yard) == before


def only_its_roles(yard, verb, target, **values):
    """Everybody without one of its roles is refused."""
    with nothing_written(yard):
        for role in story.ROLES:
            if role not in PERMISSIONS[f"restoration.{verb}"]:
                with pytest.raises(Forbidden):
                    yard.act(role, verb, target, **values)


def only_its_organisation(yard, outsider, verb, target, **values):
    """For somebody else's organisation the case or the part is not there."""
    yard.who["outsider"] = outsider
    with nothing_written(yard), pytest.raises(NotFound):
        yard.act("outsider", verb, target, **values)


def only_from(yard, role, verb, target=None, **values):
    """From this state it is not possible; the refusal names the state and what there is."""
    state = yard.view().state
    with nothing_written(yard), pytest.raises(NotAllowed) as refused:
        yard.act(role, verb, target, **values)
    assert refused.value.details == {
        "action": verb,
        "state": state,
        "allowed": [one.action for one in lifecycle.allowed("SM-1", state)],
    }


def misses(yard, role, verb, *guards, target=None, **values):
    """These guards stand against it, and no others."""
    with nothing_written(yard), pytest.raises(GuardFailed) as refused:
        yard.act(role, verb, target, **values)
    assert set(refused.value.details["missing"]) == set(guards)


def odd(yard, role, verb, field, why, target=None, /, **values):
    """One entry cannot be taken, for this reason."""
    with nothing_written(yard), pytest.raises(BadInput) as refused:
        yard.act(role, verb, target, **values)
    assert (refused.value.details["field"], refused.value.details["why"]) == (field, why)


def contradicts(yard, role, verb, why, target=None, /, **values):
    """The record forbids it, for this reason."""
    with nothing_written(yard), pytest.raises(Conflict) as refused:
        yard.act(role, verb, target, **values)
    assert refused.value.details["why"] == why


def hours_at_the_end(yard, item: str) -> list[tuple[str, str]]:
    """What the hours of an item's host, and its own, were when the last place it sat in was left (I5)."""
    read = InstallationReading
    chosen = (
        sa.select(read.whose, read.value)
        .join(Installation, sa.and_(Installation.org_id == read.org_id, Installation.id == read.installation_id))
        .where(Installation.org_id == yard.org_id, Installation.item_id == item, read.edge == "end")
    )
    return [tuple(row) for row in yard.ask(lambda connection: connection.execute(chosen).all())]
