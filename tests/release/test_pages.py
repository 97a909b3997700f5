"""The certifier's pages and their JSON, from the queue to the revoked certificate."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.families import market
from remanu.intake.models import SiteWork
from remanu.ledger import checkpoint
from remanu.parts import actions as parts
from remanu.parts.models import Case
from remanu.release import actions, queries
from remanu.rules.classes import Claim
from tests.accounts.place import PASSWORD
from tests.release import site
from tests.release.desk import counted


def _post(browser, address: str, **given: str):
    return browser.post(address, data={"key": f"k-{address}-{len(given)}", **given})


def test_the_journey_from_desk_to_certificate(desk, quality, certifier):
    """Quality submits, the certifier sees it in the queue, reads the dossier, signs, and lands on the certificate."""
    desk.until("TEST_PASSED")
    submitted = _post(
        quality,
        f"/cases/{desk.case}/submit",
        expected="TEST_PASSED",
        hazards="none-above",
        regime="GB/T 26572-2011",
        warranty_days="365",
    )
    queue = certifier.get("/certify").text
    dossier = certifier.get(f"/cases/{desk.case}/dossier").text
    shown = certifier.get(f"/cases/{desk.case}/release").text
    signed = _post(
        certifier,
        f"/cases/{desk.case}/release",
        expected="SUBMITTED",
        digest=desk.digest(),
        factor=PASSWORD,
    )

    assert submitted.headers["Location"] == f"/cases/{desk.case}/dossier"
    assert "20 of 20" in queue
    assert "You may sign this" in queue
    assert "Remanufactured" in dossier
    assert "Sign the release" in dossier
    assert desk.paper().digest in shown
    paper = certifier.get(signed.headers["Location"]).text
    for words in (
        "RC-000001",
        "Name of certifying_staff",
        "XA-CS-001",
        "computed again just now",
        "In the log",
    ):
        assert words in paper, words


def test_the_warranty_is_that_of_the_class_which_is_supported(desk, quality, monkeypatch):
    """A unit that was aimed higher is sold as what it became."""
    desk.until("TEST_PASSED")
    asked = f"/cases/{desk.case}/submit"
    assert 'value="365"' in quality.get(asked).text
    monkeypatch.setattr(queries, "claim", lambda *_args, **_given: Claim("REPAIRED", ("depth",)))
    page = quality.get(asked).text
    assert 'value="90"' in page
    assert 'value="365"' not in page


def test_evidence_calls_parts_by_their_places_in_the_readers_language(desk, certifier):
    """Readings, operations and test points; verdicts in the words of the bench."""
    desk.until("SUBMITTED")
    dossier = f"/cases/{desk.case}/dossier?lang=zh-Hans&line="
    measured = certifier.get(f"{dossier}restored_remeasured").text
    assert "曲轴" in measured
    assert "Crankshaft" not in measured
    assert "曲轴" in certifier.get(f"{dossier}operations_done").text
    tested = certifier.get(f"{dossier}points_within").text
    assert "在限值内" in tested
    assert "Coolant" not in tested
    assert "差值" in certifier.get(f"{dossier}mass_balanced").text


def test_submission_lists_what_is_missing(desk, quality):
    """The form comes only when nothing is; each line leads to its evidence."""
    desk.until("TEST_PASSED")
    desk.place.do(parts.hold, desk.yard.who["quality"], desk.case, why="other")
    page = quality.get(f"/cases/{desk.case}/submit").text

    assert "This cannot be submitted yet" in page
    assert "No hold stops the case." in page
    assert 'name="regime"' not in page


def test_the_queue_says_why_not(desk, web):
    """Own work and a missing authorisation are readable in the row, and the button is grey."""
    desk.until("SUBMITTED")
    desk.both_hands()
    technician = site.browser(web, "technician")
    queue, dossier = technician.get("/certify").text, technician.get(f"/cases/{desk.case}/dossier").text

    assert "You did work on this part yourself" in queue
    assert "disabled" in dossier
    assert "You did work on this part yourself" in dossier


def test_the_queue_is_read_at_once(desk, database):
    """However many wait, the statements do not grow with them."""
    desk.until("SUBMITTED")
    with counted(database) as statements, database.reading() as connection:
        rows = queries.queue(connection, desk.certifier, desk.now())

    assert [(row.done, row.whole, row.why) for row in rows] == [(20, 20, ())]
    # The sixth asks whether issuing is halted.
    assert len(statements) <= 6


@pytest.mark.parametrize("gate", queries.GATES)
def test_every_gate_shows_its_evidence(desk, certifier, gate):
    """Each line of the checklist opens a page."""
    desk.until("SUBMITTED")
    line = next(one.code for one in market.requirements() if one.gate == gate)

    answer = certifier.get(f"/cases/{desk.case}/dossier?line={line}")
    assert answer.status_code == 200
    assert 'aria-current="true"' in answer.text


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_evidence_speaks_the_readers_language_and_the_order_of_the_tree(desk, certifier):
    """What holds a part stands before what it holds, as on the bench."""
    desk.until("SUBMITTED")
    page = certifier.get(f"/cases/{desk.case}/dossier?line=components_disposed&lang=zh-Hans").text
    evidence = page[page.index('id="evidence"') :]
    at = [evidence.index(f">{name}<") for name in ("气缸体", "曲轴", "凸轮轴")]
    assert at == sorted(at)
    assert "Crankshaft" not in evidence


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_evidence_names_the_counter_that_was_not_read_again(desk, certifier):
    """Whoever compiles the dossier of work on site knows which one is missing."""
    desk.until("TEST_PASSED")
    site = {"energies": "electrical", "temperature": "20", "humidity": "50"}
    own = {"org_id": desk.yard.org_id, "case_id": desk.case, "item_id": desk.yard.unit}
    then = {"accepted_at": desk.now(), "lifted_at": desk.now()}
    on_site = sa.update(Case).where(Case.id == desk.case).values(mode="on_site")
    work = sa.insert(SiteWork).values(**own, **site, **then)
    desk.yard.do(lambda tx: tx.execute(work) and tx.execute(on_site) and None)
    page = certifier.get(f"/cases/{desk.case}/dossier?line=site_counters_read").text
    assert "Not read since the lock-out was lifted" in page


def test_a_missing_factor_is_asked_for(desk, certifier):
    """The page comes again with the digest and a field for the password; nothing is signed."""
    desk.until("SUBMITTED")
    answer = _post(certifier, f"/cases/{desk.case}/release", expected="SUBMITTED", digest=desk.digest())

    assert answer.status_code == 403
    assert "Confirm that it is you" in answer.text
    assert desk.digest() in answer.text
    assert desk.yard.view().state == "SUBMITTED"


def test_findings_by_form(desk, certifier):
    """At least one is asked; what was typed goes with the case."""
    desk.until("SUBMITTED")
    empty = _post(certifier, f"/cases/{desk.case}/send_back", expected="SUBMITTED")
    sent = _post(
        certifier, f"/cases/{desk.case}/send_back", expected="SUBMITTED", tests="The curve is missing."
    )

    assert (empty.status_code, sent.status_code) == (422, 303)
    assert desk.yard.view().state == "REWORK"


def test_a_certificate_after_its_end(desk, certifier):
    """Revoked says so above everything, with its reason; the draft page of another is not mixed up with it."""
    desk.until("RELEASED")
    paper = desk.paper()
    done = _post(
        certifier,
        f"/cases/{desk.case}/revoke_release",
        expected="RELEASED",
        reason="part-suspect",
        holders_notified="yes",
        factor=PASSWORD,
    )
    page = certifier.get(f"/certificates/{paper.id}").text

    assert done.status_code == 303
    assert "A part in the unit is suspect" in page
    assert "nothing brings it back" in page


def test_lists_of_numbers(desk, certifier, quality):
    """Drafts and issued ones stand in one list; an empty list teaches."""
    assert "No certificate yet" in certifier.get("/certificates").text
    desk.until("SUBMITTED")
    draft = desk.paper("DRAFT")

    assert "RC-000001" in quality.get("/certificates").text
    assert "the number is reserved" in quality.get(f"/certificates/{draft.id}").text


def test_json_says_the_same(desk, certifier):
    """Queue, dossier, certificate and act by JSON."""
    desk.until("SUBMITTED")
    (row,) = certifier.get("/api/v1/certify").json
    dossier = certifier.get(f"/api/v1/cases/{desk.case}/dossier").json
    signed = certifier.post(
        f"/api/v1/cases/{desk.case}/release",
        json={"digest": dossier["digest"], "factor": PASSWORD},
        headers={"Idempotency-Key": "j-1", "If-Match": '"SUBMITTED"'},
    )

    assert (row["done"], row["whole"], row["why"]) == (20, 20, [])
    assert (dossier["claim_class"], dossier["digest"]) == ("REMANUFACTURED", desk.paper().digest)
    assert signed.status_code == 200, signed.text
    said = certifier.get(f"/api/v1/certificates/{signed.json['more']['certificate']}").json
    assert said["record"]["number"] == said["number"] == "RC-000001"
    assert certifier.get("/api/v1/certificates?before=1").json == []


def test_others_see_nothing(desk, web, outsider):
    """Another organisation's certifier gets no page, a technician of ours no desk."""
    desk.until("RELEASED")
    stranger = site.browser(web, "outsider")
    technician = site.browser(web, "technician")

    for address in (f"/cases/{desk.case}/dossier", f"/certificates/{desk.paper().id}"):
        assert stranger.get(address).status_code == 404
    assert technician.get("/certify").status_code == 403
    assert technician.get(f"/certificates/{desk.paper().id}").status_code == 200


def test_halted_issuing_is_said(desk, certifier):
    """The bar is grey and the act refused until issuing goes on."""
    desk.until("SUBMITTED")
    desk.place.do(actions.halt_issuing, desk.place.org_id, family="*", since=desk.now())
    page = certifier.get(f"/cases/{desk.case}/dossier").text
    refused = _post(
        certifier, f"/cases/{desk.case}/release", expected="SUBMITTED", digest=desk.digest(), factor=PASSWORD
    )
    desk.place.do(actions.resume_issuing, desk.place.org_id, family="*")

    assert "Issuing is halted" in page
    assert refused.status_code == 503
    assert desk.release().body.issue.no == 1


def test_a_certificate_is_logged_when_it_is_issued(desk):
    """The signature is followed by a checkpoint that covers it (T-R14)."""
    desk.until("SUBMITTED")
    done = actions.sign(desk.place.database, desk.certifier, desk.case, digest=desk.digest())

    proof = desk.place.ask(checkpoint.inclusion, desk.place.org_id, done.id)
    logged = desk.place.ask(queries.logged, desk.place.org_id, done.id)
    assert proof is not None
    assert (logged.size, logged.root, logged.index) == (proof.under.size, proof.under.root, proof.index)


def test_the_evidence_shows_what_its_line_says_in_the_language_of_the_reader(desk, certifier):
    """Components and test points by their names, and for the former life and the right what was answered."""
    desk.until("TEST_PASSED")
    address = f"/cases/{desk.case}/dossier"
    assert "曲轴" in certifier.get(f"{address}?line=as_found_recorded&lang=zh-Hans").text
    assert "额定负荷窜气量" in certifier.get(f"{address}?line=points_within&lang=zh-Hans").text
    told = certifier.get(f"{address}?line=right_to_core_shown&lang=en").text
    assert "Right to it" in told
    assert "Earlier lives" in told
