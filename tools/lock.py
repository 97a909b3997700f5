"""Makes the lock files again from pyproject.toml: names, versions and hashes, never an address."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
COMPILE = ("-m", "uv", "pip", "compile", "pyproject.toml", "--universal", "--generate-hashes", "--quiet")
# Extras stay: a pin without its extra does not bind whoever asks for that extra, and pip takes the newest release.
PLAIN = ("--no-header", "--no-annotate", "--no-strip-extras", "--no-emit-package", "remanu")
# The largest set first: the others are held to its versions, so that all three install side by side.
LOCKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("requirements-dev.lock", ("test", "dev")),
    ("requirements-server.lock", ("build", "postgres", "gunicorn")),
    ("requirements.lock", ("build",)),
)


def main(arguments: list[str]) -> int:
    """Write every lock; `--upgrade` takes the newest versions that pyproject.toml allows."""
    held: tuple[str, ...] = tuple(arguments)
    for name, extras in LOCKS:
        chosen = [part for extra in extras for part in ("--extra", extra)]
        command = [sys.executable, *COMPILE, *PLAIN, *chosen, *held, "--output-file", name]
        subprocess.run(command, cwd=ROOT, check=True)
        held = ("--constraint", LOCKS[0][0])
        refuse_addresses(ROOT / name)
        print(f"{name} written")
    return 0


def refuse_addresses(path: Path) -> None:
    """SystemExit when a lock tells where packages were fetched from: that differs from machine to machine."""
    if "://" in path.read_text("utf-8"):
        raise SystemExit(f"{path.name} holds an address")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
