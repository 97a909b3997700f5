"""Rules of the house that are read from the source, each with a planted fault that it must find."""

from __future__ import annotations

from functools import cache

import pytest

from tests.house import checks, locks, source


@pytest.fixture(scope="session")
def spoiled(tmp_path_factory):
    """A copy of the project in which faults may be planted."""
    return source.copy(tmp_path_factory.mktemp("house"))


FAULTS = [
    (checks.long_files, "remanu/rules/endless.py", "x = 1\n" * 401),
    (checks.wide_excepts, "remanu/parts/swallow.py", "try:\n    pass\nexcept Exception:\n    pass\n"),
    (
        checks.wide_excepts,
        "remanu/parts/swallow.py",
        "try:\n    pass\nexcept (ValueError, BaseException):\n    pass\n",
    ),
    (checks.wide_excepts, "remanu/parts/swallow.py", "try:\n    pass\nexcept:\n    pass\n"),
    (checks.clock_reads, "remanu/parts/late.py", "from datetime import datetime\nx = datetime.now()\n"),
    (checks.clock_reads, "remanu/parts/late.py", "import datetime\nx = datetime.date.today()\n"),
    (checks.clock_reads, "remanu/parts/late.py", "import time\nx = time.time()\n"),
    (checks.commits, "remanu/parts/greedy.py", "def do(connection):\n    connection.commit()\n"),
    (checks.sqlite_imports, "remanu/parts/own.py", "import sqlite3\n"),
    (checks.sqlite_imports, "remanu/jobs/own.py", "from sqlite3 import connect\n"),
    (checks.impure_rules, "remanu/rules/clever.py", "import sqlalchemy\n"),
    (checks.impure_rules, "remanu/rules/clever.py", "from remanu.db import Tx\n"),
    (
        checks.foreign_writes,
        "remanu/intake/meddle.py",
        "import sqlalchemy as sa\nfrom remanu.parts.models import Item\nsa.update(Item).values(name='x')\n",
    ),
    (
        checks.untested_actions,
        "remanu/intake/actions.py",
        "def conjure(tx, actor, target_id) -> Recorded[Body]:\n    return None\n",
    ),
    (checks.machine_traces, "docs/where.md", "Install it in /" + "root/somewhere.\n"),
    (checks.machine_traces, "tools/where.py", 'INDEX = "https://pypi' + '.org/simple"\n'),
    (locks.faults, "requirements-extra.lock", "flask @ https://example.test/flask.whl\n"),
    (locks.faults, "requirements-extra.lock", "flask==3.1.3\n"),
    (locks.faults, "requirements.lock", "flask==0.0.1 --hash=sha256:00\n"),
    (checks.stale_head, "migrations/versions/9999_lost.py", "revision = '9999'\n"),
    (checks.stale_head, "migrations/HEAD", "0000\n"),
]
CHECKS = list(dict.fromkeys(check for check, _, _ in FAULTS))


@pytest.mark.parametrize(
    "check", CHECKS, ids=lambda check: f"{check.__module__.split('.')[-1]}.{check.__name__}"
)
def test_the_project_keeps_the_rule(check):
    """The project itself shows nothing that the check looks for."""
    assert check(source.ROOT) == []


@cache
def _whole(check, root):
    """What a check says of the copy, out of which every fault is taken again."""
    return set(check(root))


@pytest.mark.parametrize(
    ("check", "name", "text"), FAULTS, ids=lambda value: getattr(value, "__name__", None)
)
def test_the_check_finds_a_planted_fault(check, name, text, spoiled):
    """A fault in a copy of the project adds a finding to those of the copy."""
    before = _whole(check, spoiled)
    with source.planted(spoiled, name, text):
        assert set(check(spoiled)) - before
