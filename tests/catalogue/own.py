"""A small family that nobody built in, and short ways to have it written, approved and put in force."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

from remanu.catalogue import actions
from tests import people

ENGINEER = people.BY_ROLE["engineering"]
APPROVER = people.BY_ROLE["approver"]
HOIST = (Path(__file__).parent / "hoist.toml").read_text(encoding="utf-8")
DAY = date(2026, 3, 1)


def diesel(**changes: str) -> str:
    """The built-in diesel pack with changes: each name is what stands there, spelt with its value."""
    text = (files("remanu.families") / "diesel-engine.toml").read_text(encoding="utf-8")
    for old, new in changes.values():
        assert old in text
        text = text.replace(old, new, 1)
    return text


NEXT = {
    "edition": ('edition = "2"', 'edition = "3"'),
    "limit": ('repair_min = "64.85"', 'repair_min = "64.80"'),
}


def draft(tx, actor=ENGINEER, *, source=HOIST, base=None):
    """The hoist as a draft."""
    return actions.draft_pack(tx, actor, source=source, base=base)


def approve(tx, pack_id, actor=APPROVER):
    """Approved by somebody who has just shown who he is."""
    return actions.approve_pack(tx, people.fresh(actor, tx.now), pack_id)


def begin(tx, pack_id, actor=ENGINEER, *, day=DAY):
    """In force from a day."""
    return actions.put_in_force(tx, actor, pack_id, applies_from=day)


def approved(hall, **given):
    """The id of an approved pack."""
    pack_id = hall.do(draft, **given).subject.id
    hall.do(approve, pack_id)
    return pack_id
