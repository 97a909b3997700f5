"""Handing in a dossier: what is missing is named, what is there is frozen (SM-1 no. 22)."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput, Forbidden, GuardFailed, NotAllowed, NotFound
from remanu.inspection import actions as inspection
from remanu.ledger import rebuild
from remanu.parts import actions as parts
from remanu.release import actions, queries
from remanu.restoration import queries as restoration
from tests.release.desk import DECLARED


def test_a_complete_dossier_is_sealed(desk):
    """Its checklist, the newest event of every chain, and the strongest class that the record supports."""
    desk.until("TEST_PASSED")
    done = desk.submit()

    manifest = done.body.manifest
    assert desk.yard.view().state == "SUBMITTED"
    assert (manifest.claim_class, manifest.why_not_higher) == ("REMANUFACTURED", ())
    assert all(line.done for line in manifest.lines)
    assert len(manifest.heads) == 19
    assert manifest.evidence == ("ab" * 32,)
    assert done.body.digest == queries.digest_of(manifest)


def test_submitting_drafts_a_certificate(desk):
    """The number is reserved and the draft says nothing yet."""
    desk.until("SUBMITTED")

    draft = desk.paper("DRAFT")
    assert (draft.number, draft.life, draft.record) == ("RC-000001", 1, "")
    assert desk.place.ask(queries.certificate_of, desk.yard.org_id, desk.yard.unit) is None


def test_a_resubmission_keeps_its_number(desk):
    """A dossier that was sent back comes again under the number that was reserved for it."""
    desk.until("SUBMITTED")
    desk.act("certifying_staff", "send_back", findings={"tests": "The curve is missing."})
    desk.yard.act("planner", "resume_to_assembly", cause="dossier")
    desk.yard.tell("start_test", "pass_test")
    again = desk.submit()

    assert (again.body.number, again.body.reserved) == ("RC-000001", False)


def test_everything_missing_is_named(desk):
    """One refusal names every open line, so that nobody submits five times to learn five things."""
    desk.until("TEST_PASSED")
    quality = desk.yard.who["quality"]
    desk.place.do(
        inspection.raise_nonconformity, quality, desk.yard.unit, cause="other", note="A bolt is loose."
    )
    desk.place.do(parts.hold, quality, desk.case, why="other")

    with pytest.raises(GuardFailed) as refused:
        desk.submit()
    assert refused.value.details["missing"] == ["not_on_hold", "no_open_nonconformity"]
    assert desk.yard.view().state == "TEST_PASSED"


def test_a_short_warranty_lowers_the_class(desk):
    """The word follows from the evidence, the warranty among it; nobody types it (I26)."""
    desk.until("TEST_PASSED")
    done = desk.submit(warranty_days=200)

    assert done.body.manifest.claim_class == "RECONDITIONED"
    assert "warranty" in done.body.manifest.why_not_higher


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_warranty_is_that_of_the_class_it_carries(desk, monkeypatch):
    """Not of the class that was aimed at, where the record supports only a weaker one (I30)."""
    desk.until("TEST_PASSED")
    monkeypatch.setattr(restoration.Sight, "depth", "modules")
    done = desk.submit()

    def least(word):
        return desk.yard.do(lambda tx: queries.warranty_of(tx.connection, desk.yard.view(), word, tx.now))

    manifest = done.body.manifest
    assert manifest.claim_class == "RECONDITIONED"
    assert manifest.warranty_days == least("RECONDITIONED") < least("REMANUFACTURED")


def test_no_word_at_all_is_no_dossier(desk):
    """A warranty below the weakest class supports nothing."""
    desk.until("TEST_PASSED")

    with pytest.raises(GuardFailed) as refused:
        desk.submit(warranty_days=0)
    assert refused.value.details["missing"] == ["dossier_complete"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"regime": "GB 26572-2025"}, "not-in-force"),
        ({"regime": "nothing"}, "not-in-force"),
        ({"hazards": "some-above"}, "substances-unclear"),
        ({"substances": ("Pb",)}, "substances-unclear"),
        ({"hazards": "some-above", "substances": ("Xx",)}, "not-a-choice"),
    ],
)
def test_a_declaration_that_is_not_current(desk, said, why):
    """The edition must be in force today, and the substances those that it limits."""
    desk.until("TEST_PASSED")

    with pytest.raises(BadInput) as refused:
        desk.submit(**said)
    assert refused.value.details["why"] == why


def test_substances_above_their_limit_are_declared(desk):
    """They stand in the manifest under the edition that limits them."""
    desk.until("TEST_PASSED")
    done = desk.submit(hazards="some-above", substances=("Pb", "Cd"))

    assert done.body.manifest.hazards.substances == ("Cd", "Pb")


def test_not_yours_and_not_now(desk, outsider):
    """Only quality, only its own organisation, only after the test."""
    desk.until("TEST_PASSED")
    with pytest.raises(Forbidden):
        desk.act("technician", "submit", **DECLARED)
    with pytest.raises(NotFound):
        desk.place.do(actions.submit, outsider, desk.case, **DECLARED)

    desk.submit()
    with pytest.raises(NotAllowed):
        desk.submit()


def test_the_whole_way_is_rebuilt(desk, registry):
    """From submission over revocation to the return, every view is what the events say."""
    desk.until("RECEIVED")

    assert not rebuild.check(desk.place.database, registry).problems
