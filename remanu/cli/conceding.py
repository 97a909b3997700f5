"""The command of the design authority: approve a concession by its number; the same rules hold as on its page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from remanu.cli.manners import as_json, folder, settings, show, store
from remanu.cli.signing import signed_in

if TYPE_CHECKING:
    from remanu.db import Database
    from remanu.rules.actor import Actor


@click.command()
@click.argument("number")
@folder
@as_json
@click.option("--login", prompt="Your login", help="Whoever approves.")
@click.option("--customer-reference", help="Number of the customer's paper, where the contract asks for his agreement.")
@click.option("--yes", is_flag=True, help="Do not ask after showing what is approved.")
def concede(
    *, number: str, folder: Path | None, as_json: bool, login: str, customer_reference: str | None, yes: bool
) -> None:
    """Approve the concession with this NUMBER, as design authority."""
    from remanu.inspection import actions

    config = settings(folder)
    password = click.prompt("Your password", hide_input=True, err=True)
    with store(config) as database, signed_in(database, config, login, password) as who:
        found = _shown(database, who, number)
        if not yes:
            click.confirm("Approve this?", abort=True, err=True)
        done = actions.approve(database, who, found, customer_reference=customer_reference)
    if as_json:
        show({"event": done.id, "number": done.body.terms.number, "caps": done.body.terms.caps})
    else:
        click.echo(f"{done.body.terms.number} is approved until {done.body.terms.expires}.")


def _shown(database: Database, who: Actor, number: str) -> str:
    """Say what would be conceded; returns the nonconformity that it was asked for under."""
    from remanu.inspection import queries

    with database.reading() as connection:
        row = queries.concession_numbered(connection, who.org_id, number)
    terms = queries.terms_of(row)
    for one in terms.deviations:
        limits = f"{one.new_min or ''} … {one.new_max or ''}"
        click.echo(f"{one.characteristic} {one.value} {one.unit} ({limits})", err=True)
    scope = ", ".join(terms.serials) or f"{terms.quantity} of {terms.part_number}"
    click.echo(f"{terms.number}: {scope}, until {terms.expires}", err=True)
    return str(row.nonconformity_id)
