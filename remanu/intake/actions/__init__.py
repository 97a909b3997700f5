"""Acts of intake: one function a verb; here all of them stand under one name."""

from remanu.intake.actions.arrival import (
    Core,
    Counted,
    announce,
    receive,
)
from remanu.intake.actions.basket import (
    WHY_VOID,
    accept_all,
    issue_tags,
    keep_tags,
    move,
    move_all,
    put,
    receive_all,
    remove_all,
    take_out,
    undo_move,
    void_tags,
)
from remanu.intake.actions.criteria import (
    Priced,
    approve_criteria,
    draft_criteria,
    withdraw_criteria,
)
from remanu.intake.actions.deposits import (
    note_purchase,
    open_account,
    settle,
)
from remanu.intake.actions.ending import (
    keep_as_donor,
    reject,
    return_to_owner,
    send_to_recycling,
)
from remanu.intake.actions.grading import (
    APPEALABLE,
    BEFORE_GRADING,
    WHY_STRUCK,
    appeal,
    grade,
    note_defect,
    regrade,
    strike_defect,
)
from remanu.intake.actions.judgement import (
    Mark,
    accept,
    identify,
)
from remanu.intake.actions.places import add_place, put_there, retire_place
from remanu.intake.actions.quarantine import (
    REASONS,
    quarantine,
    release_from_quarantine,
)
from remanu.intake.actions.site import ENERGIES, accept_site, lift_isolation

__all__ = [
    "APPEALABLE",
    "BEFORE_GRADING",
    "ENERGIES",
    "REASONS",
    "WHY_STRUCK",
    "WHY_VOID",
    "Core",
    "Counted",
    "Mark",
    "Priced",
    "accept",
    "accept_all",
    "accept_site",
    "add_place",
    "announce",
    "appeal",
    "approve_criteria",
    "draft_criteria",
    "grade",
    "identify",
    "issue_tags",
    "keep_as_donor",
    "keep_tags",
    "lift_isolation",
    "move",
    "move_all",
    "note_defect",
    "note_purchase",
    "open_account",
    "put",
    "put_there",
    "quarantine",
    "receive",
    "receive_all",
    "regrade",
    "reject",
    "release_from_quarantine",
    "remove_all",
    "retire_place",
    "return_to_owner",
    "send_to_recycling",
    "settle",
    "strike_defect",
    "take_out",
    "undo_move",
    "void_tags",
    "withdraw_criteria",
]
