"""Write revisions: `python -m tools.migration "what changes"` makes the next one from the models.

`--rewrite` makes the first ones anew, one a feature, from what the models say now. It is for the time before
they land anywhere; afterwards a landed revision is never edited.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from string import Template
from textwrap import dedent, indent

import sqlalchemy as sa
from alembic.autogenerate import render_python_code
from alembic.operations.ops import CreateIndexOp, CreateTableOp, MigrateOperation, UpgradeOps

from remanu import schema
from remanu.clock import SetClock
from remanu.config import for_tests, resource
from remanu.db import Base, connect
from remanu.keys import make_keyring

PARTS = Path(__file__).parent / "migration_templates"
# In the order of the process; what is not named here comes last.
ORDER = [
    "ledger",
    "jobs",
    "accounts",
    "catalogue",
    "parts",
    "intake",
    "inspection",
    "restoration",
    "footprint",
    "release",
    "certification",
    "recognition",
    "labelling",
    "provenance",
    "exchange",
    "insight",
]


def features(tables: sa.MetaData) -> dict[str, list[sa.Table]]:
    """Tables by the feature that declares them, each after those it refers to."""
    homes = {
        str(mapper.local_table): mapper.class_.__module__.split(".")[1] for mapper in Base.registry.mappers
    }
    found: dict[str, list[sa.Table]] = {}
    for table in tables.sorted_tables:
        found.setdefault(homes[table.name], []).append(table)
    return dict(sorted(found.items(), key=lambda one: (*ORDER, one[0]).index(one[0])))


def rewrite(folder: Path) -> list[Path]:
    """Write the first revisions anew; returns their files."""
    for old in folder.glob("[0-9]*.py"):
        old.unlink()
    made = [
        _write(folder, serial, feature, tables)
        for serial, (feature, tables) in enumerate(features(schema.metadata()).items(), 1)
    ]
    _tidy(made)
    (folder.parent / "HEAD").write_text(f"{len(made):04d}\n", "ascii")
    return made


def _write(folder: Path, serial: int, feature: str, tables: list[sa.Table]) -> Path:
    path = folder / f"{serial:04d}_{'spine' if serial == 1 else feature}.py"
    before = repr(f"{serial - 1:04d}") if serial > 1 else None
    names = tuple(table.name for table in tables)
    special = (PARTS / f"{feature}.tmpl").exists()
    page = Template((PARTS / (f"{feature}.tmpl" if special else "feature.tmpl")).read_text("utf-8"))
    text = page.substitute(
        feature=feature, serial=f"{serial:04d}", before=before, tables=repr(names), create=_create(tables)
    )
    path.write_text(text, "utf-8")
    return path


def _create(tables: list[sa.Table]) -> str:
    steps: list[MigrateOperation] = []
    for table in tables:
        steps.append(CreateTableOp.from_table(table))
        ordered = sorted(table.indexes, key=lambda index: str(index.name))
        steps.extend(CreateIndexOp.from_index(index) for index in ordered)
    text = render_python_code(UpgradeOps(steps), render_item=schema.rendered)
    kept = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    return _rowid(indent(dedent("\n".join(kept)), "    "))


def _rowid(text: str) -> str:
    # The two engines take the local order of events from keys of different shape: see event_keys() in the revision.
    key = "sa.PrimaryKeyConstraint('org_id', 'id', name=op.f('pk_event')),"
    place = "sa.UniqueConstraint('position', name=op.f('uq_event_position')),"
    lines = (line for line in text.splitlines() if line.strip() != place)
    text = "\n".join("*_event_keys()," if line.strip() == key else line for line in lines)
    head, mark, tail = text.partition("*_event_keys(),")
    return (
        head + mark + tail.replace("sqlite_strict=True", "sqlite_strict=True, sqlite_autoincrement=True", 1)
    )


def _tidy(files: list[Path]) -> None:
    ruff = [sys.executable, "-m", "ruff"]
    for command in (["check", "--quiet", "--fix"], ["format", "--quiet"]):
        subprocess.run([*ruff, *command, *map(str, files)], check=True)


def following(message: str) -> Path:
    """Write the next revision; returns its file."""
    with tempfile.TemporaryDirectory() as scratch:
        config = for_tests(Path(scratch))
        keyring = make_keyring(config.keys_dir)
        database = connect(config, clock=SetClock(datetime(2026, 3, 1, tzinfo=UTC)), keyring=keyring)
        schema.upgrade(database)
        serial = schema.revision(database, message)
        database.close()
    made = next((resource("migrations") / "versions").glob(f"{serial}_*.py"))
    _tidy([made])
    return made


def main(words: list[str]) -> None:
    """Do what the words ask and say which files were written."""
    if words == ["--rewrite"]:
        print(*rewrite(resource("migrations") / "versions"), sep="\n")
    elif words:
        print(following(" ".join(words)))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
