"""Signing in with a second factor, where the organisation's policy asks for one: code or passkey (ASVS 6.3.3)."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace

import pytest

from remanu.accounts import actions, queries
from remanu.errors import Conflict, TooMany
from remanu.rules import signing
from tests.accounts import site
from tests.accounts.place import PASSWORD
from tests.accounts.signer import Signer
from tests.authenticator import Authenticator

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
STRICT = {**signing.all_by("password"), "entry": "password+code"}


@pytest.fixture
def signer(place):
    """Somebody with a confirmed passkey, and quality beside him."""
    keeper = place.actor(place.member("keeper", "quality"))
    one = Signer(place, place.member("signer", "certifying_staff"), keeper, Authenticator())
    one.register()
    return one.confirm()


def in_force(signer, ways=STRICT):
    """Two people put the policy in force: there is no administrator yet who would be shut out."""
    place = signer.place
    proposer = place.actor(place.member("proposer", "quality"))
    policy = place.do(actions.propose_policy, proposer, ways=ways).body.policy
    place.do(actions.approve_policy, signer.keeper, policy)
    place.database.clock.advance(seconds=60)


def first(browser, login="signer"):
    """The first step: what the second form carries."""
    page = browser.post("/sign-in", data={"login": login, "password": PASSWORD})
    fields = dict(re.findall(r'name="(login|at|tag)" value="([^"]*)"', page.text))
    return page, {name: html.unescape(value) for name, value in fields.items()}


def is_in(browser) -> bool:
    """Whether this browser is signed in."""
    return browser.get("/me").status_code == 200


def asked(page) -> dict:
    """What the page gives to the passkey."""
    return json.loads(html.unescape(re.search(r'data-entry-passkey="([^"]*)"', page.text)[1]))


def answer(signer, said, **changes) -> str:
    """What the authenticator answers."""
    return replace(signer.key, **changes).sign(
        {**said, "approval": {"at": said["at"], "nonce": ""}, "tag": ""}
    )


def test_a_password_alone_opens_nothing(signer, browser):
    """It is answered with the second step and with no session."""
    in_force(signer)
    page, _ = first(browser)

    assert (page.status_code, "One more step" in page.text, is_in(browser)) == (200, True, False)


def test_a_code_opens(signer, browser):
    """The code of this moment, once: a wrong one and the same one again do not."""
    secret = signer.enrol_code()
    in_force(signer)
    wrong = browser.post("/sign-in/second", data={**first(browser)[1], "code_factor": "000000"})
    assert (wrong.status_code, "not the code of this moment" in wrong.text) == (422, True)
    given = {**first(browser)[1], "code_factor": signer.code(secret)}
    assert browser.post("/sign-in/second", data=given).status_code == 303
    assert is_in(browser)
    browser.post("/sign-out")
    again = browser.post("/sign-in/second", data={**first(browser)[1], "code_factor": given["code_factor"]})
    assert (again.status_code, is_in(browser)) == (422, False)


def test_a_passkey_opens(signer, browser):
    """It answers the challenge of this sign-in, once."""
    in_force(signer)
    page, fields = first(browser)
    given = {**fields, "passkey_factor": answer(signer, asked(page))}
    assert browser.post("/sign-in/second", data=given).status_code == 303
    assert is_in(browser)
    browser.post("/sign-out")
    assert browser.post("/sign-in/second", data=given).status_code in {403, 409, 422}
    assert not is_in(browser)


@pytest.mark.parametrize(
    "changes",
    [{"flags": 0x01}, {"origin": "https://evil.test"}, {"rp_id": "evil.test"}, {"key": Authenticator().key}],
)
def test_a_passkey_that_does_not_hold(signer, browser, changes):
    """Nobody verified, another site, another key."""
    in_force(signer)
    page, fields = first(browser)
    got = browser.post(
        "/sign-in/second", data={**fields, "passkey_factor": answer(signer, asked(page), **changes)}
    )

    assert (got.status_code >= 400, is_in(browser)) == (True, False)


def test_the_second_step_belongs_to_the_first(signer, browser):
    """Neither another person's tag, nor a made one, nor one of long ago opens anything, with the right code."""
    secret = signer.enrol_code()
    in_force(signer)
    other = Signer(signer.place, signer.place.member("other", "technician"), signer.keeper)
    other.enrol_code()
    signer.place.database.clock.advance(seconds=60)
    _, of_other = first(browser, "other")
    _, mine = first(browser)
    for wrong in ({"tag": of_other["tag"]}, {"tag": "00" * 32}, {"at": "2026-01-01T00:00:00.000000Z"}):
        got = browser.post("/sign-in/second", data={**mine, **wrong, "code_factor": signer.code(secret)})
        assert (got.status_code, is_in(browser)) == (422, False)
    signer.place.database.clock.advance(minutes=6)
    got = browser.post("/sign-in/second", data={**mine, "code_factor": signer.code(secret)})
    assert (got.status_code, is_in(browser)) == (422, False)


def test_guessing_codes_is_stopped(signer):
    """Ten wrong codes of an account, and it waits (T-R17)."""
    secret = signer.enrol_code()
    in_force(signer)
    place = signer.place
    entered = actions.enter(place.database, login="signer", password=PASSWORD, address="", cost="cheap")
    said = {"login": "signer", "site": signing.Site("https://x", "x"), "address": ""}
    for _ in range(10):
        given = actions.Given(at=entered.at, tag=entered.tag, code="000000")
        with pytest.raises(Exception, match="wrong-code"):
            actions.enter_second(place.database, given=given, **said)
    right = actions.Given(at=entered.at, tag=entered.tag, code=signer.code(secret))
    with pytest.raises(TooMany):
        actions.enter_second(place.database, given=right, **said)


def test_who_has_neither_is_told_what_to_do(signer, browser):
    """No session, and plain words; a link of the administrator lets him set codes up."""
    in_force(signer)
    page, _ = first(browser, "keeper")

    assert (page.status_code, "Ask your administrator for a link" in page.text) == (409, True)
    assert not is_in(browser)


def test_no_administrator_is_shut_out(signer, admin):
    """A policy that would shut one out is not approved; once he has codes it is."""
    place = signer.place
    policy = place.do(actions.propose_policy, admin, ways=STRICT).body.policy
    with pytest.raises(Conflict) as refused:
        place.do(actions.approve_policy, signer.keeper, policy)
    assert refused.value.details["why"] == "administrator-without-second"
    Signer(place, admin.ref, signer.keeper).enrol_code()
    place.do(actions.approve_policy, signer.keeper, policy)
    assert place.ask(queries.policy_of, place.org_id)["entry"] == "password+code"


@pytest.mark.parametrize(
    "ways", [signing.all_by("password"), signing.all_by("passkey"), {**STRICT, "entry": "password"}]
)
def test_where_nobody_asks_a_password_is_enough(signer, browser, ways):
    """Control: a policy that leaves the door out, or says so, changes nothing there."""
    in_force(signer, ways)
    page, _ = first(browser)

    assert (page.status_code, is_in(browser)) == (303, True)


def test_an_address_by_number_says_so(signer, web, monkeypatch):
    """A passkey is bound to a name: the page offers none and says what to do."""
    in_force(signer)
    monkeypatch.setattr("remanu.accounts.schemas.takes_passkeys", lambda: False)
    page, _ = first(site.browser(web))

    assert ("data-entry-passkey" in page.text, "No passkey at this address" in page.text) == (False, True)
