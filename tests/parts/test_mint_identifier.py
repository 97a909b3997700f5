"""Giving a part a GS1 key: only under a prefix that an administrator confirmed, from its day on."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.errors import BadInput, Conflict, Forbidden, NotFound
from remanu.parts import actions
from remanu.parts.queries import identifiers as held
from tests.parts.hall import act
from tests.parts.naming import GTIN, PREFIX, confirmed, minted

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_no_key_is_invented(hall, other):
    """Without a confirmed prefix there is none; another organisation's confirmation does not count."""
    confirmed(other)
    with pytest.raises(Conflict, match="prefix-not-confirmed"):
        minted(hall, hall.item())


def test_our_own_code_is_the_serial(hall):
    """It fits every GS1 serial but that of a component, which has digits alone."""
    confirmed(hall)
    item = hall.item()
    assert minted(hall, item).body.normalised == f"(01){GTIN}(21){item.code}"
    assert (
        minted(hall, item, scheme="gs1-giai", number=PREFIX).body.normalised == f"(8004){PREFIX}{item.code}"
    )
    with pytest.raises(BadInput, match="gs1-"):
        minted(hall, item, scheme="gs1-cpid", number=f"{PREFIX}-K")
    done = minted(hall, item, scheme="gs1-cpid", number=f"{PREFIX}-K", serial="17")
    assert (done.body.normalised, done.body.prefix) == (f"(8010){PREFIX}-K(8011)17", PREFIX)
    itip = minted(hall, item, scheme="gs1-itip", number=f"{GTIN}0102", serial="S1").body
    assert itip.normalised == f"(8006){GTIN}0102(21)S1"


def test_only_in_its_days(hall):
    """Before the first day and from the day of its end on it is not in force."""
    day = hall.database.clock.now().date()
    done = confirmed(hall, since=date(day.year + 1, 1, 1))
    with pytest.raises(Conflict, match="prefix-not-confirmed"):
        minted(hall, hall.item())
    hall.do("admin", actions.end_prefix, done.subject.id, ended_from=date(day.year + 1, 1, 1))
    done = confirmed(hall)
    minted(hall, hall.item())
    hall.do("admin", actions.end_prefix, done.subject.id, ended_from=date(2021, 1, 1))
    with pytest.raises(Conflict, match="prefix-not-confirmed"):
        minted(hall, hall.item())


def test_under_another_prefix(hall):
    """A key has to begin with the very prefix."""
    confirmed(hall, "9506001")
    with pytest.raises(Conflict, match="prefix-not-confirmed"):
        minted(hall, hall.item())


def test_one_key_one_part(hall):
    """Nobody's second part gets it."""
    confirmed(hall)
    minted(hall, hall.item(), serial="A1")
    with pytest.raises(Conflict, match="identifier-taken"):
        minted(hall, hall.item(), serial="A1")


def test_a_prefix_that_changed_hands(hall, other):
    """What its former owner minted stays his."""
    done = confirmed(other)
    minted(other, other.item(), serial="A1")
    other.do("admin", actions.end_prefix, done.subject.id, ended_from=date(2021, 1, 1))
    confirmed(hall)
    with pytest.raises(Conflict, match="identifier-taken"):
        minted(hall, hall.item(), serial="A1")


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        ({"number": "09506000134351"}, "gs1-check"),
        ({"number": "9506000134352"}, "gs1-too-short"),
        ({"scheme": "serial"}, "not-a-choice"),
        ({"serial": "a b"}, "gs1-value"),
        ({"serial": "x" * 21}, "gs1-too-long"),
    ],
)
def test_odd_input_is_refused(hall, odd, why):
    """With the reason, and nothing is recorded."""
    confirmed(hall)
    item = hall.item()
    with pytest.raises(BadInput, match=why):
        minted(hall, item, **odd)
    assert hall.ask(held.identifiers_of, item.id) == []


def test_who_may_and_whose(hall, other):
    """Label officers alone; another's part does not exist."""
    confirmed(hall)
    with pytest.raises(Forbidden):
        hall.do("technician", actions.mint_identifier, hall.item().id, scheme="gs1-gtin", number=GTIN)
    with pytest.raises(NotFound):
        minted(hall, other.item())


def test_by_the_page(hall, web):
    """The form, the page that lists it, and JSON."""
    officer, item = hall.browser(web, "label_officer"), hall.item()
    address = f"/parts/{item.id}/mint_identifier"
    assert officer.get(address).status_code == 200
    sent = {"scheme": "gs1-gtin", "number": GTIN}
    assert officer.post(address, data={**sent, "key": "9"}).status_code in {409, 422}
    confirmed(hall)
    assert act(officer, address, "j", **sent).status_code == 200
    assert f"(01){GTIN}(21){item.code}" in officer.get(f"/parts/{item.id}/identifiers").text
