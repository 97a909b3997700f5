"""Shapes of what is typed in restoration, and its table of verbs."""

from __future__ import annotations

from typing import Any

from flask import url_for

from remanu.accounts import queries as accounts
from remanu.accounts.actions import require_beside
from remanu.accounts.schemas import confirm
from remanu.db import Tx
from remanu.errors import BadInput, FactorNeeded
from remanu.ledger.kinds import Recorded
from remanu.parts.schemas import ON_CASE, ON_ITEM
from remanu.restoration import actions
from remanu.restoration.schemas import changes, forms, proposals, shown
from remanu.rules.actor import Actor
from remanu.web.acts import Values, Verb
from remanu.web.context import here
from remanu.web.words import N_


def _again(case: Any, _answer: Values) -> str:
    return url_for("restoration.record_component", target_id=case.id)


def _bench_of_case(case: Any, _answer: Values) -> str:
    return url_for("restoration.bench", case_id=case.id)


def _bench_of_item(_item: Any, answer: Values) -> str:
    return url_for("restoration.bench", case_id=answer["more"]["case"])


def _case(done: Recorded[Any]) -> Values:
    return {"case": done.body.case}


def _recorded(done: Recorded[Any]) -> Values:
    found = done.body.what == "found"
    return {"case": done.body.case, "item": done.subject.id if found else None}


def _replaced(done: Recorded[Any]) -> Values:
    return {"case": done.body.case, "item": done.body.new, "old": done.body.old}


def _run(done: Recorded[Any]) -> Values:
    return {"run": done.body.run}


def _failed(done: Recorded[Any]) -> Values:
    return {"run": done.body.run, "nonconformity": done.body.nonconformity}


def _harvested(done: Recorded[Any]) -> Values:
    return {"items": {one.position: one.item for one in done.body.harvest}}


def _scrap(
    tx: Tx,
    actor: Actor,
    case_id: str,
    *,
    second_login: str | None = None,
    second_factor: str | None = None,
    second_code_factor: str | None = None,
    **given: Any,
) -> Recorded[Any]:
    """Scrap with the second person confirmed by login and password or PIN, and by a code where policy asks for it."""
    typed = {"factor": second_factor or " ", "code_factor": second_code_factor or ""}
    second = _second(tx, actor, second_login, typed) if second_login else None
    return actions.scrap(tx, actor, case_id, second=second, **given)


def _second(tx: Tx, actor: Actor, login: str, typed: Values) -> Actor:
    person = accounts.by_login(tx.connection, here().database.keyring, login)
    mine = [] if person is None else accounts.active_memberships(tx.connection, person.id)
    ref = next((row.ref for row in mine if row.org_id == actor.org_id), None)
    if person is None or ref is None:
        raise BadInput("second_login", "no-second-person")
    roles = accounts.roles_of(accounts.find_member(tx.connection, actor.org_id, ref))
    beside = Actor(actor.org_id, person.id, ref, roles, actor.source, actor.zone, actor.device)
    try:
        confirmed = confirm(tx.connection, beside, typed)
        require_beside(tx, confirmed, "restoration.scrap")
    except BadInput as refused:
        # A wrong code is said beside the code, everything else beside the password.
        field = f"second_{refused.details['field']}"
        raise BadInput(field, str(refused.details["why"])) from refused
    except FactorNeeded as refused:
        raise BadInput("second_code_factor", "code-wanted") from refused
    return confirmed


VERBS: tuple[Verb, ...] = (
    Verb(
        "restoration.open_work_order",
        N_("Open the work order"),
        ON_CASE,
        forms.OpenWorkOrder,
        actions.open_work_order,
        fields=shown.classes,
        context=shown.working,
    ),
    Verb(
        "restoration.record_component",
        N_("Record a part found"),
        ON_CASE,
        forms.RecordComponent,
        actions.record_component,
        fields=shown.places,
        context=shown.finding,
        then=_again,
        answer=_recorded,
    ),
    Verb(
        "restoration.disassemble",
        N_("The unit is taken apart"),
        ON_CASE,
        forms.Disassemble,
        actions.disassemble,
        context=shown.apart,
    ),
    Verb("restoration.clean", N_("Clean"), ON_CASE, forms.Clean, actions.clean),
    Verb(
        "restoration.start_restoration",
        N_("Start the restoration"),
        ON_CASE,
        forms.StartRestoration,
        actions.start_restoration,
        context=shown.planning,
        then=_bench_of_case,
    ),
    Verb(
        "restoration.operate",
        N_("Record an operation"),
        ON_ITEM,
        forms.Operate,
        actions.operate,
        context=shown.working_on,
        then=_bench_of_item,
        answer=_case,
    ),
    Verb(
        "restoration.replace",
        N_("Replace"),
        ON_ITEM,
        forms.Replace,
        actions.replace,
        fields=shown.letting_in,
        context=shown.outgoing,
        then=_bench_of_item,
        answer=_replaced,
    ),
    Verb(
        "restoration.finish_restoration",
        N_("Everything is restored"),
        ON_CASE,
        forms.Nothing,
        actions.finish_restoration,
        then=_bench_of_case,
    ),
    Verb(
        "restoration.install",
        N_("Install"),
        ON_ITEM,
        forms.Install,
        actions.install,
        fields=shown.fitting,
        context=shown.item_case,
        then=_bench_of_item,
        answer=_case,
    ),
    Verb(
        "restoration.reassemble",
        N_("The unit is reassembled"),
        ON_CASE,
        forms.Reassemble,
        actions.reassemble,
        context=shown.assembling,
    ),
    Verb(
        "restoration.start_test",
        N_("Start the test"),
        ON_CASE,
        forms.StartTest,
        actions.start_test,
        fields=shown.testing,
        context=shown.rigs,
        answer=_run,
    ),
    Verb(
        "restoration.pass_test",
        N_("The test is passed"),
        ON_CASE,
        forms.PassTest,
        actions.pass_test,
        context=shown.points,
        then=lambda case, _answer: url_for("restoration.tests", case_id=case.id),
        answer=_run,
    ),
    Verb(
        "restoration.fail_test",
        N_("The test is failed"),
        ON_CASE,
        forms.FailTest,
        actions.fail_test,
        context=shown.points,
        then=lambda case, _answer: url_for("restoration.tests", case_id=case.id),
        answer=_failed,
    ),
    Verb(
        "restoration.resume",
        N_("Back to the bench"),
        ON_CASE,
        forms.Resume,
        actions.resume,
        context=shown.looping,
    ),
    Verb(
        "restoration.resume_to_assembly",
        N_("Back to the test"),
        ON_CASE,
        forms.Resume,
        actions.resume_to_assembly,
        context=shown.looping,
    ),
    Verb(
        "restoration.cannibalise",
        N_("Give up the unit for its parts"),
        ON_CASE,
        forms.Cannibalise,
        actions.cannibalise,
        context=shown.harvesting,
        answer=_harvested,
    ),
    Verb(
        "restoration.scrap",
        N_("Scrap the unit"),
        ON_CASE,
        forms.Scrap,
        _scrap,
        fields=shown.at_the_end,
        context=shown.ending,
    ),
    Verb(
        "restoration.decide_proposal",
        N_("Decide on the proposal"),
        ON_CASE,
        proposals.DecideProposal,
        actions.decide_proposal,
        fields=proposals.fields,
        context=proposals.context,
        then=lambda case, _answer: url_for("restoration.proposals", case_id=case.id),
    ),
    *changes.VERBS,
)
