"""Back-up and restore: a snapshot of the store, every cited file, the vault's keys apart, and a signed list."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy.engine import Connection

from remanu import schema
from remanu.clock import stamp
from remanu.config import Config
from remanu.db import Database, Tx, sqlite_module
from remanu.errors import Conflict, Damaged, Misconfigured
from remanu.ledger import erasures, fork
from remanu.ledger import verify as record
from remanu.ledger.kinds import Registry
from remanu.ledger.models import Evidence, LogCheckpoint, VaultKey
from remanu.ledger.record import MAIN_LOG
from remanu.ledger.report import Report
from remanu.storage import Folder, Storage

MANIFEST, SIGNATURE, CITED = "manifest.json", "manifest.sig", "evidence.txt"
# Apart, and in no list: old copies of it are thrown away, so that old back-ups cannot bring names back (trust.md §7).
VAULT = "vault-keys.json"
_FILES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
_BLOCK = 1 << 20
_NEWEST = sa.select(LogCheckpoint.size, LogCheckpoint.note).order_by(LogCheckpoint.size.desc()).limit(1)


def create(config: Config, database: Database, storage: Storage, *, into: Path) -> Path:
    """Write a back-up while the installation runs; returns its folder, named by the moment.

    The snapshot comes first, so that every file it cites is already there to be copied.
    """
    target = into / database.clock.now().strftime("remanu-%Y%m%dT%H%M%S")
    target.mkdir(parents=True)
    _snapshot(config, database, target)
    with database.reading() as connection:
        cited = list(
            connection.execute(sa.select(Evidence.digest).distinct().order_by(Evidence.digest)).scalars()
        )
        newest = connection.execute(_NEWEST).first()
    _copy_evidence(storage, cited, target)
    _write(target / CITED, "".join(f"{digest}\n" for digest in cited).encode())
    _sign(config, database, target, newest)
    return target


def _snapshot(config: Config, database: Database, target: Path) -> None:
    if database.is_sqlite:
        _snapshot_sqlite(Path(str(database.write_engine.url.database)), target)
        return
    with database.reading() as connection:
        _write_keys(_keys(connection), target)
    _run(
        "pg_dump",
        "--format=custom",
        "--exclude-table-data=vault_key",
        f"--file={target / _FILES['postgresql']}",
        _dsn(config),
    )


def _snapshot_sqlite(source: Path, target: Path) -> None:
    module = sqlite_module()
    here, there = module.connect(source), module.connect(target / _FILES["sqlite"], isolation_level=None)
    try:
        here.backup(there)
        there.execute("PRAGMA journal_mode=DELETE")
        keys = there.execute("SELECT ref, wrapped FROM vault_key ORDER BY ref").fetchall()
        there.execute("PRAGMA secure_delete=ON")
        there.execute("DELETE FROM vault_key")
        there.execute("VACUUM")
    finally:
        there.close()
        here.close()
    _write_keys(((ref, bytes(wrapped)) for ref, wrapped in keys), target)


def _keys(connection: Connection) -> Iterator[tuple[str, bytes]]:
    for row in connection.execute(sa.select(VaultKey.ref, VaultKey.wrapped).order_by(VaultKey.ref)):
        yield row.ref, row.wrapped


def _write_keys(keys: Iterable[tuple[str, bytes]], target: Path) -> None:
    # Each key is wrapped and bound to its name, so that the file needs no signature of its own.
    _write(target / VAULT, json.dumps({ref: wrapped.hex() for ref, wrapped in keys}, indent=0).encode())


def _copy_evidence(storage: Storage, cited: list[str], target: Path) -> None:
    kept = Folder(target / "evidence")
    kept.root.mkdir()
    for digest in cited:
        kept.put(storage.get(digest))


def _sign(config: Config, database: Database, target: Path, newest: sa.Row[int, str] | None) -> None:
    key = database.keyring.log_key()
    engine = database.write_engine.dialect.name
    manifest = {
        "v": 1,
        "made": stamp(database.clock.now()),
        "engine": engine,
        "origin": config.log_origin,
        "key": key.public_key().public_bytes_raw().hex(),
        "checkpoint": None if newest is None else {"size": newest.size, "note": newest.note},
        "files": {name: _described(target / name) for name in (_FILES[engine], CITED)},
    }
    content = json.dumps(manifest, indent=1, sort_keys=True).encode()
    _write(target / MANIFEST, content)
    _write(target / SIGNATURE, key.sign(content).hex().encode())


def _described(path: Path) -> dict[str, Any]:
    return {"size": path.stat().st_size, "sha256": _digest(path)}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_manifest(folder: Path) -> Mapping[str, Any]:
    """The list of a back-up; Damaged when its signature does not fit, or there is none."""
    try:
        content = (folder / MANIFEST).read_bytes()
        manifest: Mapping[str, Any] = json.loads(content)
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(manifest["key"]))
        key.verify(bytes.fromhex((folder / SIGNATURE).read_text("ascii")), content)
    except (OSError, ValueError, KeyError, InvalidSignature) as error:
        raise Damaged(what=MANIFEST, why="is missing, unreadable or not signed by its key") from error
    return manifest


def faults(folder: Path, *, key: bytes | None = None) -> list[str]:
    """What `verify` finds, where even a list that cannot be trusted is a finding and no refusal."""
    try:
        return verify(folder, key=key)
    except Damaged as error:
        return [f"{error.details['what']} {error.details['why']}"]


def verify(folder: Path, *, key: bytes | None = None) -> list[str]:
    """What is wrong with a back-up, file by file; `key` is the log's public key where it is known."""
    manifest = read_manifest(folder)
    found = [
        f"{name} differs from the list"
        for name, said in manifest["files"].items()
        if _differs(folder / name, said)
    ]
    if key is not None and manifest["key"] != key.hex():
        found.append(f"{MANIFEST} is signed by another installation")
    return found + _evidence_faults(folder)


def _differs(path: Path, said: Mapping[str, Any]) -> bool:
    return not path.is_file() or _described(path) != dict(said)


def _evidence_faults(folder: Path) -> list[str]:
    listed = (folder / CITED).read_text("ascii").split() if (folder / CITED).is_file() else []
    return [f"evidence {digest} is missing or altered" for digest in listed if not _kept(folder, digest)]


def _kept(folder: Path, digest: str) -> bool:
    path = folder / "evidence" / digest[:2] / digest[2:]
    return path.is_file() and _digest(path) == digest


def restore(config: Config, folder: Path) -> Mapping[str, Any]:
    """Bring a back-up into an empty data folder that holds the keys already; returns the list it came with.

    Damaged when the back-up is not whole, Conflict when there is a store already. The vault's keys follow by
    `put_keys`, from the newest file of them: who was erased since the back-up stays erased.
    """
    manifest = read_manifest(folder)
    wrong = verify(folder)
    if wrong:
        raise Damaged(what=str(folder), why="; ".join(wrong[:3]))
    _restore_store(config, folder, str(manifest["engine"]))
    evidence = Folder(config.evidence_dir)
    evidence.root.mkdir(parents=True, exist_ok=True)
    for digest in (folder / CITED).read_text("ascii").split():
        evidence.put((folder / "evidence" / digest[:2] / digest[2:]).read_bytes())
    return manifest


def _restore_store(config: Config, folder: Path, engine: str) -> None:
    wanted = sa.make_url(config.database_url)
    if wanted.get_backend_name() != engine:
        raise Misconfigured(setting="REMANU_DATABASE_URL", why=f"the back-up was made from {engine}")
    if engine == "postgresql":
        _run(
            "pg_restore",
            "--exit-on-error",
            "--single-transaction",
            f"--dbname={_dsn(config)}",
            str(folder / _FILES[engine]),
        )
        return
    target = Path(str(wanted.database))
    if target.exists():
        raise Conflict(why="store-exists", path=str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folder / _FILES[engine], target)
    _sync(target)


@dataclass(frozen=True, slots=True)
class Revived:
    """A restored store as it was found: the check of its record, and what it knows of its own age."""

    report: Report
    old: str | None
    erased_again: int


def revive(
    config: Config, database: Database, registry: Registry, *, vault: Path, seen: Path | None = None
) -> Revived:
    """Make a restored store fit for use: tables of this program, keys, erasures since, age, whole check.

    `seen` is a checkpoint that somebody kept elsewhere. An old store is read and never signs on (trust.md T33).
    """
    schema.upgrade(database)
    put_keys(database, vault)
    again = erasures.reapply(database)
    report = record.verify(database, Folder(config.evidence_dir), registry, origin=config.log_origin)
    return Revived(report, _age(config, database, seen), again)


def _age(config: Config, database: Database, seen: Path | None) -> str | None:
    """Why this store must not go on, in words; None where it is the newest that anybody knows of."""
    try:
        with database.reading() as connection:
            fork.check(connection, database.keyring, log_id=MAIN_LOG, origin=config.log_origin)
            if seen is not None:
                note = seen.read_text("utf-8")
                fork.compare(connection, database.keyring, note, log_id=MAIN_LOG, origin=config.log_origin)
    except Damaged as error:
        told = error.details
        if "signed" not in told:
            return f"{told['what']}: {told['why']}"
        return (
            f"The log is {told['why']}: {told['signed']} entries were signed, {told['here']} are here. "
            f"{told['advice']}"
        )
    return None


def put_keys(database: Database, path: Path) -> int:
    """Put the vault's keys back from a file; returns how many. Those it does not hold stay destroyed."""
    keys = json.loads(path.read_text("ascii"))
    rows = [{"ref": ref, "wrapped": bytes.fromhex(wrapped)} for ref, wrapped in keys.items()]

    def work(tx: Tx) -> int:
        tx.execute(sa.delete(VaultKey))
        if rows:
            tx.execute(sa.insert(VaultKey), rows)
        return len(rows)

    return database.transact(work)


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    _sync(path)


def _sync(path: Path) -> None:
    for one in (path, path.parent):
        handle = os.open(one, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _dsn(config: Config) -> str:
    return config.database_url.replace("+psycopg", "", 1)


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise Misconfigured(setting=program, why="is not installed; it comes with PostgreSQL's client")
    done = subprocess.run([found, *arguments], capture_output=True, text=True, check=False)  # noqa: S603 -- fixed words
    if done.returncode != 0:
        raise Damaged(what=program, why=done.stderr.strip()[-300:])
