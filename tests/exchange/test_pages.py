"""What people see of a part in doubt: its certifier, whoever has it in hand, the supervisor."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from remanu.exchange import actions as exchange
from remanu.exchange.models import Subscription
from tests import application
from tests.provenance.site import browser
from tests.release import site

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_the_partial_effect_is_shown_everywhere(yard, config):
    """Which part, the way to it, since when: queue, certificate, part, public page, JSON."""
    module = yard.item(serial="M-1", component="module", name="Gear module")
    yard.fit(module, yard.assembly.yard.unit, "module-1")
    yard.fit(yard.part.yard.unit, module)
    yard.wait(days=1)
    yard.revoke()
    web = site.build(yard.part)
    certifier = site.browser(web, "certifying_staff")
    paper, part = yard.assembly.paper(), yard.part.yard.view().item
    reviews = certifier.get("/reviews").text
    assert "The release of a part in it was revoked" in reviews
    assert "module-1 › engine-1" in reviews
    (one,) = certifier.get("/api/v1/reviews").json
    assert (one["affected"][0]["uri"], one["affected"][0]["path"]) == (part.uri, ["module-1", "engine-1"])
    page = certifier.get(f"/certificates/{paper.id}").text
    assert part.uri in page
    assert "in it since" in page
    assert paper.number in certifier.get(f"/parts/{part.id}").text

    stranger = browser(config, yard.database)
    code = yard.assembly.yard.view().item.code
    public = stranger.get(f"/{code}")
    assert "Under review" in public.text
    assert "The release of a part in it was revoked" in public.text
    assert "module-1 › " in public.text
    told = stranger.get(f"/{code}?format=json").json
    (doubted,) = told["certificates"][0]["parts_in_doubt"]
    assert (doubted["uri"], doubted["path"], doubted["until"]) == (part.uri, ["module-1", "engine-1"], "")
    assert told["record"]["verified"]
    assert told["links"]["feed"] == f"/{code}/feed"


def test_the_outbox_of_a_supervisor(yard, config):
    """What became of each message, without an address; a demonstration shows what would be read."""
    item = yard.part.yard.view().item
    yard.place.member("onlooker", "supervisor")
    yard.database.transact(
        lambda tx: exchange.subscribe(
            tx, org_id=item.org_id, item_id=item.id, address="reader@example.test", locale="en"
        )
    )
    site.build(yard.part)
    supervisor = site.browser(application.site(config, yard.database), "onlooker")
    page = supervisor.get("/outbox")
    assert (page.status_code, "Asks for confirmation" in page.text) == (200, True)
    assert "reader@example.test" not in page.text
    assert "/follow/" not in page.text
    (row,) = supervisor.get("/api/v1/outbox").json
    assert (row["kind"], row["state"], row["attempts"]) == ("confirm", "waiting", 0)


def test_a_demonstration_shows_what_would_be_read(yard, config):
    """With its links, because nobody gets it by mail; nothing is left to show once the address is forgotten."""
    item = yard.part.yard.view().item
    yard.place.member("onlooker", "supervisor")
    asked = {"org_id": item.org_id, "item_id": item.id, "address": "reader@example.test", "locale": "en"}
    yard.database.transact(lambda tx: exchange.subscribe(tx, **asked))
    site.build(yard.part)
    supervisor = site.browser(application.site(replace(config, demonstration=True), yard.database), "onlooker")
    page = supervisor.get("/outbox").text
    assert "/follow/" in page
    assert "reader@example.test" not in page
    yard.database.transact(lambda tx: tx.execute(sa.delete(Subscription)))
    again = supervisor.get("/outbox")
    assert (again.status_code, "/follow/" in again.text) == (200, False)


def test_a_part_tells_which_other_records_it_goes_on_from(yard, config):
    """By JSON as on its page; none where it began here, and no feed where there is no part."""
    item = yard.part.yard.view().item
    certifier = site.browser(site.build(yard.part), "certifying_staff")
    assert certifier.get(f"/api/v1/parts/{item.id}/other-records").json == []
    stranger = browser(config, yard.database)
    assert stranger.get("/0000000000000/feed").status_code == 404
    assert stranger.get("/1234/feed").status_code == 404
