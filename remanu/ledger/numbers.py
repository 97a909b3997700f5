"""The highest certificate number of each organisation, kept beside the keys: what an old store must never reuse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from remanu.keys import Keyring
from remanu.ledger import outside

_SUBMIT, _SUPERSEDE = "release.submit", "release.supersede"


def taken(document: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """The certificate number that an event took, with its organisation."""
    body = document["body"]
    if document["kind"] == _SUBMIT:
        yield document["org"], int(body["no"])
    elif document["kind"] == _SUPERSEDE:
        yield document["org"], int(body["issue"]["no"])


def keep(keyring: Keyring, fresh: Iterable[tuple[str, int]]) -> None:
    """Raise what lies beside the keys to these numbers."""
    known = kept(keyring)
    raised = dict(known)
    for org_id, no in fresh:
        raised[org_id] = max(no, raised.get(org_id, 0))
    if raised != known:
        lines = (f"{org_id} {no}\n" for org_id, no in sorted(raised.items()))
        outside.write(keyring, outside.NUMBERS, "".join(lines))


def kept(keyring: Keyring) -> dict[str, int]:
    """The highest number of each organisation that ever stood under a checkpoint."""
    lines = (outside.read(keyring, outside.NUMBERS) or "").splitlines()
    return {org_id: int(no) for org_id, _, no in (line.partition(" ") for line in lines)}
