"""Lint, keep the draft, sign and append, publish: what a crash leaves is mended, what is in force is linted again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from remanu.errors import Conflict
from remanu.jobs import rows
from remanu.jobs.worker import Place as Where
from remanu.jobs.worker import Run
from remanu.ledger.models import Evidence
from remanu.release import actions, queries
from remanu.release.models import ReleaseCertificate
from remanu.storage import Folder
from tests.accounts.place import PASSWORD
from tests.release import site

ROOT = Path(__file__).parents[2]
SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def drafts(desk, number="RC-000001"):
    """State and number of findings of each draft that was linted under a number."""
    found = desk.place.ask(queries.linted, desk.place.org_id, number)
    return [(row.state, len(json.loads(row.findings))) for row in found]


def where(desk):
    """The installation as the worker sees it."""
    config = desk.place.config
    return Where(config=config, database=desk.place.database, storage=Folder(config.evidence_dir))


def sign_and_die(desk, after):
    """A process that signs the case on the desk and is killed after a step."""
    config = desk.place.config
    order = {
        "folder": str(config.dir),
        "url": config.database_url,
        "now": desk.now().isoformat(),
        "org": desk.place.org_id,
        "ref": desk.certifier.ref,
        "case": desk.case,
        "digest": desk.digest(),
        "after": after,
    }
    words = [sys.executable, "-m", "tests.release.signer"]
    done = subprocess.run(
        words, cwd=ROOT, input=json.dumps(order), text=True, capture_output=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def lose_evidence(desk):
    """No event cites its files any more, which no act can bring about."""
    mine = sa.delete(Evidence).where(Evidence.org_id == desk.place.org_id)
    desk.place.database.transact(lambda tx: tx.execute(mine) and None)


def test_every_signature_leaves_its_linted_draft(desk):
    """The draft that is kept is what was signed, to the byte; the commands lint it ahead, and publish it after."""
    desk.until("SUBMITTED")
    shown = desk.digest()
    actions.sign(desk.place.database, desk.certifier, desk.case, digest=shown)

    (kept,) = desk.place.ask(queries.linted, desk.place.org_id, "RC-000001")
    assert (kept.state, kept.digest, kept.action) == (actions.PUBLISHED, shown, "release")
    assert kept.record == desk.paper().record


@SQLITE
def test_a_page_keeps_the_draft_before_the_password_is_looked_at(desk, web):
    """What was about to be signed is there though nothing was signed; signing turns the same draft."""
    desk.until("SUBMITTED")
    certifier = site.browser(web, "certifying_staff")
    given = {"expected": "SUBMITTED", "digest": desk.digest()}
    wrong = certifier.post(
        f"/cases/{desk.case}/release", data={**given, "key": "a", "factor": "wrong words here"}
    )
    before = drafts(desk)
    right = certifier.post(f"/cases/{desk.case}/release", data={**given, "key": "b", "factor": PASSWORD})

    assert (wrong.status_code >= 400, before) == (True, [(actions.LINTED, 0)])
    assert (right.status_code, drafts(desk)) == (303, [(actions.PUBLISHED, 0)])


@SQLITE
def test_what_does_not_pass_is_kept_and_not_signed(desk):
    """R13: each finding with its block; the case stays on the desk."""
    desk.until("SUBMITTED")
    lose_evidence(desk)
    with pytest.raises(Conflict) as refused:
        actions.sign(desk.place.database, desk.certifier, desk.case, digest=desk.digest())

    assert refused.value.details["why"] == "lint-failed"
    assert refused.value.details["findings"] == [{"block": "12", "code": "evidence-missing"}]
    assert drafts(desk) == [("refused", 1)]
    assert desk.yard.view().state == "SUBMITTED"


@SQLITE
def test_a_correction_is_linted_under_its_own_number(desk):
    """With the new number in the record; nothing is kept of what the signer was not shown."""
    desk.until("RELEASED")
    paper = desk.paper()
    said = {"reason": "warranty-corrected", "claim_class": "REMANUFACTURED", "warranty_days": 400}
    actions.lint_correction(desk.place.database, desk.certifier, paper.id, **said, digest="00" * 32)
    assert drafts(desk, "RC-000002") == []

    shown = desk.to_sign(desk.certifier, paper.id, **said)
    actions.lint_correction(desk.place.database, desk.certifier, paper.id, **said, digest=shown)
    assert drafts(desk, "RC-000002") == [(actions.LINTED, 0)]
    desk.act("certifying_staff", "supersede", paper.id, **said, digest=shown)
    assert drafts(desk, "RC-000002") == [(actions.SIGNED, 0)]
    actions.mend(where(desk))
    assert drafts(desk, "RC-000002") == [(actions.PUBLISHED, 0)]


@SQLITE
def test_nothing_is_kept_for_whoever_may_not_sign(desk, outsider):
    """Neither a technician nor somebody else's certifier leaves a draft, and a gone dossier none either."""
    desk.until("SUBMITTED")
    for who in (desk.yard.who["technician"], outsider):
        actions.lint_release(desk.place.database, who, desk.case, digest=desk.digest())
    actions.lint_release(desk.place.database, desk.certifier, desk.case, digest="00" * 32)

    assert drafts(desk) == []


@SQLITE
def test_killed_after_the_lint(desk, capsys):
    """The draft is left behind; a job gives it up after a while, and the unit is signed under the same number."""
    desk.until("SUBMITTED")
    sign_and_die(desk, "linted")
    assert (drafts(desk), desk.yard.view().state) == ([(actions.LINTED, 0)], "SUBMITTED")

    actions.mend(where(desk))
    assert drafts(desk) == [(actions.LINTED, 0)]
    desk.place.database.clock.advance(minutes=11)
    actions.mend(where(desk))
    assert drafts(desk) == [(actions.GIVEN_UP, 0)]
    assert "drafts were never signed" in capsys.readouterr().out

    refreshed = replace(desk.certifier, fresh_until=desk.now() + timedelta(minutes=5))
    assert desk.release(refreshed).body.issue.record.number == "RC-000001"
    assert drafts(desk) == [(actions.SIGNED, 0)]


@SQLITE
def test_killed_after_the_signature(desk):
    """What was signed stands in the record; a job enters it in the log and calls it published."""
    desk.until("SUBMITTED")
    sign_and_die(desk, "signed")
    paper = desk.paper()
    assert (drafts(desk), desk.yard.view().state) == ([(actions.SIGNED, 0)], "RELEASED")
    assert desk.place.ask(queries.logged, desk.place.org_id, paper.event_id) is None

    actions.mend(where(desk))
    assert drafts(desk) == [(actions.PUBLISHED, 0)]
    assert desk.place.ask(queries.logged, desk.place.org_id, paper.event_id) is not None


@SQLITE
def test_certificates_in_force_are_linted_each_night(desk, web, capsys):
    """One that no longer passes is named in the log and on the supervisor's page, until it passes again."""
    desk.until("RELEASED")
    place = where(desk)
    for digest in json.loads(desk.paper().record)["evidence"]:
        path = place.storage.root / digest[:2] / digest[2:]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"a photograph")
    run = Run(place, rows.Claim("j", actions.RELINT, {}, 0, 1))
    assert actions.relint(run) == {"linted": 1, "wrong": 0}

    spoilt = sa.update(ReleaseCertificate).values(record=desk.paper().record.replace("4D-77120", "4D-77121"))
    desk.place.database.transact(lambda tx: tx.execute(spoilt) and None)
    path.unlink()
    assert actions.relint(run) == {"linted": 1, "wrong": 1}
    assert "a certificate does not pass" in capsys.readouterr().out
    (row,) = desk.place.ask(queries.faulty, desk.place.org_id)
    assert [one["code"] for one in json.loads(row.findings)] == ["digest-differs", "evidence-missing"]
    page = site.browser(web, "quality").get("/supervision").text
    assert "Certificates in force that do not pass their check" in page
    assert "A file of evidence is missing (block 12)" in page
