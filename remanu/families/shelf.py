"""Packs that organisations wrote, by the digest of their text; each is read once a process."""

from __future__ import annotations

from remanu.families.family import Family
from remanu.families.loader import digests, load_all, read
from remanu.storage import Storage

_MOST = 500
# Bound to its digest a text cannot change, so that what was read once holds for as long as the process lives.
_READ: dict[tuple[Storage, str], Family] = {}


def kept(storage: Storage, digest: str) -> Family:
    """The pack of this digest: of the package, or read from the evidence; NotFound where neither has it."""
    built_in = digests().get(digest)
    if built_in is not None:
        return load_all()[built_in]
    if (storage, digest) not in _READ:
        if len(_READ) >= _MOST:
            _READ.clear()
        _READ[storage, digest] = read(f"{digest[:12]}.toml", storage.get(digest))
    return _READ[storage, digest]
