"""A batch of blank tags is accounted for: taken, given up with a reason, or left."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Conflict
from remanu.intake import actions, queries
from remanu.rules import identity
from tests import people
from tests.intake import promises, story

CLERK = people.BY_ROLE["receiving_clerk"]


def counts(hall):
    """Issued, taken, given up, left of the one batch."""
    (row,) = hall.ask(queries.batches, CLERK.org_id)
    return row.issued, row.bound, row.void, row.left


@pytest.fixture
def made(hall):
    """A batch of four."""
    return hall.do(actions.issue_tags, CLERK, count=4)


def test_every_tag_is_taken_given_up_or_left(hall, made):
    """One by its code as it is scanned, then the rest; nothing is left, and no core takes what was given up."""
    batch, codes = made.subject.id, made.body.codes
    hall.do(story.received, claimed={"tag": codes[0]})
    assert counts(hall) == (4, 1, 0, 3)
    hall.do(actions.void_tags, CLERK, batch, why="spoilt", code=f"https://id.example.test/{codes[1]}")
    assert counts(hall) == (4, 1, 1, 2)
    with pytest.raises(BadInput) as refused:
        hall.do(story.received, claimed={"tag": codes[1], "serial": "2"})
    assert refused.value.details == {"field": "tag", "why": "tag-void"}
    done = hall.do(actions.void_tags, CLERK, batch, why="lost")
    assert set(done.body.codes) == set(codes[2:])
    assert counts(hall) == (4, 1, 3, 0)
    with pytest.raises(Conflict) as nothing:
        hall.do(actions.void_tags, CLERK, batch, why="lost")
    assert nothing.value.details["why"] == "nothing-left"
    assert hall.holds()


def test_what_is_none_of_the_batch(hall, made):
    """A tag of a part, one given up before, one of another batch, a code of nobody, no reason."""
    batch, codes = made.subject.id, made.body.codes
    other = hall.do(actions.issue_tags, CLERK, count=1).body.codes[0]
    hall.do(story.received, claimed={"tag": codes[0]})
    hall.do(actions.void_tags, CLERK, batch, why="lost", code=codes[1])
    for code, why in (
        (codes[0], "tag-bound"),
        (codes[1], "tag-void"),
        (other, "not-of-this-batch"),
        (identity.new_item_code(lambda _: 7), "not-of-this-batch"),
        ("NEW-8", "not-a-code"),
    ):
        with pytest.raises(BadInput) as refused:
            hall.do(actions.void_tags, CLERK, batch, why="lost", code=code)
        assert refused.value.details["why"] == why
    with pytest.raises(BadInput):
        hall.do(actions.void_tags, CLERK, batch, why="whim", code=codes[2])


def test_it_is_no_blank_in_the_basket(hall, made):
    """What was given up is a code of no record there, so that nobody is sent to receive a core under it."""
    batch, codes = made.subject.id, made.body.codes
    hall.do(actions.void_tags, CLERK, batch, why="spoilt", code=codes[0])
    for code in codes[:2]:
        hall.do(actions.put, CLERK, code)
    blank = {one.row.code: one.seen.blank for one in hall.ask(queries.basket_of, CLERK)}
    assert blank == {codes[0]: False, codes[1]: True}


def test_roles_and_organisation(hall, made):
    """Receiving clerk or label officer; others' batches are not there."""
    batch = made.subject.id
    promises.only_its_roles(hall, "void_tags", lambda tx, who: actions.void_tags(tx, who, batch, why="lost"))
    promises.only_its_organisation(hall, lambda tx, who: actions.void_tags(tx, who, batch, why="lost"))


def test_on_its_page(desk):
    """The list says what is left; a tag that was given up is not printed again."""
    batch = desk.post("receiving_clerk", "/intake/tags/issue_tags", count="2").location
    code = desk.get("receiving_clerk", batch).text.split('role="img" aria-label="')[1][:13]
    assert "2 are left" in desk.get("receiving_clerk", "/intake/tags").text
    assert desk.post("receiving_clerk", f"{batch}/void_tags", code=code, why="misprinted").location == batch
    page = desk.get("receiving_clerk", batch).text
    assert f'aria-label="{code}"' not in page
    assert "It was misprinted" in page
    assert desk.post("receiving_clerk", f"{batch}/void_tags", why="surplus").status_code == 303
    assert "all are accounted for" in desk.get("receiving_clerk", "/intake/tags").text
    (told,) = desk.get("receiving_clerk", "/api/v1/intake/tags").json
    assert (told["issued"], told["bound"], told["void"], told["left"]) == (2, 0, 2, 0)
