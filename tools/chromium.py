"""Says where Chromium is; without one, says loudly that the browser tests did not run."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find(environ: Mapping[str, str]) -> str | None:
    """Path of the browser that tests may drive: the one that CHROMIUM names, else the first installed."""
    named = environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def main(environ: Mapping[str, str]) -> int:
    """0 where there is a browser or the run is a person's own, 1 where CI=true and there is none."""
    if find(environ):
        return 0
    print("BROWSER TESTS NOT RUN: install chromium, or name one in CHROMIUM", flush=True)
    return 1 if environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main(os.environ))
