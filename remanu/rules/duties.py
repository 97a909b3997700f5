"""Segregation of duties by person, over everything done since intake (domain.md §3.9, T-R9, I32, I33).

The same human may hold two accounts, pseudonyms or roles, so callers hand in PERSON ids, never logins or roles. For a
release they hand in what was done to every part of the unit since that part came in for the life it is in, also where
it was released by itself in between; else the acts of the present case. Earlier lives do not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

# Compiling the dossier counts as work: who vouches for its completeness must not judge it, and auditing stays
# apart from signing. Planning counts too, for it decides what is done to the part.
WORK_VERBS = frozenset(
    """
    register receive accept_site lift_isolation quarantine identify note_defect strike_defect grade
    regrade read_mark read_counter read_split trace_installation control_part fit remove link_record attach
    add_identifier open_work_order disassemble record_component clean calibrate inspect measure examine repeat condemn
    dispose disposition start_restoration operate replace finish_restoration install reassemble start_test
    pass_test fail_test resume resume_to_assembly request_concession decide_nonconformity apply_concession
    cannibalise scrap submit decide_proposal
    """.split()  # noqa: SIM905 -- a list of words reads better than fifty quoted ones
)
# Looking at work, approving it and writing its papers; an earlier review bars nobody from releasing.
LOOKING_VERBS = frozenset(
    """
    announce release_from_quarantine accept reject return_to_owner send_to_recycling keep_as_donor hold
    lift_hold appeal move undo_move issue_tags draft_criteria approve_criteria withdraw_criteria open_account
    add_place retire_place void_tags keep_tags note_purchase settle set_bench
    raise_nonconformity review_nonconformity close_nonconformity
    verify_nonconformity approve_concession refuse_concession deny_approval recall_instrument send_back downgrade refuse
    release supersede void duplicate_copy revoke_release recall_return review_release lift_review
    state_zero_time reserve print apply read_back label report_lost revoke destroy deliver field_event
    return_core restore propose_change approve_change withdraw_change
    mint_identifier withdraw_identifier confirm_prefix end_prefix
    add_printer change_printer calibrate_printer retire_printer
    draft_design import_design approve_design retire_design
    """.split()  # noqa: SIM905 -- the same
)
DIFFERS: Mapping[str, frozenset[str]] = {
    "release_from_quarantine": frozenset({"quarantine"}),
    # Only above the organisation's value limit: `may_accept`.
    "accept": frozenset({"grade", "regrade"}),
    # Both results stay, so the second one has to be another person's.
    "regrade": frozenset({"grade", "regrade"}),
    # Whoever checks a repair did not do it.
    "finish_restoration": frozenset({"operate"}),
    "approve_concession": frozenset({"request_concession", "apply_concession", "operate"}),
    # Whoever did what was decided, or asked for what was conceded, does not say that it is in order.
    "verify_nonconformity": frozenset(
        {"operate", "replace", "install", "request_concession", "apply_concession"}
    ),
    "release": WORK_VERBS,
}
"""For each verb the verbs whose doer may not do it in the same case."""

Weight = Literal["ordinary", "high-value", "life-limited"]


@dataclass(frozen=True, slots=True)
class Act:
    """What a person did in the case; `verb` is the word alone or a whole event kind such as `intake.grade`."""

    person: str
    verb: str


def may_release(person: str, acts: Iterable[Act]) -> tuple[Act, ...]:
    """The acts of the case that bar this person from releasing; empty when he may (I32).

    A verb that nobody has placed in either list counts as work.
    """
    return tuple(act for act in acts if act.person == person and _word(act) not in LOOKING_VERBS)


def may_accept(
    person: str, acts: Iterable[Act], *, value: Decimal | None, limit: Decimal | None
) -> tuple[Act, ...]:
    """The gradings that bar this person from accepting a core worth more than the limit, in one currency.

    An unknown value counts as above the limit; without a limit nobody is barred.
    """
    if limit is None or (value is not None and value <= limit):
        return ()
    return barred_by("accept", person, acts=acts)


def may_clear_quarantine(person: str, acts: Iterable[Act]) -> tuple[Act, ...]:
    """The quarantining that bars this person from clearing it (SM-1 no. 4)."""
    return barred_by("release_from_quarantine", person, acts=acts)


def may_approve_concession(person: str, acts: Iterable[Act]) -> tuple[Act, ...]:
    """The request or operation that bars this person from approving the concession (I33)."""
    return barred_by("approve_concession", person, acts=acts)


def may_check_repair(person: str, acts: Iterable[Act]) -> tuple[Act, ...]:
    """The operations that bar this person from inspecting them."""
    return barred_by("finish_restoration", person, acts=acts)


def may_scrap(person: str, second: str | None, *, weight: Weight) -> bool:
    """Whether one person is enough, or a second one stands beside him (SM-1 no. 31)."""
    return weight == "ordinary" or second not in {None, "", person}


def barred_by(verb: str, person: str, *, acts: Iterable[Act]) -> tuple[Act, ...]:
    """The acts of this person that the table `DIFFERS` sets against the verb."""
    against = DIFFERS.get(verb, frozenset())
    return tuple(act for act in acts if act.person == person and _word(act) in against)


def _word(act: Act) -> str:
    return act.verb.rpartition(".")[2]
