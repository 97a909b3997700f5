"""Concessions of a part and its components, from the events that approved them and used them (SM-3)."""

from __future__ import annotations

from remanu.provenance.queries.document import Values, number, part, rows, text, when
from remanu.provenance.queries.story import Conceded, Deviation, Life

_USED = frozenset({"inspection.approve_concession", "inspection.apply_concession"})
_GONE = "restoration.replace"


def hear(life: Life, kind: str, document: Values, subject_id: str) -> None:
    """Take in one event that belongs to a life: a piece is conceded, or one that was goes out of the unit."""
    body = part(document, "body")
    if kind in _USED:
        life.concessions.append(_conceded(part(body, "terms"), when(document), subject_id))
    if kind == _GONE:
        life.concessions = [one for one in life.concessions if one.subject != text(body, "old")]


def _conceded(terms: Values, at: str, subject_id: str) -> Conceded:
    serials = terms.get("serials")
    return Conceded(
        subject=subject_id,
        number=text(terms, "number"),
        position=text(terms, "position"),
        cause=text(terms, "cause"),
        approved_at=at,
        expires=text(terms, "expires"),
        caps=terms.get("caps") is True,
        serials=tuple(map(str, serials)) if isinstance(serials, list) else (),
        quantity=number(terms, "quantity"),
        deviations=tuple(map(_deviation, rows(terms, "deviations"))),
    )


def _deviation(one: Values) -> Deviation:
    return Deviation(
        characteristic=text(one, "characteristic"),
        unit=text(one, "unit"),
        value=text(one, "value"),
        lower=text(one, "new_min"),
        upper=text(one, "new_max"),
    )
