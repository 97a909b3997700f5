"""Shapes of what is typed about dossiers and certificates, and the table of verbs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import url_for
from marshmallow import ValidationError, fields, post_load
from sqlalchemy.engine import Connection

from remanu.accounts.schemas import Signed, confirm
from remanu.db import Database
from remanu.errors import Refusal
from remanu.ledger.kinds import Recorded
from remanu.parts.queries import CaseView
from remanu.parts.schemas import ON_CASE
from remanu.release import actions, queries
from remanu.restoration.queries import family_of
from remanu.rules import classes
from remanu.rules.actor import Actor
from remanu.web import acts, shape
from remanu.web.acts import Field, On, Values, Verb
from remanu.web.context import here
from remanu.web.words import CLASSES, GATES, N_, REASONS, SHORTFALLS

ORIGIN_WORDS = {
    "new": N_("New"),
    "reman": N_("Remanufactured elsewhere"),
    "used_serviceable": N_("Used, serviceable"),
}
# What is signed, so that whoever signs reads it in the language of the page.
MEANING_WORDS = (
    N_("I certify that the work on this unit was done and inspected as its dossier states, and release it."),
    N_("I certify that this certificate corrects the one it names, which no longer speaks for the unit."),
    N_("I revoke the release of this unit for good; it must not be relied on."),
)
STATEMENT_WORDS = {
    "none-above": N_("No restricted substance is above its limit"),
    "some-above": N_("These substances are above their limit"),
}
_NOTE = 2000
_DIGEST = 64


def _words(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, REASONS[name]) for name in names)


def _reason(names: Sequence[str], label: str = N_("Reason")) -> shape.Choice:
    return shape.Choice(*names, required=True, metadata={"label": label, "choices": _words(names)})


class Substances(fields.List[Any]):
    """Abbreviations of substances above a limit; on pages boxes named `substances.0` and so on."""

    def __init__(self) -> None:
        """None where nothing is above a limit."""
        label = N_("Substances above their limit")
        super().__init__(
            shape.Line(limit=12), load_default=(), metadata={"widget": "several", "label": label}
        )

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        return tuple(sorted(set(super()._deserialize(value, attr, data, **more))))


class Submit(shape.Form):
    """What quality adds to the record: the declaration of substances, the warranty, and an explained balance."""

    hazards = shape.Choice(
        *actions.STATEMENTS,
        required=True,
        metadata={"label": N_("Hazardous substances"), "choices": tuple(STATEMENT_WORDS.items())},
    )
    regime = shape.Line(required=True, limit=60, metadata={"label": N_("By which rules"), "widget": "choice"})
    substances = Substances()
    warranty_days = shape.Whole(
        load_default=None, allow_none=True, metadata={"label": N_("Warranty in days")}
    )
    balance = shape.Choice(
        *actions.EXCEPTIONS,
        load_default=None,
        metadata={"label": N_("Why the mass balance does not close"), "choices": _words(actions.EXCEPTIONS)},
    )


class SendBack(shape.Form):
    """A finding for each part of the dossier that is not in order; at least one."""

    identity = shape.Note(limit=_NOTE, metadata={"label": GATES["identity"]})
    teardown = shape.Note(limit=_NOTE, metadata={"label": GATES["teardown"]})
    measurements = shape.Note(limit=_NOTE, metadata={"label": GATES["measurements"]})
    operations = shape.Note(limit=_NOTE, metadata={"label": GATES["operations"]})
    tests = shape.Note(limit=_NOTE, metadata={"label": GATES["tests"]})
    concessions = shape.Note(limit=_NOTE, metadata={"label": GATES["concessions"]})
    substances = shape.Note(limit=_NOTE, metadata={"label": GATES["substances"]})
    mass_balance = shape.Note(limit=_NOTE, metadata={"label": GATES["mass_balance"]})

    @post_load
    def gather(self, values: Values, **_: Any) -> Values:
        """All findings under one name, by gate."""
        if not values:
            raise ValidationError({gate: ["nothing-found"] for gate in queries.GATES[:1]})
        return {"findings": values}


class Downgrade(shape.Form):
    """Which weaker class, why, and that the owner knows."""

    claim_class = shape.Choice(*CLASSES, required=True, metadata={"label": N_("Weaker class")})
    reason = _reason(actions.DOWNGRADES)
    owner_told = shape.Yes(required=True, metadata={"label": N_("The owner was told.")})


class Release(Signed):
    """The digest of the record that the signer saw, and his fresh factor."""

    digest = shape.Line(required=True, limit=_DIGEST, metadata={"hidden": True})


class Correct(Signed):
    """What the correction changes; everything else is drawn from the record again."""

    reason = _reason(actions.SUPERSEDED_BECAUSE, N_("What is corrected"))
    claim_class = shape.Choice(*CLASSES, required=True, metadata={"label": N_("Class")})
    warranty_days = shape.Whole(required=True, metadata={"label": N_("Warranty in days")})
    digest = shape.Line(load_default="", limit=_DIGEST, metadata={"hidden": True})


class Void(shape.Form):
    """Why a drafted number is given up."""

    reason = _reason(actions.VOID_BECAUSE)


class DuplicateCopy(shape.Form):
    """What happened to the paper."""

    reason = _reason(actions.COPIED_BECAUSE, N_("What happened to the paper"))


class RevokeRelease(Signed):
    """Why the release is revoked, in a word that everybody reads; the note stays inside."""

    reason = _reason(actions.REVOKED_BECAUSE, N_("Reason, which everybody reads"))
    holders_notified = shape.Yes(required=True, metadata={"label": N_("The holders were told.")})
    note = shape.Note(load_default="", limit=_NOTE, metadata={"label": N_("Note for your organisation")})


class RecallReturn(shape.Form):
    """Nothing more than that the unit is here."""


def _regimes() -> dict[str, frozenset[str]]:
    return actions.regimes(here().database.clock.now())


def _submit_fields(connection: Connection, case: CaseView, schema: type[shape.Form]) -> Sequence[Field]:
    known = _regimes()
    names = sorted({name for limited in known.values() for name in limited})
    given = {
        "regime": tuple((one, one) for one in known),
        "substances": tuple((one, one) for one in names),
    }
    controls = [_chosen(one, given) for one in acts.plain_fields(schema)]
    balanced = queries.gathered(connection, case, here().database.clock.now()).get("mass_balanced")
    return [one for one in controls if one.name != "balance" or not balanced]


def _chosen(one: Field, given: Mapping[str, Sequence[tuple[str, str]]]) -> Field:
    return replace(one, choices=given[one.name]) if one.name in given else one


def _submit_context(connection: Connection, case: CaseView) -> Mapping[str, Any]:
    now = here().database.clock.now()
    known = queries.gathered(connection, case, now)
    view = queries.compiled(connection, case, known)
    days = "" if case.target_class is None else queries.warranty_of(family_of(case), case.target_class)
    return {
        "view": view,
        "open": [line for line in view.lines if not line.done and line.code not in _BY_FORM],
        "claim": queries.claim(connection, case, now, known=known),
        # What is declared about substances is never suggested: whoever submits says it himself.
        "suggested": {"warranty_days": days, "regime": next(iter(_regimes()), "")},
        "balanced": "mass_balanced" not in view.missing,
        "gates": GATES,
        "classes": CLASSES,
        "shortfalls": SHORTFALLS,
    }


_BY_FORM = frozenset({"hazards_declared", "mass_balanced"})


def _weaker_fields(connection: Connection, case: CaseView, schema: type[shape.Form]) -> Sequence[Field]:
    draft = queries.draft_of(connection, case)
    words = [] if draft is None else [one for one in CLASSES if actions.weaker(case, one, draft.claim_class)]
    given = {"claim_class": tuple((one, CLASSES[one]) for one in words)}
    return [_chosen(one, given) for one in acts.plain_fields(schema)]


def _class_fields(_connection: Connection, paper: Any, schema: type[shape.Form]) -> Sequence[Field]:
    ladder = next(
        (one for name, one in classes.LADDERS.items() if paper is not None and name == paper.claim_class), ()
    )
    given = {"claim_class": tuple((one, CLASSES[one]) for one in ladder)}
    return factor_last([_chosen(one, given) for one in acts.plain_fields(schema)])


def _factor_last(_connection: Connection, _target: Any, schema: type[shape.Form]) -> Sequence[Field]:
    return factor_last(acts.plain_fields(schema))


def factor_last(controls: Sequence[Field]) -> list[Field]:
    """The password after everything that it signs; without it nothing is signed."""
    ordered = sorted(controls, key=lambda one: one.name == "factor")
    return [replace(one, required=True) if one.name == "factor" else one for one in ordered]


def _as_issued(_connection: Connection, paper: Any) -> Mapping[str, Any]:
    return {"suggested": {"claim_class": paper.claim_class, "warranty_days": paper.warranty_days}}


def signing(connection: Connection, case: CaseView) -> Mapping[str, Any]:
    """What stands before whoever signs: the certificate as data, its digest, and what the signature means."""
    sealed, draft = queries.sealed_dossier(connection, case), queries.draft_of(connection, case)
    if sealed is None or draft is None:
        return {"paper": None, "digest": "", "draft": None, "sealed": None, "classes": CLASSES}
    paper = queries.draft_record(connection, case, sealed, draft)
    meaning = queries.MEANINGS["release"]
    return {
        "paper": paper,
        "digest": queries.digest_of(paper),
        "draft": draft,
        "sealed": sealed,
        "meaning": meaning,
        "classes": CLASSES,
    }


def _to_dossier(case: Any, _answer: Values) -> str:
    return url_for("release.dossier", case_id=case.id)


def _to_certificate(_target: Any, answer: Values) -> str:
    return url_for("release.certificate", certificate_id=answer["more"]["certificate"])


def _issued(done: Recorded[Any]) -> Values:
    issue = done.body.issue
    return {"certificate": issue.certificate, "number": issue.record.number, "digest": issue.digest}


def _drafted(done: Recorded[Any]) -> Values:
    b = done.body
    return {
        "certificate": b.certificate,
        "number": b.number,
        "dossier": b.dossier,
        "digest": b.digest,
        "claim_class": b.manifest.claim_class,
    }


def _named(done: Recorded[Any]) -> Values:
    return {"certificate": done.body.certificate}


def _refused_release(database: Database, who: Actor, case_id: str, problem: Refusal) -> None:
    actions.remember_refusal(database, who, case_id, "release", problem)


def _refused_correction(database: Database, who: Actor, certificate_id: str, problem: Refusal) -> None:
    with database.reading() as connection:
        case_id = queries.find_certificate(connection, who.org_id, certificate_id).case_id
    actions.remember_refusal(database, who, case_id, "supersede", problem)


def _page(paper: Any) -> str:
    return url_for("release.certificate", certificate_id=paper.id)


ON_CERTIFICATE = On(
    "certificates/<target_id>", queries.find_certificate, lambda paper: str(paper.state), _page
)

VERBS: tuple[Verb, ...] = (
    Verb(
        "release.submit",
        N_("Submit the dossier"),
        ON_CASE,
        Submit,
        actions.submit,
        fields=_submit_fields,
        context=_submit_context,
        then=_to_dossier,
        answer=_drafted,
    ),
    Verb("release.send_back", N_("Send back"), ON_CASE, SendBack, actions.send_back),
    Verb(
        "release.downgrade",
        N_("Take a weaker class"),
        ON_CASE,
        Downgrade,
        actions.downgrade,
        fields=_weaker_fields,
        then=_to_dossier,
    ),
    Verb(
        "release.release",
        N_("Sign the release"),
        ON_CASE,
        Release,
        actions.release,
        prepare=confirm,
        fields=_factor_last,
        context=signing,
        then=_to_certificate,
        answer=_issued,
        after=actions.settle,
        refused=_refused_release,
    ),
    Verb(
        "release.supersede",
        N_("Correct this certificate"),
        ON_CERTIFICATE,
        Correct,
        actions.supersede,
        prepare=confirm,
        fields=_class_fields,
        context=_as_issued,
        then=_to_certificate,
        answer=_issued,
        after=actions.settle,
        refused=_refused_correction,
    ),
    Verb("release.void", N_("Give up this number"), ON_CERTIFICATE, Void, actions.void),
    Verb(
        "release.duplicate_copy",
        N_("Print it again"),
        ON_CERTIFICATE,
        DuplicateCopy,
        actions.duplicate_copy,
        answer=_named,
    ),
    Verb(
        "release.revoke_release",
        N_("Revoke the release"),
        ON_CASE,
        RevokeRelease,
        actions.revoke_release,
        prepare=confirm,
        fields=_factor_last,
        answer=_named,
        after=actions.settle,
    ),
    Verb(
        "release.recall_return",
        N_("Take it back after a revocation"),
        ON_CASE,
        RecallReturn,
        actions.recall_return,
    ),
)
