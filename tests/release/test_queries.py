"""What release answers others: the guards of its room, live dossiers, the desk before submission, forms."""

from __future__ import annotations

import pytest

from remanu.inspection import actions as inspection
from remanu.parts import actions as parts
from remanu.release import actions, queries
from tests.release import site


def test_guards_of_each_state(desk):
    """Complete after the test, ready after submission, silent afterwards."""
    desk.until("TEST_PASSED")
    compiling = desk.ask(queries.facts, desk.now())
    desk.submit()
    submitted = desk.ask(queries.facts, desk.now())
    desk.release()

    assert compiling == {"dossier_complete": True}
    assert submitted == {"certificate_ready": True}
    assert desk.ask(queries.facts, desk.now()) == {}


def test_what_stands_against_a_signature(desk):
    """No dossier, an open nonconformity, work since: each by its name."""
    desk.until("TEST_PASSED")
    nothing = desk.ask(queries.why_not_ready, desk.now())
    desk.submit()
    quality = desk.yard.who["quality"]
    desk.place.do(
        inspection.raise_nonconformity, quality, desk.yard.unit, cause="other", note="A bolt is loose."
    )
    desk.place.do(
        parts.read_mark, desk.yard.who["technician"], desk.yard.unit, kind="etched", mark="NEW MARK"
    )

    assert nothing == ("dossier_complete",)
    assert desk.ask(queries.why_not_ready, desk.now()) == ("no_open_nonconformity", "dossier-changed")


def test_nothing_is_claimed_without_a_target(desk):
    """Before the work order nobody said what the unit is to become."""
    desk.yard.until("ACCEPTED")

    assert desk.ask(queries.claim, desk.now()).word is None


def test_the_desk_before_submission(desk, web):
    """The checklist is compiled as the record stands; only the declaration is open."""
    desk.until("TEST_PASSED")
    certifier = site.browser(web, "certifying_staff")
    (row,) = certifier.get("/api/v1/certify").json
    dossier = certifier.get(f"/api/v1/cases/{desk.case}/dossier").json
    page = certifier.get(f"/cases/{desk.case}/dossier").text

    assert (row["done"], row["whole"], row["why"]) == (19, 20, ["not-submitted"])
    assert [line["code"] for line in dossier["lines"] if not line["done"]] == ["hazards_declared"]
    assert (dossier["claim_class"], dossier["digest"]) == ("REMANUFACTURED", None)
    assert "Being compiled by quality" in certifier.get("/certify").text
    assert "As it stands: Remanufactured." in page


def test_a_changed_dossier_is_said_on_the_desk(desk, web):
    """The bar is grey and says what to do."""
    desk.until("SUBMITTED")
    desk.place.do(
        parts.read_mark, desk.yard.who["technician"], desk.yard.unit, kind="etched", mark="NEW MARK"
    )

    page = site.browser(web, "certifying_staff").get(f"/cases/{desk.case}/dossier").text
    assert "send it back" in page


@pytest.mark.parametrize("verb", ["send_back", "downgrade", "release", "revoke_release"])
def test_forms_on_the_case(desk, certifier, verb):
    """Each act has its page, with its fields."""
    desk.until("SUBMITTED")

    page = certifier.get(f"/cases/{desk.case}/{verb}")
    assert page.status_code == 200
    assert 'name="key"' in page.text


def test_acts_on_the_certificate_by_form(desk, certifier):
    """A copy, then a correction, each from its page back to the certificate."""
    desk.until("RELEASED")
    paper = desk.paper()
    for verb in ("supersede", "duplicate_copy"):
        assert certifier.get(f"/certificates/{paper.id}/{verb}").status_code == 200
    copied = certifier.post(
        f"/certificates/{paper.id}/duplicate_copy",
        data={"key": "c-1", "expected": "ISSUED", "reason": "paper-lost"},
    )
    desk.both_hands()

    assert copied.headers["Location"] == f"/certificates/{paper.id}"
    assert "Duplicate 1" in certifier.get(f"/certificates/{paper.id}").text


def test_a_denied_correction_is_remembered(desk, web):
    """Correcting is signing: whoever worked on the part may not, and the record keeps that he tried."""
    desk.until("RELEASED")
    desk.both_hands()
    answer = site.browser(web, "technician").post(
        f"/api/v1/certificates/{desk.paper().id}/supersede",
        json={"reason": "class-corrected", "claim_class": "REPAIRED", "warranty_days": 90},
        headers={"Idempotency-Key": "s-1"},
    )

    assert answer.json["code"] == "own-work"
    assert desk.last("release.refuse")["body"]["action"] == "supersede"


def test_nothing_to_sign_is_said(desk, certifier):
    """The page of the signature before submission offers none."""
    desk.until("TEST_PASSED")

    assert "There is nothing to sign" in certifier.get(f"/cases/{desk.case}/release").text


def test_a_log_that_cannot_be_signed_leaves_the_release(desk, config):
    """The certificate stands; the log follows later, and the page says that it waits."""
    desk.until("SUBMITTED")
    (config.keys_dir / "log.head").write_text("no checkpoint", "utf-8")
    done = actions.sign(desk.place.database, desk.certifier, desk.case, digest=desk.digest())

    assert desk.yard.view().state == "RELEASED"
    assert desk.place.ask(queries.logged, desk.place.org_id, done.id) is None


def test_an_explained_balance_is_submitted(desk):
    """What does not close is explained, and the explanation travels with the certificate (I25)."""
    desk.until("TEST_PASSED")
    done = desk.submit(balance="residues-drained")
    desk.release()

    assert done.body.manifest.balance == "residues-drained"
    assert '"balance":"residues-drained"' in desk.paper().record
