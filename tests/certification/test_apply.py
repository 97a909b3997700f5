"""A workshop applies to a body in its own record (SM-5): one act writes one organisation's subjects."""

from __future__ import annotations

from datetime import timedelta

import pytest

from remanu.accounts import actions as accounts
from remanu.accounts.events import Founded
from remanu.certification import actions, queries
from remanu.errors import BadInput, Conflict, NotFound
from tests.certification import checks
from tests.certification.grants import add_edition
from tests.certification.story import (
    BODY,
    FAMILY,
    HOLDER,
    OWNER,
    SCHEME,
    ZONE,
    A,
    apply,
    draft,
    second_file,
    who,
)

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_it_reaches_the_body_alone(told, registry):
    """The body reads what is addressed to it; nobody else does."""
    story = told("applied")
    assert [one.id for one in story.ask(queries.incoming, BODY)] == [story.application]
    assert story.ask(queries.incoming, OWNER) == []
    with pytest.raises(NotFound):
        story.ask(queries.find_incoming, OWNER, story.application)
    row = story.ask(queries.find_application, HOLDER, story.application)
    assert (row.edition, row.state, row.certification) == ("2025", None, None)
    assert story.holds(registry)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"body": OWNER}, "body"),
        ({"body": "nobody"}, "body"),
        ({"scheme": "NONE"}, "scheme"),
        ({"family": "spoons"}, "family"),
        ({"agreement": False}, "agreement"),
        ({"lines": ()}, "models"),
    ],
)
def test_bad_input(told, changed, field):
    """No such body, scheme or family; no agreement; nothing applied for; nothing to extend."""
    with pytest.raises(BadInput) as refusal:
        apply(told("accredited"), **changed)
    assert refusal.value.details["field"] == field


def test_an_edition_must_be_in_force(told):
    """Today's newest is taken; after the last one ended there is none."""
    story = told("accredited")
    add_edition(story, days=5)
    assert apply(story).body.edition == "2025"
    story.later(2)
    assert apply(story).body.edition == "2026"


def test_an_extension_is_of_the_same_matter(granted):
    """The same body, scheme and family."""
    assert apply(granted, extends=granted.application).body.extends == granted.file
    with pytest.raises(BadInput):
        apply(granted, extends=granted.application, family="copier")
    with pytest.raises(NotFound):
        apply(granted, extends="nothing")
    assert (
        second_file(granted, "opened", extends=granted.application).found_file().row.extends == granted.file
    )


def test_before_its_first_edition_a_scheme_certifies_nothing(told):
    """It is known and approved; its first edition begins tomorrow."""
    story = told("accredited")
    edition = actions.NewEdition(standard="XA 28620", edition="2026", applies_from=story.today + timedelta(days=1))
    scheme = draft(story, code="XA-RN", edition=edition).subject.id
    story.do(actions.approve_scheme, who(OWNER, "steward", name="second"), scheme)
    with pytest.raises(BadInput) as refusal:
        apply(story, scheme="XA-RN")
    assert refusal.value.details == {"field": "scheme", "why": "not-in-force"}


def test_only_a_workshop_and_not_to_itself(told):
    """Holder and body are two organisations, even where one organisation may be either."""
    story = told("accredited")
    with pytest.raises(Conflict) as refusal:
        apply(story, actor=who(OWNER, "quality"))
    assert refusal.value.details["why"] == "not-such-a-body"
    both = Founded(
        name_en="Both", name_zh_hans="兼", name_zh_hant="兼", country="XA", zone=ZONE,
        roles=("workshop", "certification_body"),
    )
    own = "0195a000-0000-7000-8000-0000000000a9"
    system = accounts.system_actor(own, now=story.database.clock.now())
    story.plain(accounts.found, system, organisation=both)
    with pytest.raises(Conflict) as refusal:
        apply(story, actor=who(own, "quality"), body=own)
    assert refusal.value.details["why"] == "same-organisation"


def test_roles(told):
    """Quality of the workshop."""
    given = {"body": BODY, "scheme": SCHEME, "family": FAMILY, "lines": (A,), "agreement": True}
    checks.only_its_roles(told("accredited"), actions.apply, HOLDER, **given)
