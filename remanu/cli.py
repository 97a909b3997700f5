"""The commands: a table of what an operator can do, each handed to the module that does it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from remanu.config import Config, read
from remanu.errors import Refusal

WHOLE, WRONG, UNABLE = 0, 1, 2
_LOOPBACK = "127.0.0.1"


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


def settings(where: Path | None) -> Config:
    """The settings of the installation in this folder; the environment says the rest."""
    return read(os.environ, folder=where)


def show(values: Mapping[str, Any]) -> None:
    """Print one JSON object."""
    click.echo(json.dumps(values, ensure_ascii=False, indent=2, default=str))


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


if __name__ == "__main__":
    main()
