"""A graded core is credited to an account."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from remanu.errors import Conflict
from remanu.intake import actions, queries
from remanu.ledger.models import EventRow
from tests import people
from tests.intake import promises, story

MANAGER = people.BY_ROLE["core_manager"]


def core(hall, criteria, serial, *, missing=False, **answers):
    """A graded core with this serial number."""
    case = hall.do(story.received, claimed={"serial": serial})
    hall.do(story.identified, case, serial=serial)
    if missing:
        hall.do(story.noted, case)
    hall.do(story.judged, criteria, case, **answers)
    return case


@pytest.fixture
def ready(hall):
    """A programme with terms, and a customer who bought one unit."""
    criteria = hall.do(story.in_force)
    return criteria, hall.do(story.account, criteria)


def balance(hall, keyring, account):
    """The account as it stands."""
    row = hall.ask(queries.find_account, people.WORKSHOP, account)
    return hall.ask(queries.account_of, keyring, row, date(2026, 3, 1))


def settle(tx, case, account, actor=MANAGER):
    """Credit the core."""
    return actions.settle(tx, actor, case, account=account)


def test_a_damaged_core_is_credited_less_its_add_charge(hall, keyring, ready):
    """Forty percent of the deposit, less a turbocharger; the record shows no amount and no customer."""
    case = core(hall, ready[0], "S-1", missing=True)
    hall.do(settle, case, ready[1])
    found = balance(hall, keyring, ready[1])
    (told,) = [found.told[one.event_id] for one in found.settlements]
    assert {name: told[name] for name in ("worth", "by_outcome", "charged", "paid")} == {
        "worth": "1000.00",
        "by_outcome": "600.00",
        "charged": "350.00",
        "paid": "50.00",
    }
    (money,) = found.sums
    assert (money.charged, money.credited, money.held) == tuple(map(Decimal, ("1000.00", "50.00", "950.00")))
    assert money.charged == money.credited + money.withheld + money.add_charges
    assert (found.units[0].balance.answered, found.units[0].balance.open) == (1, 0)
    written = hall.ask(lambda connection: connection.execute(sa.select(EventRow.canonical)).scalars().all())
    assert not any(word in one for one in written for word in (b"600.00", b"350.00", b"Aster"))
    assert "intake.settle" not in hall.kinds(case)


def test_beyond_what_was_bought_a_core_has_its_base_value(hall, keyring, ready):
    """The second core for one unit lies beyond all tiers; one that is worth nothing answers no unit."""
    for serial, answers in (("S-0", {"stand": "none"}), ("S-1", {}), ("S-2", {})):
        hall.do(settle, core(hall, ready[0], serial, **answers), ready[1])
    found = balance(hall, keyring, ready[1])
    paid = {one.serial: found.told[one.event_id]["paid"] for one in found.settlements}
    assert paid == {"S-0": "0.00", "S-1": "1000.00", "S-2": "50.00"}
    assert (found.units[0].balance.answered, found.units[0].balance.surplus) == (1, 1)


def test_after_an_appeal_the_new_grade_takes_the_place_of_the_old_one(hall, keyring, ready):
    """Both credits stay, the last one counts, and it stays on the account of the first."""
    case = core(hall, ready[0], "S-1", crankshaft="damaged")
    hall.do(settle, case, ready[1])
    hall.do(story.appealed, case)
    with pytest.raises(Conflict) as refused:
        hall.do(settle, case, ready[1])
    assert refused.value.details["why"] == "appeal-open"
    hall.do(actions.regrade, story.OTHER_INSPECTOR, case, answers=story.ANSWERS)
    hall.do(settle, case, ready[1])
    found = balance(hall, keyring, ready[1])
    assert [one.replaced_by is None for one in found.settlements] == [True, False]
    assert found.sums[0].credited == Decimal("1000.00")
    assert found.units[0].balance.answered == 1
    assert hall.holds()


def test_what_cannot_be_settled(hall, ready):
    """Nothing before the grade, nothing twice, nothing without terms."""
    case = hall.do(story.received, claimed={"serial": "S-9"})
    with pytest.raises(Conflict) as refused:
        hall.do(settle, case, ready[1])
    assert refused.value.details["why"] == "not-graded"
    settled = core(hall, ready[0], "S-1")
    hall.do(settle, settled, ready[1])
    with pytest.raises(Conflict) as refused:
        hall.do(settle, settled, ready[1])
    assert refused.value.details["why"] == "already-settled"
    by_pack = hall.do(story.until, "graded")
    with pytest.raises(Conflict) as refused:
        hall.do(settle, by_pack, ready[1])
    assert refused.value.details["why"] == "no-terms"


def test_roles_and_organisation(hall, ready):
    """Core manager alone; for others the case is not there."""
    case = core(hall, ready[0], "S-1")
    promises.only_its_roles(hall, "settle", lambda tx, who: settle(tx, case, ready[1], who))
    promises.only_its_organisation(hall, lambda tx, who: settle(tx, case, ready[1], who))
