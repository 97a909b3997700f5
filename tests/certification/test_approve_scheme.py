"""A second person approves a scheme (four eyes, I34 in kind)."""

from __future__ import annotations

import pytest

from remanu.certification import actions, queries
from remanu.errors import Conflict, NotFound, OwnFile
from remanu.release.queries import public_state
from tests.certification import checks
from tests.certification.story import BODY, OWNER, SCHEME, draft, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_from_then_on_bodies_certify_under_it(told, registry):
    """Everybody may read it at once."""
    story = told("scheme")
    row = story.ask(queries.scheme_called, SCHEME)
    assert (row.id, row.state) == (story.scheme, "approved")
    assert story.ask(queries.read_scheme, row.id).owner_en == "Schemes of XA"
    assert story.ask(public_state, f"urn:uuid:{row.id}") == "approved"
    assert story.holds(registry)


def test_nobody_approves_his_own(begin):
    """Whatever roles he has."""
    scheme = draft(begin).subject.id
    with pytest.raises(OwnFile):
        begin.do(actions.approve_scheme, who(OWNER, "steward"), scheme)


def test_once_and_ones_own_organisations(told):
    """Not twice, not another's."""
    story, second = told("scheme"), who(OWNER, "steward", name="second")
    with pytest.raises(Conflict):
        story.do(actions.approve_scheme, second, story.scheme)
    with pytest.raises(NotFound):
        story.do(actions.approve_scheme, who(BODY, "decision_maker"), story.scheme)


def test_it_is_a_signature(begin):
    """And not for everybody."""
    scheme = draft(begin).subject.id
    checks.wants_a_factor(begin, actions.approve_scheme, who(OWNER, "steward", name="second"), scheme)
    checks.only_its_roles(begin, actions.approve_scheme, OWNER, scheme)
    with pytest.raises(NotFound):
        begin.ask(queries.read_scheme, scheme)
