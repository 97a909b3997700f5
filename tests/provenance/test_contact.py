"""A reader may say how to reach him: encrypted, for those who answer, gone when his report is closed or in time."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from remanu.bench.engine import begin_engine
from remanu.provenance import actions
from remanu.provenance.models import ReportContact
from remanu.provenance.queries.contacts import every, keep_days
from remanu.rules.reports import Keeping, keeping_on
from tests.accounts.place import founded
from tests.provenance.test_inbox import _listed
from tests.provenance.test_supervision import _signed_in

WHERE = "reader@mail.example"
SAID = {"what": "serial", "note": "It says 4711 B"}


def _rows(database):
    with database.reading() as connection:
        return connection.execute(sa.select(ReportContact.__table__)).all()


@pytest.fixture
def place(database, config):
    """A workshop with people."""
    return founded(database, config)


@pytest.fixture
def rotor(place):
    """An engine of the workshop."""
    return begin_engine(place.database, place.actor(place.member("worker", "receiving_clerk")))


def test_the_newest_that_applies():
    """By the day; before the first day too something applies, so that nothing is kept for ever."""
    first, later = (
        Keeping(applies_from=date(year, 1, 1), keep_days=days, source="test")
        for year, days in ((2026, 90), (2027, 30))
    )
    asked = [date(2025, 1, 1), date(2026, 6, 1), date(2027, 1, 1)]
    assert [keeping_on([later, first], day).keep_days for day in asked] == [90, 90, 30]
    assert all(one.source and one.keep_days <= 90 for one in every())


def test_kept_for_those_who_answer(place, config, rotor, stranger):
    """Nobody has to; what cannot be shown is refused; it stands encrypted, and on no page but theirs."""
    form = stranger.get(f"/{rotor.code}/report").text
    assert 'name="contact"' in form
    assert "after 90 days at the latest" in form
    for wrong in ("a\u202eb", "x" * 121):
        sent = stranger.post(f"/{rotor.code}/report", data=SAID | {"contact": wrong})
        assert sent.status_code == 422
        assert 'id="contact-error"' in sent.text
    assert _rows(place.database) == []
    for contact in ("", WHERE, WHERE):
        assert stranger.post(f"/{rotor.code}/report", data=SAID | {"contact": contact}).status_code == 200
    (row,) = _rows(place.database)
    assert WHERE.encode() not in bytes(row.contact)
    browser = _signed_in(place, config, "quality")
    (one,) = _listed(browser, "open")
    assert (one["contact"], WHERE in browser.get("/reports").text) == (WHERE, True)
    supervisor = _signed_in(place, config, "supervisor")
    assert WHERE not in supervisor.get("/supervision").text
    assert supervisor.get("/reports").status_code == 403
    assert WHERE not in stranger.get(f"/{rotor.code}").text
    closed = {"report": one["id"], "to": "closed", "why": "The reader was told."}
    assert browser.post("/reports", data=closed | {"to": "answered"}).status_code == 303
    assert len(_rows(place.database)) == 1
    assert browser.post("/reports", data=closed).status_code == 303
    assert _rows(place.database) == []
    # The same words once more, from a page that was loaded again: the report is closed, and so is the matter.
    assert stranger.post(f"/{rotor.code}/report", data=SAID | {"contact": WHERE}).status_code == 200
    assert _rows(place.database) == []


def test_gone_in_time(place, config, rotor, stranger, clock):
    """After its retention nobody reads it, whether or not the hourly job has run; then it is deleted."""
    stranger.post(f"/{rotor.code}/report", data=SAID | {"contact": WHERE})
    clock.advance(days=keep_days(clock.now().date()))
    assert place.database.transact(actions.forget_contacts) == 0
    clock.advance(seconds=1)
    (one,) = _listed(_signed_in(place, config, "label_officer"), "open")
    assert one["contact"] == ""
    assert place.database.transact(actions.forget_contacts) == 1
    assert _rows(place.database) == []
