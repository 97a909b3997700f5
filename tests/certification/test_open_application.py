"""The body takes an application into its own record and cites the client's event (SM-5 no. 1)."""

from __future__ import annotations

import pytest

from remanu.certification import actions, queries
from remanu.errors import Conflict, NotFound
from tests.certification import checks
from tests.certification.story import ACCREDITOR, BODY, HOLDER, A, B, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_it_begins_the_bodys_own_file(told, registry):
    """With the scope that was applied for; it leaves the incoming ones, and the holder sees its state."""
    story = told("opened")
    file = story.found_file()
    assert (file.state, file.happened[0].lines, file.row.holder_org) == ("APPLIED", (A, B), HOLDER)
    assert story.ask(queries.incoming, BODY) == []
    assert story.ask(queries.find_application, HOLDER, story.application).state == "APPLIED"
    assert story.ask(queries.entries, queries.Asked()) == []
    assert story.holds(registry)


def test_once_and_what_is_addressed_to_it(told):
    """Not twice, not another body's."""
    story = told("opened")
    with pytest.raises(Conflict):
        story.do(actions.open_application, who(BODY, "reviewer"), story.application)
    with pytest.raises(Conflict):
        story.do(actions.open_application, who(ACCREDITOR, "reviewer"), story.application)
    with pytest.raises(NotFound):
        story.do(actions.open_application, who(BODY, "reviewer"), "nothing")


def test_roles(told):
    """The body's offices."""
    story = told("applied")
    checks.only_its_roles(story, actions.open_application, BODY, story.application)
