"""Handing a dossier in, sending it back, and asking for a weaker word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from remanu.db import Tx
from remanu.errors import BadInput, GuardFailed
from remanu.families.published import substance_limits
from remanu.inspection import queries as inspection
from remanu.ledger import seal
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import Private, begin, record
from remanu.parts import actions as parts
from remanu.parts.queries import CaseView, find_case
from remanu.reads import reading_once
from remanu.release import events, queries
from remanu.release.events import Hazards, Manifest
from remanu.restoration import queries as restoration
from remanu.restoration.queries import family_of
from remanu.rules import classes, lifecycle, text
from remanu.rules.actor import Actor

NONE_ABOVE, SOME_ABOVE = "none-above", "some-above"
STATEMENTS = (NONE_ABOVE, SOME_ABOVE)
EXCEPTIONS = ("residues-drained", "coatings-removed", "scale-too-coarse", "core-incomplete", "never-weighed")
DOWNGRADES = ("contract-asks", "evidence-doubtful", "standard-asks")
_NOTE = 2000


def regimes(on: datetime) -> dict[str, frozenset[str]]:
    """The editions of substance rules in force on a day, each with the substances that it limits."""
    found: dict[str, set[str]] = {}
    for row in substance_limits():
        if row.applies_from <= on.date() and (row.applies_to is None or on.date() <= row.applies_to):
            found.setdefault(row.regime, set()).add(row.abbreviation)
    return {regime: frozenset(names) for regime, names in found.items()}


def submit(
    tx: Tx,
    actor: Actor,
    case_id: str,
    *,
    hazards: str,
    regime: str,
    substances: tuple[str, ...] = (),
    warranty_days: int | None = None,
    balance: str | None = None,
) -> Recorded[events.Submitted]:
    """Freeze the dossier and draft its certificate (SM-1 no. 22, SM-4 no. 1).

    GuardFailed names every line that is missing. `balance` explains a mass balance that does not close (I25).
    """
    act = begin(tx, actor, "release.submit")
    with reading_once():
        case = find_case(tx.connection, actor.org_id, case_id)
        lifecycle.find("SM-1", case.state, "submit")
        declared = _declared(tx.now, statement=hazards, regime=regime, substances=substances)
        known = queries.gathered(tx.connection, case, tx.now)
        view = _complete(tx, case, known, explained=balance is not None)
        claim = _claimed(tx, case, known, warranty_days)
        manifest = _manifest(tx, case, view, claim=claim, hazards=declared, balance=balance)
        draft = queries.draft_of(tx.connection, case)
        no = queries.next_number(tx.connection, case.org_id) if draft is None else draft.no
        body = events.Submitted(
            step=parts.check_step(case, "submit", dict.fromkeys(_GUARDS, True)),
            dossier=tx.new_id(),
            manifest=manifest,
            digest=queries.digest_of(manifest),
            certificate=tx.new_id() if draft is None else draft.id,
            no=no,
            number=queries.number_of(no),
            life=case.item.life + 1,
            reserved=draft is None,
        )
    return record(act, events.SUBMIT, case.subject, body)


_GUARDS = lifecycle.find("SM-1", "TEST_PASSED", "submit").guards


def _declared(now: datetime, *, statement: str, regime: str, substances: tuple[str, ...]) -> Hazards:
    known = regimes(now).get(regime)
    if known is None:
        raise BadInput("regime", "not-in-force")
    if (statement == SOME_ABOVE) != bool(substances):
        raise BadInput("substances", "substances-unclear")
    if not known.issuperset(substances):
        raise BadInput("substances", "not-a-choice")
    return Hazards(statement=statement, regime=regime, substances=tuple(sorted(substances)))


def _complete(tx: Tx, case: CaseView, known: Mapping[str, bool], *, explained: bool) -> queries.DossierView:
    answers = {"hazards_declared": True, **({"mass_balanced": True} if explained else {})}
    view = queries.compiled(tx.connection, case, {**known, **answers})
    missing = [*(["not_on_hold"] if case.holds else []), *view.missing]
    if missing:
        named = lifeless(tx, case) if "lives_hold" in missing else {}
        raise GuardFailed(action="submit", state=case.state, missing=missing, **named)
    return view


def lifeless(tx: Tx, case: CaseView) -> dict[str, object]:
    """The life-limited parts that stand against a release, each with the reason word (I10)."""
    found = restoration.lifeless(tx.connection, case, tx.now)
    named = [
        {"item": one.item.id, "code": one.item.code, "name": one.item.name, "why": one.why} for one in found
    ]
    return {"parts": named} if named else {}


@dataclass(frozen=True, slots=True)
class _Claimed:
    """The word that the dossier carries, and the warranty it rests on."""

    word: str
    why_not_higher: tuple[str, ...]
    warranty_days: int


def _claimed(tx: Tx, case: CaseView, known: Mapping[str, bool], warranty_days: int | None) -> _Claimed:
    days = warranty_days
    if days is None:
        days = queries.warranty_of(family_of(case), str(case.target_class))
    found = queries.claim(tx.connection, case, tx.now, warranty_days=days, known=known)
    if found.word is None:
        lacking = list(found.why_not_higher)
        raise GuardFailed(action="submit", state=case.state, missing=["dossier_complete"], lacking=lacking)
    if warranty_days is None:
        # A weaker class than was aimed at promises its own term, not that of the class it is not.
        days = queries.warranty_of(family_of(case), found.word)
    return _Claimed(found.word, found.why_not_higher, days)


def _manifest(
    tx: Tx,
    case: CaseView,
    view: queries.DossierView,
    *,
    claim: _Claimed,
    hazards: Hazards,
    balance: str | None,
) -> Manifest:
    return Manifest(
        case=case.number,
        targeted=str(case.target_class),
        claim_class=claim.word,
        why_not_higher=claim.why_not_higher,
        warranty_days=claim.warranty_days,
        lines=view.lines,
        heads=queries.heads(tx.connection, case),
        evidence=queries.evidence(tx.connection, case),
        came_in=queries.came_in(tx.connection, case),
        tests=queries.tests(tx.connection, case),
        hazards=hazards,
        balance=balance,
        concessions=inspection.printed(tx.connection, case),
        lives=queries.lives(tx.connection, case, tx.now),
        on_site=queries.on_site(tx.connection, case),
    )


def send_back(
    tx: Tx, actor: Actor, case_id: str, *, findings: Mapping[str, str]
) -> Recorded[events.SentBack]:
    """Send the dossier back with a finding for each gate that is not in order (SM-1 no. 23).

    The words are sealed, because they may speak of people; the record says which gates.
    """
    act = begin(tx, actor, "release.send_back")
    case = find_case(tx.connection, actor.org_id, case_id)
    words = {gate: text.clean_note(gate, said, limit=_NOTE) for gate, said in findings.items()}
    if unknown := words.keys() - set(queries.GATES):
        raise BadInput(min(unknown), "not-a-choice")
    step = parts.check_step(case, "send_back", {"findings_given": bool(words)})
    gates = tuple(gate for gate in queries.GATES if gate in words)
    body = events.SentBack(
        step=step, dossier=_sealed(tx, case), findings=tuple(tx.new_id() for _ in gates), gates=gates
    )
    private = Private(seal.organisation_key(case.org_id), words)
    return record(act, events.SEND_BACK, case.subject, body, private=private)


def _sealed(tx: Tx, case: CaseView) -> str:
    row = queries.sealed_dossier(tx.connection, case)
    if row is None:
        raise GuardFailed(action="submit", state=case.state, missing=["dossier_complete"])
    return str(row.id)


def downgrade(
    tx: Tx, actor: Actor, case_id: str, *, claim_class: str, reason: str, owner_told: bool
) -> Recorded[events.Downgraded]:
    """Let the unit carry a weaker word than its dossier supports (SM-1 no. 24); never a stronger one."""
    act = begin(tx, actor, "release.downgrade")
    case = find_case(tx.connection, actor.org_id, case_id)
    lifecycle.find("SM-1", case.state, "downgrade")
    draft = queries.draft_of(tx.connection, case)
    reduced = draft is not None and weaker(case, claim_class, draft.claim_class)
    step = parts.check_step(case, "downgrade", {"class_reduced": reduced, "owner_told": owner_told})
    assert draft is not None, "the guard asked for it"  # noqa: S101 -- for the type checker
    body = events.Downgraded(
        step=step,
        dossier=_sealed(tx, case),
        certificate=draft.id,
        former=draft.claim_class,
        claim_class=claim_class,
        reason=reason,
    )
    return record(act, events.DOWNGRADE, case.subject, body)


def weaker(case: CaseView, word: str, than: str) -> bool:
    """Whether the family is released in this word, and it is weaker than the other."""
    offered = family_of(case).terms(cast("classes.ClaimClass", word)) is not None
    return offered and classes.is_weaker(cast("classes.ClaimClass", word), cast("classes.ClaimClass", than))
