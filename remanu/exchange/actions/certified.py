"""What happens to a product certification travels to every unit that it covers, as notices to their own organisations.

A body's act writes the body's subjects alone (architecture.md §4). Which units are covered is computed from models,
sites, classes and days of release, whether or not the act names any: they come in doubt, and so does what holds them.
Whether a unit's own claim is taken back is another question, which the naming answers (domain.md §3.6). Lifting a
suspension takes back the doubts of that suspension and no others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import sqlalchemy as sa

from remanu.certification.queries import catalogue, marked
from remanu.certification.queries.coverage import local_day, unit_of
from remanu.clock import parse_stamp, stamp
from remanu.db import Tx
from remanu.exchange.actions.notices import hear
from remanu.exchange.queries.reached import Part, other_records
from remanu.jobs import rows as jobs
from remanu.jobs.worker import Run
from remanu.ledger.kinds import Recorded
from remanu.parts.actions import Word, leave_word
from remanu.parts.models import Notice
from remanu.rules.certification import Line

JOB = "exchange.name_units"
BATCH = 200
STATES = {
    "certification.suspend_certification": "suspended",
    "certification.withdraw_certification": "withdrawn",
    "certification.reduce_scope": "reduced",
    "certification.reinstate_certification": "certified",
}


@dataclass(frozen=True, slots=True)
class Batch:
    """Parts of which word was left, and the cursor of those after them; empty where there are none."""

    parts: list[Part]
    following: str


def on_certification(tx: Tx, done: Recorded[Any]) -> None:
    """Leave word for each released unit that a suspension, reduction or withdrawal concerns (a reaction)."""
    asked = asked_of(done)
    _begin(tx, done, asked, name_units(tx, asked).following)


def on_reinstated(tx: Tx, done: Recorded[Any]) -> None:
    """Leave word for the units that the suspension put in doubt: the certification holds again."""
    asked = asked_of(done)
    _begin(tx, done, asked, name_units(tx, asked).following)


def _begin(tx: Tx, done: Recorded[Any], asked: dict[str, Any], following: str) -> None:
    if following:
        jobs.create(tx, JOB, {**asked, "after": following}, org_id=done.org_id)


def asked_of(done: Recorded[Any]) -> dict[str, Any]:
    """What has to be known of an event to leave word of it, in the act or in a job."""
    lines = getattr(done.body, "lines", ())
    return {
        "certification": done.subject.id,
        "uri": done.subject.uri,
        "digest": done.commitment.hex(),
        "kind": done.kind,
        "at": stamp(done.at),
        "day": local_day(done.at, done.zone).isoformat(),
        "lines": [[one.model, one.site, one.claim_class] for one in lines],
        "named": getattr(done.body, "retro", None) is not None,
        "after": "",
    }


def name_units(tx: Tx, asked: jobs.Args) -> Batch:
    """Leave word for the next units, and for the records of others that go on from theirs."""
    if STATES[asked["kind"]] == "certified":
        return _again(tx, asked)
    found, following = _covered(tx, asked)
    parts = {(one.org_id, one.item_id) for one in found}
    parts |= other_records(tx.connection, [one.uri for one in found])
    return Batch(_leave(tx, asked, parts), following)


def scope_of(tx: Tx, asked: jobs.Args) -> marked.Scope:
    """The scope of the certification that is spoken of, as it stands after the act."""
    entry = catalogue.find_entry(tx.connection, asked["certification"], date.fromisoformat(asked["day"]))
    return marked.scope_of(entry.row, entry.happened)


def _covered(tx: Tx, asked: jobs.Args) -> tuple[list[Any], str]:
    scope, lines = scope_of(tx, asked), {Line(*one) for one in asked["lines"]}
    # An act that names units speaks of them under every line of the scope, not under its own lines alone.
    wanted = () if asked["named"] else tuple(lines)
    rows = marked.page(tx.connection, scope, wanted, after=asked["after"], limit=BATCH + 1)
    following = rows[BATCH - 1].id if len(rows) > BATCH else ""
    if not asked["named"] or not lines:
        return rows[:BATCH], following
    return [one for one in rows[:BATCH] if _is_meant(scope, one, lines)], following


def _is_meant(scope: marked.Scope, row: Any, lines: set[Line]) -> bool:
    unit = unit_of(row, scope.zone)
    retro = marked.standing(scope).retro
    return any(one.may_take(unit) for one in lines) or (retro is not None and retro.names(unit))


def _again(tx: Tx, asked: jobs.Args) -> Batch:
    """Whoever was told that it is suspended is told that it holds again."""
    chosen = (
        sa.select(Notice.org_id, Notice.item_id)
        .where(Notice.uri == asked["uri"], Notice.state == "suspended", Notice.item_id > asked["after"])
        .distinct()
        .order_by(Notice.item_id)
        .limit(BATCH + 1)
    )
    rows = [(one.org_id, one.item_id) for one in tx.execute(chosen)]
    return Batch(_leave(tx, asked, rows[:BATCH]), rows[BATCH - 1][1] if len(rows) > BATCH else "")


def _leave(tx: Tx, asked: jobs.Args, units: Iterable[Part]) -> list[Part]:
    said = Word(
        uri=asked["uri"],
        digest=asked["digest"],
        kind=asked["kind"],
        state=STATES[asked["kind"]],
        said_at=parse_stamp(asked["at"]),
    )
    told = sorted(units)
    leave_word(tx, said, told)
    return told


def name_the_rest(run: Run) -> jobs.Args:
    """The job that reaches the units which the act itself did not: word is left a batch at a time, and heard at once.

    A run that was cut off begins again; no word is left twice, and none is heard twice.
    """
    asked, told = dict(run.args), 0
    whole = run.place.database.transact(lambda tx: _whole(tx, asked))
    while asked["after"]:
        batch = run.place.database.transact(partial(_named, asked=asked))
        asked["after"], told = batch.following, told + len(batch.parts)
        for part in batch.parts:
            hear(run.place, part, asked["digest"])
        run.progress(min(told, whole), whole)
    return {"units": told}


def _named(tx: Tx, asked: jobs.Args) -> Batch:
    return name_units(tx, asked)


def _whole(tx: Tx, asked: jobs.Args) -> int:
    """How many it is about, for a page that shows how far the job is."""
    if STATES[asked["kind"]] != "certified":
        return marked.count(tx.connection, scope_of(tx, asked), tuple(Line(*one) for one in asked["lines"]))
    told = sa.select(sa.func.count()).where(Notice.uri == asked["uri"], Notice.state == "suspended")
    return int(tx.execute(told).scalar_one())
