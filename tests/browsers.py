"""Chromium for whichever test wants one: started by one driver in each process, which cannot be started twice."""

from __future__ import annotations

import os

import pytest

from tools import chromium

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
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- slow, and most tests need no browser

    with sync_playwright() as playwright:
        yield lambda *more: playwright.chromium.launch(executable_path=str(path), args=[*_FLAGS, *more])
