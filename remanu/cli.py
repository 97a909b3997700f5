"""The commands: a table of what an operator can do, each handed to the module that does it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from remanu.config import Config, read
from remanu.errors import Refusal

if TYPE_CHECKING:
    from remanu.db import Database
    from remanu.ledger.report import Report

WHOLE, WRONG, UNABLE = 0, 1, 2
_LOOPBACK = "127.0.0.1"
_HOUSES = ("workshop", "certification_body", "accreditation_body", "owner", "authority")


class Commands(click.Group):
    """Commands that end with a sentence and exit code 2 where they are refused, never with a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a refusal becomes words on standard error."""
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            _refuse(refusal)
        except OSError as error:
            click.echo(f"{error.strerror or error}: {error.filename or ''}", err=True)
        sys.exit(UNABLE)


def _refuse(refusal: Refusal) -> None:
    from remanu.web.words import PROBLEMS

    title, advice = PROBLEMS.get(refusal.code, PROBLEMS["refused"])
    told = ", ".join(f"{name}: {value}" for name, value in refusal.details.items())
    click.echo(f"{title}. {advice}\n  {refusal.code}{' (' + told + ')' if told else ''}", err=True)


folder = click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Data folder: database file, evidence, keys. Default: REMANU_DIR, else ./var.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
organisation = click.option(
    "--organisation", help="Its English name; may be left out where the store holds one organisation."
)


def settings(where: Path | None) -> Config:
    """The settings of the installation in this folder; the environment says the rest."""
    return read(os.environ, folder=where)


@contextmanager
def opened(config: Config) -> Iterator[Database]:
    """The installation's store, closed afterwards; what the engine says becomes a refusal."""
    from sqlalchemy.exc import DBAPIError

    from remanu import app
    from remanu.errors import Unavailable

    database = app.open_database(config)
    try:
        yield database
    except DBAPIError as error:
        raise Unavailable(why=str(error.orig).strip()) from error
    finally:
        database.close()


@contextmanager
def store(config: Config) -> Iterator[Database]:
    """The same, refused where tables are missing or of another program."""
    from remanu import schema

    with opened(config) as database:
        schema.require(database)
        yield database


def show(values: Mapping[str, Any]) -> None:
    """Print one JSON object."""
    click.echo(json.dumps(values, ensure_ascii=False, indent=2, default=str))


def tell(report: Report, *, in_json: bool, more: Mapping[str, Any] | None = None) -> NoReturn:
    """Say what a check found, name by name, and end with its code."""
    from dataclasses import asdict

    if in_json:
        problems = [asdict(one) for one in report.problems]
        show({"whole": not problems, "counted": dict(report.counted), "problems": problems, **(more or {})})
    else:
        for one in report.problems:
            click.echo(f"WRONG  {one}")
        counted = ", ".join(f"{count} {name}" for name, count in report.counted.items())
        click.echo(f"{'Whole' if not report.problems else f'{len(report.problems)} wrong'}: {counted}.")
    sys.exit(report.code)


@contextmanager
def patience(words: str) -> Iterator[None]:
    """Show on a terminal that something is going on; nothing where output goes to a file."""
    from rich.console import Console

    with Console(stderr=True).status(words):
        yield


@click.group(cls=Commands)
def main() -> None:
    """Certification, mutual recognition and provenance of remanufactured products.

    Exit codes: 0 done or whole, 1 something is wrong and named, 2 refused or could not be done.
    REMANU_DATABASE_URL chooses PostgreSQL instead of the file in the data folder.
    """


@main.command()
@folder
@click.option("--host", default=_LOOPBACK, show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(folder: Path | None, host: str, port: int) -> None:
    """Serve pages and API, with the worker beside."""
    from remanu import serve as running

    sys.exit(running.serve(settings(folder), host=host, port=port))


@main.command()
@folder
@click.option("--beside", type=int, hidden=True, help="Process whose end also ends this one.")
def worker(folder: Path | None, beside: int | None) -> None:
    """Only the worker, for installations whose pages another server runs."""
    from remanu import serve as running

    sys.exit(running.work(settings(folder), beside))


@main.group()
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

    with opened(settings(folder)) as database:
        differences = schema.check(database)
    if as_json:
        show({"fits": not differences, "differences": differences})
    else:
        click.echo("\n".join(differences) or f"Tables fit the program: revision {schema.newest()}.")
    sys.exit(WRONG if differences else WHOLE)


@main.command()
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


@main.command()
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


@main.group()
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
    """Bring a back-up into a folder that holds the keys and nothing else, then verify what came."""
    from remanu import app
    from remanu import backup as copies

    config = settings(folder)
    copies.restore(config, copy)
    newest = vault or copy / copies.VAULT
    with opened(config) as database, patience("Restoring"):
        came = copies.revive(config, database, app.known_kinds(), vault=newest, seen=seen)
    if came.old and not as_json:
        click.echo(f"OLD    {came.old}", err=True)
    tell(came.report, in_json=as_json, more={"old": came.old, "erased_again": came.erased_again})


@main.group()
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


@main.group()
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


@main.command()
@click.argument("name")
@as_json
def bench(name: str, *, as_json: bool) -> None:
    """Measure NAME, or `all`, in a store of its own; figures, floors, ratios, versions, settings."""
    from remanu import bench as benches

    with patience(f"Measuring {name}"):
        measured = benches.measure(name)
    if as_json:
        show(measured)
    else:
        click.echo("\n".join(benches.lines(measured)))


if __name__ == "__main__":
    main()
