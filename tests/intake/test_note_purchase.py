"""Units bought with a deposit are entered."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.errors import BadInput
from remanu.intake import actions, queries
from tests import people
from tests.intake import promises, story

MANAGER = people.BY_ROLE["core_manager"]


@pytest.fixture
def ready(hall):
    """A programme with terms, and an account."""
    criteria = hall.do(story.in_force)
    return criteria, hall.do(actions.open_account, MANAGER, customer="Aster Haulage").subject.id


def buy(tx, ready, actor=MANAGER, **changed):
    """Two units on the first of February."""
    given = {"criteria": ready[0], "units": 2, "bought_on": date(2026, 2, 1), **changed}
    return actions.note_purchase(tx, actor, ready[1], **given)


def test_units_stand_open_for_their_window(hall, keyring, ready):
    """The deposit is the programme's, or what was agreed; the last day is frozen."""
    hall.do(buy, ready)
    done = hall.do(buy, ready, units=1, deposit="900", order="PO-7")
    assert done.body.open_until == "2027-08-03"
    row = hall.ask(queries.find_account, people.WORKSHOP, ready[1])
    found = hall.ask(queries.account_of, keyring, row, date(2026, 3, 1))
    assert (found.units[0].balance.bought, found.units[0].balance.open) == (3, 3)
    assert [(one.currency, str(one.charged), str(one.held)) for one in found.sums] == [("XTS", "2900.00", "2900.00")]
    assert hall.ask(queries.account_of, keyring, row, date(2027, 9, 1)).units[0].balance.lapsed == 3


@pytest.mark.parametrize(
    ("changed", "field", "why"),
    [
        ({"units": 0}, "units", "negative"),
        ({"units": 1_000_000}, "units", "too-large"),
        ({"bought_on": date(2026, 3, 2)}, "bought_on", "absurd-time"),
        ({"deposit": "12,50"}, "deposit", "not-a-number"),
    ],
)
def test_odd_purchases_are_refused(hall, ready, changed, field, why):
    """Impossible numbers, days and amounts."""
    with pytest.raises(BadInput) as refused:
        hall.do(buy, ready, **changed)
    assert (refused.value.details["field"], refused.value.details["why"]) == (field, why)


def test_a_programme_without_terms_takes_no_deposit(hall, ready):
    """There is nothing to say what a core would be credited."""
    bare = hall.do(story.in_force, region="XB", priced=None, discrepancies="")
    with pytest.raises(BadInput) as refused:
        hall.do(buy, ready, criteria=bare)
    assert refused.value.details["why"] == "no-terms"


def test_roles_and_organisation(hall, ready):
    """Core manager or logistics; for others the account is not there."""
    promises.only_its_roles(hall, "note_purchase", lambda tx, who: buy(tx, ready, who))
    promises.only_its_organisation(hall, lambda tx, who: buy(tx, ready, who))
