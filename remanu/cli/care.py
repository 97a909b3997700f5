"""Commands that take care of an installation: back-ups, forgetting a person, the first administrator."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from remanu.cli.manners import (
    WHOLE,
    WRONG,
    as_json,
    folder,
    opened,
    organisation,
    patience,
    settings,
    show,
    store,
    tell,
)
from remanu.rules.membership import ORGANISATION_ROLES

_HOUSES = ORGANISATION_ROLES


@click.group()
def backup() -> None:
    """Back-ups: made while the installation runs, verified, restored."""


@backup.command()
@folder
@as_json
@click.option("--into", required=True, type=click.Path(path_type=Path, file_okay=False))
def create(*, folder: Path | None, as_json: bool, into: Path) -> None:
    """Write a back-up into a new folder below this one."""
    from remanu import backup as copies
    from remanu.storage import Folder

    config = settings(folder)
    with store(config) as database, patience("Copying"):
        made = copies.create(config, database, Folder(config.evidence_dir), into=into)
    if as_json:
        show({"backup": made})
    else:
        click.echo(str(made))


@backup.command("verify")
@click.argument("copy", type=click.Path(path_type=Path, file_okay=False, exists=True))
@folder
@as_json
def verify_backup(copy: Path, *, folder: Path | None, as_json: bool) -> None:
    """Compare a back-up with its signed list; with --dir also with that installation's key."""
    from remanu import backup as copies
    from remanu.keys import open_keyring

    own = None if folder is None else open_keyring(settings(folder).keys_dir).log_key().public_key()
    faults = copies.faults(copy, key=None if own is None else own.public_bytes_raw())
    if as_json:
        show({"whole": not faults, "problems": faults})
    else:
        click.echo("\n".join(f"WRONG  {one}" for one in faults) or "The back-up is whole.")
    sys.exit(WRONG if faults else WHOLE)


@backup.command()
@click.argument("copy", type=click.Path(path_type=Path, file_okay=False, exists=True))
@folder
@as_json
@click.option(
    "--vault", type=click.Path(path_type=Path, exists=True), help="Newest vault-keys.json, if elsewhere."
)
@click.option(
    "--seen", type=click.Path(path_type=Path, exists=True), help="Newest checkpoint kept elsewhere."
)
def restore(copy: Path, *, folder: Path | None, as_json: bool, vault: Path | None, seen: Path | None) -> None:
    """Bring a back-up into a folder that holds the keys and nothing else, then verify what came.

    1 where something is wrong, or the copy is older than what was signed; then issuing is halted in it.
    """
    from remanu import app
    from remanu import backup as copies
    from remanu.release import actions

    config = settings(folder)
    copies.restore(config, copy)
    newest = vault or copy / copies.VAULT
    with opened(config) as database, patience("Restoring"):
        came = copies.revive(config, database, app.known_kinds(), vault=newest, seen=seen)
        if came.old:
            actions.halt_everywhere(database)
    if came.old and not as_json:
        click.echo(f"OLD    {came.old}", err=True)
    more = {"old": came.old, "erased_again": came.erased_again}
    tell(came.report, in_json=as_json, more=more, code=WRONG if came.old else came.report.code)


@click.group()
def person() -> None:
    """People: forgotten on request."""


@person.command()
@click.argument("login")
@folder
@as_json
@organisation
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(login: str, *, folder: Path | None, as_json: bool, organisation: str | None, yes: bool) -> None:
    """Destroy the key of a person's name; every proof still holds."""
    from remanu.accounts import actions, queries

    with store(settings(folder)) as database:
        with database.reading() as connection:
            org_id = queries.organisation_meant(connection, organisation).org_id
            ref = queries.ref_by_login(connection, database.keyring, org_id, login)
        if not yes:
            click.confirm(f"Erase {login} for good? This cannot be undone.", abort=True, err=True)
        done = actions.forget_person(database, org_id, ref)
    if as_json:
        show({"event": done.id, "ref": ref})
    else:
        click.echo(f"Erased. Event {done.id}. Older back-ups: delete their vault-keys.json.")


@click.group()
def admin() -> None:
    """The first administrator of an organisation."""


@admin.command()
@folder
@as_json
@click.option("--organisation", prompt="Organisation, English name", help="Its English name.")
@click.option("--zh-hans", help="Its name in Simplified Chinese; else the English one.")
@click.option("--zh-hant", help="Its name in Traditional Chinese; else the English one.")
@click.option("--country", prompt="Country, two letters", help="Two letters.")
@click.option("--zone", prompt="Time zone", default="Asia/Shanghai", show_default=True, help="IANA name.")
@click.option(
    "--role", "roles", multiple=True, type=click.Choice(_HOUSES), default=["workshop"], show_default=True
)
@click.option("--login", prompt="Administrator's login", help="What the administrator types to sign in.")
@click.option("--name", prompt="Administrator's name", help="Sealed, and shown to colleagues alone.")
def first(*, folder: Path | None, as_json: bool, **given: Any) -> None:
    """Found an organisation and print a one-time link for its administrator; works once."""
    from remanu.accounts import actions
    from remanu.accounts.events import Founded

    config, english = settings(folder), given["organisation"]
    house = Founded(
        name_en=english,
        name_zh_hans=given["zh_hans"] or english,
        name_zh_hant=given["zh_hant"] or english,
        country=given["country"].upper(),
        zone=given["zone"],
        roles=tuple(given["roles"]),
        signing="password+code",
    )
    with store(config) as database:
        token = database.transact(
            lambda tx: actions.first_administrator(
                tx, organisation=house, login=given["login"], name=given["name"]
            )
        )
    link = f"{config.label_origin}/invitations/{token}"
    if as_json:
        show({"link": link, "hours": 72})
    else:
        click.echo(f"Open this within 72 hours and choose a password:\n{link}")
