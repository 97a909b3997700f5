"""A second person approves the whole text; the former revision ends on its first day (SM-7, I53)."""

from __future__ import annotations

from datetime import timedelta

from remanu.errors import BadInput, Conflict, OwnFile
from remanu.recognition import actions, queries
from remanu.release.queries import public_state
from tests.recognition.story import LINE, only_stewards, refused, steward, wants_a_factor


def test_it_counts(office, registry):
    """Everybody may read it, with the digest that was signed."""
    agreement = office.approved()
    row = office.ask(queries.read_agreement, agreement)
    assert (row.state, row.steward_en, len(row.digest)) == ("approved", "Office of XA", 64)
    assert office.ask(public_state, f"urn:uuid:{agreement}") == "approved"
    assert [one.id for one in office.ask(queries.agreements, home="XA", there="XB")] == [agreement]
    assert office.ask(queries.agreements, home="XB") == []
    assert office.holds(registry)


def test_nobody_approves_what_he_wrote_a_part_of(office):
    """Neither who began it nor who added or struck a line."""
    agreement = office.written()
    refused_file(office, agreement, "first")
    office.do(actions.add_line, agreement, line=LINE, who=steward("third"))
    refused_file(office, agreement, "third")


def refused_file(office, agreement, name):
    """OwnFile names what he did."""
    refused(OwnFile, None, office, actions.approve_agreement, agreement, who=steward(name))


def test_the_former_text_ends(office, registry):
    """On the first day of the new one, with the tail that the draft names."""
    first = office.approved()
    day = office.today + timedelta(days=9)
    second = office.approved(base=first, former_tail="no", in_force=day)
    row = office.row(first)
    assert (row.ends, row.tail) == (day.isoformat(), "no")
    assert office.row(second).revision == 2
    assert office.holds(registry)


def test_what_stands_against_it(office):
    """No line; a first day that is over; no fresh factor; other roles."""
    refused(Conflict, "no-lines", office, actions.approve_agreement, office.draft(), who=steward("second"))
    late = office.written(code="LATE", in_force=office.today - timedelta(days=1))
    refused(BadInput, "in_force", office, actions.approve_agreement, late, who=steward("second"))
    wants_a_factor(office, actions.approve_agreement, office.written(code="OTHER"))
    only_stewards(office, actions.approve_agreement, late)
