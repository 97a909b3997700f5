"""Commands about signatures: release a unit as certifying staff, halt issuing and let it go on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from remanu.cli.manners import as_json, folder, organisation, settings, show, store

if TYPE_CHECKING:
    from remanu.config import Config
    from remanu.db import Database
    from remanu.ledger.fork import Gap
    from remanu.rules.actor import Actor

family = click.option("--family", default="*", show_default=True, help="One product family; * is all.")


@click.command()
@click.argument("code")
@folder
@as_json
@click.option("--login", prompt="Your login", help="Whoever signs.")
@click.option("--yes", is_flag=True, help="Do not ask after showing what is signed.")
def release(*, code: str, folder: Path | None, as_json: bool, login: str, yes: bool) -> None:
    """Sign the release of the unit with this public CODE; the same rules hold as on its page."""
    from remanu.release import actions

    config = settings(folder)
    password = click.prompt("Your password", hide_input=True, err=True)
    with store(config) as database, signed_in(database, config, login, password) as who:
        case, digest = _shown(database, who, code)
        if not yes:
            click.confirm("Sign this?", abort=True, err=True)
        done = actions.sign(database, who, case, digest=digest)
    issue = done.body.issue
    if as_json:
        show({"event": done.id, "certificate": issue.certificate, "number": issue.record.number})
    else:
        click.echo(f"Released as {issue.record.claim_class} by certificate {issue.record.number}.")


@contextmanager
def signed_in(database: Database, config: Config, login: str, password: str) -> Iterator[Actor]:
    """The person with a fresh factor, for as long as the command runs."""
    from remanu.accounts import actions, queries
    from remanu.errors import NotSignedIn

    cost = config.password_cost
    token = actions.sign_in(database, login=login, password=password, address="", cost=cost)
    with database.reading() as connection:
        now = database.clock.now()
        live = queries.load_session(connection, database.keyring, token, now)
        if live is None:
            raise NotSignedIn()
        ways = queries.ways_of(connection, live.actor.org_id, live.actor.ref, live.actor.person_id)
        code = click.prompt("Your one-time code", hide_input=True, err=True) if ways.code else ""
        who = actions.check_factor(
            connection, database.keyring, live.actor, password, now=now, cost=cost, code=code
        )
    try:
        yield who.by("command")
    finally:
        database.transact(lambda tx: actions.sign_out(tx, live.id))


def _shown(database: Database, who: Actor, code: str) -> tuple[str, str]:
    """Say what would be signed; returns the case and the digest of its certificate."""
    from remanu.errors import NotFound, UnknownCode
    from remanu.parts import queries as parts
    from remanu.release import queries
    from remanu.rules import identity

    with database.reading() as connection:
        found = parts.by_code(connection, identity.parse_item(code))
        if found is None:
            raise UnknownCode(code=code)
        case = parts.latest_case(connection, who.org_id, found.item_id)
        if case is None:
            raise NotFound(what="case")
        sealed, draft = queries.sealed_dossier(connection, case), queries.draft_of(connection, case)
        if sealed is None or draft is None:
            return case.id, ""
        paper = queries.draft_record(connection, case, sealed, draft)
    digest = queries.digest_of(paper)
    unit = paper.unit
    click.echo(f"{unit.name} {unit.part_number} {unit.serial or ''}: {paper.claim_class}", err=True)
    click.echo(f"{queries.MEANINGS['release']}\n{paper.number}  SHA-256 {digest}", err=True)
    return case.id, digest


@click.group()
def issuing() -> None:
    """Issuing of certificates: halted, resumed."""


@issuing.command()
@folder
@as_json
@organisation
@family
def halt(*, folder: Path | None, as_json: bool, organisation: str | None, family: str) -> None:
    """Let nobody issue certificates, whatever his authorisation."""
    from remanu.release import actions

    with store(settings(folder)) as database:
        org_id = _organisation(database, organisation)
        now = database.clock.now()
        database.transact(lambda tx: actions.halt_issuing(tx, org_id, family=family, since=now))
    _say(as_json, halted=True, family=family)


@issuing.command()
@folder
@as_json
@organisation
@family
@click.option(
    "--last",
    multiple=True,
    metavar="[NAME=]NUMBER",
    help="After a restore: the last certificate number that was issued, in the organisation NAME; 0 for none.",
)
@click.option(
    "--seen",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Newest checkpoint kept elsewhere.",
)
@click.option("--yes", is_flag=True, help="Do not ask before lost numbers are made void.")
def resume(
    *,
    folder: Path | None,
    as_json: bool,
    organisation: str | None,
    family: str,
    last: tuple[str, ...],
    seen: Path | None,
    yes: bool,
) -> None:
    """Let issuing go on; in a restored old copy, after what it lacks is recorded and lost numbers are void."""
    from remanu.release import actions

    config = settings(folder)
    with store(config) as database:
        stated = dict(_stated(database, one) for one in last)
        note = None if seen is None else seen.read_text("utf-8")
        gap = actions.find_gap(database, config.log_origin, seen=note, stated=stated)
        if gap is not None:
            return _go_on(
                database, gap, actions.last_numbers(database, gap, stated), as_json=as_json, yes=yes
            )
        org_id = _organisation(database, organisation)
        database.transact(lambda tx: actions.resume_issuing(tx, org_id, family=family))
    return _say(as_json, halted=False, family=family)


def _stated(database: Database, said: str) -> tuple[str, int]:
    """Organisation and number of one `[NAME=]NUMBER`."""
    from remanu.errors import BadInput

    name, _, number = said.rpartition("=")
    digits = number.rpartition("-")[2]
    if not (digits.isascii() and digits.isdigit()):
        raise BadInput("last", "not-a-count")
    return _organisation(database, name or None), int(digits)


def _go_on(database: Database, gap: Gap, last: Mapping[str, int], *, as_json: bool, yes: bool) -> None:
    from remanu.accounts import queries
    from remanu.release import actions

    with database.reading() as connection:
        names = {org_id: queries.find_organisation(connection, org_id).name_en for org_id in last}
    click.echo(
        f"This copy holds {gap.here} entries of the log {gap.former}, which signed {gap.signed or 'more'}. "
        f"What it lacks is given up, and the log goes on as {gap.log}. Numbers that are not here are void up to:\n"
        + "\n".join(f"  {names[org_id]}: {no}" for org_id, no in last.items()),
        err=True,
    )
    if not yes:
        click.confirm("Go on? This cannot be undone.", abort=True, err=True)
    done = actions.go_on(database, gap, last)
    void = {names[org_id]: list(one.body.numbers) for org_id, one in done.items()}
    if as_json:
        show({"halted": False, "family": "*", "log": gap.log, "void": void})
        return
    for name, numbers in void.items():
        click.echo(f"{name}: {', '.join(numbers) or 'no number'} void. Issuing is open.")
    click.echo(f"The log goes on as {gap.log}. Give your customers its new line from /log/key.")


def _organisation(database: Database, name: str | None) -> str:
    from remanu.accounts import queries

    with database.reading() as connection:
        return str(queries.organisation_meant(connection, name).org_id)


def _say(as_json: bool, **values: Any) -> None:  # noqa: FBT001 -- click's own flag, handed on
    if as_json:
        show(values)
    else:
        what = "every family" if values["family"] == "*" else values["family"]
        click.echo(f"Issuing is {'halted' if values['halted'] else 'open'} for {what}.")
