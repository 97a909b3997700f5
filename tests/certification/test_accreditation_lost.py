"""The body loses its accreditation: certificate, catalogue, units and desk say so at once, and nothing is suspended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from remanu.certification import actions, queries
from remanu.rules.accreditation import Area, Decided, lost_on
from tests.certification import story as tell
from tests.certification.test_catalogue import Shown

SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
DAY = date(2026, 3, 1)
AREA = Area("diesel-engine", "XA-RM", "2025")
GRANT = Decided(verb="grant_accreditation", on=DAY, areas=(AREA,), valid=(DAY, date(2026, 12, 31)))


def decided(verb, days, *areas):
    """A decision so many days later."""
    return Decided(verb=f"{verb}_accreditation", on=DAY + timedelta(days=days), areas=areas)


def since(*held, day=date(2026, 6, 1), area=AREA):
    """Since when it is lost, as of a day in summer."""
    return lost_on(held, area, day)


def test_since_when_it_is_lost():
    """Suspended, reduced, withdrawn, expired; never lost where it holds, or where there was none."""
    assert since((GRANT,)) is None
    assert since() is None
    assert since((GRANT,), area=replace(AREA, category="copier")) is None
    for verb in ("suspend", "withdraw"):
        assert since((GRANT, decided(verb, 9))) == date(2026, 3, 10)
    other = replace(AREA, scheme="XA-OTHER")
    wide = replace(GRANT, areas=(AREA, other))
    assert since((wide, decided("reduce", 5, AREA))) == date(2026, 3, 6)
    assert since((wide, decided("reduce", 5, other))) is None
    assert since((GRANT,), day=date(2027, 2, 1)) == date(2027, 1, 1)


def test_restored_or_held_elsewhere_it_is_not_lost():
    """One that holds is enough; the days of an earlier gap do not count."""
    gap = (GRANT, decided("suspend", 9), decided("restore", 20))
    assert since(gap) is None
    assert since((*gap, decided("withdraw", 30))) == date(2026, 3, 31)
    assert since((GRANT, decided("withdraw", 9)), (GRANT,)) is None
    later = replace(GRANT, on=DAY + timedelta(days=40), valid=(DAY + timedelta(days=50), date(2027, 12, 31)))
    assert since((GRANT, decided("withdraw", 9)), (later,), day=date(2026, 4, 12)) == date(2026, 3, 10)
    assert since((GRANT, decided("withdraw", 9)), (later,)) is None


@pytest.mark.parametrize("verb", ["suspend_accreditation", "withdraw_accreditation"])
def test_everybody_sees_it_at_once(database, config, verb):
    """On the unit's page too, which was kept a moment ago; the certificate's own state stays what it was."""
    shown = Shown(database, config)
    unit, entry = f"/{shown.engine.code}", f"/recognised-products/{shown.story.file}"
    assert "Accreditation lost" not in shown.get(unit).text + shown.get(entry).text
    shown.story.later(1)
    tell.by_accreditor(shown.story, getattr(actions, verb), reason="nonconformities")
    for address in (unit, entry, "/recognised-products"):
        assert "Accreditation lost" in shown.get(address).text, address
    (said,) = shown.get(f"{unit}?format=json").json["certifications"]
    assert (said["claim"], said["accreditation_lost_on"]) == ("in-force", "2026-03-02")
    assert "which is in force" not in shown.get(unit).text
    assert shown.get(f"/api/v1{entry}").json["state"] == "CERTIFIED"


@SQLITE
def test_by_the_calendar_alone(granted):
    """Nobody has to say that it expired (SM-6 no. 6)."""
    granted.database.transact(
        lambda tx: tx.connection.exec_driver_sql(
            "UPDATE register_step SET facts = replace(facts, '\"valid_to\": \"2028', '\"valid_to\": \"2026')"
            " WHERE verb = 'grant_accreditation'"
        )
    )
    row = granted.ask(queries.find_entry, granted.file, granted.today).row
    assert granted.ask(queries.lost, [row], granted.today) == {}
    late = granted.today + timedelta(days=340)
    assert granted.ask(queries.lost, [row], late).keys() == {granted.file}


@SQLITE
def test_it_stands_on_the_desk_of_the_body(granted):
    """A task for whoever decides; after the restoration it is gone."""
    assert granted.ask(queries.lost_of_body, tell.BODY, granted.today) == []
    granted.later(2)
    tell.by_accreditor(granted, actions.suspend_accreditation, reason="nonconformities")
    (one,) = granted.ask(queries.lost_of_body, tell.BODY, granted.today)
    assert (one.family, one.scheme, one.certificates, one.since) == (tell.FAMILY, tell.SCHEME, 1, granted.today)
    granted.later(1)
    tell.by_accreditor(granted, actions.restore_accreditation)
    assert granted.ask(queries.lost_of_body, tell.BODY, granted.today) == []


@SQLITE
def test_surveillance_overdue_is_said(granted):
    """Once the grace of the scheme is over, by the day on which it was due."""
    row = granted.ask(queries.find_entry, granted.file, granted.today).row
    due = date.fromisoformat(row.due_on)
    assert granted.ask(queries.overdue_since, row, due + timedelta(days=30)) == ""
    assert granted.ask(queries.overdue_since, row, due + timedelta(days=31)) == row.due_on
