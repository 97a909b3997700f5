"""Pages of core accounts: whose there are, and what stands on one, for those who deal with deposits."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from remanu.catalogue import queries as catalogue
from remanu.intake import queries
from remanu.intake.schemas import judging, words
from remanu.rules.permissions import PERMISSIONS
from remanu.web.access import allow
from remanu.web.context import actor, here
from remanu.web.locale import current


@allow("read:deposits")
def core_accounts() -> ResponseReturnValue:
    """Every account by number, a page at a time, with the customer's name opened."""
    after = request.args.get("after", "")
    with here().database.reading() as connection:
        rows = queries.accounts(connection, actor().org_id, after=after)
        names = queries.customers(connection, here().database.keyring, rows)
    may = bool(actor().roles & PERMISSIONS["intake.open_account"])
    following = rows[-1].number if len(rows) == queries.ACCOUNTS_PAGE else ""
    return render_template(
        "intake/accounts.html", rows=rows, names=names, may_open=may, after=after, following=following
    )


@allow("read:deposits")
def core_account(account_id: str) -> ResponseReturnValue:
    """One account: units still out, cores returned, and what was charged, credited and kept."""
    who, keyring = actor(), here().database.keyring
    with here().database.reading() as connection:
        row = queries.find_account(connection, who.org_id, account_id)
        account = queries.account_of(connection, keyring, row, judging.today())
        packs = catalogue.packs_to_open(connection, who.org_id, here().database.clock.now())
    return render_template(
        "intake/account.html",
        account=account,
        families={one.id: one.names.text(current()) for one in packs.values()},
        outcomes=words.OUTCOME_WORDS,
        may_buy=bool(who.roles & PERMISSIONS["intake.note_purchase"]),
    )


ROUTES = (
    ("/core-accounts", "core_accounts", core_accounts, ("GET",)),
    ("/core-accounts/<account_id>", "core_account", core_account, ("GET",)),
)
