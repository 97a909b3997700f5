"""What all commands share: how they are refused, where they find the installation, how they speak."""

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


def tell(
    report: Report, *, in_json: bool, more: Mapping[str, Any] | None = None, code: int | None = None
) -> NoReturn:
    """Say what a check found, name by name, and end with its code, or with the worse one that is given."""
    from dataclasses import asdict

    if in_json:
        problems = [asdict(one) for one in report.problems]
        show({"whole": not problems, "counted": dict(report.counted), "problems": problems, **(more or {})})
    else:
        for one in report.problems:
            click.echo(f"WRONG  {one}")
        counted = ", ".join(f"{count} {name}" for name, count in report.counted.items())
        click.echo(f"{'Whole' if not report.problems else f'{len(report.problems)} wrong'}: {counted}.")
    sys.exit(report.code if code is None else code)


@contextmanager
def patience(words: str) -> Iterator[None]:
    """Show on a terminal that something is going on; nothing where output goes to a file."""
    from rich.console import Console

    with Console(stderr=True).status(words):
        yield
