"""An account of cores is opened for a customer."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.errors import Conflict
from remanu.intake import actions, queries
from remanu.ledger.models import EventRow
from tests import people
from tests.intake import promises

MANAGER = people.BY_ROLE["core_manager"]


def test_the_customer_is_sealed(hall, keyring):
    """The record knows a number; the organisation's key opens the name."""
    hall.do(actions.open_account, MANAGER, customer="Aster Haulage", note="Pays late.")
    rows = hall.ask(queries.accounts, people.WORKSHOP)
    assert [row.number for row in rows] == ["CA-00001"]
    assert list(hall.ask(queries.customers, keyring, rows).values()) == ["Aster Haulage"]
    written = hall.ask(lambda connection: connection.execute(sa.select(EventRow.canonical)).scalars().all())
    assert not any(b"Aster" in one or b"late" in one for one in written)


def test_one_account_a_customer(hall):
    """The same name is the same customer."""
    hall.do(actions.open_account, MANAGER, customer="Aster Haulage")
    with pytest.raises(Conflict):
        hall.do(actions.open_account, MANAGER, customer=" Aster Haulage ")
    hall.do(actions.open_account, MANAGER, customer="Bellis Mining")
    assert len(hall.ask(queries.accounts, people.WORKSHOP)) == 2


def test_roles(hall):
    """Core manager or logistics."""
    promises.only_its_roles(
        hall, "open_account", lambda tx, who: actions.open_account(tx, who, customer="Aster Haulage")
    )
