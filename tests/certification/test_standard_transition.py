"""A certificate moves to a new edition of the standard (SM-5 no. 16)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remanu.certification import actions
from remanu.errors import BadInput, GuardFailed
from remanu.rules.accreditation import Area
from tests.certification import checks
from tests.certification.grants import add_edition
from tests.certification.story import BODY, FAMILY, SCHEME, accredit, decide, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_it_rests_on_the_new_edition(granted, registry):
    """Once that is in force and the body is accredited for it (I46)."""
    add_edition(granted, days=30)
    with pytest.raises(GuardFailed):
        decide(granted, actions.standard_transition, edition="2026")
    granted.later(2)
    with pytest.raises(GuardFailed) as refusal:
        decide(granted, actions.standard_transition, edition="2026")
    assert refusal.value.details["missing"] == ["body_accredited"]
    accredit(granted, number="XA-ACC-2", areas=(Area(FAMILY, SCHEME, "2026"),))
    done = decide(granted, actions.standard_transition, edition="2026")
    assert (done.body.former, granted.found_file().now.edition) == ("2025", "2026")
    with pytest.raises(BadInput):
        decide(granted, actions.standard_transition, edition="2026")
    assert granted.holds(registry)


def test_it_is_a_signature(granted):
    """Of a decision maker."""
    add_edition(granted, days=30)
    granted.later(2)
    days = {"valid_from": granted.today, "valid_to": granted.today + timedelta(days=9)}
    accredit(granted, number="XA-ACC-2", areas=(Area("*", SCHEME),), **days)
    verb, given = actions.standard_transition, {"edition": "2026"}
    checks.wants_a_factor(granted, verb, who(BODY, "decision_maker"), granted.file, **given)
    checks.only_its_roles(granted, verb, BODY, granted.file, **given)
