"""Shapes of what is typed about dossiers and certificates, and the table of verbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from flask import url_for
from sqlalchemy.engine import Connection

from remanu.accounts.schemas import confirm
from remanu.db import Database
from remanu.errors import Refusal
from remanu.families import market
from remanu.ledger.kinds import Recorded
from remanu.parts.queries import CaseView
from remanu.parts.schemas import ON_CASE
from remanu.release import actions, queries
from remanu.release.schemas import forms
from remanu.release.schemas.forms import BASIS_WORDS
from remanu.release.schemas.standing import LINTED, stands_against
from remanu.rules import classes
from remanu.rules.actor import Actor
from remanu.rules.vocabularies import Vocabulary
from remanu.web import acts, shape
from remanu.web.acts import Field, On, Values, Verb
from remanu.web.context import here
from remanu.web.words import CLASSES, GATES, N_, SHORTFALLS


def _regimes() -> dict[str, frozenset[str]]:
    return actions.regimes(here().database.clock.now())


def _submit_fields(connection: Connection, case: CaseView, schema: type[shape.Form]) -> Sequence[Field]:
    known = _regimes()
    names = sorted({name for limited in known.values() for name in limited})
    given = {
        "regime": tuple((one, one) for one in known),
        "substances": tuple((one, one) for one in names),
        "scheme": _schemes(case),
    }
    controls = [_chosen(one, given) for one in acts.plain_fields(schema)]
    balanced = queries.gathered(connection, case, here().database.clock.now()).get("mass_balanced")
    idle = {"shares", *(["balance"] if balanced else []), *([] if given["scheme"] else ["scheme"])}
    kept = [one for one in controls if one.name not in idle]
    return [*kept, *_shares()]


def _schemes(case: CaseView) -> tuple[tuple[str, str], ...]:
    """The schemes that a unit of this family may be released under, where there is a choice, each with its words."""
    now = here().database.clock.now().date()
    found = queries.schemes(case.item.family, str(case.target_class), now)
    known = tuple((one.id, f"{one.id} ({_word(one, case)})") for one in found)
    return known if len(known) > 1 else ()


def _word(scheme: Vocabulary, case: CaseView) -> str:
    term = scheme.term_for(cast("classes.ClaimClass", case.target_class))
    return "" if term is None else term.word


def _shares() -> list[Field]:
    """One entry for the share of each substance that any market limits, in millionths."""
    return [
        Field(f"shares.{name}", name, widget="amount", unit="[ppm]", help=BASIS_WORDS[basis])
        for name, basis in market.bases().items()
    ]


def _chosen(one: Field, given: Mapping[str, Sequence[tuple[str, str]]]) -> Field:
    return replace(one, choices=given[one.name]) if one.name in given else one


def _submit_context(connection: Connection, case: CaseView) -> Mapping[str, Any]:
    now = here().database.clock.now()
    known = queries.gathered(connection, case, now)
    view = queries.compiled(connection, case, known, on=now)
    claim = queries.claim(connection, case, now, known=known)
    # What the class of the dossier asks; the one that was aimed at may have promised more.
    days = "" if claim.word is None else queries.warranty_of(connection, case, claim.word, now)
    return {
        "view": view,
        "open": [line for line in view.lines if not line.done and line.code not in _BY_FORM],
        "claim": claim,
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
    return {
        "suggested": {"claim_class": paper.claim_class, "warranty_days": paper.warranty_days},
        "meaning": queries.MEANINGS["supersede"],
        "classes": CLASSES,
        **LINTED,
    }


def _meaning(action: str) -> Callable[[Connection, Any], Mapping[str, Any]]:
    """The sentence that is signed, where the page shows nothing else of its own."""
    return lambda _connection, _target: {"meaning": queries.MEANINGS[action]}


def signing(connection: Connection, case: CaseView) -> Mapping[str, Any]:
    """What stands before whoever signs: the certificate as data, its digest, and what the signature means."""
    sealed, draft = queries.sealed_dossier(connection, case), queries.draft_of(connection, case)
    if sealed is None or draft is None:
        return {"paper": None, "digest": "", "draft": None, "sealed": None, "classes": CLASSES, **LINTED}
    paper = queries.draft_record(connection, case, sealed, draft)
    meaning = queries.MEANINGS["release"]
    return {
        "paper": paper,
        "digest": queries.digest_of(paper),
        "draft": draft,
        "sealed": sealed,
        "meaning": meaning,
        "classes": CLASSES,
        **LINTED,
    }


def _to_be_signed(connection: Connection, case: CaseView) -> Mapping[str, Any]:
    """The same for the page that signs, with what stands against it before anybody proves who he is."""
    shown = signing(connection, case)
    if shown["paper"] is None:
        return shown
    return {**shown, "against": stands_against(connection, case, shown["paper"], dossier=shown["sealed"])}


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


def _refused_zero_time(database: Database, who: Actor, certificate_id: str, problem: Refusal) -> None:
    with database.reading() as connection:
        case_id = queries.find_certificate(connection, who.org_id, certificate_id).case_id
    actions.remember_refusal(database, who, case_id, "state_zero_time", problem)


def _page(paper: Any) -> str:
    return url_for("release.certificate", certificate_id=paper.id)


def _refused_lift(database: Database, who: Actor, review_id: str, problem: Refusal) -> None:
    with database.reading() as connection:
        case_id = queries.find_review(connection, who.org_id, review_id).case_id
    actions.remember_refusal(database, who, case_id, "lift_review", problem)


def _reviewed(done: Recorded[Any]) -> Values:
    return {"review": done.body.review, "certificate": done.body.certificate}


ON_REVIEW = On(
    "reviews/<target_id>",
    queries.find_review,
    lambda row: "standing" if row.lifted_at is None else "lifted",
    lambda row: url_for("release.certificate", certificate_id=row.certificate_id),
    chain=lambda row: str(row.item_id),
)
ON_CERTIFICATE = On(
    "certificates/<target_id>", queries.find_certificate, lambda paper: str(paper.state), _page
)

VERBS: tuple[Verb, ...] = (
    Verb(
        "release.submit",
        N_("Submit the dossier"),
        ON_CASE,
        forms.Submit,
        actions.submit,
        fields=_submit_fields,
        context=_submit_context,
        then=_to_dossier,
        answer=_drafted,
    ),
    Verb("release.send_back", N_("Send back"), ON_CASE, forms.SendBack, actions.send_back),
    Verb(
        "release.downgrade",
        N_("Take a weaker class"),
        ON_CASE,
        forms.Downgrade,
        actions.downgrade,
        fields=_weaker_fields,
        then=_to_dossier,
    ),
    Verb(
        "release.release",
        N_("Sign the release"),
        ON_CASE,
        forms.Release,
        actions.release,
        prepare=confirm,
        fields=_factor_last,
        context=_to_be_signed,
        then=_to_certificate,
        answer=_issued,
        before=actions.lint_release,
        after=actions.settle,
        refused=_refused_release,
    ),
    Verb(
        "release.supersede",
        N_("Correct this certificate"),
        ON_CERTIFICATE,
        forms.Correct,
        actions.supersede,
        prepare=confirm,
        fields=_class_fields,
        context=_as_issued,
        then=_to_certificate,
        answer=_issued,
        before=actions.lint_correction,
        after=actions.settle,
        refused=_refused_correction,
    ),
    Verb("release.void", N_("Give up this number"), ON_CERTIFICATE, forms.Void, actions.void),
    Verb(
        "release.duplicate_copy",
        N_("Print it again"),
        ON_CERTIFICATE,
        forms.DuplicateCopy,
        actions.duplicate_copy,
        answer=_named,
    ),
    Verb(
        "release.state_zero_time",
        N_("State zero time"),
        ON_CERTIFICATE,
        forms.StateZeroTime,
        actions.state_zero_time,
        prepare=confirm,
        context=_meaning("state_zero_time"),
        fields=_factor_last,
        then=_to_certificate,
        answer=_named,
        refused=_refused_zero_time,
    ),
    Verb(
        "release.review_release",
        N_("Put it under review"),
        ON_CERTIFICATE,
        forms.ReviewRelease,
        actions.review_release,
        answer=_reviewed,
    ),
    Verb(
        "release.lift_review",
        N_("Lift the review"),
        ON_REVIEW,
        forms.LiftReview,
        actions.lift_review,
        prepare=confirm,
        context=_meaning("lift_review"),
        fields=_factor_last,
        then=_to_certificate,
        answer=_reviewed,
        refused=_refused_lift,
    ),
    Verb(
        "release.revoke_release",
        N_("Revoke the release"),
        ON_CASE,
        forms.RevokeRelease,
        actions.revoke_release,
        prepare=confirm,
        context=_meaning("revoke"),
        fields=_factor_last,
        answer=_named,
        after=actions.settle,
    ),
    Verb(
        "release.recall_return",
        N_("Take it back after a revocation"),
        ON_CASE,
        forms.RecallReturn,
        actions.recall_return,
    ),
)
