"""Evidence files under their digest: durable first, referenced second (trust.md finding 4)."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from remanu.errors import Damaged, NotFound, Unavailable
from remanu.ids import reference


class Storage(Protocol):
    """A place for evidence; `put` returns only when the bytes are durable, and never overwrites."""

    def put(self, content: bytes) -> str:
        """Keep the bytes; returns their SHA-256 as hex. Unavailable when they cannot be kept."""
        ...

    def get(self, digest: str) -> bytes:
        """The bytes; NotFound when there are none, Damaged when they are not what the digest says."""
        ...

    def digests(self) -> Iterator[str]:
        """All digests held."""
        ...

    def discard(self, digest: str) -> None:
        """Remove a file that no event cites."""
        ...


@dataclass(frozen=True, slots=True)
class Folder:
    """Evidence in a folder: part file, fsync, link, fsync of the folder."""

    root: Path

    def put(self, content: bytes) -> str:
        """Keep the bytes durably; the same bytes twice are one file, an altered file is made good."""
        digest = hashlib.sha256(content).hexdigest()
        target = self._path(digest)
        if target.exists() and hashlib.sha256(target.read_bytes()).hexdigest() == digest:
            return digest
        try:
            self._write(target, content)
        except OSError as error:
            raise Unavailable(retry_after=5) from error
        return digest

    def _write(self, target: Path, content: bytes) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{reference()}.part")
        try:
            with part.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        finally:
            with contextlib.suppress(FileNotFoundError):
                part.unlink()
        _sync(target.parent)
        _sync(self.root)

    def get(self, digest: str) -> bytes:
        """The bytes, hashed again on every read (T32)."""
        try:
            content = self._path(digest).read_bytes()
        except FileNotFoundError as error:
            raise NotFound(what="evidence", digest=digest) from error
        if hashlib.sha256(content).hexdigest() != digest:
            raise Damaged(what="evidence", why="bytes differ from digest", digest=digest)
        return content

    def digests(self) -> Iterator[str]:
        """All digests held, in order."""
        for path in sorted(self.root.glob("??/*")):
            if not path.name.startswith("."):
                yield path.parent.name + path.name

    def discard(self, digest: str) -> None:
        """Remove a file that no event cites."""
        self._path(digest).unlink(missing_ok=True)

    def _path(self, digest: str) -> Path:
        return self.root / digest[:2] / digest[2:]


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
