"""Packs that organisations wrote, by the digest of their text; each is read once a process."""

from __future__ import annotations

from functools import lru_cache

from remanu.families.family import Family
from remanu.families.loader import digests, load_all, read
from remanu.storage import Storage


def kept(storage: Storage, digest: str) -> Family:
    """The pack of this digest: of the package, or read from the evidence; NotFound where neither has it."""
    built_in = digests().get(digest)
    return _read(storage, digest) if built_in is None else load_all()[built_in]


@lru_cache(maxsize=256)
def _read(storage: Storage, digest: str) -> Family:
    # Bound to its digest the text cannot change, so that what was read once holds for as long as the process lives.
    return read(f"{digest[:12]}.toml", storage.get(digest))
