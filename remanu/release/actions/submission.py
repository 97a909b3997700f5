"""Handing a dossier in, sending it back, and asking for a weaker word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import cast

from remanu.db import Tx
from remanu.errors import BadInput, GuardFailed
from remanu.families import market
from remanu.inspection import queries as inspection
from remanu.ledger import seal
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import Private, begin, record
from remanu.parts import actions as parts
from remanu.parts.queries import CaseView, find_case
from remanu.reads import reading_once
from remanu.release import events, queries
from remanu.release.events import DeclaredShare, Hazards, Manifest
from remanu.restoration import queries as restoration
from remanu.restoration.queries import family_of
from remanu.rules import classes, lifecycle, text, units
from remanu.rules import substances as limited
from remanu.rules.actor import Actor
from remanu.rules.substances import Regime

NONE_ABOVE, SOME_ABOVE = "none-above", "some-above"
STATEMENTS = (NONE_ABOVE, SOME_ABOVE)
EXCEPTIONS = ("residues-drained", "coatings-removed", "scale-too-coarse", "core-incomplete", "never-weighed")
DOWNGRADES = ("contract-asks", "evidence-doubtful", "standard-asks")
_NOTE = 2000


def regimes(on: datetime) -> dict[str, frozenset[str]]:
    """The editions of substance rules in force on a day, each with the substances that it limits."""
    return {one.id: frozenset(limit.substance for limit in one.limits) for one in _in_force(on) if one.limits}


def _in_force(on: datetime) -> Iterator[Regime]:
    for one in market.regimes():
        yield from limited.in_force((one,), jurisdiction=one.jurisdiction, on=on.date())


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
    shares: Mapping[str, str] | None = None,
    scheme: str | None = None,
) -> Recorded[events.Submitted]:
    """Freeze the dossier and draft its certificate (SM-1 no. 22, SM-4 no. 1).

    GuardFailed names every line that is missing. `balance` explains a mass balance that does not close (I25). `shares`
    are the largest shares of substances in millionths, by which every market can be asked (I62). `scheme` names the one
    under which the unit is released; BadInput where it has no word for the class, or is not for this family.
    """
    act = begin(tx, actor, "release.submit")
    with reading_once():
        case = find_case(tx.connection, actor.org_id, case_id)
        lifecycle.find("SM-1", case.state, "submit")
        declared = _declared(
            tx.now, statement=hazards, regime=regime, substances=substances, shares=_shares(shares or {})
        )
        known = queries.gathered(tx.connection, case, tx.now)
        view = _complete(tx, case, known, explained=balance is not None, scheme=scheme)
        claim = _claimed(tx, case, known, warranty_days)
        _check_scheme(case, claim.word, scheme=scheme, on=tx.now)
        manifest = _manifest(tx, case, view, claim=claim, hazards=declared, balance=balance, scheme=scheme)
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


def _declared(
    now: datetime,
    *,
    statement: str,
    regime: str,
    substances: tuple[str, ...],
    shares: tuple[DeclaredShare, ...],
) -> Hazards:
    known = regimes(now).get(regime)
    if known is None:
        raise BadInput("regime", "not-in-force")
    if (statement == SOME_ABOVE) != bool(substances):
        raise BadInput("substances", "substances-unclear")
    if not known.issuperset(substances):
        raise BadInput("substances", "not-a-choice")
    limits = {limit.substance: limit.ppm for one in _in_force(now) if one.id == regime for limit in one.limits}
    for one in shares:
        above = one.substance in limits and Decimal(one.ppm) > limits[one.substance]
        # What is declared in numbers and what is declared in a word must be one declaration.
        if one.substance in limits and above != (one.substance in substances):
            raise BadInput(f"shares.{one.substance}", "share-contradicts")
    return Hazards(
        statement=statement, regime=regime, substances=tuple(sorted(substances)), shares=shares or None
    )


def _shares(given: Mapping[str, str]) -> tuple[DeclaredShare, ...]:
    bases, found = market.bases(), []
    for name, said in sorted(given.items()):
        if name not in bases:
            raise BadInput(f"shares.{name}", "not-a-choice")
        share = units.parse(f"shares.{name}", said.strip(), "[ppm]").value
        if not 0 <= share <= _WHOLE:
            raise BadInput(f"shares.{name}", "not-a-share")
        found.append(DeclaredShare(substance=name, ppm=str(share), basis=bases[name]))
    return tuple(found)


_WHOLE = 1_000_000


def _check_scheme(case: CaseView, word: str, *, scheme: str | None, on: datetime) -> None:
    offered = {one.id for one in queries.schemes(case.item.family, word, on.date())}
    if scheme is not None and scheme not in offered:
        raise BadInput("scheme", "scheme-without-word")


def _complete(
    tx: Tx, case: CaseView, known: Mapping[str, bool], *, explained: bool, scheme: str | None
) -> queries.DossierView:
    answers = {"hazards_declared": True, **({"mass_balanced": True} if explained else {})}
    view = queries.compiled(tx.connection, case, {**known, **answers}, on=tx.now, scheme=scheme)
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
    upgraded: tuple[str, ...] | None


def _claimed(tx: Tx, case: CaseView, known: Mapping[str, bool], warranty_days: int | None) -> _Claimed:
    found = queries.claim(tx.connection, case, tx.now, warranty_days=warranty_days, known=known)
    if found.word is None:
        lacking = list(found.why_not_higher)
        raise GuardFailed(action="submit", state=case.state, missing=["dossier_complete"], lacking=lacking)
    days = warranty_days
    if days is None:
        days = queries.warranty_of(tx.connection, case, found.word, tx.now)
    return _Claimed(found.word, found.why_not_higher, days, found.upgraded or None)


def _manifest(
    tx: Tx,
    case: CaseView,
    view: queries.DossierView,
    *,
    claim: _Claimed,
    hazards: Hazards,
    balance: str | None,
    scheme: str | None,
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
        conceded=inspection.printed(tx.connection, case) or None,
        lives=queries.lives(tx.connection, case, tx.now),
        on_site=queries.on_site(tx.connection, case),
        upgraded=claim.upgraded,
        scheme=scheme,
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
