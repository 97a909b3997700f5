"""A passkey in Chromium, with its virtual authenticator: made, confirmed by a second person, signing a release."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from werkzeug.serving import make_server

from remanu import app as application
from remanu import passkeys as passkey
from tests.accounts.place import PASSWORD, founded
from tests.accounts.signer import decide
from tests.journeys.phone import HEIGHT, WIDTH, Phone
from tests.release import desk as desks

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("chromium"),
    pytest.mark.parametrize("engine", ["sqlite"], indirect=True),
]
_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def desk(database, config):
    """A submitted dossier in a workshop where only passkeys sign certificates."""
    one = desks.opened(founded(database, config)).until("SUBMITTED")
    decide(one.place, "passkey", first=one.yard.who["admin"], second=one.yard.who["quality"])
    return one


@pytest.fixture
def origin(config, database, desk):
    """A server that is reached by a name, because a passkey is bound to one."""
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    address = f"http://localhost:{server.port}"
    server.app = application.create_app(replace(config, label_origin=address), database)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield address
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def enter(browser, origin):
    """Somebody's phone, signed in by login, with a passkey of its own inside."""
    contexts = []

    def make(login: str) -> Phone:
        context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="en")
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        cdp = context.new_cdp_session(page)
        cdp.send("WebAuthn.enable")
        cdp.send("WebAuthn.addVirtualAuthenticator", {"options": _KEY})
        one = Phone(page, origin)
        one.page.on("pageerror", lambda error: one.said.append(str(error)))
        one.open("/sign-in").page.fill("input[name=login]", login)
        one.page.fill("input[name=password]", PASSWORD)
        one.tap("main button")
        return one

    yield make
    for context in contexts:
        context.close()


def test_made_confirmed_and_signing(desk, enter, origin):
    """Three pages for the owner, one for the second person, and the record alone proves the signature afterwards."""
    certifier, quality = enter("certifying_staff"), enter("quality")
    _sign(certifier, desk)
    assert "No passkey of yours was confirmed" in certifier.page.inner_text("main")

    certifier.open("/me/register_passkey").fill(name="This phone", factor=PASSWORD).send()
    short = certifier.page.locator("main .rows .code").first.inner_text()

    quality.open("/admin/signing").tap("main a[href$=confirm_passkey]")
    assert short in quality.page.inner_text("main")
    quality.fill(compared="on", factor=PASSWORD).send()

    _sign(certifier, desk)
    assert desk.digest() in certifier.page.inner_text("[data-shown]")
    certifier.tap("[data-sign]")
    assert "/certificates/" in certifier.page.url
    issue = desk.last("release.release")["body"]["issue"]
    assert passkey.stands(issue["approval"], issue["evidence"], origin=origin, rp_id="localhost") == ()
    assert certifier.said == []


def _sign(certifier, desk):
    certifier.open(f"/cases/{desk.case}/release").page.click("main form.act-form .dock .primary button")
    certifier.page.wait_for_selector("[data-shown]:not([hidden]), [data-none]:not([hidden])")
