"""The certificate is suspended, whole or in part, retroactive or not (SM-5 no. 9, I45)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remanu.certification import actions, queries
from remanu.errors import BadInput, Conflict, GuardFailed, NotAllowed
from remanu.release.queries import public_state
from tests.certification import checks
from tests.certification.story import BODY, HOLDER, A, B, decide, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def suspend(story, reason="nonconformities", days=60, **more):
    """For at most so many days."""
    until = story.today + timedelta(days=days)
    return decide(story, actions.suspend_certification, reason=reason, until=until, **more)


def test_the_whole(granted, registry):
    """Others see it in the same transaction; no line covers from today."""
    suspend(granted)
    file = granted.found_file()
    assert (file.state, file.now.open_lines) == ("SUSPENDED", ())
    assert granted.ask(public_state, f"urn:uuid:{granted.file}") == "suspended"
    assert granted.holds(registry)


def test_a_part_and_then_another(granted, registry):
    """R11: the rest goes on."""
    granted.later(3)
    suspend(granted, lines=(A,))
    assert granted.found_file().now.open_lines == (B,)
    with pytest.raises(GuardFailed):
        suspend(granted, lines=(A,))
    suspend(granted, lines=(B,))
    assert granted.found_file().now.open_lines == ()
    assert granted.holds(registry)


def test_retroactive_where_the_scheme_allows_it(granted):
    """By days or serial numbers."""
    granted.later(9)
    retro = actions.Named(since=granted.today - timedelta(days=5), serials=("S-1",))
    assert suspend(granted, retro=retro).body.retro.serials == ("S-1",)
    assert granted.found_file().now.retro.since == retro.since


def test_a_scheme_without_retroactivity(granted):
    """Refuses it."""
    granted.database.transact(
        lambda tx: tx.connection.exec_driver_sql("UPDATE certification_scheme SET retroactive = 0")
    )
    with pytest.raises(BadInput) as refusal:
        suspend(granted, retro=actions.Named(since=granted.today))
    assert refusal.value.details["why"] == "retro-not-allowed"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"days": 0}, "until"),
        ({"days": 183}, "until"),
        ({"reason": "mood"}, "reason"),
        ({"lines": (actions.WISHES,)}, "lines"),
        ({"retro": actions.Named()}, "retro"),
        ({"retro": actions.Named(until="later")}, "retro"),
    ],
)
def test_bad_input(granted, more, field):
    """No time, too long, no reason, not in scope, nothing or nonsense named."""
    if getattr(more.get("retro"), "until", None):
        more = {"retro": actions.Named(since=granted.today, until=granted.today + timedelta(days=1))}
    with pytest.raises(BadInput) as refusal:
        suspend(granted, **more)
    assert refusal.value.details["field"] == field


def test_at_the_holders_wish_he_asked(granted):
    """His request is cited and taken."""
    with pytest.raises(Conflict):
        suspend(granted, "client-asks")
    granted.do(actions.request, who(HOLDER, "quality"), granted.application, wish="suspend")
    assert suspend(granted, "client-asks").body.request
    assert granted.ask(queries.requests, BODY) == []


def test_not_what_is_not_there(told):
    """Before the grant."""
    with pytest.raises(NotAllowed):
        suspend(told("reviewed"))


def test_it_is_a_signature(granted):
    """Of a decision maker."""
    verb, given = (
        actions.suspend_certification,
        {"reason": "safety", "until": granted.today + timedelta(days=9)},
    )
    checks.wants_a_factor(granted, verb, who(BODY, "decision_maker"), granted.file, **given)
    checks.only_its_roles(granted, verb, BODY, granted.file, **given)
