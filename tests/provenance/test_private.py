"""Nothing about persons, customers, prices or notes leaves by any public address (trust.md T17)."""

from __future__ import annotations

import base64

import pytest

from remanu.parts import events as parts
from remanu.provenance.queries.check import Told as Heard
from remanu.provenance.queries.record import Link
from remanu.provenance.queries.telling import tell_story

_KINDS = (
    "parts.register",
    "intake.accept",
    "intake.receive",
    "inspection.measure",
    "restoration.operate",
    "release.release",
    "labelling.print",
    "parts.hold",
    "tomorrow.invent",
)


def test_no_public_answer_holds_what_is_private(told, stranger):
    """Owner, price, place, hold, pseudonyms and internal ids stand in no page, document, paper or list."""
    told.labelled()
    held = parts.Held(hold="h", case=told.engine.case, reason="CANARY-HOLD")
    told.engine.put(parts.HOLD, held)
    told.sign()
    base = f"/{told.code}"
    sealed = [b"CANARY-OWNER", b"CANARY-PRICE"]
    # Events are public by construction and hold pseudonyms and ids; pages and documents hold not even these.
    secret = [*sealed, b"CANARY-HOLD", b"Hall 3", b"XAD", told.engine.actor.ref.encode()]
    secret += [told.engine.actor.org_id.encode(), told.engine.subject.id.encode(), told.engine.case.encode()]
    for address in (base, f"{base}/{told.label}", f"{base}/ABCDEF", f"{base}?format=json", f"{base}/report"):
        answer = stranger.get(address)
        text = answer.data + str(answer.headers).encode()
        assert [word for word in secret if word in text] == [], address
    paper = stranger.get(f"{base}/certificate.json").data
    assert [word for word in [*sealed, told.engine.actor.ref.encode()] if word in paper] == []
    chains = stranger.get(f"{base}/events").json["chains"]
    raw = b"".join(base64.b64decode(one["canonical"]) for chain in chains for one in chain)
    assert [word for word in sealed if word in raw] == []


@pytest.mark.parametrize("kind", _KINDS)
def test_fields_that_nobody_named_are_not_told(kind):
    """Whatever an event's body holds beside the fields of the allow-list stays in it, nested or not."""
    canary = {"owner": "CANARY", "note": "CANARY", "deep": {"price": "CANARY"}, "many": [{"who": "CANARY"}]}
    document = {
        "kind": kind,
        "id": "e",
        "at": {"utc": "2026-03-01T00:00:00.000000Z", "zone": "UTC", "who": "CANARY"},
        "by": {"ref": "CANARY", "role": "technician"},
        "reason": "CANARY",
        "device": "CANARY",
        "body": {**canary, "issue": canary, "move": canary, "limits": canary, "results": [canary]},
    }
    link = Link("item", "e", kind, 0, 1, 0, 1, None, b"", b"", None)
    story = tell_story("item", (Heard(link, document),))
    assert "CANARY" not in repr(story)


def test_an_unknown_kind_is_told_and_not_dropped():
    """What is written by a newer program stands on the page by its name."""
    link = Link("item", "e", "tomorrow.invent", 0, 1, 0, 1, None, b"", b"", None)
    story = tell_story("item", (Heard(link, {"kind": "tomorrow.invent", "body": {"x": 1}}),))
    entries = [entry for life in story.lives for stage in life.stages for entry in stage.entries]
    assert [(entry.kind, entry.known) for entry in entries] == [("tomorrow.invent", False)]


def test_bytes_that_say_nothing_are_told_as_well():
    """A damaged event leaves a line and no error."""
    link = Link("item", "e", "release.supersede", 0, 1, 0, 1, None, b"", b"", None)
    for document in ({}, {"body": None}, {"body": {"issue": 7, "move": [], "results": "x"}}):
        assert tell_story("item", (Heard(link, document),)).lives
