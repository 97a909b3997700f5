"""A second person looked at the source: from then on the signature counts."""

from __future__ import annotations

from remanu.errors import Conflict, OwnFile
from remanu.recognition import actions, queries
from tests.recognition.story import OFFICE, only_stewards, refused, steward, wants_a_factor


def test_it_counts(office, registry):
    """For everybody."""
    signatory = office.signed()
    row = office.ask(queries.find_signatory, OFFICE, signatory)
    assert [one.id for one in office.ask(queries.signatories, row.arrangement_id)] == [signatory]
    refused(
        Conflict, "confirmed-already", office, actions.confirm_signatory, signatory, who=steward("second")
    )
    assert office.holds(registry)


def test_nobody_confirms_his_own(office):
    """Nor without a fresh factor, nor in another role."""
    signatory = office.signed(confirmed=False)
    refused(OwnFile, None, office, actions.confirm_signatory, signatory)
    wants_a_factor(office, actions.confirm_signatory, signatory)
    only_stewards(office, actions.confirm_signatory, signatory)
