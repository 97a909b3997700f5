"""A release signed by passkey, from the page of the key to the evidence in the record (T-R7, T-R8, T-R17)."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace

import pytest
import sqlalchemy as sa

from remanu import passkeys as passkey
from remanu.accounts import queries as accounts
from remanu.errors import FactorNeeded
from remanu.release.models import ReleaseCertificate
from remanu.release.queries import proofs
from remanu.rules import duties
from remanu.rules.permissions import PERMISSIONS
from tests.accounts.place import PASSWORD
from tests.accounts.signer import decide
from tests.authenticator import ORIGIN, PRESENT, SITE, Authenticator
from tests.release import site

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
_JSON = {"Accept": "application/problem+json"}


@pytest.fixture
def keyed(desk, web, certifier):
    """The certifier's browser with a passkey that quality confirmed through the pages; a submitted dossier waits."""
    desk.until("SUBMITTED")
    decide(desk.place, "passkey", first=desk.yard.who["admin"], second=desk.yard.who["quality"])
    key = Authenticator()
    page = certifier.get("/me/register_passkey").text
    options = json.loads(html.unescape(re.search(r'data-new-passkey="([^"]*)"', page)[1]))
    given = {"key": "k-1", "name": "Key on my ring", "answer": json.dumps(key.register(options))}
    added = certifier.post("/me/register_passkey", data={**given, "factor": PASSWORD})
    assert added.status_code == 303, added.text
    mine = certifier.get("/me").text
    assert passkey.fingerprint(key.cose) in mine
    quality = site.browser(web, "quality")
    waiting = quality.get("/admin/signing").text
    door = re.search(r"/passkeys/[0-9a-f-]+/confirm_passkey", waiting)[0]
    assert passkey.fingerprint(key.cose) in quality.get(door).text
    confirmed = quality.post(door, data={"key": "k-2", "compared": "on", "factor": PASSWORD})
    assert confirmed.status_code == 303, confirmed.text
    certifier.key = key
    return certifier


def _sends(browser, desk, **given: str):
    form = {"key": "k-sign", "expected": "SUBMITTED", "digest": desk.digest(), **given}
    return browser.post(f"/cases/{desk.case}/release", data=form, headers=_JSON)


def test_a_passkey_signs_the_release(desk, keyed):
    """The page offers it alone, asking records nothing, what is spoiled is refused by its word, the rest is signed."""
    shown = keyed.get(f"/cases/{desk.case}/release").text
    assert "Sign with my passkey" in shown
    assert 'name="factor"' not in shown
    before = desk.kinds()
    typed = _sends(keyed, desk, factor=PASSWORD)
    assert (typed.status_code, typed.json["code"], typed.json["wanted"]) == (403, "factor-needed", "passkey")
    said = _sends(keyed, desk, passkey_factor="?").json
    assert said["approval"]["record"] == desk.digest()
    for change, why in (
        ({"origin": "https://elsewhere.example"}, "other-origin"),
        ({"rp_id": "elsewhere.example"}, "wrong-site"),
        ({"flags": PRESENT}, "not-verified"),
    ):
        answer = _sends(keyed, desk, passkey_factor=replace(keyed.key, **change).sign(said))
        assert (answer.status_code, answer.json["code"], answer.json["why"]) == (403, "signature-refused", why)
    odd = _sends(keyed, desk, passkey_factor="[]")
    assert (odd.status_code, odd.json["why"]) == (422, "not-an-assertion")
    assert desk.kinds() == before
    assert desk.place.kinds(desk.certifier.ref).count("accounts.refuse_signature") == 4
    refused = keyed.post(
        f"/cases/{desk.case}/release",
        data={"key": "k-page", "expected": "SUBMITTED", "digest": desk.digest(), "passkey_factor": "?"},
    )
    assert "Give what this page asks for" in refused.text

    signed = _sends(keyed, desk, passkey_factor=keyed.key.sign(said))

    assert signed.status_code == 303, signed.text
    issue = desk.last("release.release")["body"]["issue"]
    assert issue["approval"] == said["approval"]
    assert issue["evidence"]["method"] == "passkey"
    assert passkey.stands(issue["approval"], issue["evidence"], origin=ORIGIN, rp_id=SITE) == ()
    altered = {**issue["approval"], "record": "00" * 32}
    assert passkey.stands(altered, issue["evidence"], origin=ORIGIN, rp_id=SITE) == ("other-content",)

    page, told = _read(keyed, desk)
    assert told == {
        "method": "passkey",
        "continued": False,
        "short_name": passkey.fingerprint(keyed.key.cose),
        "holds": True,
        "faults": [],
    }
    for words in ("Signed with", "The signature by passkey holds", told["short_name"]):
        assert words in page, words
    with desk.place.database.reading() as connection:
        row = accounts.passkey_behind(connection, desk.place.org_id, issue["evidence"]["credential"])
    for evidence, stored, why in (
        (issue["evidence"], None, "not-the-signers"),
        ({**issue["evidence"], "key": "AA"}, row, "not-the-signers"),
        ({**issue["evidence"], "origin": "https://elsewhere.example"}, row, "other-origin"),
        ({**issue["evidence"], "signature": "AA"}, row, "bad-signature"),
    ):
        assert proofs.faults_in(issue["approval"], evidence, stored) == (why,)
    _alter(desk, "approval", issue["approval"]["nonce"], "0" * 32)
    page, told = _read(keyed, desk)
    assert (told["holds"], told["faults"]) == (False, ["other-content"])
    assert "This certificate does not verify" in page
    assert "The passkey signed something else than what stands here" in page


def _read(browser, desk):
    at = f"/certificates/{desk.paper().id}"
    return browser.get(at).text, browser.get(f"/api/v1{at}").json["signed_by"]


def _alter(desk, column: str, before: str, after: str) -> None:
    """As somebody would who can write to the database and does not mind its record."""
    changed = {column: sa.func.replace(getattr(ReleaseCertificate, column), before, after)}
    desk.place.database.transact(lambda tx: tx.execute(sa.update(ReleaseCertificate).values(**changed)))


def test_who_signs_may_edit_nothing(desk):
    """Certifying staff alone signs a submitted dossier, and may do none of the work that it certifies.

    What everybody in the workshop may add to the record bars whoever adds it from signing that case (I32).
    """
    allowed = {kind.partition(".")[2] for kind, roles in PERMISSIONS.items() if "certifying_staff" in roles}
    assert allowed & duties.WORK_VERBS == {"attach", "link_record", "read_counter", "read_split", "register"}
    desk.until("SUBMITTED")
    alone = desk.place.actor(desk.place.member("signs.only", "certifying_staff"))
    desk.authorise(alone.ref, "XA-CS-777")
    assert desk.release(alone).body.issue.authorisation == "XA-CS-777"


def test_a_signature_by_password_says_so(desk, certifier):
    """Evidence names the way, whatever it was, and the page says how much that shows; of a draft there is none."""
    desk.until("SUBMITTED")
    draft = certifier.get(f"/api/v1/cases/{desk.case}/dossier").json["certificate"]
    assert certifier.get(f"/api/v1/certificates/{draft}").json["signed_by"] is None
    assert desk.release().body.issue.evidence.method == "password"
    page, told = _read(certifier, desk)
    assert told == {"method": "password", "continued": False, "short_name": "", "holds": None, "faults": []}
    assert "keeps nothing that others could check again" in page


def test_a_revocation_is_signed_the_same_way(desk):
    """Every signed act asks the one place."""
    desk.until("RELEASED")
    decide(desk.place, "passkey", first=desk.yard.who["admin"], second=desk.yard.who["quality"])
    with pytest.raises(FactorNeeded) as refusal:
        desk.revoke()
    assert refusal.value.details["wanted"] == "passkey"
