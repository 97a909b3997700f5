"""Delivering: a labelled part, conditions checked, warranty begun, the customer sealed (SM-1 no. 27)."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.errors import BadInput, Forbidden, GuardFailed, NotAllowed, NotFound
from remanu.labelling import actions, queries
from remanu.ledger.models import EventRow
from remanu.ledger.seal import open_sealed
from remanu.parts.models import Item
from tests import people

ASKED = {
    "customer": "Fjord Ferries",
    "delivery_note": "DN-17",
    "warranty_from": date(2026, 3, 2),
    "import_checked": True,
}


@pytest.fixture
def ready(bench):
    """A bench whose engine carries its label."""
    bench.active()
    return bench


def deliver(bench, by=None, **changes):
    """Hand the engine over."""
    return bench.place.do(actions.deliver, by or bench.person("logistics"), bench.case_id, **{**ASKED, **changes})


def test_it_works(ready):
    """The part is in service, and the last day of the warranty follows from its certificate."""
    ready.change(Item, ready.item_id, place="Hall 2")
    deliver(ready)
    row = ready.place.ask(queries.deliveries, ready.place.org_id, ready.item_id)[0]
    assert ready.case.state == "IN_SERVICE"
    assert ready.item.place is None
    assert (row.warranty_from, row.warranty_until, row.life) == ("2026-03-02", "2027-03-01", 1)


def test_the_customer_is_sealed(ready):
    """Nobody but the organisation reads to whom it went."""
    done = deliver(ready)
    raw = ready.place.ask(
        lambda connection: (
            connection.execute(EventRow.__table__.select().where(EventRow.id == done.id)).one().canonical
        )
    )
    assert b"Fjord" not in raw
    assert b"DN-17" not in raw
    keyring = ready.place.database.keyring
    sealed = ready.place.ask(open_sealed, keyring, org_id=ready.place.org_id, event_id=done.id)
    assert sealed == {"customer": "Fjord Ferries", "delivery_note": "DN-17"}


def test_not_before_it_is_labelled(bench):
    """A released part without its label stays."""
    with pytest.raises(NotAllowed):
        deliver(bench)


def test_not_before_conditions_are_checked(ready):
    """Import conditions are somebody's answer."""
    with pytest.raises(GuardFailed) as refused:
        deliver(ready, import_checked=False)
    assert refused.value.details["missing"] == ["import_checked"]


def test_not_when_the_label_is_gone(ready):
    """A label lost in the store is replaced before the part leaves."""
    label = ready.place.ask(queries.labels_of, ready.place.org_id, ready.item_id)[0]
    ready.place.do(actions.report_lost, ready.officer, label.id)
    with pytest.raises(GuardFailed) as refused:
        deliver(ready)
    assert refused.value.details["missing"] == ["label_read_back"]


def test_not_while_on_hold(ready):
    """A held part stays."""
    ready.hold()
    with pytest.raises(GuardFailed) as refused:
        deliver(ready)
    assert "not_on_hold" in refused.value.details["missing"]


def test_not_twice(ready):
    """It is gone already."""
    deliver(ready)
    with pytest.raises(NotAllowed):
        deliver(ready)


@pytest.mark.parametrize("odd", [{"customer": " "}, {"delivery_note": "\u202ex"}])
def test_not_with_odd_values(ready, odd):
    """Names and numbers are text that can be shown."""
    with pytest.raises(BadInput):
        deliver(ready, **odd)


def test_not_by_the_label_officer(ready):
    """Logistics delivers."""
    with pytest.raises(Forbidden):
        deliver(ready, ready.officer)


def test_not_for_others(ready):
    """A case of another organisation does not exist here."""
    with pytest.raises(NotFound):
        deliver(ready, people.OUTSIDER)
