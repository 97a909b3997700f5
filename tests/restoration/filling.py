"""Filling in a form of restoration as a browser does: hidden fields go along."""

from __future__ import annotations

import re


def form(page: str, marker: str = 'class="act-form"') -> dict[str, str]:
    """The hidden fields of the form of an act."""
    inner = page[page.index(marker) :]
    inner = inner[: inner.index("</form>")]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', inner))


def post(browser, address, **typed):
    """Open the form, fill it in, send it; hidden fields go along."""
    hidden = form(browser.get(address).text)
    return browser.post(address.partition("?")[0], data={**hidden, **typed})
