"""The running installation: server and worker by one command, stopped together, small, talking in JSON lines."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from remanu.ledger.models import LogCheckpoint
from tests.builders import make_item
from tests.ledger.processes import ROOT

_PATIENCE = 60.0
TOKEN = "0123456789abcdef0123456789abcdef"
_LARGEST = 300 * 1024  # KiB that web and worker may take together when nobody asks anything


@pytest.fixture
def environment(config):
    """The settings of the test's installation."""
    sqlite = config.database_url.startswith("sqlite")
    return {
        **os.environ,
        "REMANU_DIR": str(config.dir),
        "REMANU_DATABASE_URL": "" if sqlite else config.database_url,
        "REMANU_LABEL_ORIGIN": config.label_origin,
        "REMANU_LOG_ORIGIN": config.log_origin,
        "REMANU_SECRET": config.secret,
        "REMANU_METRICS_TOKEN": TOKEN,
    }


def _port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def _running(words, environment, tmp_path):
    """The program with its output in a file; ended afterwards."""
    with (tmp_path / "output").open("wb") as output:
        process = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(_PATIENCE)


def _get(port, path, **headers):
    asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode()


def _until(found):
    """What `found` returns once it returns something."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            if value := found():
                return value
        except OSError:
            """Nobody listens yet."""
        time.sleep(0.2)
    raise AssertionError("nothing came")


def _family(pid: int) -> list[int]:
    """The process and all its descendants."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _weight(pid: int) -> int:
    """KiB of memory that are this process's own share."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_serve(environment, database, tmp_path):
    """Answers, is watched, keeps the log, stays small, and ends with everything it began."""
    port = _port()
    words = [sys.executable, "-m", "remanu.cli", "serve", "--port", str(port)]
    with _running(words, environment, tmp_path) as process:
        assert _until(lambda: _get(port, "/healthz")[0]) == 200
        assert _get(port, "/readyz")[0] == 200
        status, headers, _ = _get(port, "/sign-in")
        assert (status, len(headers["X-Request-Id"])) == (200, 16)
        _metrics(port)
        database.transact(make_item)
        _until(lambda: _signed(database))
        family = _family(process.pid)
        assert sum(_weight(pid) for pid in family) <= _LARGEST
    assert process.returncode == 0
    assert _until(lambda: not any(_alive(pid) for pid in family))
    lines = [
        json.loads(line) for line in (tmp_path / "output").read_text().splitlines() if line.startswith("{")
    ]
    asked = next(line for line in lines if line.get("route") == "/sign-in")
    assert (asked["event"], asked["id"], asked["status"]) == ("request", headers["X-Request-Id"], 200)


def _metrics(port) -> None:
    """Numbers for whoever has the token, none for who only stands beside."""
    status, _, numbers = _get(port, "/metrics", Authorization=f"Bearer {TOKEN}")
    assert status == 200
    assert 'remanu_requests_total{route="/sign-in",status="200"}' in numbers
    assert _get(port, "/metrics")[0] == 404


def _signed(database):
    with database.reading() as connection:
        return connection.execute(sa.select(LogCheckpoint.size)).first()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("database")
def test_a_killed_server_leaves_no_worker(environment, tmp_path):
    """A kill -9 cannot be answered; the worker sees that it is alone."""
    port = _port()
    words = [sys.executable, "-m", "remanu.cli", "serve", "--port", str(port)]
    with _running(words, environment, tmp_path) as process:
        assert _until(lambda: _get(port, "/healthz")[0]) == 200
        _until(lambda: len(_family(process.pid)) >= 3)
        family = _family(process.pid)
        process.kill()
        assert _until(lambda: not any(_alive(pid) for pid in family))


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("database")
def test_gunicorn_runs_the_same_application(environment, tmp_path):
    """wsgi.py is all that another server needs."""
    port = _port()
    bind = f"127.0.0.1:{port}"
    words = [
        sys.executable,
        "-m",
        "gunicorn",
        "--worker-class",
        "gthread",
        "--threads",
        "4",
        "-b",
        bind,
        "wsgi:app",
    ]
    with _running(words, environment, tmp_path):
        assert _until(lambda: _get(port, "/readyz")[0]) == 200
        assert _get(port, "/sign-in")[0] == 200
