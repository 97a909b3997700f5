"""A process that reads and writes when it is told to: `python -m tests.unwritable.server FOLDER`, a word a line.

`read` and `write` answer a line of JSON: status, code, Retry-After. `reopen` gives all connections back, as a start
would; `limit` stops files from growing, as a full disk does; `nobody` gives up being root.
"""

from __future__ import annotations

import json
import os
import pwd
import resource
import signal
import sys
from pathlib import Path
from uuid import uuid4

from remanu import app as application
from remanu.accounts import actions, queries
from remanu.accounts.events import Founded
from remanu.config import for_tests
from remanu.web.context import GUARDED

HOUSE = Founded(
    name_en="Workshop One",
    name_zh_hans="一号车间",
    name_zh_hant="一號車間",
    country="XA",
    zone="Asia/Shanghai",
    roles=("workshop",),
)


class Server:
    """The application and a browser of its administrator."""

    def __init__(self, folder: str) -> None:
        self.config = for_tests(Path(folder))
        self.database = application.open_database(self.config)
        self.client = application.create_app(self.config, self.database).test_client()
        self.client.set_cookie(GUARDED, self.database.transact(_enter))

    def read(self) -> None:
        """Ask for a page that needs the store."""
        _say(self.client.get("/api/v1/admin/people"))

    def write(self) -> None:
        """Admit a tablet."""
        headers = {"Idempotency-Key": str(uuid4()), "Sec-Fetch-Site": "same-origin"}
        _say(self.client.post("/api/v1/admin/devices/enrol_device", json={"name": "Tablet"}, headers=headers))

    def page(self) -> None:
        """Admit a tablet by the form."""
        headers = {"Sec-Fetch-Site": "same-origin"}
        form = {"name": "Tablet of hall 7", "key": str(uuid4())}
        _say(self.client.post("/admin/devices/enrol_device", data=form, headers=headers))

    def reopen(self) -> None:
        """Open the store anew."""
        self.database.close()
        _tell("reopened")

    def limit(self) -> None:
        """No file grows beyond what it is."""
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        biggest = (self.config.dir / "remanu.sqlite3-wal").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (biggest, resource.RLIM_INFINITY))
        _tell("limited")

    def free(self) -> None:
        """Files may grow again."""
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        _tell("free")

    def nobody(self) -> None:
        """Be a user whom file permissions bind; pages are read before, because ours may lie where he cannot go."""
        self.client.get("/nowhere")
        _say(self.client.get("/admin/devices/enrol_device"))
        if os.geteuid() == 0:
            os.setgid(pwd.getpwnam("nobody").pw_gid)
            os.setuid(pwd.getpwnam("nobody").pw_uid)


def _enter(tx) -> str:
    known = queries.organisation_named(tx.connection, HOUSE.name_en)
    system = actions.system_actor(tx.new_id() if known is None else known.org_id, now=tx.now)
    if known is None:
        actions.found(tx, system, organisation=HOUSE)
    ref = actions.enrol(tx, system, login=tx.new_id(), name="Ada", secret=None, roles=("admin",))
    return actions.open_session(tx, queries.find_ref(tx.connection, system.org_id, ref))


def _say(answer) -> None:
    said = answer.get_json(silent=True)
    code = said.get("code", "") if isinstance(said, dict) else ""
    text = answer.get_data(as_text=True)
    _tell(
        {"status": answer.status_code, "code": code, "retry": answer.headers.get("Retry-After"), "text": text}
    )


def _tell(what) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main(folder: str) -> None:
    """Do as each line says."""
    server = Server(folder)
    _tell("ready")
    for line in sys.stdin:
        getattr(server, line.strip())()


if __name__ == "__main__":
    main(sys.argv[1])
