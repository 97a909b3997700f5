"""Ending a GS1 company prefix."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.errors import BadInput, Conflict, Forbidden, NotFound
from remanu.parts import actions
from remanu.parts.queries import identifiers as held
from tests.parts.hall import act
from tests.parts.naming import PREFIX, confirmed, minted

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
END = date(2030, 1, 1)


def test_keys_stay_and_others_may_confirm(hall, other):
    """What stands on parts leads here still."""
    done = confirmed(hall)
    body = minted(hall, hall.item()).body
    hall.do("admin", actions.end_prefix, done.subject.id, ended_from=END)

    assert hall.ask(held.prefixes)[0].ended_from == "2030-01-01"
    assert hall.place.ask(held.minted_as, body.normalised).org_id == hall.org_id
    confirmed(other)


def test_refusals(hall, other):
    """Not before it began, not twice, not by others, not another's."""
    done = confirmed(hall)
    with pytest.raises(BadInput, match="ends-before"):
        hall.do("admin", actions.end_prefix, done.subject.id, ended_from=date(2019, 12, 31))
    with pytest.raises(Forbidden):
        hall.do("label_officer", actions.end_prefix, done.subject.id, ended_from=END)
    with pytest.raises(NotFound):
        other.do("admin", actions.end_prefix, done.subject.id, ended_from=END)
    hall.do("admin", actions.end_prefix, done.subject.id, ended_from=END)
    with pytest.raises(Conflict, match="prefix-ended"):
        hall.do("admin", actions.end_prefix, done.subject.id, ended_from=END)


def test_by_the_page(hall, web):
    """The form, and the list that says when."""
    admin, done = hall.browser(web, "admin"), confirmed(hall)
    address = f"/prefixes/{done.subject.id}/end_prefix"
    assert PREFIX in admin.get("/prefixes").text
    assert admin.get(address).status_code == 200
    assert act(admin, address, ended_from="2030-01-01").status_code == 200
    assert "2030-01-01" in admin.get("/prefixes").text
