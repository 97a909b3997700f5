"""The certificate ends because its holder asked for it (SM-5 no. 14)."""

from __future__ import annotations

import pytest

from remanu.certification import actions, queries
from remanu.errors import GuardFailed
from tests.certification import checks
from tests.certification.story import BODY, HOLDER, decide, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_only_when_he_asked(granted, registry):
    """His request is cited by digest and taken."""
    with pytest.raises(GuardFailed):
        decide(granted, actions.terminate_certification)
    granted.do(actions.request, who(HOLDER, "quality"), granted.application, wish="terminate")
    decide(granted, actions.terminate_certification)
    assert granted.state == "TERMINATED"
    assert granted.ask(queries.requests, BODY) == []
    assert granted.ask(queries.find_application, HOLDER, granted.application).state == "TERMINATED"
    assert granted.holds(registry)


def test_it_is_a_signature(granted):
    """Of a decision maker."""
    granted.do(actions.request, who(HOLDER, "quality"), granted.application, wish="terminate")
    checks.wants_a_factor(granted, actions.terminate_certification, who(BODY, "decision_maker"), granted.file)
    checks.only_its_roles(granted, actions.terminate_certification, BODY, granted.file)
