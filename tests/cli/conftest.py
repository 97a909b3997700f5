"""Commands as an operator types them, over an installation of the test's own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from remanu.cli import main


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
