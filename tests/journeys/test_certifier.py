"""The certifier at a desk, in Chromium: what waits, what is missing, where it counts, what is signed."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from werkzeug.serving import make_server

from remanu import app as application
from remanu.rules import canonical
from tests.drawing import readback
from tests.journeys import eyes, town
from tests.journeys.phone import Phone

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("chromium"),
]
ALONE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
WIDTH, HEIGHT = 1280, 900
_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def unit(database, storage):
    """The engine that passed its test; quality has not submitted it yet."""
    return town.founded(database, storage)[2]


@pytest.fixture
def origin(config, database, unit):
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
    """Somebody's desk in a language, signed in by login, with a passkey of its own inside."""
    contexts = []

    def make(login: str, words: eyes.Words) -> Phone:
        screen = {"width": WIDTH, "height": HEIGHT}
        context = browser.new_context(viewport=screen, locale=eyes.BROWSERS[words.locale])
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        cdp = context.new_cdp_session(page)
        cdp.send("WebAuthn.enable")
        cdp.send("WebAuthn.addVirtualAuthenticator", {"options": _KEY})
        return Phone(page, origin, width=WIDTH).listen().sign_in(login)

    yield make
    for context in contexts:
        context.close()


@ALONE
@pytest.mark.parametrize("locale", ["en", "zh-Hans"])
def test_from_the_queue_to_the_signed_paper(enter, unit, locale):
    """Interface.md, the certifier: missing lines first, then recognition, preview, a passkey, and the PDF."""
    words = eyes.Words(locale)
    certifier, quality = enter("certifying_staff", words), enter("quality", words)
    _with_passkey(certifier, quality)

    _incomplete(certifier, unit, words)
    _submit(quality, unit, words)
    _complete(certifier, unit, words)
    _recognised(certifier, words)
    _sign(certifier, words)
    _agrees(certifier, unit, words)


def _with_passkey(certifier, quality):
    """The certifier brings a passkey, and quality compares its short name."""
    certifier.open("/me/register_passkey").fill(name="This desk", factor=town.PASSWORD).send()
    quality.open("/admin/signing").tap("main a[href$=confirm_passkey]")
    quality.fill(compared="on", factor=town.PASSWORD).send()


def _incomplete(certifier, unit, words):
    """Before quality has submitted it the dossier is readable: so many of so many lines, and which are open."""
    eyes.sound(certifier.open("/"), words)
    certifier.tap("main a[href='/certify']")
    eyes.sound(certifier, words)
    assert words("Being compiled by quality") in eyes.text(certifier)
    certifier.tap(f"main a[href$='/cases/{unit.case}/dossier']")
    eyes.sound(certifier, words)
    done, whole = map(int, re.search(r"(\d+)\D+(\d+)", eyes.text(certifier, ".checklist p")).groups())
    opened = certifier.page.locator(".checklist [data-line=open]")
    assert 0 < opened.count() == whole - done
    assert words("The record does not show this yet.") in eyes.text(certifier, ".checklist")
    assert not certifier.page.locator("form.sign").count()
    _keys(certifier)


def _keys(certifier):
    """`n` goes to the first open line, `k` and `j` to the one before it and back, Enter shows its evidence."""
    at = "document.activeElement.dataset.line"
    certifier.page.keyboard.press("n")
    assert certifier.page.evaluate(at) == "open"
    here = certifier.page.evaluate("document.activeElement.href")
    certifier.page.keyboard.press("k")
    assert certifier.page.evaluate("document.activeElement.href") != here
    certifier.page.keyboard.press("j")
    assert certifier.page.evaluate("document.activeElement.href") == here
    with certifier.page.expect_navigation(wait_until="domcontentloaded"):
        certifier.page.keyboard.press("Enter")
    chosen = certifier.page.locator(".checklist [aria-current=true]")
    assert chosen.count() == 1
    assert chosen.evaluate("one => one.href") == here


def _submit(quality, unit, words):
    """Quality says what the record does not show by itself."""
    eyes.sound(quality.open(f"/cases/{unit.case}/submit"), words)
    quality.fill(hazards="none-above", regime="GB/T 26572-2011").send()


def _complete(certifier, unit, words):
    """Now it waits for a signature, with every line answered."""
    eyes.sound(certifier.open("/certify"), words)
    row = certifier.page.locator("tr", has=certifier.page.locator(f"a[href$='/cases/{unit.case}/dossier']"))
    assert words("You may sign this") in row.inner_text()
    certifier.tap(f"main a[href$='/cases/{unit.case}/dossier']")
    eyes.sound(certifier, words)
    assert not certifier.page.locator(".checklist [data-line=open]").count()


def _recognised(certifier, words):
    """Before the signature: a word for each country, and the single fact that would change it where it is one."""
    said = certifier.page.locator("section[aria-labelledby=recognition] .row")
    rows = [re.sub(r"\s+", " ", one) for one in said.all_inner_texts()]
    assert any(words("Recognised") in one for one in rows), rows
    alone = words("This alone stands against it:")
    assert any(alone in one for one in rows), rows


def _sign(certifier, words):
    """Preview, the meaning in a sentence, the digest that is signed, one button."""
    preview = certifier.page.locator("form.sign a").first.get_attribute("href")
    assert eyes.fetch(certifier, preview, words).startswith(b"%PDF-")
    certifier.tap("form.sign button")
    eyes.sound(certifier, words)
    digest = certifier.page.input_value("main form.act-form [name=digest]")
    certifier.page.click("main form.act-form .dock .primary button")
    certifier.page.wait_for_selector("[data-shown]:not([hidden])")
    assert digest in certifier.page.inner_text("[data-shown]")
    eyes.sound(certifier, words)
    certifier.tap("[data-sign]")
    eyes.sound(certifier, words)
    assert words("The signature by passkey holds") in eyes.text(certifier)


def _agrees(certifier, unit, words):
    """What the PDF says is what stands block by block on the page, in its attached record, and in the part's JSON."""
    address = certifier.page.locator("main .buttons a.button").first.get_attribute("href")
    said = readback.text(drawn := eyes.fetch(certifier, address, words)).replace("\ufffe", "-")
    kept, part = _attached(drawn), json.loads(eyes.fetch(certifier, f"/api/v1/parts/{unit.item}", words))
    record = kept["record"]
    house = record["organisation"]["name_en" if words.locale == "en" else "name_zh_hans"]
    numbers = (record["number"], record["unit"]["part_number"], record["unit"]["serial"], record["standard"])
    more = (record["dossier"], kept["authorisation"], record["hazards"]["regime"], str(record["warranty_days"]))
    _compare(said, (house, *numbers, *more, kept["approval"]["record"]))
    assert hashlib.sha256(canonical.encode(record)).hexdigest() == kept["approval"]["record"]
    assert (part["serial"], part["code"]) == (record["unit"]["serial"], unit.code)
    certifier.tap("main .buttons a[href$='/form']")
    eyes.sound(certifier, words)
    blocks = certifier.page.locator(".form-blocks dd p:not(.quiet)").all_inner_texts()
    assert len(blocks) > 20
    _compare(said, blocks)


def _compare(said: str, values: Iterable[str]) -> None:
    for value in values:
        assert _bare(value) in _bare(said), f"{value} does not stand in: {said}"


def _bare(text: str) -> str:
    """Without spaces: a paper breaks lines where it likes."""
    return re.sub(r"\s", "", text)


def _attached(drawn: bytes) -> dict[str, Any]:
    with pypdfium2.PdfDocument(drawn) as document:
        assert document.count_attachments() == 1
        return json.loads(bytes(document.get_attachment(0).get_data()))


def test_control_a_paper_that_says_something_else():
    """Another serial number on the paper than in the record behind it would be seen."""
    with pytest.raises(AssertionError, match="6L-24817-3"):
        _compare("Serial number 6L-24817-2", ["6L-24817-3"])
