"""Running it: the web server and the worker beside it, started together and stopped together.

The process that watches over both needs none of the program, so what they need is imported where they begin.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from remanu.errors import Misconfigured

if TYPE_CHECKING:
    from flask import Flask

    from remanu.config import Config

THREADS = 4
_PAUSE = 2.0  # seconds before an ended worker is started again
_PATIENCE = 20.0  # seconds that a stopping worker has to finish what it does


def web() -> Flask:
    """The application of one web process, built from the environment; it ends with the process that started it."""
    from remanu import app as application
    from remanu.config import read
    from remanu.web import log

    log.configure()
    _end_with(os.getppid())
    return application.create_app(read(os.environ))


def serve(config: Config, *, host: str, port: int) -> int:
    """Serve until SIGTERM or SIGINT; both processes read the same environment.

    This process becomes the one that watches, and gives back what it had in memory.
    """
    _check_free(host, port)
    os.environ["REMANU_DIR"] = str(config.dir)
    sys.stdout.flush()
    sys.stderr.flush()
    return os.execv(sys.executable, [sys.executable, "-m", "remanu.serve", host, str(port)])  # noqa: S606 -- ourselves


def watch(host: str, port: int) -> int:
    """Watch over the web server and the worker until a signal ends all three."""
    beside = Companion([sys.executable, "-m", "remanu.cli", "worker", "--beside", str(os.getpid())])
    server = Granian(
        "remanu.serve:web",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
        # This file's own folder would be searched otherwise; the package is installed.
        working_dir=Path.cwd(),
    )
    server.on_startup(beside.start)
    server.on_shutdown(beside.stop)
    server.serve()
    return 0


def _check_free(host: str, port: int) -> None:
    # Said before anything starts: the server itself would say it in many lines, once a worker.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Misconfigured(setting="--port", why=error.strerror or "cannot be used", value=port) from error


def work(config: Config, beside: int | None) -> int:
    """Be the worker; `beside` is the process whose end also ends this one."""
    from remanu import app as application
    from remanu.web import log

    log.configure()
    worker = application.make_worker(config)
    if beside is not None:
        _end_with(beside)
    return worker.serve()


def _end_with(parent: int) -> None:
    # A killed server cannot say goodbye; those it started see that they have another parent now.
    def watch() -> None:
        pause = threading.Event()
        while os.getppid() == parent:
            pause.wait(1)
        os.kill(os.getpid(), signal.SIGTERM)
        pause.wait(_PATIENCE)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()


class Companion:
    """The worker's process, started again when it ends by itself."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)
        self._stop = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._watch = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Start the process and watch over it."""
        self._process = self._launch()
        self._watch.start()

    def _launch(self) -> subprocess.Popen[bytes]:
        # A session of its own, so that Ctrl-C reaches the server alone, which then stops the worker in order.
        return subprocess.Popen(self._command, start_new_session=True)  # noqa: S603 -- our own program

    def _keep(self) -> None:
        while self._process is not None and not self._stop.is_set():
            self._process.wait()
            if not self._stop.wait(_PAUSE):
                self._process = self._launch()

    def stop(self) -> None:
        """Ask it to end, and end it when it does not."""
        self._stop.set()
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()


if __name__ == "__main__":
    sys.exit(watch(sys.argv[1], int(sys.argv[2])))
