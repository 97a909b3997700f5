"""A reader says that the part does not match: kept once, without a trace of who he is."""

from __future__ import annotations

import sqlalchemy as sa

from remanu.provenance.actions import WHATS
from remanu.provenance.models import Mismatch
from remanu.provenance.queries import supervision


def _rows(database):
    with database.reading() as connection:
        return connection.execute(sa.select(Mismatch.__table__)).all()


def test_a_report_is_kept(told, stranger):
    """By a plain form, from any browser, with the label; nothing enters the record."""
    length = told.known().found.length
    form = stranger.get(f"/{told.code}/report?label=ABCDEF").text
    assert 'value="ABCDEF"' in form
    said = {"what": "serial", "note": "It says 4711 B", "label": "ABCDEF"}
    sent = stranger.post(f"/{told.code}/report", data=said)
    assert (sent.status_code, "Your report is kept" in sent.text) == (200, True)
    (row,) = _rows(told.database)
    assert (row.what, row.note, row.label, row.item_id) == (
        "serial",
        "It says 4711 B",
        "ABCDEF",
        told.engine.subject.id,
    )
    assert "192.0.2.80" not in repr(row)
    assert told.known().found.length == length
    with told.database.reading() as connection:
        assert [one.what for one in supervision.mismatches(connection, row.org_id)] == ["serial"]


def test_sent_twice_it_is_one(told, stranger, clock):
    """The same words on the same day are one report; the next day nobody can tell that it is the same sender."""
    for _ in range(2):
        stranger.post(f"/{told.code}/report", data={"what": "mass"})
    clock.advance(days=1)
    stranger.post(f"/{told.code}/report", data={"what": "mass"})
    rows = _rows(told.database)
    assert len(rows) == 2
    assert rows[0].sender != rows[1].sender


def test_what_cannot_be_taken(told, stranger):
    """No choice, a made-up one, or hostile words: said in words, what was typed is kept, nothing is stored."""
    for said in (
        {},
        {"what": "price"},
        {"what": "other", "note": "a\u202eb"},
        {"what": "other", "note": "x" * 501},
    ):
        answer = stranger.post(f"/{told.code}/report", data=said)
        assert answer.status_code == 422, said
    assert _rows(told.database) == []
    other = stranger.environ_base | {"REMOTE_ADDR": "192.0.2.81"}
    typed = stranger.post(f"/{told.code}/report", data={"note": "<b>kept</b>"}, environ_base=other)
    assert "&lt;b&gt;kept&lt;/b&gt;" in typed.text
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    sent = stranger.post(f"/{told.code}/report", data={"what": "mass"}, headers=elsewhere, environ_base=other)
    assert sent.status_code == 403


def test_a_flood_ends(told, stranger):
    """One address sends six a minute; one part takes fifty a day, whoever sends them."""
    answers = [stranger.post(f"/{told.code}/report", data={"what": "mass", "note": str(n)}) for n in range(7)]
    assert [one.status_code for one in answers] == [200] * 6 + [429]
    for n in range(44):
        other = stranger.environ_base | {"REMOTE_ADDR": f"198.51.100.{n}"}
        stranger.post(f"/{told.code}/report", data={"what": "mark"}, environ_base=other)
    late = stranger.environ_base | {"REMOTE_ADDR": "203.0.113.9"}
    assert stranger.post(f"/{told.code}/report", data={"what": "mark"}, environ_base=late).status_code == 429
    assert len(_rows(told.database)) == 50


def test_found_or_suspect(told, stranger):
    """Whoever finds a part says so by the same form; every choice that it offers is taken."""
    form = stranger.get(f"/{told.code}/report").text
    for n, what in enumerate(WHATS):
        assert f'value="{what}"' in form
        other = stranger.environ_base | {"REMOTE_ADDR": f"198.51.100.{n}"}
        assert stranger.post(f"/{told.code}/report", data={"what": what}, environ_base=other).status_code == 200
    assert {row.what for row in _rows(told.database)} == set(WHATS) > {"found", "suspect"}
