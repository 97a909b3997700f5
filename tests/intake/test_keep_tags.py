"""Whoever looks for the tags of a batch that are left knows where they lie; a batch is closed when none is."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput
from remanu.intake import actions, queries
from tests import people
from tests.intake import promises, story

CLERK = people.BY_ROLE["receiving_clerk"]


@pytest.fixture
def made(hall):
    """A batch of two."""
    return hall.do(actions.issue_tags, CLERK, count=2)


def test_where_they_lie(hall, made):
    """By a name, then by the sign of a place; the list says the newest, a tag that a part takes is as it was."""
    batch, codes = made.subject.id, made.body.codes
    hall.do(actions.keep_tags, CLERK, batch, place="  Gate  ")
    assert hall.ask(queries.batches, CLERK.org_id)[0].place == "Gate"
    sign = hall.do(actions.add_place, CLERK, name="Yard 2").body.code
    done = hall.do(actions.keep_tags, CLERK, batch, place=sign)
    assert done.body.place == "Yard 2"
    hall.do(story.received, claimed={"tag": codes[0]})
    (row,) = hall.ask(queries.batches, CLERK.org_id)
    assert (row.place, row.bound, row.left) == ("Yard 2", 1, 1)
    assert hall.holds()


def test_what_is_no_place(hall, made):
    """Nothing, and the label of a part."""
    for place, why in (("", "empty"), (made.body.codes[1], "not-a-place")):
        with pytest.raises(BadInput) as refused:
            hall.do(actions.keep_tags, CLERK, made.subject.id, place=place)
        assert refused.value.details["why"] == why


def test_roles_and_organisation(hall, made):
    """Receiving clerk or label officer; others' batches are not there."""
    batch = made.subject.id
    promises.only_its_roles(
        hall, "keep_tags", lambda tx, who: actions.keep_tags(tx, who, batch, place="Gate")
    )
    promises.only_its_organisation(hall, lambda tx, who: actions.keep_tags(tx, who, batch, place="Gate"))


def test_on_its_page(desk):
    """Open with its place, with the numbers by reason; closed when every tag is accounted for."""
    batch = desk.post("receiving_clerk", "/intake/tags/issue_tags", count="2").location
    assert "Nobody has said where" in desk.get("receiving_clerk", batch).text
    assert desk.post("receiving_clerk", f"{batch}/keep_tags", place="Gate").location == batch
    assert "lie at Gate" in desk.get("receiving_clerk", batch).text
    assert desk.get("receiving_clerk", "/api/v1/intake/tags").json[0]["place"] == "Gate"
    assert desk.post("receiving_clerk", f"{batch}/void_tags", why="lost").status_code == 303
    page = desk.get("receiving_clerk", batch).text
    assert "Every tag of this batch is accounted for" in page
    assert "<dt>It is lost</dt><dd>2</dd>" in page
    assert "keep_tags" not in page
