"""Accounts of deposits: units bought, cores returned, what was credited; amounts are opened for those who may."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.errors import NotFound
from remanu.intake.models import CoreAccount, CorePurchase, CoreSettlement
from remanu.keys import Keyring
from remanu.ledger import seal
from remanu.parts.models import Item
from remanu.rules import deposits
from remanu.rules.deposits import Balance, Bought

Row = sa.Row[Any]
ACCOUNTS_PAGE = 50


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one family and programme."""

    family: str
    programme: str
    balance: Balance


@dataclass(frozen=True, slots=True)
class Sum:
    """The money of an account in one currency: balance = charged - credited, which is what is held."""

    currency: str
    charged: Decimal
    credited: Decimal
    withheld: Decimal
    add_charges: Decimal

    @property
    def held(self) -> Decimal:
        """What stands against the units still out, and what was kept."""
        return self.charged - self.credited


@dataclass(frozen=True, slots=True)
class Account:
    """An account with everything on it; `told` holds the sealed fields by event."""

    row: Row
    purchases: list[Row]
    settlements: list[Row]
    told: Mapping[str, Any]
    units: tuple[Units, ...]
    sums: tuple[Sum, ...]

    @property
    def customer(self) -> str:
        """Whose account it is; its number where that was sealed away."""
        return str(self.told.get(self.row.event_id, {}).get("customer", self.row.number))


def find_account(connection: Connection, org_id: str, account_id: str) -> Row:
    """One account of the organisation; NotFound otherwise."""
    mine = (CoreAccount.org_id == org_id, CoreAccount.id == account_id)
    row = connection.execute(sa.select(CoreAccount.__table__).where(*mine)).first()
    if row is None:
        raise NotFound(what="account")
    return row


def accounts(connection: Connection, org_id: str, *, after: str = "", limit: int = ACCOUNTS_PAGE) -> list[Row]:
    """The organisation's accounts by number, a page after the number `after`."""
    chosen = sa.select(CoreAccount.__table__).where(CoreAccount.org_id == org_id, CoreAccount.number > after)
    return list(connection.execute(chosen.order_by(CoreAccount.number).limit(limit)))


def customers(connection: Connection, keyring: Keyring, rows: Iterable[Row]) -> dict[str, str]:
    """By account whose it is."""
    known = {row.event_id: row for row in rows}
    org_id = next((row.org_id for row in known.values()), "")
    told = seal.open_all(connection, keyring, org_id, list(known))
    return {row.id: str(told.get(event, {}).get("customer", row.number)) for event, row in known.items()}


def next_account(connection: Connection, org_id: str) -> str:
    """The number for a new account."""
    count = connection.execute(
        sa.select(sa.func.count()).select_from(CoreAccount).where(CoreAccount.org_id == org_id)
    ).scalar_one()
    return f"CA-{count + 1:05d}"


def account_of(connection: Connection, keyring: Keyring, row: Row, today: date) -> Account:
    """An account with its units and its money as they stand on a day."""
    bought, settled = purchases_of(connection, row), settlements_of(connection, row)
    events = [row.event_id, *(one.event_id for one in bought), *(one.event_id for one in settled)]
    told = seal.open_all(connection, keyring, row.org_id, events)
    return Account(row, bought, settled, told, _units(bought, settled, today), _sums(bought, settled, told))


def purchases_of(connection: Connection, account: Row) -> list[Row]:
    """What was bought on an account, the last first."""
    mine = (CorePurchase.org_id == account.org_id, CorePurchase.account_id == account.id)
    chosen = sa.select(CorePurchase.__table__).where(*mine)
    return list(connection.execute(chosen.order_by(CorePurchase.bought_on.desc(), CorePurchase.event_id.desc())))


def settlements_of(connection: Connection, account: Row) -> list[Row]:
    """The cores settled on an account with their names and codes, the last first; replaced ones stay in the list."""
    chosen = (
        sa.select(CoreSettlement.__table__, Item.name, Item.code, Item.serial)
        .join(Item, sa.and_(Item.org_id == CoreSettlement.org_id, Item.id == CoreSettlement.item_id))
        .where(CoreSettlement.org_id == account.org_id, CoreSettlement.account_id == account.id)
    )
    return list(connection.execute(chosen.order_by(CoreSettlement.settled_at.desc(), CoreSettlement.event_id.desc())))


def settlement_of_case(connection: Connection, org_id: str, case_id: str) -> Row | None:
    """The settlement of a case that counts, on whichever account, if there is one."""
    chosen = sa.select(CoreSettlement.__table__).where(
        CoreSettlement.org_id == org_id,
        CoreSettlement.case_id == case_id,
        CoreSettlement.replaced_by.is_(None),
    )
    return connection.execute(chosen).first()


def bought_as(rows: Iterable[Row], family: str, programme: str) -> list[Bought]:
    """The purchases of one family and programme as the rule takes them."""
    return [
        Bought(row.units, date.fromisoformat(row.bought_on), date.fromisoformat(row.open_until))
        for row in rows
        if (row.family, row.programme) == (family, programme)
    ]


def returned_days(rows: Iterable[Row], family: str, programme: str) -> list[date]:
    """The days of the cores that answer units: neither those for which nothing was given, nor replaced settlements."""
    return [
        date.fromisoformat(row.returned_on)
        for row in rows
        if (row.family, row.programme) == (family, programme) and row.replaced_by is None and row.outcome != "none"
    ]


def _units(bought: list[Row], settled: list[Row], today: date) -> tuple[Units, ...]:
    kinds = sorted({(row.family, row.programme) for row in (*bought, *settled)})
    return tuple(
        Units(*kind, deposits.balance(bought_as(bought, *kind), returned_days(settled, *kind), today=today))
        for kind in kinds
    )


def _sums(bought: list[Row], settled: list[Row], told: Mapping[str, Any]) -> tuple[Sum, ...]:
    paid = [(row.units, told[row.event_id]) for row in bought if row.event_id in told]
    got = [told[row.event_id] for row in settled if row.event_id in told and row.replaced_by is None]
    found = []
    for currency in sorted({one["currency"] for one in (*(one for _, one in paid), *got)}):
        mine = [one for one in got if one["currency"] == currency]
        given = (units * Decimal(one["deposit"]) for units, one in paid if one["currency"] == currency)
        charged = sum(given, Decimal(0))
        found.append(Sum(currency, charged, *(_total(mine, name) for name in ("paid", "by_outcome", "charged"))))
    return tuple(found)


def _total(told: list[Mapping[str, str]], name: str) -> Decimal:
    return sum((Decimal(one[name]) for one in told), Decimal(0))
