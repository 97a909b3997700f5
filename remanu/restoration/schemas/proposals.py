"""What is typed about a proposal, and the words in which proposals and their reasons are told."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request
from sqlalchemy.engine import Connection

from remanu.parts.queries import CaseView
from remanu.restoration.actions.proposals import DECISIONS, REASONS
from remanu.restoration.queries import proposals as queries
from remanu.restoration.queries.proposals import CONDITION, Condition, PartProposal, Proposals
from remanu.rules.schemes import share
from remanu.web import acts, shape
from remanu.web.acts import Field, Values
from remanu.web.context import here
from remanu.web.locale import current
from remanu.web.words import N_

DECISION_WORDS: Mapping[str, str] = {
    "followed": N_("I follow it"),
    "not_followed": N_("I do not follow it"),
}
DECIDED_WORDS: Mapping[str, tuple[str, str]] = {
    "followed": ("verified", N_("Followed")),
    "not_followed": ("attention", N_("Not followed")),
}
REASON_WORDS: Mapping[str, str] = {
    "saw-more": N_("I see more on the part than the record knows"),
    "customer": N_("The customer wants something else"),
    "capacity": N_("We cannot do this work now"),
    "cost": N_("It would cost too much"),
    "method-doubted": N_("I doubt the method"),
    "other": N_("Another reason"),
}
GRADE_WORDS: Mapping[str, str] = {
    "long": N_("Long life left"),
    "middle": N_("Some life left"),
    "short": N_("Little life left"),
}
BECAUSE_WORDS: Mapping[str, str] = {
    "covers-all": N_("It restores everything that is worn."),
    "covers-part": N_("It restores only part of what is worn."),
    "repairs-left": N_("The repair may be done again after this."),
    "last-repair": N_("It is the last time that this repair may be done."),
    "no-limit-known": N_("The pack knows no limit of how often."),
    "held-before": N_("In earlier cases such parts stayed in their units."),
    "no-history": N_("Too few earlier cases to say how it holds."),
    "special-process": N_("It is a special process: person and procedure must be qualified."),
    "no-scheme": N_("No operation of the pack restores what is worn."),
    "repairs-spent": N_("It was repaired as often as it may be."),
    "life-too-short": N_("Its remaining life cannot be told, or is shorter than what is aimed at."),
    "beyond-service": N_("It is worn beyond the service limit."),
}
WORDS: Values = {
    "decided_words": DECIDED_WORDS,
    "reasons": REASON_WORDS,
    "grades": GRADE_WORDS,
    "because": BECAUSE_WORDS,
}


class DecideProposal(shape.Form):
    """Whether a person follows a proposal; `inputs` is the digest of the proposal that was shown."""

    about = shape.Line(required=True)
    inputs = shape.Line(required=True, limit=64)
    decision = shape.Choice(
        *DECISIONS,
        required=True,
        metadata={"label": N_("What do you do?"), "choices": tuple(DECISION_WORDS.items())},
    )
    why = shape.Choice(
        *REASONS,
        load_default=None,
        metadata={"label": N_("Why not?"), "choices": tuple(REASON_WORDS.items())},
    )


def fields(_connection: Connection, _case: CaseView, schema: type[shape.Form]) -> list[Field]:
    """For `decide_proposal`: what a person says; which proposal it is comes with the page."""
    return [one for one in acts.plain_fields(schema) if one.name not in {"about", "inputs"}]


def context(connection: Connection, case: CaseView) -> Values:
    """For `decide_proposal`: the proposal that the page was opened for, as it stands now."""
    about, inputs = request.values.get("about", ""), request.values.get("inputs", "")
    known = queries.proposals(connection, case, here().database.clock.now())
    shown = [one for one in told(case, known) if (one["about"], one["inputs"]) == (about, inputs)]
    return {**WORDS, "one": next(iter(shown), None), "about": about, "inputs": inputs}


def told(case: CaseView, known: Proposals) -> list[Values]:
    """Every proposal of a case as a page tells it, with the decision on it where there is one."""
    parts = [_part(case, known, one) for one in known.parts]
    return parts if known.condition is None else [_condition(known, known.condition), *parts]


def _condition(known: Proposals, one: Condition) -> Values:
    return {
        "kind": CONDITION,
        "about": CONDITION,
        "inputs": one.digest,
        "condition": one,
        "decided": known.decided(one.digest),
    }


def _part(case: CaseView, known: Proposals, one: PartProposal) -> Values:
    language = current()
    named = {work.code: work.names.text(language) for work in case.family.operations}
    asked = {each.code: each.names.text(language) for each in case.family.characteristics}
    return {
        "kind": "part",
        "about": one.route.item_id,
        "inputs": one.digest,
        "part": one,
        "name": case.family.position(one.route.component).names.text(language),
        "operations": named,
        "characteristics": asked,
        "shares": {code: share(work.held, work.tried) for code, work in one.works.items()},
        "decided": known.decided(one.digest),
    }
