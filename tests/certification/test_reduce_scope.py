"""Lines leave the scope; what was released under them keeps its claim (SM-5 no. 11)."""

from __future__ import annotations

import pytest

from remanu.certification import actions
from remanu.errors import BadInput, Conflict, GuardFailed
from tests.certification import checks
from tests.certification.story import BODY, HOLDER, A, B, decide, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def reduce(story, reason="model-ended", lines=(A,)):
    """These lines leave."""
    return decide(story, actions.reduce_scope, reason=reason, lines=lines)


def test_the_rest_goes_on(granted, registry):
    """The scope of the days before stays what it was (I43)."""
    granted.later(4)
    reduce(granted)
    assert granted.found_file().now.lines == (B,)
    assert granted.holds(registry)


def test_something_stays(granted):
    """Else it is withdrawn; nothing named is nothing; a reason is of the list."""
    with pytest.raises(Conflict):
        reduce(granted, lines=(A, B))
    with pytest.raises(GuardFailed):
        reduce(granted, lines=())
    with pytest.raises(BadInput):
        reduce(granted, "mood")


def test_at_the_holders_wish(granted):
    """His request is cited."""
    with pytest.raises(Conflict):
        reduce(granted, "client-asks")
    granted.do(actions.request, who(HOLDER, "quality"), granted.application, wish="reduce")
    assert reduce(granted, "client-asks").body.request


def test_it_is_a_signature(granted):
    """Of a decision maker."""
    given = {"reason": "model-ended", "lines": (A,)}
    checks.wants_a_factor(granted, actions.reduce_scope, who(BODY, "decision_maker"), granted.file, **given)
    checks.only_its_roles(granted, actions.reduce_scope, BODY, granted.file, **given)
