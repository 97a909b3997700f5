"""Makes a demonstration in a folder and shows how to enter it; seeding goes through the acts that people use."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import qrcode
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from remanu import app, schema
from remanu.accounts.actions import hashed
from remanu.clock import SetClock, SystemClock
from remanu.config import Config, keep, read
from remanu.db import Database
from remanu.demo import seed
from remanu.errors import Misconfigured
from remanu.keys import make_keyring
from remanu.ledger import checkpoint, integrate
from remanu.storage import Folder

MANIFEST = "demo.json"
_WATERMARK_ORIGIN = "http://127.0.0.1:{port}"


def settings(port: int) -> dict[str, str]:
    """The settings of a demonstration on this port; its log's name ends in /demo (architecture.md §12)."""
    return {
        "REMANU_LABEL_ORIGIN": _WATERMARK_ORIGIN.format(port=port),
        "REMANU_LOG_ORIGIN": f"127.0.0.1:{port}/demo",
        "REMANU_DEMONSTRATION": "yes",
    }


def prepare(folder: Path, *, port: int, console: Console) -> dict[str, Any]:
    """What the demonstration in this folder is: made now where it is not there yet, else as it was made.

    Misconfigured where the folder holds something else, or a demonstration of another port: printed addresses
    name the port, so another port wants another folder.
    """
    known = folder / MANIFEST
    if known.exists():
        made: dict[str, Any] = json.loads(known.read_text("utf-8"))
        if made["port"] != port:
            raise Misconfigured(setting="--port", why="the labels here name another", value=made["port"])
        return made
    if folder.exists() and any(folder.iterdir()):
        raise Misconfigured(setting="--dir", why="holds something that is no demonstration", value=str(folder))
    return _make(folder, port, console)


def _make(folder: Path, port: int, console: Console) -> dict[str, Any]:
    # Made beside and moved at the end, so that what an interrupted run leaves is never taken for a whole one.
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    keep(part, settings(port))
    config = read(os.environ, folder=part)
    made = _fill(config, port, console)
    (part / MANIFEST).write_text(json.dumps(made, ensure_ascii=False, indent=2), "utf-8")
    (part / MANIFEST).chmod(0o600)
    if folder.exists():
        folder.rmdir()
    part.rename(folder)
    return made


def _fill(config: Config, port: int, console: Console) -> dict[str, Any]:
    make_keyring(config.keys_dir)
    config.evidence_dir.mkdir(exist_ok=True)
    database = app.open_database(config, SetClock(seed.BEGINS))
    try:
        schema.upgrade(database)
        _refuse_if_filled(database)
        database.transact(lambda tx: integrate.open_log(tx, config.log_origin))
        password = "-".join(["harbour", *(secrets.token_hex(2) for _ in range(3))])
        secret = hashed(password, login="workshop", cost=config.password_cost)
        with _bar(console) as bar:
            task = bar.add_task("", total=seed.steps())
            told = seed.seed(
                database,
                Folder(config.evidence_dir),
                secret=secret,
                step=lambda words: bar.update(task, advance=1, description=words),
            )
        database.clock = SystemClock()
        checkpoint.advance(database)
    finally:
        database.close()
    return {
        "address": config.label_origin,
        "port": port,
        "password": password,
        **told,
    }


def _refuse_if_filled(database: Database) -> None:
    with database.reading() as connection:
        if connection.exec_driver_sql("SELECT 1 FROM event LIMIT 1").first():
            raise Misconfigured(setting="database", why="holds a record already; a demonstration wants an empty one")


def _bar(console: Console) -> Progress:
    percent, words = TextColumn("{task.percentage:>3.0f}%"), TextColumn("{task.description}")
    return Progress(percent, BarColumn(), TimeElapsedColumn(), words, console=console)


def show(made: Mapping[str, Any], console: Console) -> None:
    """Print the address, one sign-in for each role, and one label's symbol."""
    console.print(f"\n[bold]remanu[/] serves a demonstration at [bold]{made['address']}[/]\n")
    console.print(f"One sign-in for each role, all with the password [bold]{made['password']}[/]:")
    console.print("  " + ", ".join(made["sign_ins"]), highlight=False)
    console.print(
        "Whoever signs gives that password again: no device is needed here. By what people sign is read at "
        f"{made['address']}/admin/signing.",
        highlight=False,
    )
    console.print("Of the bodies that certify:")
    console.print("  " + ", ".join(made.get("body_sign_ins", ())), highlight=False)
    label = made["released"]["diesel-engine"]
    console.print(f"\nScan this label of a released diesel engine, or open {label['url']}\n", highlight=False)
    symbol = qrcode.QRCode(border=2)
    symbol.add_data(label["url"])
    symbol.print_ascii(out=console.file, invert=True)
    console.print("\nBodies, parts and people of the demonstration are invented. Ctrl-C ends it.\n")
