"""The supervisor reads his organisation's certificates, refusals, reports and the health of the record."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.bench.engine import begin_engine
from remanu.bench.papers import Papers
from remanu.parts.models import Item
from remanu.provenance.queries import custody
from remanu.release import events as releasing
from remanu.rules.permissions import ROLES
from tests.accounts.place import PASSWORD, founded
from tests.provenance import site


@pytest.fixture
def place(database, config):
    """A workshop with people."""
    return founded(database, config)


def _signed_in(place, config, *roles):
    client = site.browser(config, place.database)
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    name = "-".join(roles).replace("_", "-")
    place.member(name, *roles)
    assert client.post("/sign-in", data={"login": name, "password": PASSWORD}).status_code == 303
    return client


def test_everything_to_read_and_nothing_to_press(place, config, told):
    """Certificates with states, refusals with reasons, reports, health; and nothing of another organisation."""
    actor = place.actor(
        place.member("worker", *(role for role in ROLES if role not in {"admin", "supervisor"}))
    )
    engine = begin_engine(place.database, actor)
    papers = Papers(engine)
    engine.receive()
    engine.take_apart(1)
    engine.inspect()
    engine.restore()
    engine.try_out()
    papers.submit()
    refused = releasing.Refused(case=engine.case, action="release.release", reason="own-work")
    engine.put(releasing.REFUSE, refused)
    papers.release()
    told.released()
    browser = _signed_in(place, config, "supervisor")
    browser.post(f"/{engine.code}/report", data={"what": "serial", "note": "It says 4711 B"})
    page = browser.get("/supervision")
    assert page.status_code == 200
    for shown in (
        papers.number,
        "NW20471193",
        "You did work on this part yourself",
        "It says 4711 B",
        "Nothing was signed yet",
    ):
        assert shown in page.text, shown
    assert told.engine.code not in page.text
    main = page.text.split("<main")[1]
    assert "<form" not in main
    assert "<button" not in main
    told.sign()
    papers.revoke()
    again = browser.get("/supervision").text
    assert "Revoked" in again
    assert "Nothing was signed yet" not in again
    assert 'href="/supervision"' in browser.get("/me").text


def test_an_empty_organisation(place, config):
    """Each place says what will stand there; an odd cursor is no error."""
    browser = _signed_in(place, config, "quality")
    page = browser.get("/supervision?before=x")
    assert page.status_code == 200
    assert page.text.count('class="empty"') == 4
    assert browser.get("/supervision?before=999999").status_code == 200


def test_others_may_not(place, config, stranger):
    """Neither strangers nor the workshop at large."""
    assert stranger.get("/supervision").status_code == 401
    assert _signed_in(place, config, "technician").get("/supervision").status_code == 403


def test_a_part_that_two_records_hold(place, config, told):
    """Each of the two supervisors is told that there is another record, and not whose."""
    actor = place.actor(place.member("worker", *(role for role in ROLES if role not in {"admin", "supervisor"})))
    engine = begin_engine(place.database, actor)
    browser = _signed_in(place, config, "supervisor")
    engine.receive()
    told.engine.receive()
    assert "Held in two places" not in browser.get("/supervision").text
    # Engines of the bench claim no identity; these two are told to be of one maker, number and serial.
    ours = sa.update(Item).where(Item.code.in_([engine.code, told.engine.code])).values(identity="NORDWERK|6L|4711")
    place.database.transact(lambda tx: tx.execute(ours))
    page = browser.get("/supervision").text
    assert "Held in two places" in page
    assert engine.code in page
    assert told.engine.code not in page
    with place.database.reading() as connection:
        (one,) = custody.contested(connection, told.engine.actor.org_id)
        assert one.code == told.engine.code
        assert custody.contested(connection, "elsewhere") == []
    (odd,) = browser.get("/readings", headers={"Accept": "application/json"}).json["readings"]
    assert (odd["sign"], odd["code"]) == ("held-twice", engine.code)
    said = {name: odd[name] for name in ("item_id", "label", "sign", "day")}
    said |= {"to": "closed", "why": "One plate was misread."}
    assert browser.post("/readings", data=said).status_code == 303
    assert "Held in two places" not in browser.get("/supervision").text
