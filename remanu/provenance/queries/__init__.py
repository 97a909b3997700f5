"""Reading provenance: what a code leads to, its record, whether it verifies, and the story it tells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.engine import Connection

from remanu.provenance.queries.check import Verdict, check, tell
from remanu.provenance.queries.lookup import Found, find
from remanu.provenance.queries.record import Record, read
from remanu.provenance.queries.story import Certificate, Label, Life, Stage, Story
from remanu.provenance.queries.telling import tell_story


@dataclass(frozen=True, slots=True)
class Known:
    """A part as everybody may know it, and whether its record verified when it was read."""

    found: Found
    story: Story
    verdict: Verdict


def known(connection: Connection, found: Found, *, key: bytes, at: datetime) -> Known:
    """Read a part's record, verify it and tell its story: one statement. `key` is the public key of the log."""
    record = read(connection, found.org_id, found.item_id)
    told = tell(record)
    story, verdict = tell_story(found.item_id, told), check(found, record, told, key=key, at=at)
    if not all(certificate.agrees for certificate in story.certificates):
        verdict = replace(verdict, problems=(*verdict.problems, "record-certificate"))
    return Known(found, story, verdict)


__all__ = [
    "Certificate",
    "Found",
    "Known",
    "Label",
    "Life",
    "Record",
    "Stage",
    "Story",
    "Verdict",
    "find",
    "known",
    "read",
]
