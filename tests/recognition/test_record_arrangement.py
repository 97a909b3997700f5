"""There is such an arrangement of accreditors."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Conflict
from remanu.recognition import actions, queries
from tests.recognition.story import BOARD, only_stewards, refused, steward

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

GIVEN = {"code": "X-MLA", "names": ("Arrangement", "安排", "安排"), "source": "https://a.example/mla"}


def test_everybody_may_read_it(office, registry):
    """By its code, which nobody else takes."""
    arrangement = office.arranged()
    assert office.ask(queries.read_arrangement, arrangement).code == "X-MLA"
    assert [one.id for one in office.ask(queries.arrangements)] == [arrangement]
    refused(Conflict, "arrangement-code-taken", office, actions.record_arrangement, **GIVEN)
    assert office.holds(registry)


def test_what_stands_against_it(office):
    """No code, no source, another kind of organisation, other roles."""
    refused(BadInput, "code", office, actions.record_arrangement, **(GIVEN | {"code": ""}))
    refused(BadInput, "source", office, actions.record_arrangement, **(GIVEN | {"source": " "}))
    other = steward(org_id=BOARD)
    refused(Conflict, "not-such-a-body", office, actions.record_arrangement, **GIVEN, who=other)
    only_stewards(office, actions.record_arrangement, **GIVEN)
