"""The commands: a table of what an operator can do, each handed to the module that does it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from remanu.cli import care, conceding, copying, demonstration, labels, recognising, record, signing
from remanu.cli.manners import Commands, as_json, folder, patience, settings, show, store

_LOOPBACK = "127.0.0.1"


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

    config = settings(folder)
    # Keys and tables are there, and labels lead here: better said now than by every process that is started.
    with store(config) as database:
        record.check_origins(database, config)
    sys.exit(running.serve(config, host=host, port=port))


@main.command()
@folder
@click.option("--beside", type=int, hidden=True, help="Process whose end also ends this one.")
def worker(folder: Path | None, beside: int | None) -> None:
    """Only the worker, for installations whose pages another server runs."""
    from remanu import serve as running

    sys.exit(running.work(settings(folder), beside))


@main.command()
@click.argument("name")
@click.option("--database", help="Address of an empty PostgreSQL database: trees and lists are measured there too.")
@click.option("--count", type=click.IntRange(1), help="Labels over which the peak of memory is taken: 1,000.")
@as_json
def bench(name: str, *, database: str | None, count: int | None, as_json: bool) -> None:
    """Measure NAME, or `all`, in a store of its own; figures, floors, ratios, versions, settings.

    What is beyond its limit is named, in the object under `exceeded` and for people at the end.
    """
    from remanu import bench as benches

    with patience(f"Measuring {name}"):
        measured = benches.measure(name, database, count=count)
    if as_json:
        show(measured)
    else:
        click.echo("\n".join(benches.lines(measured)))
    for line in benches.beyond(measured):
        click.echo(f"Beyond its limit: {line}", err=True)


labels.labels.add_command(copying.export)
for command in (
    record.db,
    record.verify,
    record.rebuild,
    care.backup,
    care.person,
    care.admin,
    signing.release,
    conceding.concede,
    labels.labels,
    recognising.recognition,
    signing.issuing,
    demonstration.demo,
):
    main.add_command(command)
