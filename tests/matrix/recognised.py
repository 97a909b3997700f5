"""What the organisation does as a steward: who signs an arrangement, an agreement that counts, a draft of the next."""

from __future__ import annotations

from datetime import timedelta

from remanu.db import Tx
from remanu.recognition import actions
from remanu.recognition.events.agreements import Line, TermRule
from tests import people
from tests.accounts.place import Place

_LINE = Line(
    no=0,
    categories=("*",),
    scheme="XA-RM",
    editions=("*",),
    scheme_there="XB 8887",
    edition_there="2010",
    equivalence="equivalent",
    level="L2",
    classes=("*",),
    terms=(TermRule(term="*", accepted=True),),
    arrangements=("*",),
    differences=(),
    asks=(),
)


def told(place: Place) -> None:
    """Everything that stands on a steward's desk."""
    place.do(_signed)
    place.do(_agreed)


def _by(tx: Tx, name: str = "steward"):
    return people.fresh(people.member(name, "steward"), tx.now)


def _signed(tx: Tx) -> None:
    source = "https://register.example/mla"
    made = actions.record_arrangement(
        tx, _by(tx), code="X-MLA", names=("M", "安", "安"), source=source
    ).subject.id
    for until in (None, tx.now.date()):
        signs = actions.Signs(
            accreditor=people.WORKSHOP,
            schemes=("*",),
            since=tx.now.date() - timedelta(days=9),
            until=until,
        )
        seen = actions.record_signatory(tx, _by(tx), made, signs=signs, source=source)
    actions.confirm_signatory(tx, _by(tx, "second.steward"), seen.subject.id)


def _agreed(tx: Tx) -> None:
    first = _draft(tx, None)
    actions.add_line(tx, _by(tx), first, line=_LINE)
    actions.approve_agreement(tx, _by(tx, "second.steward"), first)
    second = _draft(tx, first)
    actions.approve_agreement(tx, _by(tx, "second.steward"), second)
    actions.end_agreement(
        tx,
        _by(tx),
        first_day(tx),
        ends=tx.now.date(),
        tail="until",
        tail_until=tx.now.date() + timedelta(days=9),
    )
    _draft(tx, second)


def first_day(tx: Tx) -> str:
    """An agreement of another code, so that each column of its table holds something."""
    draft = _draft(tx, None, code="XA-XC")
    actions.add_line(tx, _by(tx), draft, line=_LINE)
    actions.approve_agreement(tx, _by(tx, "second.steward"), draft)
    return draft


def _draft(tx: Tx, base: str | None, code: str = "XA-XB") -> str:
    basics = actions.Basics(
        code=code,
        names=("Matrix agreement", "矩阵协议", "矩陣協議"),
        source="https://register.example/xa-xb",
        home="XA",
        there="XB",
        in_force=tx.now.date(),
        covers_from=tx.now.date() - timedelta(days=9),
        former_tail=None if base is None else "yes",
    )
    return str(actions.draft_agreement(tx, _by(tx), basics=basics, base=base).subject.id)
