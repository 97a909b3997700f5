"""The command that shows it all: a demonstration is made where it is not there yet, and served."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from remanu.cli.manners import show


@click.command()
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("var/demo"),
    show_default=True,
    help="Folder of the demonstration; made where it is not there yet.",
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--seed-only", is_flag=True, help="Make it, print what is in it as JSON, and end.")
def demo(folder: Path, port: int, *, seed_only: bool) -> None:
    """Seed a demonstration with fictional bodies and serve it on this machine alone."""
    from rich.console import Console

    from remanu import serve as running
    from remanu.config import read
    from remanu.demo import run

    made = run.prepare(folder.absolute(), port=port, console=Console(stderr=True))
    if seed_only:
        show(made)
        return
    run.show(made, Console())
    sys.exit(running.serve(read(os.environ, folder=folder), host="127.0.0.1", port=port))
