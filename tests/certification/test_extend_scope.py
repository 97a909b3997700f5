"""Models join the scope after an evaluation of their own (SM-5 no. 12)."""

from __future__ import annotations

import pytest

from remanu.certification import actions, queries
from remanu.errors import BadInput, Conflict, GuardFailed
from remanu.rules.certification import Line
from remanu.rules.text import search_words
from tests.certification import checks
from tests.certification.story import BODY, A, B, by_accreditor, decide, second_file, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
NEW = Line("NW-12V")


def extension(story):
    """It was evaluated and reviewed."""
    return second_file(story, extends=story.application, lines=(NEW,))


def test_the_certificate_grows_and_the_application_ends(granted, registry):
    """One act, an event on each of the two; the catalogue finds the new model."""
    granted.later(7)
    other = extension(granted)
    decide(other, actions.extend_scope, lines=(NEW,))
    assert (granted.found_file().now.lines, other.state) == ((A, B, NEW), "EXTENDED")
    (found,) = granted.ask(queries.entries, queries.Asked(words=tuple(search_words("NW-12V"))))
    assert found.id == granted.file
    assert granted.holds(registry)


def test_only_what_was_applied_for(granted):
    """And only an extension, by an accredited body."""
    other = extension(granted)
    with pytest.raises(BadInput):
        decide(other, actions.extend_scope, lines=(Line("ELSE"),))
    with pytest.raises(GuardFailed):
        decide(other, actions.extend_scope, lines=())
    plain = second_file(granted)
    with pytest.raises(Conflict):
        decide(plain, actions.extend_scope, lines=(A,))
    by_accreditor(granted, actions.suspend_accreditation, reason="fees")
    with pytest.raises(GuardFailed):
        decide(other, actions.extend_scope, lines=(NEW,))


def test_it_is_a_signature(granted):
    """Of a decision maker."""
    other = extension(granted)
    given = {"lines": (NEW,)}
    checks.wants_a_factor(granted, actions.extend_scope, who(BODY, "decision_maker"), other.file, **given)
    checks.only_its_roles(granted, actions.extend_scope, BODY, other.file, **given)
