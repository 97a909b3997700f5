"""A complaint or an appeal is taken up; its words are sealed."""

from __future__ import annotations

import pytest

from remanu.certification import actions, queries
from remanu.errors import BadInput
from remanu.ledger import seal
from tests.certification import checks
from tests.certification.story import BODY, HOLDER, NOTE, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_an_appeal_of_the_holder(granted, registry):
    """His request is cited and taken."""
    granted.do(actions.request, who(HOLDER, "quality"), granted.application, wish="appeal", note=NOTE)
    done = granted.do(actions.raise_complaint, who(BODY, "reviewer"), granted.file, about="appeal", note=NOTE)
    (row,) = granted.ask(queries.complaints, BODY, state="open")
    assert (row.kind, row.request, row.certification_id) == ("appeal", done.body.request, granted.file)
    assert granted.ask(queries.requests, BODY) == []
    sealed = granted.ask(seal.open_sealed, granted.database.keyring, org_id=BODY, event_id=done.id)
    assert sealed == {"note": NOTE}
    assert granted.holds(registry)


def test_a_complaint_of_anybody(granted):
    """Needs no request; what it is stands in a closed list."""
    given = {"about": "complaint", "note": NOTE}
    assert (
        granted.do(actions.raise_complaint, who(BODY, "evaluator"), granted.file, **given).body.request
        is None
    )
    with pytest.raises(BadInput):
        granted.do(actions.raise_complaint, who(BODY, "evaluator"), granted.file, about="gossip", note=NOTE)


def test_roles(granted):
    """The body's offices."""
    checks.only_its_roles(granted, actions.raise_complaint, BODY, granted.file, about="appeal", note=NOTE)
