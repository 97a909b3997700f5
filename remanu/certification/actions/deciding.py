"""What acts of bodies check alike: which body it is, how the file stands, who may judge, and what exactly is signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from remanu.accounts import queries as accounts
from remanu.accounts.actions import signature
from remanu.certification import queries
from remanu.certification.events import Line, Move, Signature
from remanu.certification.queries import File
from remanu.errors import BadInput, Conflict, GuardFailed, NotImpartial, OwnFile
from remanu.ledger.record import Act
from remanu.rules import canonical as jcs
from remanu.rules import certification, impartiality, lifecycle
from remanu.rules.accreditation import Area

MEANINGS: Mapping[str, str] = {
    "approve_scheme": "I approve this scheme: bodies certify under it from now on.",
    "add_edition": "I decide that the scheme works by this edition, and until when the former one holds.",
    "refuse_certification": "I decide that the certificate is refused.",
    "confirm_outside": "I looked at the document and confirm that it says what is recorded.",
    "grant_certification": "I decide that the products in this scope are certified under the scheme named.",
    "extend_scope": "I decide that these products join the scope of the certificate.",
    "suspend_certification": "I decide that the certificate is suspended in the scope named.",
    "reinstate_certification": "I decide that the suspension is lifted.",
    "reduce_scope": "I decide that these products leave the scope of the certificate.",
    "withdraw_certification": "I decide that the certificate is withdrawn for good.",
    "terminate_certification": "I end the certificate because its holder asked for it.",
    "standard_transition": "I decide that the certificate rests on the edition named from now on.",
    "grant_accreditation": "I decide that the body is competent in the scope named.",
    "suspend_accreditation": "I decide that the accreditation is suspended in the scope named.",
    "restore_accreditation": "I decide that the suspension is lifted.",
    "reduce_accreditation": "I decide that these rows leave the scope of the accreditation.",
    "withdraw_accreditation": "I decide that the accreditation is withdrawn for good.",
}


def today(act: Act) -> date:
    """The day of the act in the organisation's zone."""
    return act.at.astimezone(ZoneInfo(act.actor.zone)).date()


def check_is(act: Act, *roles: str) -> None:
    """Conflict unless the organisation is a body of one of these kinds."""
    if not queries.is_a(act.tx.connection, act.actor.org_id, *roles):
        raise Conflict(why="not-such-a-body", needs=list(roles))


def file_of(act: Act, file_id: str) -> File:
    """The file of the act's body, as it stands today."""
    return queries.find_file(act.tx.connection, act.actor.org_id, file_id, today(act))


def step(act: Act, state: str, action: str, facts: Mapping[str, bool]) -> Move:
    """The step of SM-5 from a state, if its guards hold; NotAllowed and GuardFailed otherwise."""
    return _step(act, "SM-5", state, action, facts=facts)


def accreditation_step(act: Act, state: str, action: str, facts: Mapping[str, bool]) -> Move:
    """The step of SM-6 from a state, if its guards hold."""
    return _step(act, "SM-6", state, action, facts=facts)


def _step(act: Act, machine: str, state: str, action: str, *, facts: Mapping[str, bool]) -> Move:
    found = lifecycle.find(machine, state, action)
    missing = lifecycle.missing(found, facts)
    if missing:
        raise GuardFailed(action=action, state=state, missing=list(missing))
    return Move(source=state, target=found.target, on=today(act).isoformat())


def check_person(act: Act, file: File, verb: str) -> None:
    """Whether this person may do this in the file: impartial, not of the client, apart from what bars him (I34)."""
    connection, org_id = act.tx.connection, act.actor.org_id
    person = accounts.person_of(connection, org_id, act.actor.ref)
    if queries.belongs_to(connection, org_id, act.actor.ref, client=file.row.holder_org):
        raise NotImpartial(why="of-the-client")
    free = impartiality.impartial(person, queries.declared(connection, org_id, file.id))
    if not free:
        raise NotImpartial(why="impartiality-missing" if free is None else "interest-declared")
    check_apart(act, verb, person, file.id)


def check_apart(act: Act, verb: str, person: str, *subjects: str) -> None:
    """OwnFile for whoever did what bars the verb in these files, by person (I34)."""
    done = queries.acts_in(act.tx.connection, act.actor.org_id, *subjects)
    own = impartiality.barred(verb, person, done)
    if own:
        raise OwnFile(action=verb, acts=sorted({one.verb.rpartition(".")[2] for one in own}))


def check_other(act: Act, author: str, verb: str) -> None:
    """OwnFile where the person behind the act is the one behind the author's account."""
    persons = accounts.persons_of(act.tx.connection, act.actor.org_id, [act.actor.ref, author])
    if persons[act.actor.ref] == persons[author]:
        raise OwnFile(action=verb, acts=[verb])


def accredited(act: Act, file: File, edition: str) -> tuple[str, ...]:
    """The accreditations by which the body may certify in this file today (I46)."""
    wanted = Area(file.family, file.row.scheme, edition)
    return queries.competent(act.tx.connection, act.actor.org_id, wanted, today(act))


def chosen(file: File, lines: Sequence[certification.Line]) -> tuple[certification.Line, ...]:
    """Lines that somebody chose out of the file's scope; BadInput for one that is not in it."""
    if not set(lines) <= set(file.now.lines):
        raise BadInput("lines", "not-in-scope")
    return tuple(dict.fromkeys(lines))


def kept(lines: Sequence[certification.Line]) -> tuple[Line, ...]:
    """Lines as a body carries them."""
    return tuple(Line(model=one.model, site=one.site, claim_class=one.claim_class) for one in lines)


def sign(act: Act, action: str, subject_id: str, *, decided: Mapping[str, Any]) -> Signature:
    """The person's signature under what is decided: act, meaning and digest in one object (T-R7)."""
    record = {"action": action, "subject": subject_id, **decided}
    digest = jcs.commitment(jcs.encode(record)).hex()
    return signature(act, f"certification.{action}", meaning=MEANINGS[action], record=digest)
