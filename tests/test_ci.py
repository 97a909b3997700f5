"""What the build does on a machine that lacks everything but python3."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
_TOLD = '#!/bin/sh\necho "$(basename "$0") $*" >>"$LOG"\n'


@pytest.fixture
def bare(tmp_path):
    """Run the build with a path that holds the shell's own tools and these programs; returns what they were told."""

    def run(*programs: str, **written: str) -> list[str]:
        for name in ("sh", "env", "dirname", "basename", "true"):
            (tmp_path / name).symlink_to(shutil.which(name))
        (tmp_path / "python3").symlink_to(sys.executable)
        texts = dict.fromkeys(programs, _TOLD) | written
        for name, text in texts.items():
            (tmp_path / name).write_text(text)
            (tmp_path / name).chmod(0o755)
        log = tmp_path / "log"
        done = subprocess.run(
            [tmp_path / "sh", ROOT / ".ci" / "run"],
            env={"PATH": str(tmp_path), "LOG": str(log)},
            capture_output=True,
            text=True,
            check=False,
        )
        return [*(log.read_text().splitlines() if log.exists() else ()), *done.stderr.splitlines()]

    return run


ROOTS = "#!/bin/sh\necho 0\n"
NOBODY = "#!/bin/sh\necho 65534\n"


def test_each_missing_package_is_asked_for_alone(bare):
    """One that the distribution lacks does not keep the others away, and the tests run all the same."""
    lacking = f'{_TOLD}case "$*" in *chromium) exit 100;; esac\n'
    told = bare("make", **{"id": ROOTS, "apt-get": lacking})
    assert told[0] == "apt-get update -q"
    asked = [one.rpartition(" ")[2] for one in told if " install " in one and one.startswith("apt-get")]
    assert {"git", "chromium"} <= set(asked)
    assert "make test" in told
    assert "WARNING: could not install chromium" in told


def test_somebody_who_is_not_root_asks_sudo(bare):
    """Without a password, or not at all."""
    sudo = '#!/bin/sh\nshift\nexec "$@"\n'
    assert any("install" in one for one in bare("make", "apt-get", id=NOBODY, sudo=sudo))


def test_nobody_may_install(bare):
    """What is missing is named, and the tests say the rest."""
    told = bare("make", "apt-get", id=NOBODY)
    assert told[0] == "make test"
    assert told[-1].startswith("WARNING: missing and not installable here:")
