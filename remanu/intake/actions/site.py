"""Work on site: its site is accepted instead of a receipt, and the lock-out lifted before the test (domain.md §3.8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from remanu.catalogue.queries import pack_of
from remanu.db import Tx
from remanu.errors import BadInput, Conflict
from remanu.intake import queries
from remanu.intake.actions import words
from remanu.intake.actions.arrival import (
    Arrival,
    Core,
    Counted,
    announced,
    as_it_came,
    begun,
    check_new,
    count,
)
from remanu.intake.events import Reading
from remanu.intake.events import site as events
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import Act, begin, record
from remanu.parts import queries as parts
from remanu.parts.actions import check_step
from remanu.parts.events import Cited
from remanu.rules import entry
from remanu.rules.actor import Actor

ENERGIES = ("electrical", "hydraulic", "pneumatic", "mechanical", "thermal", "chemical", "gravity")
"""What can set equipment going or hurt somebody; the list is closed."""


def accept_site(
    tx: Tx,
    actor: Actor,
    case_id: str | None = None,
    *,
    energies: Sequence[str],
    temperature: str | None,
    humidity: str | None,
    evidence: Sequence[Cited],
    baseline: Sequence[Reading] = (),
    permit: str | None = None,
    site: str | None = None,
    locks: str | None = None,
    core: Core | None = None,
    owner: str | None = None,
    counters: Mapping[str, Counted] | None = None,
) -> Recorded[events.SiteAccepted]:
    """Equipment may be worked on where it stands: permit, lock-out and baseline are there (SM-1 no. 2 on site).

    Permit, site, locks and owner are sealed. Temperature in degrees Celsius, humidity in per cent; a photo is needed.
    BadInput `not-on-site` for a family whose pack does not know work on site.
    """
    act = begin(tx, actor, "intake.accept_site")
    case = announced(act, case_id)
    if not evidence:
        raise BadInput("evidence", "required")
    facts = {"permit_shown": permit is not None, "isolated": bool(energies), "baseline_taken": bool(baseline)}
    where = _arrived(act, case, core, facts)
    _check_mode(act, where)
    body = events.SiteAccepted(
        step=where.step,
        number=where.number,
        life=where.life,
        owner_named=owner is not None,
        part_type=None if core is None else core.part_type,
        energies=_energies(energies),
        baseline=as_it_came(baseline),
        temperature=_given("temperature", entry.temperature(temperature)),
        humidity=_given("humidity", entry.humidity(humidity)),
        evidence=tuple(evidence),
        pack=where.pack,
    )
    sealed = words.private(
        actor.org_id,
        owner=words.line("owner", owner),
        permit=words.line("permit", permit),
        site=words.line("site", site),
        locks=words.line("locks", locks),
    )
    done = record(act, events.ACCEPT_SITE, where.subject, body, private=sealed)
    for counter, shown in (counters or {}).items():
        count(act, where, counter, shown)
    return done


def _arrived(
    act: Act, case: parts.CaseView | None, core: Core | None, facts: Mapping[str, bool]
) -> Arrival:
    if case is None:
        check_new("accept_site", **facts)
        return begun(act, core or Core(), "SITE_ACCEPTED")
    if core is not None:
        raise BadInput("core", "unknown-field")
    return Arrival(case.subject, case.item.life, check_step(case, "accept_site", facts), None)


def _check_mode(act: Act, where: Arrival) -> None:
    item = parts.find_item(act.tx.connection, act.actor.org_id, where.subject.id)
    if "on-site" not in pack_of(act.tx.connection, item).modes:
        raise BadInput("family", "not-on-site")


def _given(field: str, value: Decimal | None) -> str:
    if value is None:
        raise BadInput(field, "required")
    return format(value, "f")


def _energies(given: Sequence[str]) -> tuple[str, ...]:
    if unknown := [one for one in given if one not in ENERGIES]:
        raise BadInput("energies", "not-a-choice", was=unknown[0])
    return tuple(one for one in ENERGIES if one in given)


def lift_isolation(tx: Tx, actor: Actor, case_id: str) -> Recorded[events.IsolationLifted]:
    """The lock-out ends before the equipment runs at its owner's load (SM-1 no. 18 on site)."""
    act = begin(tx, actor, "intake.lift_isolation")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    if not case.on_site:
        raise Conflict(why="not-on-site")
    site = queries.site_of(tx.connection, case)
    step = check_step(case, "lift_isolation", queries.site_facts(tx.connection, case))
    energies = () if site is None else tuple(site.energies.split())
    return record(act, events.LIFT_ISOLATION, case.subject, events.IsolationLifted(step=step, energies=energies))
