"""Acts on schemes: write one as activities, approve what another wrote, bring in a new edition of the standard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remanu.certification import queries
from remanu.certification.actions.deciding import check_is, check_other, sign
from remanu.certification.events import schemes as events
from remanu.db import Tx
from remanu.errors import BadInput, Conflict
from remanu.ledger.body import encode
from remanu.ledger.kinds import Recorded, subject
from remanu.ledger.record import Act, begin, record
from remanu.rules import text
from remanu.rules.actor import Actor

OWNERS = ("scheme_owner", "certification_body")
_LIMIT, _CODE = 120, 40
_YEARS = 3660


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEdition:
    """An edition of the standard from its first day on."""

    standard: str
    edition: str
    applies_from: date

    def cleaned(self, transition_end: date | None = None) -> events.Edition:
        """The edition as a body carries it."""
        return events.Edition(
            standard=text.clean_line("standard", self.standard, limit=_LIMIT),
            edition=text.clean_line("edition", self.edition, limit=_CODE),
            applies_from=self.applies_from.isoformat(),
            transition_end=None if transition_end is None else transition_end.isoformat(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """How certificates are watched over: days between surveillances, of grace, and of suspension at most."""

    surveillance_days: int
    grace_days: int
    suspension_days: int
    retroactive: bool


def draft_scheme(
    tx: Tx,
    actor: Actor,
    *,
    code: str,
    names: tuple[str, str, str],
    activities: tuple[str, ...],
    statuses: tuple[str, ...],
    checklist: str,
    watch: Watch,
    edition: NewEdition,
) -> Recorded[events.SchemeDrafted]:
    """Write a scheme, or the next revision of one's own; `names` are in English, Simplified and Traditional Chinese.

    Conflict where the code is another organisation's, because it names the scheme to everybody.
    """
    act = begin(tx, actor, "certification.draft_scheme")
    check_is(act, *OWNERS)
    name = text.clean_line("code", code, limit=_CODE)
    before = queries.owner_of(tx.connection, name)
    if before is not None and (before.org_id != actor.org_id or before.state == "draft"):
        raise Conflict(why="scheme-code-taken")
    _check(activities, checklist, watch)
    body = events.SchemeDrafted(
        code=name,
        revision=1 if before is None else before.revision + 1,
        name_en=text.clean_line("name_en", names[0], limit=_LIMIT),
        name_zh_hans=text.clean_line("name_zh_hans", names[1], limit=_LIMIT),
        name_zh_hant=text.clean_line("name_zh_hant", names[2], limit=_LIMIT),
        activities=tuple(dict.fromkeys(activities)),
        statuses=tuple(text.clean_line("statuses", one, limit=_CODE) for one in statuses),
        checklist=checklist,
        retroactive=watch.retroactive,
        surveillance_days=watch.surveillance_days,
        grace_days=watch.grace_days,
        suspension_days=watch.suspension_days,
        edition=edition.cleaned(),
    )
    return record(act, events.DRAFT_SCHEME, subject(actor.org_id, tx.new_id()), body)


def _check(activities: tuple[str, ...], checklist: str, watch: Watch) -> None:
    known = {*queries.ACTIVITIES, *queries.SURVEILLANCE}
    if not activities or not set(activities) <= known or not {"review", "decision"} <= set(activities):
        raise BadInput("activities", "activities-incomplete" if set(activities) <= known else "not-a-choice")
    if checklist not in queries.checklists():
        raise BadInput("checklist", "not-a-choice")
    for field in ("surveillance_days", "grace_days", "suspension_days"):
        if not 0 < getattr(watch, field) <= _YEARS:
            raise BadInput(field, "out-of-range")


def approve_scheme(tx: Tx, actor: Actor, scheme_id: str) -> Recorded[events.SchemeApproved]:
    """Approve a scheme that another person wrote, with a fresh factor; from then on bodies certify under it."""
    act = begin(tx, actor, "certification.approve_scheme")
    row = queries.find_scheme(tx.connection, actor.org_id, scheme_id)
    if row.state != "draft":
        raise Conflict(why="already-approved")
    check_other(act, row.author_ref, "draft_scheme")
    signed = sign(act, "approve_scheme", row.id, decided={"code": row.code, "revision": row.revision})
    body = events.SchemeApproved(code=row.code, revision=row.revision, signature=signed)
    return record(act, events.APPROVE_SCHEME, subject(actor.org_id, row.id), body)


def add_edition(
    tx: Tx, actor: Actor, scheme_id: str, *, edition: NewEdition, transition_end: date
) -> Recorded[events.EditionAdded]:
    """Work by a new edition of the standard; certificates on the old one hold until the end of the transition.

    SM-5 no. 16 begins here and ends with each body's own act.
    """
    act = begin(tx, actor, "certification.add_edition")
    row = queries.find_scheme(tx.connection, actor.org_id, scheme_id)
    if row.state != "approved":
        raise Conflict(why="scheme-not-approved")
    return record(
        act, events.ADD_EDITION, subject(actor.org_id, row.id), _added(act, row, edition, transition_end)
    )


def _added(act: Act, row: queries.Row, edition: NewEdition, transition_end: date) -> events.EditionAdded:
    former = queries.editions(act.tx.connection, row.code)[-1]
    one = edition.cleaned(transition_end)
    if one.edition in {each.edition for each in queries.editions(act.tx.connection, row.code)}:
        raise BadInput("edition", "edition-known")
    if one.applies_from <= former.applies_from:
        raise BadInput("applies_from", "overlap", latest=former.edition)
    if transition_end < edition.applies_from:
        raise BadInput("transition_end", "ends-before")
    signed = sign(act, "add_edition", row.id, decided={"edition": encode(one), "former": former.edition})
    return events.EditionAdded(code=row.code, edition=one, former=former.edition, signature=signed)
