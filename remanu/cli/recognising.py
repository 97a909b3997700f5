"""Commands about recognition: whether kept verdicts still follow from the record, and computing all of them anew."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from remanu.cli.manners import WHOLE, WRONG, as_json, folder, settings, show, store


@click.group()
def recognition() -> None:
    """Verdicts that are kept: checked, computed anew."""


@recognition.command()
@folder
@as_json
def check(*, folder: Path | None, as_json: bool) -> None:
    """Compute every kept verdict again from the rows that it names; 1 where one does not follow from them."""
    from remanu.recognition import queries

    with store(settings(folder)) as database, database.reading() as connection:
        found = queries.check(connection, database.clock.now())
    if as_json:
        show({"whole": found.whole, "outdated": found.outdated, "false": list(found.false)})
    else:
        click.echo(f"{found.whole} follow from the record, {found.outdated} rest on rows that changed since.")
        for one in found.false:
            click.echo(f"Does not follow: {one}")
    sys.exit(WRONG if found.false else WHOLE)


@recognition.command()
@folder
@as_json
def compute(*, folder: Path | None, as_json: bool) -> None:
    """Compute every verdict anew now, without waiting for the worker."""
    from remanu.recognition import actions, queries

    done, after = 0, ("", "")
    with store(settings(folder)) as database:
        while True:
            with database.reading() as connection:
                keys = queries.units_after(connection, {}, after, limit=actions.BATCH)
            if not keys:
                break
            done, after = done + actions.keep(database, keys), keys[-1]
    if as_json:
        show({"verdicts": done})
    else:
        click.echo(f"{done} verdicts computed.")
