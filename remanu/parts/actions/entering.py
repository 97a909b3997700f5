"""A part enters the record, and marks are read on it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from remanu.db import Tx
from remanu.errors import Conflict
from remanu.ledger.kinds import Recorded, Subject
from remanu.ledger.record import Act, begin, record
from remanu.parts import events, queries
from remanu.parts.events import Cited
from remanu.rules import identity, observed, text
from remanu.rules.actor import Actor

_LIMIT = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """What is known of a part when it enters the record; `earlier_lives` is none, unknown or known.

    `pack` is the digest of the pack that it is worked by, None for the built-in one; `code` is that of a tag printed
    ahead, None for a new one.
    """

    family: str
    component: str
    name: str
    maker: str
    part_number: str
    serial: str | None
    condition: str
    origin: str
    earlier_lives: str = "unknown"
    mass_kg: str | None = None
    life: int = 0
    simulated: bool = False
    pack: str | None = None
    code: str | None = None


def register(act: Act, new: NewItem) -> Recorded[events.Registered]:
    """Give a part its record, its public code and its first life; Conflict when it has one already (I1)."""
    known = claim_identity(act.tx, act.actor.org_id, maker=new.maker, part_number=new.part_number, serial=new.serial)
    code = new.code or identity.new_item_code(secrets.randbits)
    subject = Subject(act.actor.org_id, act.tx.new_id(), f"{act.tx.label_origin}/{code}")
    body = events.Registered(
        code=code,
        uri=subject.uri,
        family=new.family,
        component=new.component,
        name=text.clean_line("name", new.name, limit=_LIMIT),
        maker=text.clean_line("maker", new.maker, limit=_LIMIT),
        part_number=text.clean_line("part_number", new.part_number, limit=_LIMIT),
        serial=None if new.serial is None else text.clean_serial("serial", new.serial),
        identity=known,
        condition=new.condition,
        origin=new.origin,
        mass_kg=new.mass_kg,
        life=new.life,
        earlier_lives=new.earlier_lives,
        simulated=new.simulated,
        pack=new.pack,
        words=words(code, new.name, new.maker, new.part_number, new.serial or ""),
    )
    return record(act, events.REGISTER, subject, body)


def words(*texts: str) -> tuple[str, ...]:
    """The words under which these texts are found, each once; numbers also without their hyphens and spaces."""
    found = (word for one in texts for word in (*text.search_words(one), text.joined(one)) if word)
    return tuple(dict.fromkeys(found))


def claim_identity(
    tx: Tx, org_id: str, *, maker: str, part_number: str, serial: str | None, item_id: str | None = None
) -> str | None:
    """What makes the part the same as another (I1), None without serial; Conflict when another item has it."""
    if serial is None:
        return None
    known = "|".join(text.skeleton(part) for part in (maker, part_number, serial))
    twin = queries.by_identity(tx.connection, org_id, known)
    if twin is not None and twin.id != item_id:
        raise Conflict(why="already-registered", code=twin.code)
    return known


def read_mark(
    tx: Tx, actor: Actor, item_id: str, *, kind: str, mark: str, evidence: tuple[Cited, ...] = ()
) -> Recorded[events.MarkRead]:
    """Record a mark exactly as it stands on the part; maker's marks are read, never overwritten."""
    act = begin(tx, actor, "parts.read_mark")
    item = queries.find_item(tx.connection, actor.org_id, item_id)
    return note_mark(act, queries.subject_of(item), kind=kind, mark=mark, evidence=evidence)


def note_mark(
    act: Act, subject: Subject, *, kind: str, mark: str, evidence: tuple[Cited, ...] = ()
) -> Recorded[events.MarkRead]:
    """Record a mark within an act that has begun: whoever identifies a part reads its marks."""
    read = text.clean_line("mark", mark, limit=_LIMIT)
    body = events.MarkRead(
        mark=act.tx.new_id(),
        kind=observed.check_word("kind", kind, observed.MARK_KINDS),
        text=read,
        words=words(read),
        evidence=evidence,
    )
    return record(act, events.READ_MARK, subject, body)
