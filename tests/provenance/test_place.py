"""A reader says roughly where he read a label: only after a yes, rounded, told apart for a week, gone in time."""

from __future__ import annotations

import sqlalchemy as sa

from remanu.provenance import actions
from remanu.provenance.models import ReadingKey, ReadingPlace
from remanu.provenance.queries.travel import far_apart, limits

SAID = {"label": "ABCDEF", "row": "104", "column": "26", "device": "0f" * 16, "consent": "yes"}
FAR = SAID | {"row": "62", "column": "242"}


def _rows(database, model=ReadingPlace):
    with database.reading() as connection:
        return connection.execute(sa.select(model.__table__)).all()


def test_without_a_yes_nothing(told, stranger):
    """No yes, no square, a finer place, a made-up device: said in words, and nothing is kept; reading keeps nothing."""
    page = stranger.get(f"/{told.code}/place?label=ABCDEF")
    assert 'value="ABCDEF"' in page.text
    assert "geolocation=(self)" in page.headers["Permissions-Policy"]
    assert "geolocation=()" in stranger.get(f"/{told.code}").headers["Permissions-Policy"]
    for n, wrong in enumerate(
        ({"consent": ""}, {"row": ""}, {"row": "52.37"}, {"row": "180"}, {"column": "-361"}, {"device": "me"})
    ):
        other = stranger.environ_base | {"REMOTE_ADDR": f"192.0.2.{n}"}
        sent = stranger.post(f"/{told.code}/place", data=SAID | wrong, environ_base=other)
        assert sent.status_code == 422, wrong
    asked = {"Accept": "application/json"}
    sent = stranger.post(f"/{told.code}/place", data={}, headers=asked)
    assert (sent.status_code, sent.json["code"]) == (422, "bad-input")
    assert _rows(told.database) == _rows(told.database, ReadingKey) == []


def test_who_is_asked(told, stranger):
    """Whoever scanned a label, one that was never issued too; not who typed the part's code alone."""
    assert f'/{told.code}/place"' in stranger.get(f"/{told.code}/ZZZZZZ").text
    assert "/place" not in stranger.get(f"/{told.code}").text


def test_kept_once_and_gone_in_time(told, stranger, clock):
    """One device in one square is one reading a day; its key lasts a week, the place ninety days."""
    length = told.known().found.length
    for _ in range(2):
        assert stranger.post(f"/{told.code}/place", data=SAID).status_code == 200
    (row,) = _rows(told.database)
    assert (row.cell_row, row.cell_column, row.label) == (104, 26, "ABCDEF")
    assert SAID["device"] not in repr(row)
    clock.advance(days=7)
    sent = stranger.post(f"/{told.code}/place", data=SAID, headers={"Accept": "application/json"})
    assert sent.json == {"kept": True, "keep_days": 90}
    rows = _rows(told.database)
    assert len({one.device for one in rows}) == 2
    assert told.database.transact(actions.forget_places) == 0
    assert len(_rows(told.database, ReadingKey)) == 1
    clock.advance(days=limits(row.at.date()).keep_days - 6)
    assert told.database.transact(actions.forget_places) == 1
    assert len(_rows(told.database)) == 1
    assert told.known().found.length == length


def test_two_places_too_far_apart(told, stranger, clock):
    """Across the world within the hour is shown to the owner alone; a day later it is a journey."""
    for said in (SAID, FAR):
        stranger.post(f"/{told.code}/place", data=said)
        clock.advance(minutes=50)
    org_id, now = told.known().found.org_id, told.database.clock.now()
    with told.database.reading() as connection:
        (one,) = far_apart(connection, org_id, now=now)
        assert (one.code, one.label, one.devices) == (told.code, "ABCDEF", 1)
        assert 8350 < one.kilometres < 8450  # Berlin and Shanghai
        assert far_apart(connection, "another", now=now) == []
    clock.advance(days=2)
    stranger.post(f"/{told.code}/place", data=SAID)
    with told.database.reading() as connection:
        assert len(far_apart(connection, org_id, now=told.database.clock.now())) == 1


def test_a_flood_ends(told, stranger):
    """Six a minute from one address."""
    answers = [stranger.post(f"/{told.code}/place", data=SAID | {"row": str(n)}) for n in range(7)]
    assert [one.status_code for one in answers] == [200] * 6 + [429]
