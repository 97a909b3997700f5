"""A second person compares the document with what was recorded; then it counts, and says what it is."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.certification import actions, queries
from remanu.errors import Conflict, NotFound, OwnFile
from remanu.release.queries import public_state
from tests.certification import checks
from tests.certification.papers import ACCREDITATION, SECOND, confirmed, record
from tests.certification.story import HOLDER, OWNER, PAPER, who

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_it_is_recorded_from_document(begin, registry):
    """Verdicts read it as such, and as nothing more."""
    record_id = confirmed(begin)
    (row,) = begin.ask(queries.confirmed, kind="certificate", org_id=HOLDER)
    told = queries.outside_certificate(row)
    assert (told.recorded, told.body, told.home, told.report) == ("document", "Certifiers of XB", "XB", None)
    assert [(one.state, one.since, one.until) for one in told.spans] == [
        ("certified", date(2026, 1, 1), date(2027, 1, 1)),
        ("expired", date(2027, 1, 1), None),
    ]
    assert begin.ask(public_state, f"urn:uuid:{record_id}") == "recorded-from-document"
    assert begin.holds(registry)


def test_an_accreditation_that_is_suspended(begin):
    """From the day it was seen so."""
    confirmed(begin, document=ACCREDITATION)
    (row,) = begin.ask(queries.confirmed, kind="accreditation", about="Certifiers of XB")
    told = queries.outside_accreditation(row)
    assert [(one.state, one.since) for one in told.spans] == [
        ("granted", date(2026, 1, 1)),
        ("suspended", begin.today),
    ]
    (found,) = begin.ask(
        lambda connection: list(queries.accreditations_behind(connection, "Certifiers of XB"))
    )
    assert found == told


def test_nobody_confirms_what_he_recorded(begin):
    """Four eyes, whatever his roles."""
    record_id = record(begin)
    with pytest.raises(OwnFile):
        begin.do(actions.confirm_outside, who(HOLDER, "quality"), record_id, digest=PAPER.digest)


def test_it_is_the_document_that_was_shown(begin):
    """Another one is not confirmed; one is confirmed once; another organisation's is not found."""
    record_id = record(begin)
    with pytest.raises(Conflict):
        begin.do(actions.confirm_outside, SECOND, record_id, digest="ee" * 32)
    with pytest.raises(NotFound):
        begin.do(actions.confirm_outside, who(OWNER, "steward"), record_id, digest=PAPER.digest)
    begin.do(actions.confirm_outside, SECOND, record_id, digest=PAPER.digest)
    with pytest.raises(Conflict):
        begin.do(actions.confirm_outside, SECOND, record_id, digest=PAPER.digest)


def test_it_is_a_signature(begin):
    """Of quality or a steward."""
    record_id = record(begin)
    checks.wants_a_factor(begin, actions.confirm_outside, SECOND, record_id, digest=PAPER.digest)
    checks.only_its_roles(begin, actions.confirm_outside, HOLDER, record_id, digest=PAPER.digest)
