"""A disk that is full, locked or read-only: writing says so and when to try again, reading goes on, nothing is lost."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest

from remanu.db import sqlite_module
from tests.ledger.processes import ROOT

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


class Told:
    """A process that runs the application, told by lines what to do."""

    def __init__(self, folder) -> None:
        words = [sys.executable, "-m", "tests.unwritable.server", str(folder)]
        self.process = subprocess.Popen(
            words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._answer() == "ready"

    def do(self, word: str):
        """Say a word and hear the answer."""
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        return self._answer()

    def _answer(self):
        while line := self.process.stdout.readline():
            try:
                return json.loads(line)
            except ValueError:
                continue  # a line of its log
        raise AssertionError("the process ended")

    def close(self) -> None:
        """End it."""
        self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()


@pytest.fixture
def told(config):
    """The application as a process, which has written already."""
    process = Told(config.dir)
    assert process.do("write")["status"] == 200
    yield process
    process.close()


def _refuses(told) -> None:
    """Writing is refused with 503 and a time to wait, by page and by program; reading goes on."""
    for word in ("write", "page"):
        said = told.do(word)
        assert (said["status"], said["retry"]) == (503, "5"), said["text"][-400:]
    assert "Tablet of hall 7" in said["text"], "what was typed is there again"
    assert told.do("write")["code"] in {"unavailable", "outcome-unknown"}
    assert told.do("read")["status"] == 200


def _recovers(told) -> None:
    assert told.do("write")["status"] == 200


def test_a_locked_store(config, told):
    """Somebody else holds the write lock of the database."""
    other = sqlite_module().connect(config.dir / "remanu.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        said = told.do("write")
        assert (said["status"], said["code"], said["retry"]) == (503, "unavailable", "5")
        assert told.do("read")["status"] == 200
    finally:
        other.execute("ROLLBACK")
        other.close()
    _recovers(told)


def test_a_stuck_writer(config, told):
    """Somebody else has the turn and does not end it."""
    with (config.dir / "write.lock").open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        said = told.do("write")
        assert (said["status"], said["code"], said["retry"]) == (503, "unavailable", "5")
        assert told.do("read")["status"] == 200
    _recovers(told)


def test_files_that_cannot_grow(told):
    """The engine is told by the system that a file is too large: the same as a full quota."""
    told.do("limit")
    _refuses(told)
    told.do("free")
    _recovers(told)


@contextmanager
def _small_disk(folder):
    """A disk of its own for the installation, where we may mount one."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "remanu-test", folder], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("may not mount a small disk here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk(config, tmp_path):
    """Not a byte is left."""
    small = tmp_path / "small"
    small.mkdir()
    with _small_disk(small):
        shutil.copytree(config.dir, small, dirs_exist_ok=True, ignore=shutil.ignore_patterns("small"))
        told = Told(small)
        try:
            assert told.do("write")["status"] == 200
            _fill(small / "filling")
            _refuses(told)
            (small / "filling").unlink()
            _recovers(told)
        finally:
            told.close()


def _fill(path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                """Until nothing more goes in."""
        except OSError:
            return


def test_a_read_only_store(config):
    """The files belong to somebody else: reading goes on after a new start, writing is refused."""
    kept = sqlite_module().connect(config.dir / "remanu.sqlite3")
    told = Told(config.dir)
    try:
        told.do("write")
        for path in (config.dir, *config.dir.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        for path in config.dir.parents:
            if path.stat().st_uid == os.geteuid() and path.stat().st_mode & 0o005 != 0o005:
                path.chmod(path.stat().st_mode | 0o011)
        told.do("nobody")
        told.do("reopen")
        _refuses(told)
    finally:
        told.close()
        kept.close()
        config.dir.chmod(0o755)
