"""The buyer with a phone, in Chromium: what was done and by whom, what it is worth in his country, and the proof."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from dataclasses import replace

import pytest
from werkzeug.serving import make_server

from remanu import app as application
from remanu.ledger import checkpoint
from tests.drawing import readback
from tests.journeys import eyes, town
from tests.journeys.phone import HEIGHT, WIDTH, Phone

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("chromium")]
ALONE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def unit(database, storage):
    """An engine that was released, labelled and delivered, its record under a checkpoint."""
    told = town.founded(database, storage)[1]
    checkpoint.advance(database)
    return told


@pytest.fixture
def origin(config, database, unit):
    """The server to which labels lead."""
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    address = f"http://127.0.0.1:{server.port}"
    server.app = application.create_app(replace(config, label_origin=address), database)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield address
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def buyer(browser, origin, locale):
    """A stranger's phone in this language."""
    screen = {"width": WIDTH, "height": HEIGHT}
    context = browser.new_context(viewport=screen, locale=eyes.BROWSERS[locale], has_touch=True)
    context.set_default_timeout(10_000)
    yield Phone(context.new_page(), origin).listen()
    context.close()


@ALONE
@pytest.mark.parametrize("locale", ["en", "zh-Hans"])
def test_from_the_label_to_the_proof(buyer, unit, locale):
    """Interface.md, the buyer: state, comparison, recognition link by link, the paper, and a check without us."""
    words = eyes.Words(locale)
    path = "/" + unit.payload.split("/", 3)[3]

    eyes.sound(buyer.open(path), words)
    _first_screen(buyer, unit, words)
    _recognised(buyer, words)
    eyes.sound(buyer.open(path), words)
    digest = _paper(buyer, unit, words)
    _proof(buyer, unit, words, digest)


def _first_screen(buyer, unit, words):
    """Without scrolling: a word and a sentence, the data plate, and the comparison with the part in hand."""
    band = eyes.text(buyer, "header.band")
    assert buyer.page.locator("header.band.is-verified").count() == 1
    assert words("Released") in band
    assert len(buyer.page.inner_text(".band-sentence")) > 10
    compared = buyer.page.locator("section.compare")
    assert compared.bounding_box()["y"] < HEIGHT
    assert "6L-24817" in compared.inner_text()
    compared.locator("input").first.check()


def _recognised(buyer, words):
    """He picks a country, reads one sentence, then the chain with a date at each link, conditions and limits."""
    buyer.page.select_option("#country", "XB")
    buyer.tap("form.country button")
    eyes.sound(buyer, words)
    assert words("Recognised") in eyes.text(buyer, "header.band")
    links = buyer.page.locator("section[aria-labelledby=chain] li")
    assert links.count() >= 5
    for link in links.all():
        assert re.search(r"20\d\d", link.locator(".quiet").inner_text()), link.inner_text()
    assert buyer.page.locator("section[aria-labelledby=conditions] li.is-verified").count()
    assert buyer.page.locator("section[aria-labelledby=not-covered] li").count()
    buyer.page.select_option("#in", "XC")
    buyer.tap("main form button")
    eyes.sound(buyer, words)
    assert words("Not known") in eyes.text(buyer, "header.band")


def _paper(buyer, unit, words):
    """The public copy names no signer, and the bytes behind it have the digest that the paper shows; returns it."""
    links = buyer.page.locator("section[aria-labelledby=certificate] .links a")
    paper, data = (one.get_attribute("href") for one in links.all())
    said = readback.text(eyes.fetch(buyer, paper, words)).replace("\ufffe", "-")
    kept = eyes.fetch(buyer, data, words)
    record, digest = json.loads(kept), hashlib.sha256(kept).hexdigest()
    bare = re.sub(r"\s", "", said)
    for value in (record["number"], record["unit"]["serial"], record["dossier"], digest):
        assert value in bare, value
    assert "Certifying staff" not in said
    return digest


def _proof(buyer, unit, words, digest):
    """What the page tells anybody to do: take the events, hash each, follow the chain to the checkpoint."""
    steps = buyer.page.locator("a[href$='/events']")
    taken = json.loads(eyes.fetch(buyer, steps.first.get_attribute("href"), words))
    assert _whole(taken["chains"])
    held = base64.b64decode(taken["chains"][0][3]["canonical"])
    taken["chains"][0][3]["canonical"] = base64.b64encode(held.replace(b"a", b"b", 1)).decode()
    assert not _whole(taken["chains"]), "a changed byte would not be seen"
    said = [base64.b64decode(one["canonical"]).decode() for chain in taken["chains"] for one in chain]
    assert any(digest in one for one in said), "the release in the chain speaks of this paper"


def _whole(chains):
    return all(_follows(chain) for chain in chains)


def _follows(events):
    previous = None
    for one in events:
        if hashlib.sha256(base64.b64decode(one["canonical"])).hexdigest() != one["commitment"]:
            return False
        if one["previous"] != previous:
            return False
        previous = one["commitment"]
    return True
