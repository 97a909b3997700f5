"""The certificate is withdrawn for good (SM-5 no. 13)."""

from __future__ import annotations

import pytest

from remanu.certification import actions
from remanu.errors import BadInput, NotAllowed
from remanu.release.queries import public_state
from tests.certification import checks
from tests.certification.story import BODY, decide, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_it_never_comes_back(granted, registry):
    """Everybody reads so at once; retroactive where units are named."""
    granted.later(5)
    done = decide(
        granted, actions.withdraw_certification, reason="safety", retro=actions.Named(since=granted.today)
    )
    assert done.body.retro.since == granted.today.isoformat()
    assert granted.state == "WITHDRAWN"
    assert granted.ask(public_state, f"urn:uuid:{granted.file}") == "withdrawn"
    for verb, given in (
        (actions.reinstate_certification, {}),
        (actions.withdraw_certification, {"reason": "misuse"}),
    ):
        with pytest.raises(NotAllowed):
            decide(granted, verb, **given)
    assert granted.holds(registry)


def test_it_is_a_signature(granted):
    """Of a decision maker, with a reason."""
    with pytest.raises(BadInput):
        decide(granted, actions.withdraw_certification, reason="mood")
    given = {"reason": "misuse"}
    checks.wants_a_factor(
        granted, actions.withdraw_certification, who(BODY, "decision_maker"), granted.file, **given
    )
    checks.only_its_roles(granted, actions.withdraw_certification, BODY, granted.file, **given)
