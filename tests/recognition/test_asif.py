"""A certifier sees before he signs where the unit will be recognised, and what alone stands against it."""

from __future__ import annotations

import pytest

from remanu.recognition import queries
from tests.accounts.place import founded
from tests.release import desk as desks
from tests.release import site

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_before_the_signature(database, config):
    """On the dossier in two languages, and as JSON."""
    desk = desks.opened(founded(database, config))
    desk.until("SUBMITTED")
    certifier = site.browser(site.build(desk), "certifying_staff")
    page = certifier.get(f"/cases/{desk.case}/dossier").text
    assert "Where it will be recognised" in page
    assert "This alone stands against it: No certificate is recorded for it." in page
    assert "上都国 (XA)" in certifier.get(f"/cases/{desk.case}/dossier?lang=zh-Hans").text
    told = certifier.get(f"/api/v1/cases/{desk.case}/recognition").json
    assert {one["jurisdiction"]: one["word"] for one in told} == dict.fromkeys(
        queries.jurisdictions(), "UNKNOWN"
    )
    assert told[0]["missing"] == ["certificate"]
