"""What every act of this room promises alike: roles, a fresh factor, whose matter it is."""

from __future__ import annotations

from typing import Any

import pytest

from remanu.errors import FactorNeeded, Forbidden
from remanu.rules.permissions import PERMISSIONS, ROLES
from tests.certification.story import Story, who


def only_its_roles(story: Story, action: Any, org_id: str, *args: Any, **given: Any) -> None:
    """Everybody else is refused before anything is read."""
    for role in sorted(set(ROLES) - PERMISSIONS[f"certification.{action.__name__}"]):
        with pytest.raises(Forbidden):
            story.do(action, who(org_id, role), *args, **given)


def wants_a_factor(story: Story, action: Any, actor: Any, *args: Any, **given: Any) -> None:
    """It is a signature."""
    with pytest.raises(FactorNeeded):
        story.plain(action, actor, *args, **given)


def refused(
    kind: type[Exception], why: str, story: Story, action: Any, actor: Any, *args: Any, **given: Any
) -> None:
    """The act is refused in this kind, with this reason, field or missing guard."""
    with pytest.raises(kind) as refusal:
        story.do(action, actor, *args, **given)
    details = refusal.value.details
    said = {details.get("why"), details.get("field"), *details.get("missing", ())}
    assert why in said
