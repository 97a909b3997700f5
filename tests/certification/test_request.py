"""What a holder says to his body later, in his own record; the words are sealed."""

from __future__ import annotations

import pytest

from remanu.certification import actions, queries
from remanu.errors import BadInput, Conflict, NotFound
from remanu.ledger import seal
from tests.certification import checks
from tests.certification.story import BODY, HOLDER, NOTE, OWNER, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def ask(story, wish, **more):
    """The holder says something."""
    return story.do(actions.request, who(HOLDER, "quality"), story.application, wish=wish, **more)


def test_the_body_reads_that_and_the_holder_what(granted, registry):
    """The wish travels, the words do not."""
    done = ask(granted, "appeal", note=NOTE)
    (found,) = granted.ask(queries.requests, BODY)
    assert (found.wish, found.digest) == ("appeal", done.commitment.hex())
    assert granted.ask(queries.requests, OWNER) == []
    opened = granted.ask(seal.open_sealed, granted.database.keyring, org_id=HOLDER, event_id=done.id)
    assert opened == {"note": NOTE}
    assert [one.wish for one in granted.ask(queries.own_requests, HOLDER, granted.application)] == ["appeal"]
    assert granted.holds(registry)


@pytest.mark.parametrize("wish", ["suspend", "reduce", "terminate", "corrected"])
def test_not_before_there_is_something(told, wish):
    """No certificate, no findings."""
    with pytest.raises(Conflict):
        ask(told("opened"), wish)


def test_a_wish_nobody_knows(granted):
    """A closed list."""
    with pytest.raises(BadInput):
        ask(granted, "flowers")


def test_roles(granted):
    """Quality of the workshop, and of this one."""
    checks.only_its_roles(granted, actions.request, HOLDER, granted.application, wish="appeal")
    with pytest.raises(NotFound):
        granted.do(actions.request, who(OWNER, "quality"), granted.application, wish="appeal")
