"""Commands about the record: tables, verify, rebuild."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from remanu.cli.manners import WHOLE, WRONG, as_json, folder, opened, patience, settings, show, store, tell
from remanu.errors import Misconfigured

if TYPE_CHECKING:
    from remanu.config import Config
    from remanu.db import Database
    from remanu.ledger.report import Report


@click.group()
def db() -> None:
    """Tables: brought up to date, compared with the program."""


@db.command()
@folder
@as_json
def upgrade(*, folder: Path | None, as_json: bool) -> None:
    """Make folder, keys and tables where they are missing; bring tables up to date."""
    from remanu import schema
    from remanu.keys import make_keyring

    config = settings(folder)
    config.evidence_dir.mkdir(parents=True, exist_ok=True)
    make_keyring(config.keys_dir)
    with opened(config) as database:
        changed = schema.prepare(database, config.log_origin)
    if as_json:
        show({"changed": changed, "revision": schema.newest(), "dir": config.dir})
    else:
        click.echo(f"{'Brought to' if changed else 'Is at'} revision {schema.newest()} in {config.dir}.")


@db.command("check")
@folder
@as_json
def check_tables(*, folder: Path | None, as_json: bool) -> None:
    """Compare tables with the program."""
    from remanu import schema

    config = settings(folder)
    with opened(config) as database:
        differences = schema.check(database)
        if not differences:
            differences = [f"labels say {one}, which leads here no more" for one in lost(database, config)]
    if as_json:
        show({"fits": not differences, "differences": differences})
    else:
        click.echo("\n".join(differences) or f"Tables fit the program: revision {schema.newest()}.")
    sys.exit(WRONG if differences else WHOLE)


def lost(database: Database, config: Config) -> list[str]:
    """Scheme and host that stand on labels and are neither this installation's nor one of its former ones."""
    from remanu.labelling import queries

    with database.reading() as connection:
        return queries.lost_origins(connection, (config.label_origin, *config.label_aliases))


def check_origins(database: Database, config: Config) -> None:
    """Misconfigured where labels are out there whose codes would be refused as a stranger's."""
    gone = lost(database, config)
    if gone:
        raise Misconfigured(
            setting="REMANU_LABEL_ORIGIN", why="labels say another one; name it in REMANU_LABEL_ALIASES", value=gone[0]
        )


@click.command()
@folder
@as_json
@click.option("--item", help="Check only the record of the part with this public code.")
def verify(*, folder: Path | None, as_json: bool, item: str | None) -> None:
    """Compute the whole record again, and name what is not as it was written."""
    from remanu import app
    from remanu.ledger import verify as whole
    from remanu.storage import Folder

    config = settings(folder)
    with store(config) as database, patience("Computing the record again"):
        if item is None:
            evidence = Folder(config.evidence_dir)
            report = whole.verify(database, evidence, app.known_kinds(), origin=config.log_origin)
        else:
            report = _one(database, item)
    tell(report, in_json=as_json, more=None if item is None else {"item": item})


def _one(database: Database, code: str) -> Report:
    from remanu import app
    from remanu.errors import UnknownCode
    from remanu.ledger import verify as whole
    from remanu.parts import queries
    from remanu.rules import identity

    with database.reading() as connection:
        found = queries.by_code(connection, identity.parse_item(code))
        if found is None:
            raise UnknownCode(code=code)
        return whole.subject(connection, app.known_kinds(), found.org_id, found.item_id)


@click.command()
@folder
@as_json
@click.option("--check", is_flag=True, help="Change nothing; compare tables with a replay of all events.")
def rebuild(*, folder: Path | None, as_json: bool, check: bool) -> None:
    """Make the tables that are drawn from events again, from the events."""
    from remanu import app
    from remanu.ledger import rebuild as again

    with store(settings(folder)) as database, patience("Replaying events"):
        if check:
            tell(again.check(database, app.known_kinds()), in_json=as_json)
        count = again.rebuild(database, app.known_kinds())
    if as_json:
        show({"events": count})
    else:
        click.echo(f"Made again from {count} events.")
