"""What is kept beside the keys, outside the store, so that a restored old store knows that it is old."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from remanu.errors import Unavailable
from remanu.keys import Keyring

HEAD = "log.head"
ERASURES = "erasures"
NUMBERS = "numbers"


def read(keyring: Keyring, name: str) -> str | None:
    """The text of a file beside the keys, or None where there is none yet."""
    if keyring.folder is None:
        return None
    try:
        return (keyring.folder / name).read_text("utf-8")
    except FileNotFoundError:
        return None


def write(keyring: Keyring, name: str, text: str) -> None:
    """Replace a file beside the keys, durably and wholly; Unavailable where it cannot be written."""
    if keyring.folder is None:
        return
    try:
        _replace(keyring.folder / name, text.encode())
    except OSError as error:
        raise Unavailable(retry_after=5, file=name) from error


@contextlib.contextmanager
def turn(keyring: Keyring) -> Iterator[None]:
    """One process of this machine at a time between reading and replacing such a file."""
    if keyring.folder is None:
        yield
        return
    with (keyring.folder / "log.lock").open("ab") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _replace(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
