"""By which family pack a part is worked: the built-in one, or the text that its case froze by digest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.catalogue.models import FamilyPack, PackEdition
from remanu.catalogue.queries.reference import GENERAL_CLASSES, PAGE, InForce, Row, editions_in_force
from remanu.db import evidence_of
from remanu.errors import BadInput, Damaged, NotFound
from remanu.families import shelf
from remanu.families.family import Family
from remanu.families.loader import digest_of, digests, load_all, text
from remanu.families.vocabulary import Names
from remanu.ledger.models import Evidence

_CITED = sa.select(Evidence.digest).where(
    Evidence.org_id == sa.bindparam("org_id"), Evidence.digest == sa.bindparam("digest")
)
_BEGUN = (
    sa.select(PackEdition.family, PackEdition.digest)
    .where(
        PackEdition.org_id == sa.bindparam("org_id"),
        PackEdition.since <= sa.bindparam("on", type_=PackEdition.since.type),
    )
    .order_by(PackEdition.since)
)


_WORKED = sa.select(PackEdition.id).where(
    PackEdition.org_id == sa.bindparam("org_id"), PackEdition.digest == sa.bindparam("digest")
)
_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Written:
    """A pack with its text; `row` is None where the organisation did not write it."""

    family: Family
    content: bytes
    digest: str
    row: Row | None


@dataclass(frozen=True, slots=True)
class Frozen:
    """The pack that a case is opened under now; `digest` is None before the organisation put one in force."""

    family: Family
    digest: str | None


def pack_of(connection: Connection, item: Row) -> Family:
    """The pack by which a part was last taken into work; a case brings its own, `case.family`.

    An item that froze none, as all did before organisations had packs, goes by the built-in one.
    """
    return pack_by(connection, item.org_id, item.family, digest=item.pack)


def pack_by(connection: Connection, org_id: str, family: str, *, digest: str | None) -> Family:
    """The pack of this digest, None for the built-in one of the family; it usually costs no statement.

    A digest whose text was never kept is that of a former version of the program: then the built-in pack of
    today speaks. Damaged when a text was kept and is not there, for then nobody knows the limits.
    """
    if digest is None:
        return load_all()[family]
    try:
        return shelf.kept(evidence_of(connection), digest)
    except NotFound as error:
        cited = connection.execute(_CITED, {"org_id": org_id, "digest": digest}).first()
        if cited is not None or family not in load_all():
            raise Damaged(what="pack", why="text is missing", digest=digest) from error
        return load_all()[family]


def pack_to_open(connection: Connection, org_id: str, family: str, on: datetime) -> Frozen:
    """What a case of this family freezes when it is opened at a moment; BadInput for a family nobody knows."""
    in_force = editions_in_force(connection, org_id, family, on)
    if in_force is None and family not in load_all():
        raise BadInput("family", "not-a-choice")
    if in_force is None:
        return Frozen(load_all()[family], None)
    pack = pack_by(connection, org_id, family, digest=in_force.digest)
    # Where a former program's pack is in force, whose text nobody kept, today's speaks: then that is what is frozen.
    return Frozen(pack, _built_in(family) if pack is load_all().get(family) else in_force.digest)


def edition_of(
    connection: Connection, org_id: str, pack: Family, *, digest: str | None, on: datetime
) -> InForce | None:
    """The edition that a case works by, as what is decided in it says; None while none of its family is in force.

    A case keeps what it was opened under, so this need not be the edition that is in force now.
    """
    in_force = editions_in_force(connection, org_id, pack.id, on)
    if in_force is None or in_force.digest == digest:
        return in_force
    return InForce(pack.id, pack.edition, digest or _built_in(pack.id), in_force.since)


def _built_in(family: str) -> str:
    return next(digest for digest, one in digests().items() if one == family)


def packs_to_open(connection: Connection, org_id: str, on: datetime) -> dict[str, Family]:
    """Every family in which the organisation may open a case, by id, each as a case would freeze it."""
    begun = {row.family: row.digest for row in connection.execute(_BEGUN, {"org_id": org_id, "on": on})}
    known = dict.fromkeys(load_all()) | begun
    return {family: pack_by(connection, org_id, family, digest=digest) for family, digest in known.items()}


def instrument_classes(connection: Connection, org_id: str) -> dict[str, Names]:
    """Every class of instrument that some pack asks for, built-in or in force here once, and the general ones."""
    chosen = sa.select(PackEdition.family, PackEdition.digest).where(PackEdition.org_id == org_id).distinct()
    worked = [pack_by(connection, org_id, row.family, digest=row.digest) for row in connection.execute(chosen)]
    packs = (*worked, *load_all().values())
    return {one.code: one.names for pack in packs for one in pack.instrument_classes} | dict(GENERAL_CLASSES)


def own_packs(connection: Connection, org_id: str, *, after: str = "", limit: int = PAGE) -> list[Row]:
    """The packs that the organisation wrote, newest first, a page after the id `after`."""
    chosen = sa.select(FamilyPack.__table__).where(FamilyPack.org_id == org_id)
    if after:
        chosen = chosen.where(FamilyPack.id < after)
    return list(connection.execute(chosen.order_by(FamilyPack.id.desc()).limit(limit)))


def find_family(connection: Connection, org_id: str, family: str, on: datetime) -> Family | None:
    """The pack that a case of this family would be opened under at a moment; None for a family nobody knows."""
    return packs_to_open(connection, org_id, on).get(family)


def read_pack(connection: Connection, org_id: str, key: str) -> Written:
    """A pack to be read: the organisation's own by its id, a built-in one by its family, an edition by its digest.

    NotFound for what the organisation neither wrote nor worked by.
    """
    if key in load_all():
        return Written(load_all()[key], text(key), digest_of(text(key)), None)
    if _DIGEST.fullmatch(key):
        row, digest = pack_with(connection, org_id, key), key
        if row is None and not connection.execute(_WORKED, {"org_id": org_id, "digest": key}).first():
            raise NotFound(what="pack")
    else:
        row = find_pack(connection, org_id, key)
        digest = row.digest
    return Written(*_texts(connection, digest), digest, row)


def compared(connection: Connection, org_id: str, new: Written, key: str) -> Written:
    """What a pack is compared with: the one asked for, else what it was copied from, else the built-in one."""
    base = None if new.row is None else new.row.base
    asked = key or base or new.family.id
    return new if not key and base is None and asked not in load_all() else read_pack(connection, org_id, asked)


def _texts(connection: Connection, digest: str) -> tuple[Family, bytes]:
    storage = evidence_of(connection)
    built_in = digests().get(digest)
    content = storage.get(digest) if built_in is None else text(built_in)
    return shelf.kept(storage, digest), content


def find_pack(connection: Connection, org_id: str, pack_id: str) -> Row:
    """One pack that the organisation wrote; NotFound otherwise."""
    chosen = sa.select(FamilyPack.__table__).where(FamilyPack.org_id == org_id, FamilyPack.id == pack_id)
    row = connection.execute(chosen).first()
    if row is None:
        raise NotFound(what="pack")
    return row


def pack_with(connection: Connection, org_id: str, digest: str) -> Row | None:
    """The organisation's own pack with this text, or None."""
    chosen = sa.select(FamilyPack.__table__).where(FamilyPack.org_id == org_id, FamilyPack.digest == digest)
    return connection.execute(chosen).first()


def authors_of(connection: Connection, pack: Row) -> list[str]:
    """Who wrote a pack: its drafter, and those of the drafts that it was copied from since one was approved."""
    found, base = [pack.author_ref], pack.base
    while base is not None and base not in load_all():
        row = find_pack(connection, pack.org_id, base)
        if row.state == "approved":
            break
        found.append(row.author_ref)
        base = row.base
    return found


def latest_edition(connection: Connection, org_id: str, family: str) -> Row | None:
    """The edition of the family that begins last, whether or not it has begun."""
    chosen = sa.select(PackEdition.__table__).where(PackEdition.org_id == org_id, PackEdition.family == family)
    return connection.execute(chosen.order_by(PackEdition.since.desc()).limit(1)).first()
