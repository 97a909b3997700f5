"""Everything in the basket is moved, or nothing."""

from __future__ import annotations

import pytest

from remanu.errors import Conflict
from remanu.intake import actions, queries
from remanu.rules import identity
from tests import people
from tests.intake import story
from tests.intake.scanned import CLERK, announced

MANAGER = people.BY_ROLE["core_manager"]


def test_a_stranger_s_code_and_an_unknown_one_look_alike(hall):
    """Nobody learns whose part it is; a blank tag of ours is told apart."""
    other = hall.do(lambda tx: actions.announce(tx, people.OUTSIDER, core=actions.Core(**story.CLAIMED), owner="X"))
    theirs = other.subject.uri.rpartition("/")[2]
    blank = hall.do(actions.issue_tags, CLERK, count=1).body.codes[0]
    for code in (theirs, identity.new_item_code(lambda _: 7), blank):
        hall.do(actions.put, CLERK, code)
    seen = {one.row.code: (one.seen.known, one.seen.blank) for one in hall.ask(queries.basket_of, CLERK)}
    assert seen[theirs] == seen[identity.new_item_code(lambda _: 7)] == (False, False)
    assert seen[blank] == (False, True)
    with pytest.raises(Conflict) as refused:
        hall.do(actions.move_all, CLERK, list(seen), place="Rack 1")
    assert set(refused.value.details["blockers"]) == {"no-record", "blank-tag"}


def test_a_blank_tag_that_a_core_took_is_a_part(hall):
    """It was scanned before the core had a record; now it can be moved."""
    blank = hall.do(actions.issue_tags, CLERK, count=1).body.codes[0]
    hall.do(actions.put, CLERK, blank)
    hall.do(story.received, claimed={"tag": blank})
    (done,) = hall.do(actions.move_all, CLERK, [blank], place="Rack 1")
    assert done.body.place == "Rack 1"


def test_what_was_seen_is_what_is_done(hall):
    """A row that came since the form was drawn, and an empty basket."""
    announced(hall, "1")
    with pytest.raises(Conflict) as refused:
        hall.do(actions.move_all, CLERK, [], place="Rack 1")
    assert refused.value.details["why"] == "basket-changed"
    with pytest.raises(Conflict) as refused:
        hall.do(actions.move_all, MANAGER, [], place="Rack 1")
    assert refused.value.details["why"] == "basket-empty"
