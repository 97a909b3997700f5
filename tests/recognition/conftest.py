"""The office of these tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from remanu.recognition import actions
from tests.certification import story as certified
from tests.recognition import story
from tests.recognition.story import LINE, steward


@pytest.fixture
def office(database):
    """An office with two stewards and nothing on the desk."""
    return story.began(database)


@pytest.fixture
def told(database):
    """A workshop whose engines are certified in XA, and the office there."""
    one = certified.told(database, "granted")
    story.began(database)
    one.later(1)
    return one


@pytest.fixture
def agreed(told):
    """XB takes them, and wants the words of its label rule."""
    office = story.Office(told.database)
    signs = office.signs(accreditor=certified.ACCREDITOR)
    source = "https://a.example/signs"
    signed = office.do(actions.record_signatory, office.arranged(), signs=signs, source=source)
    office.do(actions.confirm_signatory, signed.subject.id, who=steward("second"))
    line = replace(LINE, categories=(certified.FAMILY,), asks=("label", "language"))
    first = office.today - timedelta(days=30)
    draft = office.draft(covers_from=first)
    office.do(actions.add_line, draft, line=line)
    office.do(actions.approve_agreement, draft, who=steward("second"))
    return office, draft
