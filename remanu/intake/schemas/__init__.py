"""Intake's table of verbs: each act with its shape, its page and where it leads."""

from __future__ import annotations

from typing import Any

from flask import url_for

from remanu.intake import actions
from remanu.intake.schemas import desk, judging, keeping, places, shapes, shown, site
from remanu.ledger.kinds import Recorded
from remanu.parts.schemas import ON_CASE, ON_ITEM, ON_NEW_CASE
from remanu.web.acts import Values, Verb
from remanu.web.words import N_


def _to_part(_target: Any, answer: Values) -> str:
    return url_for("parts.part", item_id=answer["more"]["item"])


def _item(done: Recorded[Any]) -> Values:
    return {"item": done.subject.id, "case": done.body.step.case}


def _outcome(done: Recorded[Any]) -> Values:
    return {"outcome": done.body.outcome}


VERBS: tuple[Verb, ...] = (
    Verb(
        "intake.announce",
        N_("Announce a core"),
        ON_NEW_CASE,
        shapes.Announce,
        actions.announce,
        fields=shown.announcing,
        context=shown.beginning,
        then=_to_part,
        answer=_item,
    ),
    Verb(
        "intake.receive",
        N_("Receive a core"),
        ON_CASE,
        shapes.Receive,
        actions.receive,
        fields=shown.receiving,
        context=shown.beginning,
        then=_to_part,
        answer=_item,
        begins=ON_NEW_CASE,
    ),
    Verb(
        "intake.accept_site",
        N_("Accept the site"),
        ON_CASE,
        site.AcceptSite,
        actions.accept_site,
        fields=site.accepting,
        context=site.beginning,
        then=_to_part,
        answer=_item,
        begins=ON_NEW_CASE,
    ),
    Verb(
        "intake.lift_isolation",
        N_("Lift the lock-out"),
        ON_CASE,
        site.LiftIsolation,
        actions.lift_isolation,
        context=site.locked,
    ),
    Verb(
        "intake.quarantine",
        N_("Put into quarantine"),
        ON_CASE,
        shapes.Quarantine,
        actions.quarantine,
        fields=shown.asked,
    ),
    Verb(
        "intake.release_from_quarantine",
        N_("Release from quarantine"),
        ON_CASE,
        shapes.ReleaseFromQuarantine,
        actions.release_from_quarantine,
        fields=shown.asked,
    ),
    Verb(
        "intake.identify",
        N_("Identify the core"),
        ON_CASE,
        shapes.Identify,
        actions.identify,
        fields=shown.reading,
        context=shown.identifying,
    ),
    Verb(
        "intake.grade",
        N_("Grade the core"),
        ON_CASE,
        shapes.Grade,
        actions.grade,
        fields=judging.grading,
        context=judging.graded_by,
        answer=_outcome,
    ),
    Verb(
        "intake.note_defect",
        N_("Note a defect"),
        ON_CASE,
        desk.NoteDefect,
        actions.note_defect,
        fields=judging.noting,
        context=judging.seen_on,
        then=keeping.to_record,
    ),
    Verb(
        "intake.strike_defect",
        N_("Strike a defect out"),
        keeping.ON_DEFECT,
        desk.StrikeDefect,
        actions.strike_defect,
        context=judging.striking,
    ),
    Verb(
        "intake.appeal",
        N_("Record the owner's appeal"),
        ON_CASE,
        desk.Appeal,
        actions.appeal,
        fields=judging.appealing,
        context=judging.appealed,
        then=keeping.to_record,
    ),
    Verb(
        "intake.regrade",
        N_("Grade the core again"),
        ON_CASE,
        shapes.Regrade,
        actions.regrade,
        fields=judging.regrading,
        context=judging.regraded_by,
        then=keeping.to_record,
        answer=_outcome,
    ),
    Verb(
        "intake.accept",
        N_("Accept the core"),
        ON_CASE,
        shapes.Accept,
        actions.accept,
        context=judging.accepting,
    ),
    Verb("intake.reject", N_("Reject the core"), ON_CASE, shapes.Reject, actions.reject),
    Verb(
        "intake.return_to_owner",
        N_("Return to its owner"),
        ON_CASE,
        shapes.ReturnToOwner,
        actions.return_to_owner,
    ),
    Verb(
        "intake.send_to_recycling",
        N_("Send to recycling"),
        ON_CASE,
        shapes.SendToRecycling,
        actions.send_to_recycling,
        fields=shown.asked,
    ),
    Verb(
        "intake.keep_as_donor",
        N_("Keep to give its parts"),
        ON_CASE,
        shapes.KeepAsDonor,
        actions.keep_as_donor,
    ),
    Verb(
        "intake.move",
        N_("Move to another place"),
        ON_ITEM,
        desk.Move,
        actions.move,
        context=places.moving,
        undo="intake.undo_move",
    ),
    *places.VERBS,
    Verb("intake.keep_tags", N_("Say where they lie"), keeping.ON_BATCH, desk.KeepTags, actions.keep_tags),
    Verb("intake.void_tags", N_("Give up tags"), keeping.ON_BATCH, desk.VoidTags, actions.void_tags),
    Verb("intake.undo_move", N_("Take the move back"), ON_ITEM, desk.Nothing, actions.undo_move),
    Verb(
        "intake.issue_tags",
        N_("Make blank tags"),
        keeping.ON_TAGS,
        desk.IssueTags,
        actions.issue_tags,
        then=keeping.to_tags,
        answer=keeping.own_id,
    ),
    Verb(
        "intake.draft_criteria",
        N_("Write criteria"),
        keeping.ON_NEW_CRITERIA,
        desk.DraftCriteria,
        actions.draft_criteria,
        context=keeping.drafting,
        then=keeping.to_criteria,
        answer=keeping.own_id,
    ),
    Verb(
        "intake.approve_criteria",
        N_("Approve the criteria"),
        keeping.ON_CRITERIA,
        desk.Nothing,
        actions.approve_criteria,
    ),
    Verb(
        "intake.withdraw_criteria",
        N_("Withdraw the criteria"),
        keeping.ON_CRITERIA,
        desk.Nothing,
        actions.withdraw_criteria,
    ),
    Verb(
        "intake.open_account",
        N_("Open a core account"),
        keeping.ON_NEW_ACCOUNT,
        desk.OpenAccount,
        actions.open_account,
        then=keeping.to_account,
        answer=keeping.own_id,
    ),
    Verb(
        "intake.note_purchase",
        N_("Enter units bought"),
        keeping.ON_ACCOUNT,
        desk.NotePurchase,
        actions.note_purchase,
        fields=keeping.buying,
    ),
    Verb(
        "intake.settle",
        N_("Credit the core"),
        ON_CASE,
        desk.Settle,
        actions.settle,
        fields=keeping.settling,
        context=keeping.settled_by,
        then=keeping.to_account,
        answer=keeping.own_id,
    ),
)
