"""A workshop with its people and instruments, the whole application, and a visitor for each role."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import sync_playwright

from remanu.accounts.actions import hashed
from remanu.demo import seed
from tests import application
from tests.journeys.forms import Visitor
from tools import chromium

PASSWORD = "harbour bolt seven ledge"
# A new process for each page costs more than the page. The last such flag counts, so Playwright's own stand here too.
_WITHOUT = (
    "AcceptCHFrame",
    "AutoExpandDetailsElement",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "BackForwardCache",
    "CertificateTransparencyComponentUpdater",
    "DestroyProfileOnBrowserClose",
    "DialMediaRouteProvider",
    "GlobalMediaControls",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "OptimizationHints",
    "PaintHolding",
    "RenderDocument",
    "SpareRendererForSitePerProcess",
    "ThirdPartyStoragePartitioning",
    "Translate",
)
_FLAGS = (
    f"--disable-features={','.join(_WITHOUT)}",
    "--disable-gpu",
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def launch():
    """Opens Chromium of this machine, with further flags where a test wants them."""
    path = chromium.find(os.environ)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on this machine")
        pytest.skip("NOT TESTED IN A BROWSER: no Chromium on this machine")
    with sync_playwright() as playwright:
        yield lambda *more: playwright.chromium.launch(executable_path=str(path), args=[*_FLAGS, *more])


@pytest.fixture(scope="session")
def browser(launch):
    """The one that most journeys share."""
    opened = launch()
    yield opened
    opened.close()


@pytest.fixture
def crew(database):
    """Harbour Renewal Works: one person a role, instruments in calibration, editions in force."""
    # A running clock stands between whole seconds; whoever needs whole ones must be found out here.
    database.clock.advance(microseconds=417_203)
    secret = hashed(PASSWORD, login="workshop", cost="cheap")
    made, _ = database.transact(lambda tx: seed.found(tx, secret))
    database.transact(lambda tx: seed.equip(tx, made))
    return made


@pytest.fixture
def site(config, database, crew):
    """The whole application over the test's store."""
    return application.site(config, database)


@pytest.fixture
def visitor(site):
    """Somebody's browser: signed in as the role that is named, nobody's for an empty name."""

    def make(role: str = "") -> Visitor:
        client = site.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        one = Visitor(client)
        return one.sign_in(role, PASSWORD) if role else one

    known: dict[str, Visitor] = {}
    return lambda role="": known.setdefault(role, make(role))
