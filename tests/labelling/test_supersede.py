"""Replacing: a reason, a new code, and never two live labels in one place."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Conflict, Forbidden, NotAllowed, NotFound
from remanu.labelling import actions
from remanu.parts.models import Item
from tests import people


def supersede(bench, label, by=None, **changes):
    """Replace a label."""
    return bench.place.do(actions.supersede, by or bench.officer, label, **{"why": "damaged", **changes})


@pytest.mark.parametrize("state", ["printed", "applied", "active"])
def test_it_works(bench, state):
    """The new label has a code of its own and the same place, the old one names it."""
    label = getattr(bench, state)()
    new = bench.label(supersede(bench, label).body.replacement.label)
    old = bench.label(label)
    assert (old.state, old.why, old.replaced_by) == ("superseded", "damaged", new.id)
    assert (new.state, new.generation, new.replaces) == ("reserved", 2, label)
    assert new.code != old.code
    assert new.placement == old.placement


def test_another_language_and_stock(bench):
    """A replacement may say the same in another language, on another stock."""
    body = supersede(bench, bench.printed(), locale="zh-Hant", media="a4-l7160").body
    new = bench.label(body.replacement.label)
    assert (new.locale, new.media, new.template) == ("zh-Hant", "a4-l7160", "label-63x38")


def test_a_tag_too(in_process):
    """Tags tear off in the wash."""
    new = supersede(in_process, in_process.printed(), why="unreadable").body.replacement
    assert new.kind == "tag"


def test_not_a_reserved_one(bench):
    """What was never printed needs no replacement: revoke it."""
    with pytest.raises(NotAllowed):
        supersede(bench, bench.reserve())


def test_not_a_lost_one(bench):
    """Whoever finds a lost label must be warned, not sent on."""
    label = bench.printed()
    bench.place.do(actions.report_lost, bench.officer, label)
    with pytest.raises(NotAllowed):
        supersede(bench, label)


def test_not_of_a_former_life(bench):
    """A label of a closed life is history; the new life gets one of its own."""
    label = bench.printed()
    bench.change(Item, bench.item_id, life=2)
    with pytest.raises(Conflict) as refused:
        supersede(bench, label)
    assert refused.value.details["why"] == "life-closed"


def test_not_without_a_known_reason(bench):
    """Reasons come from a closed list."""
    with pytest.raises(BadInput):
        supersede(bench, bench.printed(), why="because")


def test_not_by_a_technician(bench):
    """Only the label officer issues labels."""
    with pytest.raises(Forbidden):
        supersede(bench, bench.printed(), bench.person("technician"))


def test_not_for_others(bench):
    """A label of another organisation does not exist here."""
    with pytest.raises(NotFound):
        supersede(bench, bench.printed(), people.OUTSIDER)
