"""A process that signs and dies: `python -m tests.release.signer`, its order as JSON on standard input.

It kills itself with the signal that nobody can catch, after the step that its order names: `linted`, `signed`, or
`published` where it comes to the end.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from remanu.app import REACTIONS
from remanu.clock import SetClock
from remanu.config import for_tests
from remanu.db import connect
from remanu.keys import open_keyring
from remanu.release import actions
from tests.accounts.place import Place


def main(order: dict[str, Any]) -> None:
    """Go the way of a signature as far as asked."""
    config = for_tests(Path(order["folder"]), database_url=order["url"])
    clock = SetClock(datetime.fromisoformat(order["now"]))
    database = connect(config, clock=clock, keyring=open_keyring(config.keys_dir))
    database.reactions = REACTIONS
    who = Place(database, order["org"], config).actor(order["ref"])
    actions.lint_release(database, who, order["case"], digest=order["digest"])
    _die("linted", order)
    database.transact(lambda tx: actions.release(tx, who, order["case"], digest=order["digest"]))
    _die("signed", order)
    actions.settle(database)
    _die("published", order)


def _die(step: str, order: dict[str, Any]) -> None:
    if order["after"] == step:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(json.load(sys.stdin))
