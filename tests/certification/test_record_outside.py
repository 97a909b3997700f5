"""A document of a body that keeps no record here: the file, where it was seen, when, and by whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from remanu.certification import actions, queries
from remanu.errors import BadInput, Conflict
from tests.certification import checks, papers
from tests.certification.papers import CERTIFICATE, record
from tests.certification.story import HOLDER, OWNER, PAPER, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_it_counts_for_nothing_yet(begin, registry):
    """A second person has to look."""
    record_id = record(begin)
    row = begin.ask(queries.find_outside, HOLDER, record_id)
    assert (row.state, row.digest, row.seen_on) == ("recorded", PAPER.digest, begin.today.isoformat())
    assert begin.ask(queries.confirmed, kind="certificate") == []
    assert begin.holds(registry)


def test_a_steward_may(begin):
    """Of another organisation too, for himself."""
    record(begin, actor=who(OWNER, "steward"))
    assert begin.ask(queries.outside, HOLDER) == []


@pytest.mark.parametrize(
    ("changed", "more", "field"),
    [
        ({"kind": "rumour"}, {}, "kind"),
        ({"says": "maybe"}, {}, "says"),
        ({"country": "XBX"}, {}, "country"),
        ({"country": "xb"}, {}, "country"),
        ({"valid_to": date(2020, 1, 1)}, {}, "valid_to"),
        ({}, {"seen_on": 1}, "seen_on"),
        ({}, {"evidence": ()}, "evidence"),
    ],
)
def test_bad_input(begin, changed, more, field):
    """Closed lists, two letters, days in order, not from the future, with a file."""
    given = {n: begin.today + timedelta(days=v) if isinstance(v, int) else v for n, v in more.items()}
    with pytest.raises(BadInput) as refusal:
        record(begin, document=replace(CERTIFICATE, **changed), **given)
    assert refusal.value.details["field"] == field


def test_once_from_the_same_paper(begin):
    """Another number may stand on it."""
    record(begin)
    with pytest.raises(Conflict):
        record(begin)
    record(begin, document=replace(CERTIFICATE, number="XB-2"))


def test_roles(begin):
    """Stewards and quality."""
    given = {"document": CERTIFICATE, "source": papers.SOURCE, "seen_on": begin.today, "evidence": (PAPER,)}
    checks.only_its_roles(begin, actions.record_outside, HOLDER, **given)
