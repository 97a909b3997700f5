"""Tags are printed ahead, and a core takes one."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput
from remanu.intake import actions, queries
from remanu.parts import queries as parts
from remanu.rules import identity
from tests import people
from tests.intake import promises, story

CLERK = people.BY_ROLE["receiving_clerk"]


def test_a_core_takes_the_code_of_a_blank_tag(hall):
    """Its public code is the tag's; the batch counts it as taken."""
    made = hall.do(actions.issue_tags, CLERK, count=3)
    code = made.body.codes[0]
    case = hall.do(story.received, claimed={"tag": identity.group(code).lower()})
    assert hall.case(case).item.code == code
    assert hall.ask(parts.by_code, code).org_id == people.WORKSHOP
    (batch,) = hall.ask(queries.batches, people.WORKSHOP)
    assert (batch.number, batch.issued, batch.bound) == ("T-0001", 3, 1)
    with pytest.raises(BadInput) as refused:
        hall.do(story.received, claimed={"tag": code, "serial": "2"})
    assert refused.value.details["why"] == "tag-bound"


@pytest.mark.parametrize(("tag", "why"), [("0123456789ABC", "check-character"), ("NEW-8", "not-a-code")])
def test_what_is_no_tag_of_ours_is_not_taken(hall, tag, why):
    """Misread codes say so; a well-formed one of nobody is no blank."""
    for given, said in ((tag, why), (identity.new_item_code(lambda _: 7), "not-a-blank")):
        with pytest.raises(BadInput) as refused:
            hall.do(story.received, claimed={"tag": given})
        assert refused.value.details == {"field": "tag", "why": said}


@pytest.mark.parametrize(("count", "why"), [(0, "negative"), (201, "too-large")])
def test_odd_numbers_are_refused(hall, count, why):
    """At least one, at most two hundred."""
    with pytest.raises(BadInput) as refused:
        hall.do(actions.issue_tags, CLERK, count=count)
    assert refused.value.details["why"] == why


def test_roles(hall):
    """Receiving clerk or label officer."""
    promises.only_its_roles(hall, "issue_tags", lambda tx, who: actions.issue_tags(tx, who, count=1))
