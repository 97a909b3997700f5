"""Acts on family packs: write one, approve what another person wrote, put an edition in force from a day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from remanu.accounts.actions import signature
from remanu.accounts.queries import persons_of
from remanu.catalogue import events, queries
from remanu.catalogue.queries import Row
from remanu.clock import stamp
from remanu.db import Tx, evidence_of
from remanu.errors import BadInput, Conflict, NotFound, OwnWork
from remanu.families import loader
from remanu.families.family import Family
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import Act, begin, record
from remanu.rules import text
from remanu.rules.actor import Actor

MEDIA = "application/toml"
FILE = "pack.toml"
MEANING = "I approve this family pack, and that parts are judged by its limits once it is in force."
"""What the signature says, in the sentence that is signed."""
_AHEAD = timedelta(days=366)


def draft_pack(tx: Tx, actor: Actor, *, source: str, base: str | None = None) -> Recorded[events.PackDrafted]:
    """Keep the text of a family pack as a draft; PackRefused names everything in it that is not right.

    `base` says from which pack of the organisation, or from which built-in family, it was copied. Conflict where the
    organisation has this very text already, for then somebody else wrote it.
    """
    act = begin(tx, actor, "catalogue.draft_pack")
    # A tab in the margin is layout; inside a value the loader refuses it like any other sign that does not show.
    clean = text.clean_note("source", source.replace("\t", "    "), limit=loader.LIMIT)
    content = f"{clean}\n".encode()
    family = loader.read(FILE, content)
    copied = _base(tx, actor, base)
    if queries.pack_with(tx.connection, actor.org_id, loader.digest_of(content)) is not None:
        raise Conflict(why="same-text")
    if loader.digest_of(content) in loader.digests():
        raise Conflict(why="built-in-text")
    body = events.PackDrafted(
        family=family.id,
        edition=family.edition,
        applies_from=family.applies_from.isoformat(),
        name_en=family.names.en,
        name_zh_hans=family.names.zh_hans,
        name_zh_hant=family.names.zh_hant,
        base=copied,
        evidence=(_keep(tx, content),),
    )
    return record(act, events.DRAFT_PACK, subject(actor.org_id, tx.new_id()), body)


def _base(tx: Tx, actor: Actor, base: str | None) -> str | None:
    if base is None or base in loader.load_all():
        return base
    return str(queries.find_pack(tx.connection, actor.org_id, base).id)


def _keep(tx: Tx, content: bytes) -> events.Kept:
    # Durable before the act that cites it is; whatever no act came to cite is swept away after a day.
    digest = evidence_of(tx.connection).put(content)
    return events.Kept(digest=digest, media_type=MEDIA, size=len(content), shows="family-pack")


def approve_pack(tx: Tx, actor: Actor, pack_id: str) -> Recorded[events.PackApproved]:
    """Approve a drafted pack with a fresh factor; OwnWork for whoever wrote it or a draft that it was copied from."""
    act = begin(tx, actor, "catalogue.approve_pack")
    row = queries.find_pack(tx.connection, actor.org_id, pack_id)
    if row.state != "draft":
        raise Conflict(why="already-approved")
    _check_apart(act, row)
    # What was drafted is read once more, so that nobody approves a text that the program does not take any longer.
    _read_again(tx, row)
    signed = signature(act, "catalogue.approve_pack", meaning=MEANING, record=row.digest)
    body = events.PackApproved(
        family=row.family, edition=row.edition, digest=row.digest, signature=signed
    )
    return record(act, events.APPROVE_PACK, subject(actor.org_id, row.id), body)


def _check_apart(act: Act, row: Row) -> None:
    authors = queries.authors_of(act.tx.connection, row)
    persons = persons_of(act.tx.connection, row.org_id, [act.actor.ref, *authors])
    if persons[act.actor.ref] in {persons[ref] for ref in authors}:
        raise OwnWork(acts=["draft_pack"])


def _read_again(tx: Tx, row: Row) -> Family:
    try:
        content = evidence_of(tx.connection).get(row.digest)
    except NotFound as error:
        raise Conflict(why="text-missing") from error
    return loader.read(FILE, content)


def put_in_force(
    tx: Tx, actor: Actor, pack_id: str, *, applies_from: date
) -> Recorded[events.PackPutInForce]:
    """Let cases of the family be opened under this approved pack from a day on, where the former edition ends.

    BadInput `before-edition` before the pack itself applies, `before-today` for a day that has passed, `overlap`
    for one on which a later edition already holds, `absurd-time` more than a year ahead.
    """
    act = begin(tx, actor, "catalogue.put_in_force")
    row = queries.find_pack(tx.connection, actor.org_id, pack_id)
    if row.state != "approved":
        raise Conflict(why="not-approved")
    if applies_from < tx.now.astimezone(ZoneInfo(actor.zone)).date():
        # Cases opened in between worked by something else; a day that has passed would say that they did not.
        raise BadInput("applies_from", "before-today")
    since = _first_day(act, row.family, applies_from, date.fromisoformat(row.applies_from))
    body = events.PackPutInForce(
        family=row.family, edition=row.edition, digest=row.digest, since=stamp(since)
    )
    return record(act, events.PUT_IN_FORCE, subject(actor.org_id, row.id), body)


def publish_edition(
    tx: Tx, actor: Actor, *, family: str, applies_from: date
) -> Recorded[events.EditionPublished]:
    """Put the built-in family pack's present edition in force from a day in the organisation's zone.

    BadInput `before-edition` for a day before the pack itself applies, `absurd-time` more than a year ahead,
    `overlap` for one on which a later edition already holds. Its text is kept, for the next version of the program
    may bring another.
    """
    act = begin(tx, actor, "catalogue.publish_edition")
    pack = loader.load_all().get(family)
    if pack is None:
        raise BadInput("family", "not-a-choice")
    since = _first_day(act, family, applies_from, pack.applies_from)
    content = loader.text(family)
    body = events.EditionPublished(
        family=family,
        edition=pack.edition,
        digest=loader.digest_of(content),
        since=stamp(since),
        evidence=(_keep(tx, content),),
    )
    return record(act, events.PUBLISH_EDITION, subject(actor.org_id, tx.new_id()), body)


def _first_day(act: Act, family: str, day: date, earliest: date) -> datetime:
    """When the day begins; an edition holds until the next one begins, so that there is neither gap nor overlap."""
    since = datetime.combine(day, time(), ZoneInfo(act.actor.zone))
    if day < earliest:
        raise BadInput("applies_from", "before-edition", earliest=earliest.isoformat())
    if since > act.tx.now + _AHEAD:
        raise BadInput("applies_from", "absurd-time")
    latest = queries.latest_edition(act.tx.connection, act.actor.org_id, family)
    if latest is not None and since == latest.since:
        raise Conflict(why="already-in-force")
    if latest is not None and since < latest.since:
        raise BadInput("applies_from", "overlap", latest=latest.edition)
    return since
