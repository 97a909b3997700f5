"""A restored old copy goes on: what it lacks is said in the record, and the lost certificate numbers are void."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from remanu.accounts import actions as accounts
from remanu.accounts import queries as houses
from remanu.db import Database, Tx
from remanu.errors import BadInput
from remanu.ledger import checkpoint, fork, numbers
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import MAIN_LOG, begin, record
from remanu.release import events, queries
from remanu.release.actions.papers import halt_issuing, resume_issuing
from remanu.rules.actor import Actor

# More than this was not lost but mistyped.
MOST = 10_000


def restore(tx: Tx, actor: Actor, *, gap: fork.Gap, last: int) -> Recorded[events.Restored]:
    """Record in the organisation that its copy goes on without what it lacks (trust.md T33).

    `last` is the last certificate number that was taken before the loss: every one up to it that is not here is void
    and never taken again (I38).
    """
    act = begin(tx, actor, "release.restore")
    first = queries.next_number(tx.connection, actor.org_id)
    if last - first >= MOST:
        raise BadInput("last", "not-a-choice")
    lost = tuple(queries.number_of(no) for no in range(first, last + 1))
    body = events.Restored(
        log=gap.log,
        former=gap.former,
        here=gap.here,
        signed=gap.signed,
        root=gap.root,
        last=max(last, first - 1),
        numbers=lost,
        first=first if lost else None,
    )
    return record(act, events.RESTORE, subject(actor.org_id, actor.org_id), body)


def find_gap(
    database: Database, origin: str, *, seen: str | None, stated: Mapping[str, int]
) -> fork.Gap | None:
    """What this copy lacks by the head beside the keys, by a checkpoint kept elsewhere, or by stated numbers."""
    known = [one for one in (fork.head(database.keyring), seen) if one is not None]
    with database.reading() as connection:
        found = fork.gap(connection, database.keyring, known, log_id=MAIN_LOG, origin=origin)
        behind = any(no >= queries.next_number(connection, org_id) for org_id, no in stated.items())
        if found is None and behind:
            # Each certificate stands under a checkpoint of its own, so that this log signed more than it holds.
            return fork.after(connection, None, log_id=MAIN_LOG, origin=origin)
    return found


def last_numbers(database: Database, gap: fork.Gap, stated: Mapping[str, int]) -> dict[str, int]:
    """The last number of each organisation before the loss: what lies beside the keys, or what the operator states.

    BadInput where neither says it: a list beside the keys that is older than the newest checkpoint does not count.
    """
    kept = numbers.kept(database.keyring) if _up_to_date(database, gap) else None
    found = {}
    with database.reading() as connection:
        for house in houses.organisations(connection):
            known = [one[house.org_id] for one in (stated, kept or {}) if house.org_id in one]
            if not known and kept is None:
                raise BadInput("last", "required", organisation=house.name_en)
            found[house.org_id] = max(known, default=0)
    return found


def _up_to_date(database: Database, gap: fork.Gap) -> bool:
    if (note := fork.head(database.keyring)) is None or gap.signed is None:
        return False
    return fork.says(note, gap) and bool(numbers.kept(database.keyring))


def go_on(database: Database, gap: fork.Gap, last: Mapping[str, int]) -> dict[str, Recorded[events.Restored]]:
    """Let an old copy go on: record it in every organisation, sign under the log's new name, open issuing again."""
    now = database.clock.now()

    def work(tx: Tx) -> dict[str, Recorded[events.Restored]]:
        return {
            org_id: restore(tx, accounts.system_actor(org_id, now=now), gap=gap, last=no)
            for org_id, no in last.items()
        }

    done = database.transact(work)
    checkpoint.succeed(database, gap)
    database.transact(lambda tx: _open_everywhere(tx, last))
    return done


def _open_everywhere(tx: Tx, org_ids: Iterable[str]) -> None:
    for org_id in org_ids:
        resume_issuing(tx, org_id, family=queries.EVERY_FAMILY)


def halt_everywhere(database: Database) -> None:
    """Nobody signs in an old copy before its operator decided how it goes on: a number would be taken twice."""
    now = database.clock.now()

    def work(tx: Tx) -> None:
        for house in houses.organisations(tx.connection):
            halt_issuing(tx, house.org_id, family=queries.EVERY_FAMILY, since=now)

    database.transact(work)
